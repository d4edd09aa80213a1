"""Backslashes in double quotes that YAML does not know, as in ``"C:\\Users"``."""

from __future__ import annotations

import re

from sitegen.core.yamltrouble import Fault, Trouble

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|.)")
_HALVES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_CODE_DIGITS = {"x": 2, "u": 4, "U": 8}
_SIMPLE_ESCAPES = '0abtnvfre "/\\N_LP\t'


def bad_escape(t: Trouble) -> Fault | None:
    """Explain a backslash in double quotes that no escape follows (YAML 1.1, section 5.6)."""
    if not t.says("escape", "hexdecimal"):
        return None
    for row in range(t.from_row, t.row + 1):
        for match in _ESCAPE.finditer(t.lines[row], t.from_column + 1 if row == t.from_row else 0):
            if not _is_escape(match[0]):
                return _explain(t, row, match.start(), match[0])
    return None


def _is_escape(text: str) -> bool:
    if text[1] not in _CODE_DIGITS:
        return text[1] in _SIMPLE_ESCAPES
    if len(text) != 2 + _CODE_DIGITS[text[1]]:
        return False
    number = int(text[2:], 16)
    return number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF


def _explain(t: Trouble, row: int, column: int, text: str) -> Fault:
    line = t.lines[row]
    message = f"'{text}' is not an escape that YAML knows"
    halves = _HALVES.match(line, column)
    if halves:
        high, low = int(halves[1], 16) - 0xD800, int(halves[2], 16) - 0xDC00
        text, put = halves[0], chr(0x10000 + (high << 10) + low)
        message, hint = f"'{text}' is two halves of one character", f"type the character itself: {put}"
    elif text == "\\'":
        hint, put = "an apostrophe inside double quotes needs no backslash", "'"
    elif text[1] in "uU" and len(text) == 2 + _CODE_DIGITS[text[1]]:
        message, hint, put = f"'{text}' stands for no character", "type the character itself", "\ufffd"
    else:
        hint, put = r"write '\\' for a backslash, or put the value in single quotes", "\\" + text
    mended = line[:column] + put + line[column + len(text) :]
    fault = t.mended("bad-escape", message, hint, (row, column), text, mended, sure=put != "\ufffd")
    return fault._replace(piece=True)
