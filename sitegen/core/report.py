"""Diagnostics as text for people, as JSON for programs and as annotations for GitHub.

Whatever came from content is made visible first, so that no file can send commands to a terminal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from sitegen.core.diagnostics import Diagnostic, Span
from sitegen.core.suggest import did_you_mean

__all__ = ["as_github", "as_json", "as_text", "did_you_mean", "quoted", "visible"]

_WIDTH = 100
_BEFORE = 40
_TAB = "    "
_LINE_END = re.compile(r"\r\n?|\n")

# Controls, lone surrogates, line separators, and the characters that reorder or hide text on a terminal.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def as_text(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> str:
    """Return a report for people, with the line at fault where ``texts`` has the text of its file by path."""
    lines: dict[str, list[str]] = {}
    reports = []
    for diagnostic in diagnostics:
        path = diagnostic.span.path if diagnostic.span else ""
        if path in texts and path not in lines:
            lines[path] = _LINE_END.split(texts[path].removeprefix("\ufeff"))
        reports.append(_as_text(diagnostic, lines.get(path, [])))
    return "\n\n".join(reports)


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a JSON list of objects; a diagnostic without a place has null for path, line, column and length."""
    return json.dumps([_as_object(diagnostic) for diagnostic in diagnostics], indent=2)


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands, one to a line, that GitHub Actions shows beside the changed lines.

    Escaped as GitHub's own toolkit does (actions/toolkit, packages/core/src/command.ts).
    """
    return "\n".join(_as_command(diagnostic) for diagnostic in diagnostics)


def _as_text(diagnostic: Diagnostic, lines: list[str]) -> str:
    span = diagnostic.span
    where = f"{visible(span.path)}:{span.line}:{span.column}: " if span else ""
    report = [f"{where}{diagnostic.severity.value}[{diagnostic.code}]: {visible(diagnostic.message)}"]
    if span and 0 < span.line <= len(lines) and lines[span.line - 1].strip():
        report += _excerpt(lines[span.line - 1], span)
    if diagnostic.hint:
        report.append(f"  hint: {visible(diagnostic.hint)}")
    return "\n".join(report)


class Quote(NamedTuple):
    """A line, or the part of a long one, as it is shown: what is at fault and what stands around it.

    ``indent`` is how many columns a terminal has before what is at fault, ``width`` how many that takes.
    """

    before: str
    marked: str
    after: str
    indent: int
    width: int


class _Cell(NamedTuple):
    """One character of a line as a terminal shows it, and how many columns it takes there."""

    shown: str
    width: int


def quoted(line: str, span: Span) -> Quote:
    """Return the line, or the part of a long line around the column, with every character made visible."""
    # What is further than this from the column can never be in the window.
    column = max(span.column, 1)
    first = max(column - 1 - _WIDTH, 0)
    near = [_cell(character) for character in line[first : column + _WIDTH]]
    start = column - 1 - first
    left, right = _window(near, start, first > 0, len(line) > column + _WIDTH)
    head = "…" if first or left else ""
    tail = "…" if right < len(near) or first + len(near) < len(line) else ""
    before = near[left : min(start, right)]
    under = near[start : min(start + span.length, right)]
    after = near[start + len(under) : right]
    beyond = max(start - len(near), 0)
    return Quote(
        head + _shown(before) + " " * beyond,
        _shown(under),
        _shown(after) + tail,
        len(head) + _width(before) + beyond,
        max(_width(under), 1),
    )


def _excerpt(line: str, span: Span) -> list[str]:
    """Draw the line with carets under what is at fault."""
    quote = quoted(line, span)
    gutter = max(len(str(span.line)), 5)
    return [
        f"{span.line:>{gutter}} | {quote.before}{quote.marked}{quote.after}".rstrip(),
        f"{'':>{gutter}} | {' ' * quote.indent}{'^' * quote.width}",
    ]


def _window(cells: list[_Cell], start: int, more_before: bool, more_after: bool) -> tuple[int, int]:
    """Choose the cells to show: all where they fit, else at most `_WIDTH` columns, `_BEFORE` of them before."""
    if not more_before and not more_after and _width(cells) <= _WIDTH:
        return 0, len(cells)
    room = _WIDTH - 2
    left = min(start, len(cells))
    used = 0
    while left > 0 and used + cells[left - 1].width <= _BEFORE:
        left -= 1
        used += cells[left].width
    right = left
    used = 0
    while right < len(cells) and used + cells[right].width <= room:
        used += cells[right].width
        right += 1
    return left, right


def _width(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _shown(cells: list[_Cell]) -> str:
    return "".join(cell.shown for cell in cells)


def _cell(character: str) -> _Cell:
    if "\x20" <= character <= "\x7e":
        return _Cell(character, 1)
    if character == "\t":
        return _Cell(_TAB, len(_TAB))
    shown = visible(character)
    if shown != character:
        return _Cell(shown, len(shown))
    if combining(character) or character in "\u200c\u200d" or "\ufe00" <= character <= "\ufe0f":
        return _Cell(character, 0)
    return _Cell(character, 2 if east_asian_width(character) in "WF" else 1)


def visible(text: str) -> str:
    """Return text in which every control character is written out, as ``<U+001B>``."""
    return _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def _as_object(diagnostic: Diagnostic) -> dict[str, str | int | None]:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "path": span.path if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "length": span.length if span else None,
        "hint": diagnostic.hint,
    }


def _as_command(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    properties = {"title": diagnostic.code}
    if span:
        properties = {"file": span.path, "line": str(span.line), "col": str(span.column), **properties}
    listed = ",".join(f"{name}={_escaped_property(value)}" for name, value in properties.items())
    hint = f"\nhint: {visible(diagnostic.hint)}" if diagnostic.hint else ""
    return f"::{diagnostic.severity.value} {listed}::{_escaped(visible(diagnostic.message) + hint)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
