"""What one page holds that other pages can be right or wrong about: its anchors and its links."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from sitegen.core.output import Output, Route
from sitegen.core.plainpage import AT_MOST_ONE, attributes_of, tags

# Attributes that name another file, and whether it is shown in the page or led to.
_SHOWN = {
    *((tag, "src") for tag in ("img", "script", "source", "video", "audio", "track", "iframe", "embed", "input")),
    ("video", "poster"),
    ("object", "data"),
    ("use", "href"),
}
_LED_TO = {("a", "href"), ("area", "href"), ("link", "href"), ("form", "action"), ("button", "formaction")}
# Every attribute that says anything here.
_TELLING = {"id", "srcset", "imagesrcset", "content", "type", *(name for _, name in _SHOWN | _LED_TO)}
# What a page says of itself to other sites: <meta property="og:image" content="…">.
_SAID = {"og:image", "og:url", "twitter:image"}
# An image candidate: an address, which ends in no comma, and its width or density (HTML, section 4.8.4.2.1).
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,]|[^\s,])(?:\s+[0-9.]+[wxh])*\s*(?:,|$)")
_CSS_URL = re.compile(r"""url\(\s*(['"]?)([^'")]+)\1\s*\)""")
# <link> elements whose target is a promise to machines or a file to load.
_FILES = {"stylesheet", "icon", "preload", "manifest", "apple-touch-icon"}


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The anchors and addresses of one page, small enough to keep for every page of a large site.

    ``links`` are led to, ``assets`` are loaded; both as written. ``repeated`` are ids given twice.
    ``broken_data`` says why a JSON-LD block does not parse.
    """

    url: str
    subject: str
    ids: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    broken_data: tuple[str, ...] = ()


def page_facts(output: Output) -> PageFacts | None:
    """Return what a page or stylesheet holds, or None for other files."""
    route = output.route
    if route.media_type.startswith("text/css"):
        return PageFacts(route.url, route.subject, assets=_css_urls(output.body.decode("utf-8", "replace")))
    if not route.media_type.startswith("text/html"):
        return None
    return _plain(route, output.body) or _parsed(route, output.body)


def _plain(route: Route, body: bytes) -> PageFacts | None:
    """The facts of a page of plain shape, from a list of its tags; most of them stand on many pages."""
    found = tags(body) if _is_text(body) else None
    if found is None:
        return None
    written, raw = found
    ids: list[str] = []
    links: dict[str, None] = {}
    assets: dict[str, None] = {}
    for tag in dict.fromkeys(written):
        facts = _facts_of(tag)
        if facts is None:
            return None
        if facts is NOTHING:
            continue
        if facts.id:
            ids.append(facts.id)
        for address in facts.links:
            links[address] = None
        for address in facts.assets:
            assets[address] = None
    if body.count(b'id="') > len(ids):
        # One of the tags stands twice, or a text looks like one.
        ids = [facts.id for tag in written if (facts := _facts_of(tag)) and facts.id]
    known = frozenset(ids)
    repeated = () if len(known) == len(ids) else tuple(sorted({one for one in known if ids.count(one) > 1}))
    data = [content for tag, content in raw if (facts := _facts_of(tag)) and facts.data]
    broken = tuple(filter(None, map(_problem, data)))
    return PageFacts(route.url, route.subject, known, tuple(links), tuple(assets), repeated, broken)


def _is_text(body: bytes) -> bool:
    try:
        return body.isascii() or bool(body.decode())
    except UnicodeDecodeError:
        return False


def _parsed(route: Route, body: bytes) -> PageFacts:
    """The facts of any page, as lxml reads it."""
    found = _Facts()
    target: Any = found  # a parser target by its methods, which the stubs do not describe
    etree.fromstring(body, etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True))
    return PageFacts(
        route.url,
        route.subject,
        frozenset(found.ids),
        tuple(dict.fromkeys(found.links)),
        tuple(dict.fromkeys(found.assets)),
        tuple(sorted(found.repeated)),
        tuple(found.broken_data),
    )


class TagFacts(NamedTuple):
    """What one tag says: its id, what it leads to, what it loads, and whether JSON-LD begins with it."""

    id: str = ""
    links: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    data: bool = False


NOTHING = TagFacts()


@lru_cache(maxsize=16_384)
def _facts_of(tag: bytes) -> TagFacts | None:
    """What a tag says as it is written; None where that could be read in two ways."""
    found = attributes_of(tag)
    if found is None:
        return None
    facts = NOTHING if _TELLING.isdisjoint(found[1]) else _facts(*found)
    if facts == NOTHING:
        return NOTHING
    return None if found[0] in AT_MOST_ONE else facts


def _facts(tag: str, attributes: Any) -> TagFacts:
    links: list[str] = []
    assets: list[str] = []
    for name, written in attributes.items():
        if name not in _TELLING:
            continue
        value = written.strip()
        if (tag, name) in _SHOWN:
            assets.append(value)
        elif (tag, name) in _LED_TO:
            files = tag == "link" and _FILES & set((attributes.get("rel") or "").split())
            (assets if files else links).append(value)
        elif name in ("srcset", "imagesrcset"):
            assets.extend(match[1] for match in _CANDIDATE.finditer(value))
        elif (tag, name) == ("meta", "content") and (attributes.get("property") or attributes.get("name")) in _SAID:
            links.append(value)
    data = tag == "script" and attributes.get("type") == "application/ld+json"
    return TagFacts(attributes.get("id") or "", tuple(links), tuple(assets), data)


class _Facts:
    """Gathers facts while lxml reads, so that no tree is ever built."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.repeated: set[str] = set()
        self.links: list[str] = []
        self.assets: list[str] = []
        self.broken_data: list[str] = []
        self._data: list[str] | None = None

    def start(self, tag: str, attributes: Any) -> None:
        identity, links, assets, data = _facts(tag, attributes)
        if identity:
            if identity in self.ids:
                self.repeated.add(identity)
            self.ids.add(identity)
        self.links += links
        self.assets += assets
        if data:
            self._data = []

    def data(self, text: str) -> None:
        if self._data is not None:
            self._data.append(text)

    def end(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            self.broken_data += filter(None, [_problem("".join(self._data).encode())])
            self._data = None

    def close(self) -> None:
        """Have nothing to hand over: the facts are in the attributes."""


def _no_number(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads and JSON does not have (RFC 8259, section 6)."""
    raise ValueError(f"{name} is no number in JSON")


_JSON = json.JSONDecoder(parse_constant=_no_number)


def _problem(data: bytes) -> str | None:
    """Say why something is no JSON."""
    try:
        _JSON.decode(data.decode())
    except ValueError as problem:
        return str(problem)
    return None


def _css_urls(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[2].strip() for match in _CSS_URL.finditer(text)))
