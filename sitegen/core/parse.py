"""Parse: a file's bytes to a document, its data as written and the place of everything in it.

A Markdown file has front matter between two lines ``---`` and Markdown below; a YAML file is all data.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from yaml.error import YAMLError

from sitegen.core.decode import decode, too_large
from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.places import Place, marks_of
from sitegen.core.source import Document, Marks, Source, Value
from sitegen.core.yamlfaults import explain
from sitegen.core.yamlnodes import LimitError, read

MAX_FRONT_MATTER = 256 * 1024
"""Characters between the two lines ``---``."""

MAX_BODY = 2 * 1024 * 1024
"""Characters of Markdown, or of YAML in a YAML file."""

_MAX_READINGS = 20
_READING_BUDGET = 1_000_000

_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_NEARLY_CLOSING = re.compile(r"^(?:--|-{4,}|[ \t]+---|- - -|[–—]+-?|\.\.\.|\+\+\+|\*\*\*|===+)[ \t]*$", re.MULTILINE)
_DIRECTIVES = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%[^\n]*")


class _Front(NamedTuple):
    """Front matter, the line it begins on, the body and the line that begins on."""

    text: str
    line: int
    body: str
    body_line: int


class _Data(NamedTuple):
    value: Value
    place: Place | None


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
    if text is None:
        return None, faults
    front, found = _split(path, text)
    faults += found
    if front is None:
        return None, faults
    data, place = _mapping(front.text, path, front.line, faults, "front matter")
    if data is None:
        return None, faults
    fence = (front.line - 1, 1, 3, place[3] if place else {})
    body = front.body if front.body.isascii() else normalize("NFC", front.body)
    return Document(path, kind, data, marks_of(path, fence), body, front.body_line), faults


def parse_yaml(source: Source) -> tuple[dict[str, Value] | None, Marks, list[Diagnostic]]:
    """Parse a file that is one YAML mapping, such as ``sitegen.yaml``."""
    path = source.path
    text, faults = decode(source)
    if text is not None and len(text) > MAX_BODY:
        faults.append(_over(path, "this file", len(text), MAX_BODY))
    elif text is not None:
        data, place = _mapping(text, path, 1, faults, "this file")
        if data is not None and place is None:
            hint = "write 'name: value', one field to a line"
            faults.append(error("empty-file", "this file holds no data", Span(path), hint))
        elif data is not None:
            return data, marks_of(path, place), faults
    return None, Marks(path), faults
