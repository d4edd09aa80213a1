"""Checks what was rendered: no internal link, anchor or asset may be dead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.links import resolver
from sitegen.core.output import Output
from sitegen.core.pagefacts import PageFacts, page_facts
from sitegen.core.site import Site
from sitegen.core.suggest import did_you_mean

_ON_THE_PAGE = " (on the page "
_HOST = "https://site.invalid"
"""Stands for the site's own host while addresses are joined (RFC 6761, section 6.4)."""


def check_site(site: Site, outputs: Iterable[Output]) -> list[Diagnostic]:
    """Return every dead link, dead anchor, missing asset, repeated id and broken JSON-LD block."""
    return check_links(site, [facts for facts in map(page_facts, outputs) if facts])


def check_links(site: Site, facts: Iterable[PageFacts]) -> list[Diagnostic]:
    """Join the facts of all pages. Cheap: one look-up for each different address of a page."""
    pages = {page.url: page for page in facts}
    known = {route.url for route in site.urls.values()}
    found: list[Diagnostic] = []
    for page in pages.values():
        found.extend(_faults_within(page))
        for address in page.links:
            found.extend(_check(address, page, pages, known, site, asset=False))
        for address in page.assets:
            found.extend(_check(address, page, pages, known, site, asset=True))
    return _once(found)


def _once(found: list[Diagnostic]) -> list[Diagnostic]:
    """Tell once what stands on many pages: that comes from the theme, not from a record."""
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for told in found:
        groups.setdefault((told.code, told.message.partition(_ON_THE_PAGE)[0]), []).append(told)
    kept: list[Diagnostic] = []
    for (_, message), same in groups.items():
        if len(same) == 1 or same[0].span:
            kept.extend(same)
        else:
            where = f"{len(same)} pages, so probably in the theme"
            kept.append(replace(same[0], message=f"{message} (on {where})"))
    return kept


def _faults_within(page: PageFacts) -> Iterator[Diagnostic]:
    for identity in page.repeated:
        yield error(
            "duplicate-id-in-page",
            f"the page {page.url} gives the id '{identity}' twice, so links to it are ambiguous",
            None,
            "rename one of the headings, or one of the ids in the template",
        )
    for problem in page.broken_data:
        yield error(
            "broken-json-ld",
            f"a JSON-LD block of the page {page.url} cannot be read: {problem}",
            None,
            "write it with the tojson filter in the template",
        )


def _check(
    address: str, page: PageFacts, pages: dict[str, PageFacts], known: set[str], site: Site, *, asset: bool
) -> Iterator[Diagnostic]:
    place = _target(address, page.url, site)
    if place is None:
        if asset and not address.startswith("data:"):
            hint = "put a copy into static/: pages load nothing from elsewhere, and would show a gap"
            yield _told("external-asset", f"{address} is on another site", hint, address, page, site)
        return
    path, fragment = place
    if path not in known:
        yield _dead(address, path, page, known, site, asset=asset)
    elif fragment and path in pages and fragment not in pages[path].ids:
        guess = did_you_mean(fragment, pages[path].ids)
        where = "this page" if path == page.url else f"the page {path}"
        yield _told(
            "dead-anchor",
            f"the link {address} leads to '#{fragment}', which {where} does not have",
            f"did you mean '#{guess}'?" if guess else "link a heading that is there, or leave out the part after #",
            address,
            page,
            site,
        )


def _target(address: str, url: str, site: Site) -> tuple[str, str] | None:
    """Return the site path and fragment an address leads to, or None where it leaves the site."""
    base = site.config.base_path
    if address.startswith(site.config.base_url) and address[len(site.config.base_url) :][:1] in ("", "/", "?", "#"):
        address = _HOST + base + address[len(site.config.base_url) :]
    try:
        parts = urlsplit(urljoin(_HOST + base + url, address))
    except ValueError:
        return address, ""
    if parts.scheme and f"{parts.scheme}://{parts.netloc}" != _HOST:
        # A reference that was not resolved, like badge:nothing, is no scheme of the web.
        own = parts.scheme in {key.partition(":")[0] for key in site.catalogue.records}
        return (address, "") if own else None
    path = unquote(parts.path)
    inside = path == base or path.startswith(base + "/")
    # On our host but outside the base path: no address of ours, whatever it looks like.
    return (path[len(base) :] or "/") if inside else f"outside {path}", unquote(parts.fragment)


