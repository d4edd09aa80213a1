"""Where the elements of a converted text stand in the Markdown they came from.

No converter keeps places. So a copy of the text is converted in which everything that may become an
element carries its own place with it: tags as an attribute, links and headings as digits between two
characters of private use. What the converter makes of the copy says which of them are real, and not
code, comments or plain text; guessing at that would blame authors for what they quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser

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

    def get(self, name: str) -> str | None:
        """Return the value of an attribute, or None when there is none of that name."""
        return dict(self.attributes).get(name)


def trace(text: str) -> tuple[Traced, ...]:
    """Return every start tag that ``text`` becomes, and where it stands in it."""
    return read(convert(marked(text)))


def read(html: str) -> tuple[Traced, ...]:
    """Return every start tag of converted HTML, with the places that it carries."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.found)


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


class _Reader(HTMLParser):
    """Collects start tags; a heading takes the place that stands in its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Traced] = []
        self._heading: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = link = None
        kept = []
        for name, written in attrs:
            value = written or ""
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

    def handle_endtag(self, tag: str) -> None:
        if _HEADING.fullmatch(tag):
            self._heading = None

    def handle_data(self, data: str) -> None:
        place = _PLACE.search(data) if self._heading is not None else None
        if place and self._heading is not None:
            self.found[self._heading] = replace(self.found[self._heading], heading=int(place[1]))
            self._heading = None
