"""Where the elements of a converted text stand in the Markdown they came from.

No converter keeps places. So a copy of the text is converted in which everything that may become an
element carries its own place with it: tags as an attribute, links and headings as digits between two
characters of private use. What the converter makes of the copy says which of them are real, and not
code, comments or plain text; guessing at that would blame authors for what they quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from sitegen.core.converter import convert

_OPEN, _CLOSE = "\ue000", "\ue001"
_PRIVATE = re.compile(f"[{_OPEN}{_CLOSE}]")
_PLACE = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_ATTRIBUTE = "data-source-place"

_CANDIDATES = re.compile(
    r"""
      (?P<tag> < (?! (?:https?|ftp): | [^<>\s]*@ ) [A-Za-z] [^\s<>/]* )
    | (?P<link> \]\( [ \t\n]* <? )
    | (?P<definition> ^[ ]{0,3} \[ (?!\^) [^\[\]\n]+ \]: [ ]* \n? [ ]* <? (?=\S) )
    | (?P<list> (?<!\{) \{ (?![{%]) [^{}\n]* [^{}\s] [^{}\n]* (?=\}) )
    | (?P<heading> ^ (?: [ \t]* (?: > | [*+-][ \t] | \d+\.[ \t] ) )* [ \t]* (?P<hashes>\#{1,6}) [ \t]* (?=[^\s\#]) )
    | (?P<underlined> (?<=[^\s`~>]) (?= [ ]* \n (?:=+|-+) [ ]* $ ) )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_HEADING = re.compile("h[1-6]")
_PAGE_TAG = re.compile(r"<(html|head|body)(?=[\s/>])[^<>]*", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Traced:
    """A start tag of the converted text.

    ``at`` is where the tag or the attribute list begins that an author wrote for it, ``link`` where the
    address of a Markdown link or image begins, and ``heading`` where a Markdown heading does: each an
    index into the text, or None where there is none or it could not be followed.
    """

    tag: str
    attributes: tuple[tuple[str, str], ...]
    at: int | None = None
    link: int | None = None
    heading: int | None = None


def trace(text: str) -> tuple[Traced, ...]:
    """Return every start tag that ``text`` becomes, and where it stands in it."""
    return read(convert(marked(text)))


def read(html: str) -> tuple[Traced, ...]:
    """Return every start tag of converted HTML, with the places that it carries."""
    reader = _Reader()
    target: Any = reader  # a parser target by its methods, which the stubs do not describe
    page = f"<html><body><i>{html}".encode("utf-8", "replace")
    etree.fromstring(page, etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True))
    return (*_of_page(html), *reader.found[1:])


def _of_page(html: str) -> Iterator[Traced]:
    """The tags that a parser takes for those of the page itself, and so keeps quiet about."""
    for tag in _PAGE_TAG.finditer(_COMMENT.sub("", html)):
        place = re.search(rf"{_ATTRIBUTE}=([0-9]+)", tag[0])
        yield Traced(tag[1].lower(), (), int(place[1]) if place else None)


def marked(text: str) -> str:
    """Return a copy of ``text`` in which whatever may become an element carries its place."""
    return _CANDIDATES.sub(_mark, _PRIVATE.sub("\ufffd", text))


def _mark(match: re.Match[str]) -> str:
    kind, text, at = match.lastgroup, match.string, match.start()
    if kind in ("tag", "list"):
        return f"{match[0]} {_ATTRIBUTE}={at} "
    if kind == "underlined":
        at = text.rfind("\n", 0, at) + 1
        line = text[at : match.start()].lstrip()
        # A mark would spoil the line that opens code or HTML, and a heading may hold neither.
        if line.startswith(("```", "~~~")) or "<" in line:
            return match[0]
    elif kind == "heading":
        at = match.start("hashes")
    else:
        at = match.end()
    return f"{match[0]}{_OPEN}{at}{_CLOSE}"


class _Reader:
    """Gathers start tags while lxml reads; a heading takes the place that stands in its text."""

    def __init__(self) -> None:
        self.found: list[Traced] = []
        self._heading: int | None = None

    def start(self, tag: str, attributes: Any) -> None:
        if tag in ("html", "head", "body"):
            return
        at = link = None
        kept = []
        for name, value in attributes.items():
            place = _PLACE.match(value)
            if name == _ATTRIBUTE:
                at = int(value) if value.isascii() and value.isdigit() else None
                continue
            if place and name in ("href", "src"):
                link = int(place[1])
            kept.append((name, _PLACE.sub("", value)))
        if _HEADING.fullmatch(tag):
            self._heading = len(self.found)
        self.found.append(Traced(tag, tuple(kept), at, link))

    def end(self, tag: str) -> None:
        if _HEADING.fullmatch(tag):
            self._heading = None

    def data(self, text: str) -> None:
        place = _PLACE.search(text) if self._heading is not None else None
        if place and self._heading is not None:
            self.found[self._heading] = replace(self.found[self._heading], heading=int(place[1]))
            self._heading = None

    def comment(self, text: str) -> None:
        """Take what is no comment to an author: browsers read instructions and CDATA sections as one."""
        if text.startswith(("?", "[CDATA[")):
            self.found.append(Traced(text[:1], ()))

    def close(self) -> None:
        """Have nothing to hand over: what was read is in ``found``."""
