"""Small planned sites for tests of formats: real catalogues, with stand-ins for the formats that files link to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sitegen.core.diagnostics import has_errors
from sitegen.core.output import Format, Rendered, Route
from sitegen.core.plan import plan
from sitegen.core.site import Site
from sitegen.formats import openbadges2, openbadges3
from tests.making import catalogue, config, told


def _pages(site: Site) -> Iterable[Route]:
    yield Route("/", "html", "home", "text/html; charset=utf-8")
    for topic in site.config.topics:
        yield Route(f"/topics/{topic.id}/", "html", f"topic:{topic.id}", "text/html; charset=utf-8")
    for record in site.catalogue.records.values():
        yield Route(f"/{record.kind}s/{record.slug}/", "html", record.key, "text/html; charset=utf-8")


def _images(site: Site) -> Iterable[Route]:
    for record in site.catalogue.records.values():
        if record.kind == "badge" or getattr(record, "image", None):
            yield Route(f"/{record.kind}s/{record.slug}/image.png", "images", record.key, "image/png", "image")


def _nothing(route: Route, site: Site) -> Rendered:
    return b"", ()


HTML = Format("html", "Stands in for the pages.", _pages, _nothing)
IMAGES = Format("images", "Stands in for the images.", _images, _nothing)
FORMATS = (HTML, IMAGES, openbadges2.FORMAT, openbadges3.FORMAT)


def planned(
    files: Mapping[str, str],
    *,
    formats: tuple[Format, ...] = FORMATS,
    today: date = date(2027, 1, 10),
    **settings: object,
) -> Site:
    """Return a site of content files, given by path below ``content/``, with its URL table."""
    linked, found = catalogue(files, **settings)
    assert not has_errors(found), told(found)
    site, _, faults = plan(Site(config(**settings), linked, today=today), formats)
    assert not faults, told(faults)
    return site


def written(site: Site, format_name: str, subject: str) -> Any:
    """Return the JSON document that a format writes of a subject."""
    module = {"openbadges2": openbadges2, "openbadges3": openbadges3}[format_name]
    route = site.route(format_name, subject)
    assert route is not None
    body, faults = module.FORMAT.render(route, site)
    assert not faults
    return json.loads(body)