def _dead(address: str, path: str, page: PageFacts, known: set[str], site: Site, *, asset: bool) -> Diagnostic:
    if asset:
        what, code = f"there is nothing at {address}, which the page {page.url} shows or loads", "dead-asset"
    else:
        what, code = f"the link {address} leads nowhere", "dead-link"
    if re.fullmatch(r"[^@/\s]+@[^@/\s]+\.[^@/\s]+", address):
        return _told(code, what, f"an e-mail address is linked as mailto:{address}", address, page, site)
    if re.match(r"(www\.|[a-z0-9-]+\.(com|org|net|edu|gov|example)\b)", address):
        return _told(code, what, f"write the whole address: https://{address}", address, page, site)
    if asset and not address.startswith(("/", "https:", "http:")):
        hint = f"put the file into static/ and name it from there: /{address}"
        return _told(code, what, hint, address, page, site)
    if path + "/" in known:
        return _told(code, what, f"add the slash at the end: {path}/", address, page, site)
    same = next((url for url in sorted(known) if url.casefold() == path.casefold()), None)
    if same:
        return _told(code, what, f"capital and small letters count: {same}", address, page, site)
    guess = did_you_mean(path, known) if len(known) < 5000 else None
    return _told(code, what, f"did you mean {guess}?" if guess else "correct the address", address, page, site)


def _told(code: str, message: str, hint: str, address: str, page: PageFacts, site: Site) -> Diagnostic:
    span = _written_in(address, site.catalogue.get(page.subject), site)
    return error(code, message if span else f"{message}{_ON_THE_PAGE}{page.url})", span, hint)


def _written_in(address: str, record: Any, site: Site) -> Span | None:
    """Return where the author wrote an address in the Markdown of the page's record."""
    if record is None:
        return None
    resolve = resolver(site, record)
    for number, line in enumerate(record.body.split("\n"), record.body_line):
        for start, written in _addresses(line):
            if resolve(written) == address:
                return Span(record.path, number, start + 1, len(written))
    return None


def _addresses(line: str) -> Iterator[tuple[int, str]]:
    """Every run of characters in a line that could be the address of a link or image."""
    for opening, closing in (("](", " )"), ("]: ", " "), ('href="', '"'), ('src="', '"'), ("<", ">")):
        start = line.find(opening)
        while start >= 0:
            begin = start + len(opening)
            ends = [end for end in (line.find(mark, begin) for mark in closing) if end >= 0]
            yield begin, line[begin : min(ends, default=len(line))]
            start = line.find(opening, begin)


CODES: dict[str, tuple[str, str]] = {
    "dead-link": (
        "A link to a page that the site does not have",
        "Links within the site start with a slash and mostly end in one: /badges/food-safety/. badge:food-safety works "
        "too. The hint names the nearest address.",
    ),
    "dead-anchor": (
        "A link to a heading that is not on that page",
        "The part after # is the heading in small letters with hyphens for spaces.",
    ),
    "dead-asset": (
        "A picture, font or stylesheet that the site does not have",
        "Put the file into static/ and name it by its path there: static/img/a.png is /img/a.png.",
    ),
    "external-asset": (
        "A picture or script from another site",
        "Pages load nothing from elsewhere: visitors would be watched there, and the picture could change or vanish. "
        "The security policy of the site blocks it. Put a copy into static/.",
    ),
    "duplicate-id-in-page": ("A page gives one id twice", "Rename one of the headings, or one id of the template."),
    "broken-json-ld": ("A JSON-LD block that does not parse", "Write it with the tojson filter in the template."),
}
