"""Frameworks, skills and pages as schema.org DefinedTermSet, DefinedTerm and WebPage."""

from __future__ import annotations

from typing import Any

from sitegen.core.site import Site
from sitegen.formats.jsonld import Row, address, always, said
from sitegen.formats.schemaorg.parts import CREATIVE_WORK, THING, organization, reference


def _publisher(framework: Any, site: Site) -> dict[str, Any] | None:
    issuer = site.catalogue.get(f"issuer:{framework.publisher}")
    return organization(issuer, site) if issuer else None


def _terms(framework: Any, site: Site) -> list[dict[str, Any]]:
    skills = site.catalogue.named("skill", (entry.id for entry in framework.skills))
    return [reference("DefinedTerm", skill, site) for skill in skills]


def _set(skill: Any, site: Site) -> dict[str, Any] | None:
    framework = site.catalogue.get(f"framework:{skill.framework}")
    return reference("DefinedTermSet", framework, site) if framework else None


DEFINED_TERM: tuple[Row[Any], ...] = (
    ("@type", always("DefinedTerm")),
    ("@id", address("html")),
    ("url", address("html")),
    ("name", said("name")),
    ("description", said("statement")),
    ("termCode", said("code")),
    ("inDefinedTermSet", _set),
    ("sameAs", lambda skill, _: list(skill.entry.exactMatch)),
)

DEFINED_TERM_SET: tuple[Row[Any], ...] = (
    ("@type", always("DefinedTermSet")),
    *(row for row in THING if row[0] != "image"),
    ("publisher", _publisher),
    ("sameAs", said("url")),
    ("hasDefinedTerm", _terms),
    *CREATIVE_WORK,
)

WEB_PAGE: tuple[Row[Any], ...] = (
    ("@type", always("WebPage")),
    *THING,
    *CREATIVE_WORK,
)
