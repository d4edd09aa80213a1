"""schema.org: the JSON-LD blocks that pages carry for search engines and anybody else who reads data.

Every term is in the schema.org vocabulary and stands on a type that has it. What a record does not say is not
said here: no price, date or rating is ever made up. Google shows a list of courses from :func:`listing`; it
retired the display it once made of Course in 2025, so nothing here promises one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sitegen.core.links import joined
from sitegen.core.site import Site
from sitegen.formats.jsonld import Row, node
from sitegen.formats.schemaorg.course import COURSE
from sitegen.formats.schemaorg.credential import CREDENTIAL, PROGRAM
from sitegen.formats.schemaorg.organisation import ORGANIZATION
from sitegen.formats.schemaorg.parts import organization
from sitegen.formats.schemaorg.text import DEFINED_TERM, DEFINED_TERM_SET, WEB_PAGE

CONTEXT = "https://schema.org"

_TYPES: dict[str, tuple[Row[Any], ...]] = {
    "badge": CREDENTIAL,
    "course": COURSE,
    "framework": DEFINED_TERM_SET,
    "issuer": ORGANIZATION,
    "page": WEB_PAGE,
    "pathway": PROGRAM,
    "skill": DEFINED_TERM,
}


def blocks(subject_record: Any, site: Site) -> list[dict[str, Any]]:
    """Return what the page of a record says of it, one JSON-LD object for each script element."""
    rows = _TYPES.get(subject_record.kind)
    return [{"@context": CONTEXT, **node(rows, subject_record, site)}] if rows else []


def listing(keys: Iterable[str], site: Site) -> dict[str, Any]:
    """Return an ItemList of records, by their keys, in the order in which a page shows them."""
    placed = [(site.catalogue.name_of(key), url) for key in keys if (url := site.url(key))]
    return {
        "@context": CONTEXT,
        "@type": "ItemList",
        "numberOfItems": len(placed),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "url": url}
            for place, (name, url) in enumerate(placed, start=1)
        ],
    }


def breadcrumbs(trail: Sequence[tuple[str, str]], site: Site) -> dict[str, Any]:
    """Return a BreadcrumbList of ``(name, address)``, the home page first.

    An address may be as :meth:`Site.path` gives it, from the root of the host; it is made absolute here.
    """
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": joined(site.config.base_url, address)}
            for place, (name, address) in enumerate(trail, start=1)
        ],
    }


def website(site: Site) -> dict[str, Any]:
    """Return the WebSite that the home page describes."""
    config = site.config
    home = site.url("home") or f"{config.base_url}/"
    owner = site.catalogue.get(f"issuer:{config.owner}")
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "@id": home,
        "url": home,
        "name": config.name,
        "description": config.description,
        "inLanguage": config.language,
        **({"publisher": organization(owner, site)} if owner else {}),
    }
