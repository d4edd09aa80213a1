"""Checks what was rendered: no internal link, anchor or asset may be dead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.core.allowlist import REFERENCES
from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.links import resolver, written_links
from sitegen.core.model import Record
from sitegen.core.output import Output
from sitegen.core.pagefacts import PageFacts, page_facts
from sitegen.core.site import Site
from sitegen.core.suggest import did_you_mean

_ON_THE_PAGE = " (on the page "
_HOST = "https://site.invalid"
"""Stands for the site's own host while addresses are joined (RFC 6761, section 6.4)."""

_MOST_COMPARED = 20_000
"""Looking for the nearest of many addresses takes long, and nobody reads so many hints at once."""

_PLAIN = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")
"""A path from the root in which nothing has to be resolved or decoded."""

_FROM_ANYWHERE = re.compile(r"/|[A-Za-z][A-Za-z0-9+.-]*:")

Place = tuple[str, str] | None
"""The path below the base path and the fragment that an address leads to; None where it leaves the site."""


def check_site(site: Site, outputs: Iterable[Output], drafts: Collection[str] = ()) -> list[Diagnostic]:
    """Return every dead link, dead anchor, missing asset, repeated id and broken JSON-LD block.

    ``drafts`` are the keys of records that exist and are held back.
    """
    pages = {facts.url: facts for facts in map(page_facts, outputs) if facts}
    return check_links(site, pages, pages, drafts)


