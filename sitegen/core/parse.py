"""Parse: a file's bytes to a document, its data as written and the place of everything in it.

A Markdown file has front matter between two lines ``---`` and Markdown below; a YAML file is all data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple
from unicodedata import normalize

from yaml.error import YAMLError

from sitegen.core.decode import decode, too_large
from sitegen.core.diagnostics import Diagnostic, Span, error, in_order
from sitegen.core.parsecodes import CODES
from sitegen.core.places import Place, late_marks, marks_of
from sitegen.core.source import Document, Marks, Source, Value
from sitegen.core.yamlfaults import explain
from sitegen.core.yamllines import entry_of, shortened
from sitegen.core.yamlnodes import LimitError, Reading, read

__all__ = ["CODES", "MAX_BODY", "MAX_FRONT_MATTER", "parse", "parse_yaml"]

MAX_FRONT_MATTER = 256 * 1024
"""Characters between the two lines ``---``."""

MAX_BODY = 2 * 1024 * 1024
"""Characters of Markdown, or of YAML in a YAML file."""

_MAX_READINGS = 20
_READING_BUDGET = 1_000_000

_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_DASHES = re.compile(r"--|-{4,}|- - -|[–—]+-?|-[–—]")
_NEARLY_CLOSING = re.compile(rf"^(?:{_DASHES.pattern}|[ \t]+---|\.\.\.|\+\+\+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Places:
    """How to read a sound text again for the places in it, which nobody keeps."""

    text: str
    path: str
    line: int
    fence: bool

    def __call__(self) -> Place:
        place = read(self.text, self.path, self.line, []).place
        return _below_fence(place, self.line) if self.fence or place is None else place


class _Front(NamedTuple):
    """Front matter, the line it begins on, the body and the line that begins on."""

    text: str
    line: int
    body: str
    body_line: int


def parse(source: Source, kind: str) -> tuple[Document | None, list[Diagnostic]]:
    """Parse a content file of a kind.

    A document comes back beside its faults wherever it is plain what the author meant, so that the
    later stages can report theirs in the same run; None where it is not.
    """
    path = source.path
    if path.lower().endswith((".yaml", ".yml")):
        data, marks, faults = parse_yaml(source)
        return (None if data is None else Document(path, kind, data, marks)), faults
    text, faults = decode(source)
    document = None if text is None else _document(path, kind, text, faults)
    return document, in_order(faults)


def parse_yaml(source: Source) -> tuple[dict[str, Value] | None, Marks, list[Diagnostic]]:
    """Parse a file that is one YAML mapping, such as ``sitegen.yaml``."""
    path = source.path
    data, place = None, None
    text, faults = decode(source)
    if text is not None and len(text) > MAX_BODY:
        faults.append(_over(path, "this file", len(text), MAX_BODY))
    elif text is not None:
        data, place = _mapping(text, path, 1, faults, "this file")
        if data is not None and place is None:
            data, hint = None, "write 'name: value', one field to a line"
            faults.append(error("empty-file", "this file holds no data", Span(path), hint))
    if text is not None and place is not None and not faults:
        return data, late_marks(path, _Places(text, path, 1, fence=False)), faults
    return data, marks_of(path, place), in_order(faults)


def _document(path: str, kind: str, text: str, faults: list[Diagnostic]) -> Document | None:
    front, found = _split(path, text)
    faults += found
    if front is None:
        return None
    data, place = _mapping(front.text, path, front.line, faults, "the front matter")
    if data is None:
        return None
    body = front.body if front.body.isascii() else normalize("NFC", front.body)
    if faults:
        # The text as it was read is not the text as it was written.
        marks = marks_of(path, _below_fence(place, front.line))
    else:
        marks = late_marks(path, _Places(front.text, path, front.line, fence=True))
    return Document(path, kind, data, marks, body, front.body_line)


def _below_fence(place: Place | None, line: int) -> Place:
    """What is missing from the whole document is missing below its first line '---'."""
    return line - 1, 1, 3, place[3] if place else {}


def _split(path: str, text: str) -> tuple[_Front | None, list[Diagnostic]]:
    opening = _OPENING.match(text)
    faults: list[Diagnostic] = []
    start = opening.end() if opening else 0
    if opening is None:
        fault, start = _no_opening(path, text)
        faults.append(fault)
        if not start:
            return None, faults
    near = text.find("\n---", start - 1)
    closing = _CLOSING.search(text, near + 1) if near >= 0 else None
    if closing is None:
        closing = _nearly_closing(text, start)
        faults.append(_not_closed(path, text, start, closing))
        if closing is None:
            return None, faults
    front, body = text[start : closing.start()], text[closing.end() + 1 :]
    if len(front) > MAX_FRONT_MATTER:
        faults.append(_over(path, "the front matter", len(front), MAX_FRONT_MATTER))
    if len(body) > MAX_BODY:
        faults.append(_over(path, "the text below the front matter", len(body), MAX_BODY))
    if len(front) > MAX_FRONT_MATTER or len(body) > MAX_BODY:
        return None, faults
    line = _line_at(text, start - 1) + 1
    return _Front(front, line, body, line + front.count("\n") + 1), faults


def _over(path: str, what: str, size: int, most: int) -> Diagnostic:
    return too_large(path, f"{what} has {size:,} characters, and the most is {most:,}")


def _line_at(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1


def _no_opening(path: str, text: str) -> tuple[Diagnostic, int]:
    """Say what is there in place of the opening line, and where front matter begins all the same, or 0."""
    stripped = text.lstrip()
    first = stripped.split("\n", 1)[0].rstrip()
    line = _line_at(text, len(text) - len(stripped))
    span = Span(path, line, 1, max(len(first), 1))
    if not stripped:
        hint = "write front matter: a line '---', one 'name: value' to a line, and again a line '---'"
        return error("empty-file", "this file is empty", Span(path), hint), 0
    if first == "+++":
        hint = "write the front matter as YAML: '---' in place of '+++', and 'name: value' in place of 'name = value'"
        return error("toml-front-matter", "this front matter is TOML, and YAML is needed", span, hint), 0
    after = text.find("\n", len(text) - len(stripped)) + 1
    if first == "---":
        hint = "delete what stands above it"
        return error("missing-front-matter", "the front matter does not begin on line 1", span, hint), after
    if _DASHES.fullmatch(first):
        message = f"the first line is '{shortened(first)}', and front matter begins with '---'"
        return error("missing-front-matter", message, span, "write three hyphens and nothing else"), after
    hint = "begin the file with a line '---', then the fields, then again a line '---'"
    return error("missing-front-matter", "this file does not begin with front matter", span, hint), 0


def _nearly_closing(text: str, start: int) -> re.Match[str] | None:
    """Find a line that was surely meant to close the front matter: nothing but fields stands above it."""
    match = _NEARLY_CLOSING.search(text, start)
    return match if match and _first_prose(text[start : match.start()]) is None else None


def _first_prose(text: str) -> int | None:
    """Return the row of the first line that looks like Markdown and not like YAML."""
    blank = False
    for row, line in enumerate(text.split("\n")):
        if line.strip() and not line[0].isspace() and (blank if line[0] == "#" else entry_of(line) is None):
            return row
        blank = not line.strip()
    return None


def _not_closed(path: str, text: str, start: int, nearly: re.Match[str] | None) -> Diagnostic:
    code, line = "unclosed-front-matter", _line_at(text, start - 1)
    if nearly:
        span = Span(path, _line_at(text, nearly.start()), 1, len(nearly[0]))
        message = f"this line is '{shortened(nearly[0].rstrip())}', and front matter is closed by '---'"
        return error(code, message, span, "write three hyphens at the start of the line and nothing else")
    prose = _first_prose(text[start:])
    where = f"above line {line + 1 + prose}" if prose else "after the last field"
    message = "the front matter that begins here is never closed"
    return error(code, message, Span(path, line, 1, 3), f"add a line '---' {where}")


def _mapping(
    text: str, path: str, first_line: int, faults: list[Diagnostic], what: str
) -> tuple[dict[str, Value] | None, Place | None]:
    """Read YAML that must be fields; no fields at all are ``{}`` without a place."""
    if "%" in text:
        text = _without_directives(text, path, first_line, faults)
    reading = _read(text, path, first_line, faults)
    if reading is None:
        return None, None
    value, place = reading
    if value is None:
        return {}, None
    if isinstance(value, dict) or place is None:
        return (value if isinstance(value, dict) else None), place
    name = "a list" if isinstance(value, list) else "plain text"
    line, column, length, _ = place
    hint = "write 'name: value', one field to a line, with a space after the colon"
    message = f"{what} is {name}, and has to be fields"
    faults.append(error("not-a-mapping", message, Span(path, line, column, length), hint))
    return None, None


def _without_directives(text: str, path: str, first_line: int, faults: list[Diagnostic]) -> str:
    """Blank out lines such as ``%YAML 1.2`` above the data, and report the first."""
    lines = text.split("\n")
    found: list[int] = []
    for row, line in enumerate(lines):
        if line.startswith("%"):
            found.append(row)
        elif line.strip() and not line.lstrip().startswith("#"):
            break
    if not found:
        return text
    span = Span(path, first_line + found[0], 1, len(lines[found[0]].rstrip()))
    message = "a line that begins with '%' is an instruction to YAML, and none are used here"
    faults.append(error("yaml-directive", message, span, "delete this line"))
    for row in found:
        lines[row] = ""
    return "\n".join(lines)


def _read(text: str, path: str, first_line: int, faults: list[Diagnostic]) -> Reading | None:
    """Read YAML, and over again with each fault in its syntax mended, until all faults are known.

    Returns None unless the text was sound or every fault had one plain meaning.
    """
    lines, as_written = list[str](), list[str]()
    done: tuple[float, float] = (-1, -1)
    sure = True
    found: list[Diagnostic] = []
    for _ in range(max(1, min(_MAX_READINGS, _READING_BUDGET // (len(text) + 1)))):
        found = []
        try:
            reading = read(text, path, first_line, found)
        except LimitError:
            break
        except YAMLError as problem:
            if not lines:
                lines, as_written = text.split("\n"), text.split("\n")
            fault = explain(problem, lines)
        else:
            if found:
                as_written = as_written or text.split("\n")
                faults += (_clipped(fault, as_written, first_line) for fault in found)
            return reading if sure else None
        if (fault.row, fault.column) <= done:
            break  # what a guess of ours led to is not the author's fault
        span = Span(path, first_line + fault.row, fault.column + 1, fault.length)
        diagnostic = error(fault.code, fault.message, span, fault.hint)
        faults.append(_clipped(diagnostic, as_written, first_line))
        sure = sure and fault.sure
        done = (fault.row, fault.column) if fault.piece else (fault.last, inf)
        lines[fault.row : fault.last + 1] = [fault.mended, *[""] * (fault.last - fault.row)]
        text = "\n".join(lines)
    as_written = as_written or text.split("\n")
    faults += (_clipped(fault, as_written, first_line) for fault in found)
    return None


def _clipped(fault: Diagnostic, lines: list[str], first_line: int) -> Diagnostic:
    """Keep a fault that was found in mended lines within the line as the author wrote it."""
    span = fault.span
    if span is None or span.line - first_line >= len(lines):
        return fault
    width = len(lines[span.line - first_line])
    column = min(span.column, width + 1)
    return replace(fault, span=Span(span.path, span.line, column, max(min(span.length, width + 1 - column), 1)))
