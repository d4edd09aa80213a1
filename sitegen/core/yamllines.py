"""The shapes of YAML lines as people write them, told apart without a parser.

For explaining broken YAML: a parser has given up on it, and the author's line is still to be understood.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_KEY = r"""(?:"(?:[^"\\]|\\.){0,200}"|'[^']{0,200}'|[^\s:'"][^:]{0,200}?)"""
# Every repeat is bounded or greedy, so that no line can make matching slow.
_ENTRY = re.compile(rf"(?P<lead> *(?:- +){{0,60}})(?P<key>{_KEY}) {{0,20}}:(?:[ \t]+(?P<value>\S.*)?)?$")
_ITEM = re.compile(r"(?P<lead> *(?:- +){1,60})(?P<value>\S.*)$")
_CLOSED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'(?!')""")
_CURLY = "“”„‟«»‘’‚"
_LONGEST_ADVICE = 60
_FARTHEST, _WIDEST = 200, 1000


class Entry(NamedTuple):
    """A field or a list item on one line: the columns of its key and value count from 0.

    ``key`` is empty for a list item without a field, and ``value`` where nothing follows the colon.
    """

    column: int
    key: str
    start: int
    value: str


def entry_of(line: str) -> Entry | None:
    """Return what a line gives, where it looks like ``key: value``, ``- key: value`` or ``- value``."""
    line = line.rstrip(" \t")
    match = _ENTRY.match(line)
    if match:
        value = match["value"] or ""
        return Entry(len(match["lead"]), match["key"], match.start("value") if value else len(line), value)
    match = _ITEM.match(line)
    if match:
        return Entry(len(match["lead"]), "", match.start("value"), match["value"])
    return None


def indent_of(line: str) -> int:
    """Count the spaces that a line begins with."""
    return len(line) - len(line.lstrip(" "))


def above(lines: list[str], row: int) -> int | None:
    """Return the nearest row above ``row`` that says something."""
    return next((r for r in range(row - 1, -1, -1) if _says(lines[r])), None)


def below(lines: list[str], row: int) -> int | None:
    """Return the nearest row below ``row`` that says something."""
    return next((r for r in range(row + 1, len(lines)) if _says(lines[r])), None)


def _says(line: str) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith("#")


def end_of_block(lines: list[str], row: int) -> int:
    """Return the last row of what begins on ``row``: the rows below it that are indented further."""
    indent, last = indent_of(lines[row]), row
    for r in range(row + 1, len(lines)):
        if lines[r].strip():
            if indent_of(lines[r]) <= indent:
                break
            last = r
    return last


def stands_alone(lines: list[str], row: int) -> bool:
    """Say whether the field on ``row`` ends there, with nothing indented below it."""
    return end_of_block(lines, row) == row


def levels_above(lines: list[str], row: int) -> list[int]:
    """Return the indents of the blocks that are open just above ``row``, outermost first."""
    levels: set[int] = set()
    edge = 10**9
    for r in range(row - 1, -1, -1):
        if edge and _says(lines[r]) and indent_of(lines[r]) < edge:
            edge = indent_of(lines[r])
            levels.add(edge)
            entry = entry_of(lines[r])
            if entry and entry.key:
                levels.add(entry.column)
    return sorted(levels)


def open_bracket(lines: list[str], row: int, column: int) -> tuple[int, int] | None:
    """Find the nearest bracket before a place that is still open there, quotation marks aside."""
    depth = 0
    for r in range(row, max(row - _FARTHEST, -1), -1):
        line = (lines[r][:column] if r == row else lines[r])[:_WIDEST]
        for c in range(len(line) - 1, -1, -1):
            if line[c] in "]}":
                depth += 1
            elif line[c] in "[{":
                depth -= 1
                if depth < 0:
                    return r, c
    return None


def shortened(text: str) -> str:
    """Return text that a message can quote: its beginning, where it is long."""
    return text if len(text) <= _LONGEST_ADVICE else text[: _LONGEST_ADVICE - 1] + "…"


def is_closed(value: str) -> bool:
    """Say whether a value that begins with a quotation mark has the closing one too."""
    return _CLOSED.match(value) is not None


def quoted(value: str) -> str:
    """Return a YAML string that means ``value``; curly quotation marks around it give way."""
    if len(value) > 1 and value[0] in _CURLY and value[-1] in _CURLY:
        value = value[1:-1]
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def quote_advice(value: str, what: str = "the value") -> str:
    """Say to put a value in quotes, with the result where it is short enough to read."""
    advice = f"put {what} in quotes"
    if value[0] in _CURLY:
        advice = f"put {what} in straight quotes, curly ones do not count"
    return f"{advice}: {quoted(value)}" if len(value) <= _LONGEST_ADVICE else advice
