"""Sitemap: every page that search engines may list, and ``robots.txt`` (sitemaps.org protocol 0.9, RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from lxml import etree

from sitegen.core.diagnostics import Diagnostic, warning
from sitegen.core.output import Format, Rendered, Route
from sitegen.core.site import Site

NAME = "sitemap"
SITEMAP, ROBOTS = "sitemap", "robots"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
"""URLs that one sitemap file may hold."""

_PLANNED = 40_000
"""URLs planned for one part. How many pages there will be is not known when files are planned, only how many
records; the difference leaves room for pages that are nobody's record."""

_SITE_PAGES = 10
"""Pages of the site itself: home, lists, not found."""


def routes(site: Site) -> Iterable[Route]:
    """Plan ``/sitemap.xml``, its parts where it is an index, and ``/robots.txt``."""
    yield Route("/sitemap.xml", NAME, SITEMAP, "application/xml")
    pages = len(site.catalogue.entries()) + len(site.config.topics) + _SITE_PAGES
    if pages > MOST:
        for number in range(1, -(-pages // _PLANNED) + 1):
            yield Route(f"/sitemap-{number}.xml", NAME, SITEMAP, "application/xml", role=str(number))
    yield Route("/robots.txt", NAME, ROBOTS, "text/plain; charset=utf-8")


def render(route: Route, site: Site) -> Rendered:
    """Write a sitemap, a part of one, the index of the parts, or ``robots.txt``."""
    if route.subject == ROBOTS:
        return _robots(site), ()
    parts = _parts(site)
    if parts and not route.role:
        return _index(parts, site), ()
    pages = _pages(site)
    if parts:
        at, of = int(route.role) - 1, len(parts)
        pages = pages[len(pages) * at // of : len(pages) * (at + 1) // of]
    return _urlset(pages, site), _too_many(pages)


def _robots(site: Site) -> bytes:
    if not site.config.robots:
        return b"User-agent: *\nDisallow: /\n"
    # An empty Disallow is the oldest way to allow everything: every crawler knows it.
    return f"User-agent: *\nDisallow:\n\nSitemap: {site.url(SITEMAP, NAME)}\n".encode()


def _parts(site: Site) -> list[Route]:
    found = [r for (name, subject, role), r in site.urls.items() if (name, subject) == (NAME, SITEMAP) and role]
    return sorted(found, key=lambda r: int(r.role))


def _pages(site: Site) -> list[Route]:
    """The HTML pages to list. Static files are the author's own business, HTML or not."""
    pages = [r for r in site.urls.values() if r.listed and r.format != "files" and r.media_type.startswith("text/html")]
    return sorted(pages, key=lambda r: r.url)


def _urlset(pages: Sequence[Route], site: Site) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}urlset", nsmap={None: NAMESPACE})
    for page in pages:
        url = etree.SubElement(root, f"{{{NAMESPACE}}}url")
        _say(url, "loc", _address(page, site))
        changed = _changed(page, site)
        if changed:
            _say(url, "lastmod", changed)
    return _written(root)


def _index(parts: Sequence[Route], site: Site) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}sitemapindex", nsmap={None: NAMESPACE})
    for part in parts:
        _say(etree.SubElement(root, f"{{{NAMESPACE}}}sitemap"), "loc", _address(part, site))
    return _written(root)


def _say(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _address(route: Route, site: Site) -> str:
    return site.config.base_url + quote(route.url, safe="/%:@!$&'()*+,;=~")


def _changed(page: Route, site: Site) -> str | None:
    """The day the record says it changed. Left out where nothing says so: a wrong day is worse than none."""
    dates = site.catalogue.dates().get(page.subject)
    today = site.today.isoformat()
    known = [day for day in (dates.modified, dates.published) if day and day <= today] if dates else ()
    return max(known) if known else None


def _too_many(pages: Sequence[Route]) -> Sequence[Diagnostic]:
    if len(pages) <= MOST:
        return ()
    return (
        warning(
            "sitemap-too-long",
            f"a sitemap holds {MOST:,} addresses, and this one has {len(pages):,}: search engines read only the first",
            None,
            "an output format of your own makes many more pages than there are records; "
            "have it make them unlisted, or write a sitemap for them",
        ),
    )


CODES: dict[str, tuple[str, str]] = {
    "sitemap-too-long": (
        "More pages than a sitemap can hold",
        "Sitemaps are planned by the number of records. An output format of your own that makes many pages for each "
        "record goes past that; its pages can be unlisted, or it can write a sitemap of its own.",
    ),
}

FORMAT = Format(
    name=NAME,
    summary="A sitemap of the pages that search engines may list, and robots.txt.",
    routes=routes,
    render=render,
)
