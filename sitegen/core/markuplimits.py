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

_MAX_LINES = 6_000
_MAX_LINE = 20_000
_MAX_LINES_IN_BLOCK = 600
_MAX_LINKS_IN_BLOCK = 500
_MAX_MARKS = 20_000
_MAX_MARKS_IN_BLOCK = 5_000
_MAX_UNCLOSED = 400
_MAX_SECTIONS = 50
_MAX_CONTENTS = 10

_MARKS = "[*_`<&\\!{~"
_BLANK = re.compile(r"\n[ \t]*\n")
_BRACKET = re.compile(r"\\.|([\[\]()])")
_UNCLOSED = re.compile(r"<(?=[A-Za-z/!?])[^<>]*(?=<|\Z)")
_CONTAINERS = re.compile(r"^[ \t]*(?:(?:>|[*+-][ \t]|\d+\.[ \t]|:[ \t])[ \t]*)*", re.MULTILINE)
_LONG_PREFIX = re.compile(rf"\n[ \t>*+\-:.\d]{{{MAX_DEPTH + 1}}}")
_CONTAINER = re.compile(r">|[*+-]|\d+\.|:")

# Elements that have an end of their own; the others cannot hold themselves, or nobody closes them.
_PAIRED = (
    "a abbr address article aside b bdi bdo big blockquote button center cite code del details dfn dir div dl em "
    "fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header i ins kbd label main map mark menu nav "
    "nobr object ol pre q ruby s samp section select small span strike strong sub summary sup svg table template tt "
    "u ul var"
)
_TAG = re.compile(rf"<(/?)(?:{'|'.join(_PAIRED.split())})(?=[\s/>])", re.IGNORECASE)

_COUNTED = (
    (re.compile(r"^[ ]{0,3}(?:```|~~~)", re.MULTILINE), 1_000, "lines that open or close code"),
    (re.compile(r"[ \t]{500}"), 0, "runs of 500 spaces"),
    (re.compile(r"^[ ]{0,3}\*\[", re.MULTILINE), 200, "abbreviations"),
    (re.compile(r"\[\^"), 400, "footnotes and references to them"),
    (re.compile(r"^[ ]{0,3}\[[^\]\n]*\]:", re.MULTILINE), 400, "addresses of links"),
    (re.compile(r"<!\["), _MAX_SECTIONS, "beginnings of <![CDATA["),
    (re.compile(r"\[TOC\]"), _MAX_CONTENTS, "tables of contents"),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not converted: the code of the fault, what to say, and on which line of the text."""

    code: str
    message: str
    line: int = 1


def refusal(text: str) -> Refusal | None:
    """Return why ``text`` is more than a converter can take, or None for every text that people write."""
    return None if _is_small(text) else next(_refusals(text), None)


def _is_small(text: str) -> bool:
    """Say whether a text has so little of everything that no part of it can be too large or too deep.

    That is quickly told, and true of nearly all. Nine tabs among runs of 49 spaces are 499 at most.
    """
    return (
        len(text) <= _MAX_MARKS_IN_BLOCK
        and text.count("\n") < _MAX_LINES_IN_BLOCK
        and text.count("[") + text.count("(") <= MAX_DEPTH
        and text.count("<") <= _MAX_SECTIONS
        and text.count("[TOC]") <= _MAX_CONTENTS
        and text.count("\t") <= 9
        and " " * 50 not in text
        and not _LONG_PREFIX.search("\n" + text)
    )


def _refusals(text: str) -> Iterator[Refusal]:
    yield from _too_large(text)
    if len(text) > _MAX_LINKS_IN_BLOCK:
        yield from _large_blocks(text)
    for line, depth in enumerate(_depths(text), 1):
        if depth > MAX_DEPTH:
            yield _deep(f"this list or quotation is {depth} levels deep", line)
    yield from _deep_tags(text)
    if (count := sum(1 for _ in _UNCLOSED.finditer(text))) > _MAX_UNCLOSED:
        yield _deep(f"{count:,} HTML tags have no > at their end", 1, _MAX_UNCLOSED)
    if text.count("[") + text.count("(") > MAX_DEPTH:
        yield from _deep_brackets(text)


def _too_large(text: str) -> Iterator[Refusal]:
    if len(text) * 4 > MAX_SIZE and (size := len(text.encode("utf-8", "surrogatepass"))) > MAX_SIZE:
        yield _large(f"this text has {size:,} bytes", 1, MAX_SIZE)
    if (lines := text.count("\n") + 1) > _MAX_LINES:
        yield _large(f"this text has {lines:,} lines", 1, _MAX_LINES)
    if (marks := _marks(text)) > _MAX_MARKS:
        yield _large(f"this text has {marks:,} characters of markup, such as * and [", 1, _MAX_MARKS)
    for pattern, most, name in _COUNTED:
        if (count := sum(1 for _ in pattern.finditer(text))) > most:
            yield _large(f"this text has {count:,} {name}", 1, most)


def _large(message: str, line: int, most: int) -> Refusal:
    return Refusal("markdown-too-large", f"{message}, and the most is {most:,}", line)


def _deep(message: str, line: int, most: int = MAX_DEPTH) -> Refusal:
    return Refusal("markdown-too-deep", f"{message}, and the most is {most:,}", line)


def _marks(text: str) -> int:
    return sum(map(text.count, _MARKS))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each run of lines without a blank one between them, and where it begins."""
    start = 0
    for gap in [*(match.end() for match in _BLANK.finditer(text)), len(text)]:
        yield start, text[start:gap]
        start = gap


def _large_blocks(text: str) -> Iterator[Refusal]:
    for start, block in _blocks(text):
        lines = block.strip("\n").split("\n")
        for count, most, what in (
            (len(lines), _MAX_LINES_IN_BLOCK, "lines without a blank one between them"),
            (max(map(len, lines)), _MAX_LINE, "characters in one line"),
            (_marks(block), _MAX_MARKS_IN_BLOCK, "characters of markup without a blank line between them"),
            (block.count("["), _MAX_LINKS_IN_BLOCK, "brackets [ without a blank line between them"),
        ):
            if count > most:
                yield _large(f"here are {count:,} {what}", _line(text, start), most)


def _depths(text: str) -> Iterator[int]:
    """How deep each line stands: a level for each mark of a list or quotation, and for each four spaces."""
    for prefix in _CONTAINERS.findall(text):
        if len(prefix) <= MAX_DEPTH:
            yield 0
            continue
        marks = len(_CONTAINER.findall(prefix))
        # A mark brings one space of its own.
        indent = prefix.expandtabs(4).count(" ") - marks
        yield marks + max(indent, 0) // 4


def _deep_tags(text: str) -> Iterator[Refusal]:
    depth = 0
    for tag in _TAG.finditer(text):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > MAX_DEPTH:
            yield _deep(f"here more than {MAX_DEPTH} HTML tags are open at once", _line(text, tag.start()))


def _deep_brackets(text: str) -> Iterator[Refusal]:
    for start, block in _blocks(text):
        unclosed = {"[": 0, "(": 0}
        for bracket in _BRACKET.finditer(block):
            if not bracket[1]:
                continue
            kind = "[" if bracket[1] in "[]" else "("
            unclosed[kind] = max(unclosed[kind] + (1 if bracket[1] == kind else -1), 0)
            if unclosed[kind] > MAX_DEPTH:
                message = f"here more than {MAX_DEPTH} brackets {kind} are open at once"
                yield _deep(message, _line(text, start + bracket.start()))


def _line(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1
