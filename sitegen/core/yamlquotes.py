"""A quotation mark that is never closed, or that is closed by the next value's opening one."""

from __future__ import annotations

from sitegen.core.yamllines import below, entry_of, indent_of, is_closed
from sitegen.core.yamltrouble import NOT_NEXT, Fault, Trouble


def open_quote(t: Trouble) -> Fault | None:
    """Explain trouble that an open quotation mark made, on its own line or further down."""
    at = None
    if "quoted scalar" in t.context and t.says("end of stream", "document indicator", "document separator"):
        at = t.from_row, t.from_column
    elif t.says(*NOT_NEXT, "mapping values", "expected ':'", "',' or"):
        at = _runaway(t)
    if at is None:
        return None
    row, column = at
    line = t.lines[row].rstrip()
    mark = line[column : column + 1] or '"'
    entry, after = entry_of(line), below(t.lines, row)
    sure = entry is not None and entry.start == column and (after is None or _follows(t.lines, row, after))
    message, hint = "this quotation mark has no closing one", f"add {mark} at the end of the value"
    return t.mended("unclosed-quote", message, hint, at, line[column:], line + mark, sure)


def _runaway(t: Trouble) -> tuple[int, int] | None:
    """Find the quotation mark, some rows up, that took the next value's opening mark for its closing one."""
    for row in range(t.row - 1, max(t.row - 200, -1), -1):
        entry = entry_of(t.lines[row])
        mark = entry.value[:1] if entry else ""
        if entry and mark and mark in "\"'" and not is_closed(entry.value):
            between = t.lines[row + 1 : t.row]
            if mark in t.line[: t.column] and not any(mark in line for line in between):
                return row, entry.start
    return None


def _follows(lines: list[str], row: int, after: int) -> bool:
    return entry_of(lines[after]) is not None and indent_of(lines[after]) <= indent_of(lines[row])
