"""From a file's bytes to clean text: UTF-8, one kind of line end, no character that cannot be published.

Every offending character is replaced by exactly one other, so that each line and column in the clean
text is the line and column an author sees in an editor.
"""

from __future__ import annotations

import re
from collections import Counter

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.source import Source

MAX_FILE = 2_500_000
"""Bytes in one file: the largest front matter and the largest body together."""

MAX_LINE = 100_000
"""Characters in one line."""

_MAX_KINDS = 10
_BOM = "\ufeff"
_UTF8_BOM = b"\xef\xbb\xbf"

# What XML 1.0 (section 2.2), and so feeds and sitemaps, cannot hold; what YAML 1.1 takes for a line end
# although no editor does (U+0085, U+2028, U+2029); and a byte order mark inside the text.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ASCII_CONTROLS = bytes(b for b in range(128) if UNFIT.match(chr(b)))
_BREAKS = "\x0b\x0c\x85\u2028\u2029"

_NAMES = {
    "\x00": "NUL",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
    _BOM: "byte order mark",
}

_SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a Word, Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
)

_SAVE_AGAIN = "open it in a text editor, choose 'Save as' and pick the encoding UTF-8"


def decode(source: Source) -> tuple[str | None, list[Diagnostic]]:
    """Return the text of a file with LF line ends and no byte order mark, or None where it has none."""
    content, path = source.content, source.path
    if len(content) > MAX_FILE:
        size = f"{len(content) / 1e6:.1f} MB"
        return None, [too_large(path, f"this file is {size}, and the most is {MAX_FILE / 1e6:.1f} MB")]
    start = content[:12].removeprefix(_UTF8_BOM)
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            return None, [_not_text(path, name)]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(content):
        return None, [_not_utf8("this file is saved as UTF-16, not as UTF-8", Span(path), _SAVE_AGAIN)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        return None, [_bad_byte(source, fault.start)]
    text = text.removeprefix(_BOM)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(content) > MAX_LINE and (long := _long_line(path, text)):
        return None, [long]
    if _is_clean(content, text):
        return text, []
    return UNFIT.sub(_stand_in, text), _unfit_characters(path, text)


def too_large(path: str, message: str) -> Diagnostic:
    """Return the fault for a file, or a part of it, that is over its limit."""
    return error("too-large", message, Span(path), "split it into several files")


def name_of(character: str) -> str:
    """Name a character an author cannot see: ``U+2028 (line separator)``."""
    return f"U+{ord(character):04X} ({_NAMES.get(character, 'control character')})"


def advice_on(character: str) -> str:
    """Say how to get rid of a character that cannot be published."""
    if character in _BREAKS:
        return "delete it, and press Enter where a new line is meant"
    if "\x80" <= character <= "\x9f":
        return "another program probably saved a quotation mark or a dash wrongly here: type it again"
    return "delete it; it often comes along with text pasted from another program"


def _is_clean(content: bytes, text: str) -> bool:
    # bytes.translate is several times faster than a search and decides nearly every file.
    if text.isascii():
        return len(content.translate(None, _ASCII_CONTROLS)) == len(content)
    return UNFIT.search(text) is None


def _stand_in(match: re.Match[str]) -> str:
    return " " if match[0] in _BREAKS else "\ufffd"


def _unfit_characters(path: str, text: str) -> list[Diagnostic]:
    counts = Counter(UNFIT.findall(text))
    return [_unfit_character(path, text, character, n) for character, n in list(counts.items())[:_MAX_KINDS]]


def _unfit_character(path: str, text: str, character: str, count: int) -> Diagnostic:
    times = f", {count} times" if count > 1 else ""
    message = f"invisible character {name_of(character)}{times}"
    return error("control-character", message, _place(path, text, text.index(character)), advice_on(character))


def _place(path: str, text: str, index: int) -> Span:
    start = text.rfind("\n", 0, index) + 1
    return Span(path, text.count("\n", 0, index) + 1, index - start + 1)


def _long_line(path: str, text: str) -> Diagnostic | None:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            message = f"this line has {len(line):,} characters, and the most is {MAX_LINE:,}"
            return error("line-too-long", message, Span(path, number), "break it into several lines")
    return None


def _looks_like_utf16(content: bytes) -> bool:
    # Latin text in UTF-16 has a NUL in every other byte, and UTF-8 text has none at all.
    head = content[:400]
    return b"\0" in head and max(head[::2].count(0), head[1::2].count(0)) * 3 > len(head)


def _bad_byte(source: Source, offset: int) -> Diagnostic:
    byte = source.content[offset]
    before = source.content[:offset].decode("utf-8").removeprefix(_BOM)
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    span = _place(source.path, before, len(before))
    message = f"this file is not saved as UTF-8: byte 0x{byte:02X} at offset {offset:,}"
    character = bytes([byte]).decode("cp1252", "ignore")
    seen = f", where this byte is '{character}'" if character.isprintable() and character else ""
    return _not_utf8(message, span, f"it is probably Windows-1252{seen}: {_SAVE_AGAIN}")


def _not_utf8(message: str, span: Span, hint: str) -> Diagnostic:
    return error("not-utf8", message, span, hint)


def _not_text(path: str, name: str) -> Diagnostic:
    hint = "save its content as plain text in UTF-8, or move the file out of the content folder"
    return error("not-text", f"this file is {name}, not text", Span(path), hint)
