"""Hosted Open Badges files: one JSON file for each badge and each issuer, whatever the edition of the standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.core.output import Rendered, Route
from sitegen.core.site import Site
from sitegen.formats.jsonld import Row, dump, node

MEDIA_TYPE = "application/ld+json"


@dataclass(frozen=True, slots=True)
class Document:
    """What one kind of record becomes: its table of rows, and its address with ``{}`` for the id."""

    rows: tuple[Row[Any], ...]
    url: str


def routes(format_name: str, documents: Mapping[str, Document], site: Site) -> Iterable[Route]:
    """Give each record one file, retired ones too: what has been issued points there for ever."""
    for kind, document in documents.items():
        for record in site.catalogue.entries(kind):
            yield Route(
                document.url.format(record.slug),
                format_name,
                record.key,
                MEDIA_TYPE,
                language=record.language,
                version=record.version,
                listed=record.listed,
            )


def render(documents: Mapping[str, Document], route: Route, site: Site) -> Rendered:
    """Write the document of one record."""
    record = site.catalogue.records[route.subject]
    return dump(node(documents[record.kind].rows, record, site)), ()


def neighbours(badge: Any, site: Site) -> tuple[Any, ...]:
    """Return the editions of a badge just before and just after this one."""
    older = site.catalogue.get(f"badge:{badge.supersedes}") if badge.supersedes else None
    return tuple(edition for edition in (older, site.catalogue.newer(badge.key)) if edition)
