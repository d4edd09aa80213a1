"""Small whole sites for tests of the formats that look at every file: content, theme and static files, planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sitegen.core.output import Format, Route
from sitegen.core.plan import plan
from sitegen.core.site import Site
from sitegen.core.theme import Theme
from sitegen.formats import catalogue, feeds, files, hosting, openbadges2, openbadges3, sitemap
from tests.formats.planned import HTML, IMAGES, planned

MISSING = Format(
    "missing",
    "Stands in for the page of an address that is not there.",
    lambda _: (Route("/404.html", "html", "not-found", "text/html; charset=utf-8", listed=False),),
    HTML.render,
)
FORMATS = (
    HTML,
    MISSING,
    IMAGES,
    openbadges2.FORMAT,
    openbadges3.FORMAT,
    catalogue.FORMAT,
    feeds.FORMAT,
    sitemap.FORMAT,
    files.FORMAT,
    hosting.FORMAT,
)


def whole(
    content: Mapping[str, str],
    *,
    theme: Mapping[str, bytes] | None = None,
    static: Mapping[str, bytes] | None = None,
    formats: tuple[Format, ...] = FORMATS,
    today: date = date(2027, 1, 10),
    refused: bool = False,
    **settings: object,
) -> Site:
    """Return a planned site. ``content`` is by path below ``content/``, ``theme`` and ``static`` below ``static/``.

    ``refused`` says that the plan refuses it, for tests of what formats would make of it all the same.
    """
    site = planned(content, formats=(), today=today, **settings)
    site, _, faults = plan(replace(site, theme=Theme("test", static=theme or {}), files=static or {}), formats)
    assert bool(faults) is refused, faults
    return site


def body(site: Site, format_: Format, subject: str, role: str = "") -> bytes:
    """Return what a format writes of a subject, which must be without fault."""
    route = site.route(format_.name, subject, role)
    assert route is not None, f"{format_.name} makes no {subject} {role}"
    content, faults = format_.render(route, site)
    assert not faults, faults
    return content
