"""An issuer as schema.org EducationalOrganization or Organization."""

from __future__ import annotations

from typing import Any

from sitegen.core.site import Site
from sitegen.formats.jsonld import Row, address, node, said
from sitegen.formats.schemaorg.parts import THING, image, organization_type, typed

ADDRESS: tuple[Row[Any], ...] = (
    ("@type", lambda *_: "PostalAddress"),
    ("streetAddress", said("streetAddress")),
    ("addressLocality", said("addressLocality")),
    ("addressRegion", said("addressRegion")),
    ("postalCode", said("postalCode")),
    ("addressCountry", said("addressCountry")),
)


def _accreditations(issuer: Any, _: Site) -> list[dict[str, Any]]:
    return [
        typed(
            "EducationalOccupationalCredential",
            name=held.name,
            description=held.description,
            url=held.url,
            identifier=held.identifier,
            recognizedBy=typed("Organization", name=held.accreditingAgent) if held.accreditingAgent else None,
            expires=held.validUntil and held.validUntil.isoformat(),
        )
        for held in issuer.accreditation
    ]


def _parent(issuer: Any, _: Site) -> dict[str, Any] | None:
    parent = issuer.parentOrganization
    return typed("Organization", name=parent.name, url=parent.url) if parent else None


ORGANIZATION: tuple[Row[Any], ...] = (
    ("@type", lambda issuer, _: organization_type(issuer)),
    *((term, said("url") if term == "url" else getter) for term, getter in THING),
    ("mainEntityOfPage", address("html")),
    ("legalName", said("legalName")),
    ("email", said("email")),
    ("telephone", said("telephone")),
    ("logo", image),
    ("address", lambda issuer, site: node(ADDRESS, issuer.address, site) if issuer.address else None),
    ("foundingDate", said("foundingDate")),
    ("parentOrganization", _parent),
    ("hasCredential", _accreditations),
    ("keywords", said("tag")),
    ("sameAs", said("sameAs")),
)
"""``@id`` is the issuer's page here, ``url`` its own website."""