def check_links(
    site: Site, pages: Mapping[str, PageFacts], which: Iterable[str], drafts: Collection[str] = ()
) -> list[Diagnostic]:
    """Check some pages against the facts of all, by their addresses. Cheap: one look-up for each different address."""
    whole = _Whole(site, pages, frozenset(drafts))
    found: list[Diagnostic] = []
    for page in map(pages.__getitem__, which):
        found.extend(_faults_within(page))
        for asset, addresses in ((False, page.links), (True, page.assets)):
            fine = whole.fine[asset]
            for address in addresses:
                if address in fine or (address[:1] == "#" and "%" not in address and address[1:] in page.ids):
                    continue
                place = whole.place(address, page.url)
                if not whole.is_there(place, asset=asset):
                    faults = whole.faults(address, place, page, asset=asset)
                    found.extend(_told(fault, address, page, site) for fault in faults)
                elif _FROM_ANYWHERE.match(address):
                    fine.add(address)
    return _once(found)


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with an address, before it is known who wrote it where."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True)
class _Whole:
    """The whole site, as every address of a page is held against it."""

    site: Site
    pages: Mapping[str, PageFacts]
    drafts: frozenset[str]
    # Pages mostly link the same addresses: each is worked out once.
    places: dict[str, Place] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    # What is there, seen from any page: links, and what is loaded.
    fine: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every address of the site."""
        return self.site.table.urls

    @cached_property
    def folded(self) -> dict[str, str]:
        """Every address of the site by what it is when letter case does not count."""
        return {url.casefold(): url for url in sorted(self.known, reverse=True)}

    def place(self, address: str, url: str) -> Place:
        """Return where an address on the page at ``url`` leads."""
        if address.startswith("#"):
            # Browsers take #top for the top of the page, whether it has such an anchor or not (HTML, section 7.4.6.4).
            return url, "" if address.lower() == "#top" else unquote(address[1:])
        if not _FROM_ANYWHERE.match(address):
            return _place(address, url, self.site)
        if address not in self.places:
            self.places[address] = _place(address, url, self.site)
        return self.places[address]

    def is_there(self, place: Place, *, asset: bool) -> bool:
        """Say whether a place is of no interest: found, or on another site and not loaded from there."""
        if place is None:
            return not asset
        path, fragment = place
        if path not in self.known:
            return path.endswith("/index.html") and path.removesuffix("index.html") in self.known
        # What follows :~: names words to mark, and no anchor (URL Fragment Text Directives, section 3.2).
        anchor = fragment.partition(":~:")[0]
        return not anchor or path not in self.pages or anchor in self.pages[path].ids

    def faults(self, address: str, place: Place, page: PageFacts, *, asset: bool) -> Iterator[_Fault]:
        """Yield what is wrong with an address that is not there."""
        if place is None:
            if not address.startswith("data:"):
                hint = "put a copy into static/: pages load nothing from elsewhere, and would show a gap"
                yield _Fault("external-asset", f"{address} is on another site", hint)
        elif place[0] in self.known:
            yield self._dead_anchor(address, place, page)
        else:
            code, message = "dead-link", f"the link {address} leads nowhere"
            if asset:
                code, message = "dead-asset", f"there is nothing at {address}, which {{page}} shows or loads"
            yield _Fault(code, message, self._hint(address, place[0], asset=asset))

    def _dead_anchor(self, address: str, place: tuple[str, str], page: PageFacts) -> _Fault:
        path, fragment = place
        guess = did_you_mean(fragment, self.pages[path].ids)
        where = "this page" if path == page.url else f"the page {path}"
        return _Fault(
            "dead-anchor",
            f"the link {address} leads to '#{fragment}', which {where} does not have",
            f"did you mean '#{guess}'?" if guess else "link a heading that is there, or leave out the part after #",
        )

    def _hint(self, address: str, path: str, *, asset: bool) -> str:
        if re.fullmatch(r"[^@/\s]+@[^@/\s]+\.[^@/\s]+", address):
            return f"an e-mail address is linked as mailto:{address}"
        if re.match(r"(www\.|[a-z0-9-]+\.(com|org|net|edu|gov|example)\b)", address):
            return f"write the whole address: https://{address}"
        if asset and not address.startswith(("/", "https:", "http:")):
            return f"put the file into static/ and name it from there: /{address}"
        if path not in self.hints:
            self.hints[path] = self._way_out(path)
        return self.hints[path]

    def _way_out(self, path: str) -> str:
        if self._is_draft(path):
            return "that is not published yet: publish it (status: published), or take the link out"
        if path + "/" in self.known:
            return f"add the slash at the end: {path}/"
        if path.endswith("/") and path.rstrip("/") in self.known:
            return f"leave out the slash at the end: {path.rstrip('/')}"
        for other in (path, path + "/"):
            if other.casefold() in self.folded:
                return f"capital and small letters count: {self.folded[other.casefold()]}"
        guess = self._guess(path) if len(self.hints) < 5 or len(self.hints) * len(self.known) < _MOST_COMPARED else None
        return f"did you mean {guess}?" if guess else "correct the address"

    def _guess(self, path: str) -> str | None:
        kind, colon, name = path.partition(":")
        if colon and kind in REFERENCES:
            guess = did_you_mean(name, (record.slug for record in self.site.catalogue.of(kind)))
            return f"{kind}:{guess}" if guess else None
        folder = path.rstrip("/").rpartition("/")[0] + "/"
        beside = [url for url in self.known if url.startswith(folder) and url != folder]
        return did_you_mean(path, beside) or (did_you_mean(path, self.known) if len(self.known) < 5_000 else None)

    def _is_draft(self, path: str) -> bool:
        parts = path.strip("/").split("/")
        keys = (path, f"page:{parts[0]}" if len(parts) == 1 else f"{parts[0].removesuffix('s')}:{parts[1]}")
        return any(key in self.drafts for key in keys)


def _place(address: str, url: str, site: Site) -> Place:
    base, base_url = site.config.base_path, site.config.base_url
    start = base_url if address.startswith(base_url) else base
    if address.startswith(start + "/") and _PLAIN.fullmatch(address, len(start)):
        return address[len(start) :], ""
    if address.startswith(base_url) and address[len(base_url) :][:1] in ("", "/", "?", "#"):
        address = _HOST + base + address[len(base_url) :]
    try:
        parts = urlsplit(urljoin(_HOST + base + url, address))
    except ValueError:
        return address, ""
    if f"{parts.scheme}://{parts.netloc}" != _HOST:
        # A reference that was not resolved, like badge:nothing, is no scheme of the web.
        return (address.partition("#")[0], "") if parts.scheme in REFERENCES else None
    path = unquote(parts.path)
    inside = path == base or path.startswith(base + "/")
    # On our host but outside the base path: no address of ours, whatever it looks like.
    return (path[len(base) :] or "/") if inside else f"outside {path}", unquote(parts.fragment)


def _faults_within(page: PageFacts) -> Iterator[Diagnostic]:
    for identity in page.repeated:
        yield error(
            "duplicate-id-in-page",
            f"the id '{identity}' is given twice, so links to it are ambiguous{_ON_THE_PAGE}{page.url})",
            None,
            "rename one of the headings, or one of the ids in the template",
        )
    for problem in page.broken_data:
        yield error(
            "broken-json-ld",
            f"a JSON-LD block cannot be read: {problem}{_ON_THE_PAGE}{page.url})",
            None,
            "write it with the tojson filter in the template",
        )


def _told(fault: _Fault, address: str, page: PageFacts, site: Site) -> Diagnostic:
    span = _written_in(address, site.catalogue.get(page.subject), site)
    message = fault.message.replace("{page}", f"the page {page.url}" if span else "the page")
    return error(fault.code, message if span else f"{message}{_ON_THE_PAGE}{page.url})", span, fault.hint)


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
            kept.append(replace(same[0], message=f"{message} (on {len(same)} pages, so probably in the theme)"))
    return kept


def _written_in(address: str, record: Record | None, site: Site) -> Span | None:
    """Return where the author of the page's record wrote an address: in its Markdown or in its front matter."""
    if record is None:
        return None
    resolve = resolver(site, record)
    for at, written in written_links(record.body):
        if resolve(written) == address:
            start = record.body.rfind("\n", 0, at) + 1
            return Span(record.path, record.body_line + record.body.count("\n", 0, at), at - start + 1, len(written))
    for place, span in record.marks.values.items():
        value = _value_at(record, place)
        if isinstance(value, str) and address in map(resolve, (value, *(link for _, link in written_links(value)))):
            return span
    return None


def _value_at(record: Any, place: Iterable[str | int]) -> Any:
    value = record
    for step in place:
        if isinstance(step, int):
            value = value[step] if isinstance(value, tuple) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else getattr(value, step, None)
    return value


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
