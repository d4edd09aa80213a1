"""Parts that several schema.org types are made of: references, images, levels, credits, organisations."""

from __future__ import annotations

from typing import Any

from sitegen.core.facts import skills_of
from sitegen.core.site import Site
from sitegen.formats.captions import caption
from sitegen.formats.jsonld import Row, address, number, said, stated


def typed(type_name: str, **terms: Any) -> dict[str, Any]:
    """Return a node of a type with those of the terms that say something."""
    return {"@type": type_name, **stated(terms)}


def reference(type_name: str, record: Any, site: Site) -> dict[str, Any]:
    """Return a short node for a record that is described in full on its own page."""
    url = site.url(record.key)
    place = {"@id": url, "url": url} if url else {}
    return {"@type": type_name, **place, "name": record.name}


def organization_type(issuer: Any) -> str:
    """Return EducationalOrganization for a provider of education, Organization for anybody else."""
    return "EducationalOrganization" if issuer.providerCategory else "Organization"


def organization(issuer: Any, site: Site) -> dict[str, Any]:
    """Return a short node for an issuer; its ``url`` is its own website."""
    return {**reference(organization_type(issuer), issuer, site), "url": issuer.url}


def provider(record: Any, site: Site) -> dict[str, Any] | None:
    """Return who offers or awards a record."""
    issuer = site.catalogue.get(f"issuer:{record.issuer if record.kind == 'badge' else record.provider}")
    return organization(issuer, site) if issuer else None


def others(organisations: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Return organisations that have no page here."""
    return [typed("Organization", name=o.name, url=o.url, description=o.description) for o in organisations]


def image(record: Any, site: Site) -> dict[str, Any] | None:
    """Return the record's picture, and words for people who cannot see it."""
    url = site.url(record.key, "images", "image")
    return typed("ImageObject", url=url, caption=caption(record, site)) if url else None


def identifiers(record: Any, _: Site) -> list[dict[str, Any]]:
    """Return the record's numbers in other registers."""
    return [typed("PropertyValue", propertyID=i.identifierType, value=i.identifier) for i in record.otherIdentifier]


def about(record: Any, site: Site) -> dict[str, Any] | None:
    """Return the topic of a record."""
    topic = site.config.topic(record.topic)
    return typed("Thing", name=topic.name, url=site.url(f"topic:{topic.id}")) if topic else None


def competencies(record: Any, site: Site) -> list[Any]:
    """Return learning outcomes in words, and skills as terms of their frameworks."""
    return [*(outcome.text for outcome in record.learningOutcome), *skills(record, site)]


def skills(record: Any, site: Site) -> list[dict[str, Any]]:
    """Return the skills that a badge certifies or a course teaches."""
    return [reference("DefinedTerm", skill, site) for skill in skills_of(record, site.catalogue)]


def alignments(record: Any, _: Site) -> list[dict[str, Any]]:
    """Return links to items of other frameworks. schema.org has no place for the item's code."""
    return [
        typed(
            "AlignmentObject",
            targetName=item.targetName,
            targetUrl=item.targetUrl,
            targetDescription=item.targetDescription,
            educationalFramework=item.targetFramework,
        )
        for item in record.alignment
    ]


def levels(record: Any, site: Site) -> list[dict[str, Any]]:
    """Return the steps of levels frameworks that a record stands on, as terms of those frameworks."""
    return [_level(level, site) for level in record.level]


def _level(level: Any, site: Site) -> dict[str, Any]:
    framework = site.level_framework(level.framework)
    within = typed("DefinedTermSet", name=framework.name, url=framework.url) if framework else None
    return typed("DefinedTerm", name=f"{level.framework} {level.level}", termCode=level.level, inDefinedTermSet=within)


def credits(points: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Return credit points, each with the system it counts in."""
    return [typed("QuantitativeValue", value=number(p.point), unitText=p.framework) for p in points]


THING: tuple[Row[Any], ...] = (
    ("@id", address("html")),
    ("url", address("html")),
    ("name", said("name")),
    ("alternateName", said("alternateName")),
    ("description", said("description")),
    ("image", image),
    ("identifier", identifiers),
)
"""What every record says (schema.org Thing)."""

CREATIVE_WORK: tuple[Row[Any], ...] = (
    ("inLanguage", said("language")),
    ("keywords", said("tag")),
    ("about", about),
    ("version", said("version")),
    ("license", said("license")),
    ("datePublished", lambda record, _: record.datePublished and record.datePublished.isoformat()),
    ("dateModified", lambda record, _: record.dateModified and record.dateModified.isoformat()),
    ("creativeWorkStatus", lambda record, _: None if record.status == "published" else record.status),
)
"""What every record says that is a work (schema.org CreativeWork)."""
