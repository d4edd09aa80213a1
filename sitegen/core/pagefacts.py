"""What one page holds that other pages can be right or wrong about: its anchors and its links."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sitegen.core.output import Output

# Attributes that name another file, and whether it is shown in the page or led to.
_SHOWN = {
    *((tag, "src") for tag in ("img", "script", "source", "video", "audio", "track", "iframe", "embed", "input")),
    ("video", "poster"),
    ("object", "data"),
    ("use", "href"),
}
_LED_TO = {("a", "href"), ("area", "href"), ("link", "href"), ("form", "action"), ("button", "formaction")}
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
    found = _Facts()
    target: Any = found  # a parser target by its methods, which the stubs do not describe
    etree.fromstring(output.body, etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True))
    return PageFacts(
        route.url,
        route.subject,
        frozenset(found.ids),
        tuple(dict.fromkeys(found.links)),
        tuple(dict.fromkeys(found.assets)),
        tuple(sorted(found.repeated)),
        tuple(found.broken_data),
    )


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
        identity = attributes.get("id")
        if identity:
            if identity in self.ids:
                self.repeated.add(identity)
            self.ids.add(identity)
        for name, written in attributes.items():
            value = written.strip()
            if (tag, name) in _SHOWN:
                self.assets.append(value)
            elif (tag, name) in _LED_TO:
                files = tag == "link" and _FILES & set((attributes.get("rel") or "").split())
                (self.assets if files else self.links).append(value)
            elif name in ("srcset", "imagesrcset"):
                self.assets.extend(match[1] for match in _CANDIDATE.finditer(value))
            elif (tag, name) == ("meta", "content") and (attributes.get("property") or attributes.get("name")) in _SAID:
                self.links.append(value)
        if tag == "script" and attributes.get("type") == "application/ld+json":
            self._data = []

    def data(self, text: str) -> None:
        if self._data is not None:
            self._data.append(text)

    def end(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            try:
                json.loads("".join(self._data), parse_constant=_no_number)
            except ValueError as problem:
                self.broken_data.append(str(problem))
            self._data = None

    def close(self) -> None:
        """Have nothing to hand over: the facts are in the attributes."""


def _no_number(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads and JSON does not have (RFC 8259, section 6)."""
    raise ValueError(f"{name} is no number in JSON")


def _css_urls(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[2].strip() for match in _CSS_URL.finditer(text)))
