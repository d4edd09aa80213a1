"""How much Markdown one text may hold, and how deep, told from the text alone.

A converter takes time that grows with the square of some inputs and calls itself for every level: a
text of 45 kB can keep one busy for a minute. What is refused here is never given to one. The limits
lie far above what people write, and below what takes seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_SIZE = 1_048_576
"""Bytes in one text."""

MAX_DEPTH = 100
"""Blocks within blocks, and brackets within brackets."""

_MAX_LINES = 20_000
_MAX_PIECES = 30_000
_MAX_PIECES_IN_BLOCK = 10_000
_MAX_UNCLOSED = 400

_PIECES = "[*_`<&\\!{~"
_BLANK = re.compile(r"\n[ \t]*\n")
_BRACKET = re.compile(r"[\[\]()]")
_UNCLOSED = re.compile(r"<(?=[A-Za-z/!?])[^<>]*(?=<|\Z)")
_CONTAINERS = re.compile(r"^[ \t]*(?:(?:>|[*+-][ \t]|\d+\.[ \t]|:[ \t])[ \t]*)*", re.MULTILINE)
_MARKER = re.compile(r">|[*+-]|\d+\.|:")

# Elements that have an end of their own; the others cannot hold themselves, or nobody closes them.
_PAIRED = (
    "a abbr address article aside b bdi bdo big blockquote button center cite code del details dfn dir div dl em "
    "fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header i ins kbd label main map mark menu nav "
    "nobr object ol pre q ruby s samp section select small span strike strong sub summary sup svg table template tt "
    "u ul var"
)
_TAG = re.compile(rf"<(/?)(?:{'|'.join(_PAIRED.split())})(?=[\s/>])", re.IGNORECASE)

_COUNTED = (
    (re.compile(r"^[ ]{0,3}(?:```|~~~)", re.MULTILINE), 2_000, "lines that open or close code"),
    (re.compile(r"^[ ]{0,3}\*\[", re.MULTILINE), 200, "abbreviations"),
    (re.compile(r"^[ ]{0,3}\[\^", re.MULTILINE), 1_000, "footnotes"),
    (re.compile(r"<!\["), 50, "beginnings of <![CDATA["),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not converted: the code of the fault, what to say, and on which line of the text."""

    code: str
    message: str
    line: int = 1


def refusal(text: str) -> Refusal | None:
    """Return why ``text`` is more than a converter can take, or None for every text that people write."""
    too_large = _too_large(text)
    if too_large:
        return Refusal("markdown-too-large", too_large)
    return next(_too_deep(text), None)


def _too_large(text: str) -> str | None:
    if len(text) * 4 > MAX_SIZE and (size := len(text.encode("utf-8", "surrogatepass"))) > MAX_SIZE:
        return f"this text is {size / MAX_SIZE:.1f} MB, and the most is {MAX_SIZE // 1_048_576} MB"
    if (lines := text.count("\n") + 1) > _MAX_LINES:
        return f"this text has {lines:,} lines, and the most is {_MAX_LINES:,}"
    if (pieces := _pieces(text)) > _MAX_PIECES:
        return f"this text has {pieces:,} characters of markup, such as * and [, and the most is {_MAX_PIECES:,}"
    for pattern, most, name in _COUNTED:
        if (count := sum(1 for _ in pattern.finditer(text))) > most:
            return f"this text has {count:,} {name}, and the most is {most:,}"
    return None


def _pieces(text: str) -> int:
    return sum(map(text.count, _PIECES))


def _too_deep(text: str) -> Iterator[Refusal]:
    for line, depth in enumerate(_depths(text), 1):
        if depth > MAX_DEPTH:
            yield _deep(f"a list or quotation is {depth} levels deep", line)
    yield from _deep_tags(text)
    if (count := sum(1 for _ in _UNCLOSED.finditer(text))) > _MAX_UNCLOSED:
        yield _deep(f"{count:,} HTML tags are not closed with >", 1, f"the most is {_MAX_UNCLOSED}")
    if text.count("[") + text.count("(") > MAX_DEPTH or _pieces(text) > _MAX_PIECES_IN_BLOCK:
        yield from _deep_brackets(text)


def _deep(message: str, line: int, most: str = f"the most is {MAX_DEPTH}") -> Refusal:
    return Refusal("markdown-too-deep", f"{message}, and {most}", line)


def _depths(text: str) -> Iterator[int]:
    """How deep each line stands: a level for each mark of a list or quotation, and for each four spaces."""
    for prefix in _CONTAINERS.findall(text):
        if len(prefix) <= MAX_DEPTH:
            yield 0
            continue
        marks = len(_MARKER.findall(prefix))
        # A mark brings one space of its own.
        indent = prefix.expandtabs(4).count(" ") - marks
        yield marks + max(indent, 0) // 4


def _deep_tags(text: str) -> Iterator[Refusal]:
    depth = 0
    for tag in _TAG.finditer(text):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > MAX_DEPTH:
            yield _deep("HTML tags are more than 100 levels deep", _line(text, tag.start()))
            return


def _deep_brackets(text: str) -> Iterator[Refusal]:
    start = 0
    for gap in [*(m.end() for m in _BLANK.finditer(text)), len(text)]:
        block, at, start = text[start:gap], start, gap
        if (pieces := _pieces(block)) > _MAX_PIECES_IN_BLOCK:
            message = f"this paragraph or table has {pieces:,} characters of markup"
            yield Refusal(
                "markdown-too-large", f"{message}, and the most is {_MAX_PIECES_IN_BLOCK:,}", _line(text, at)
            )
        open_ = {"[": 0, "(": 0}
        for bracket in _BRACKET.finditer(block):
            kind = "[" if bracket[0] in "[]" else "("
            open_[kind] = open_[kind] + 1 if bracket[0] in "[(" else max(open_[kind] - 1, 0)
            if open_[kind] > MAX_DEPTH:
                line = _line(text, at + bracket.start())
                yield _deep(f"more than {MAX_DEPTH} brackets {kind} are open at once", line, "none of them is closed")
                return


def _line(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1
