"""YAML text to plain values and their places, under a budget.

Reads libyaml's events rather than composing nodes: an event stream has no recursion, so no input can
exhaust the C stack, and reading stops at the first level, value or alias beyond the budget. Scalars
stay text as written; the field that takes one decides its type later.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from unicodedata import normalize

from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from sitegen.core import yamlloader
from sitegen.core.decode import UNFIT, advice_on, name_of
from sitegen.core.diagnostics import Diagnostic, Span, error, warning
from sitegen.core.places import Field, Place
from sitegen.core.source import Value
from sitegen.core.yamllines import shortened

MAX_VALUES = 20_000
"""Values in one document with every alias written out."""

MAX_DEPTH = 50
"""Levels of lists and fields inside each other."""

_TOO_DEEP_FOR_LIBYAML = "nesting depth"
"""What libyaml 0.2.6 and later say beyond 1,000 levels; the wheels of PyYAML 6.0.4 are the first with it."""

_Event = Any
# Every event read from a text has both its marks; PyYAML's types allow for events made by hand.

_NULLS = frozenset(("", "~", "null"))
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_ODD_SPACE = re.compile("[\u00a0\u00ad\u1680\u2000-\u200b\u202f\u205f\u2060\u3000]")
_CUT = re.compile(r" *#[^\s#!].*")


class Reading(NamedTuple):
    """What a text holds, and where everything in it stands; no place where it holds nothing."""

    value: Value
    place: Place | None


class LimitError(Exception):
    """Reading stopped at a limit; ``fault`` says which. Never leaves `core`."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read(text: str, path: str, first_line: int, faults: list[Diagnostic]) -> Reading:
    """Read one YAML document, and add to ``faults`` what is wrong with it beyond its syntax.

    ``first_line`` is the line of the file on which ``text`` begins. Raises PyYAML's own errors for
    broken syntax and `LimitError` at a limit.
    """
    before = len(faults)
    try:
        return _Reader(yamlloader.LOADER, text, path, first_line, faults).document()
    except MarkedYAMLError as problem:
        if _TOO_DEEP_FOR_LIBYAML not in (problem.problem or ""):
            raise
    # libyaml scans ahead of its events, so it can meet its own limit before we have met ours. It says
    # where it stopped, not where our limit lies; PyYAML's scanner, which has none, comes to that place.
    del faults[before:]
    return _Reader(yamlloader.PortableLoader, text, path, first_line, faults).document()


class _Anchored(NamedTuple):
    value: Value
    place: Place
    size: int


class _Reader:
    """One pass over one text. Lives for one call of `read`."""

    __slots__ = ("anchors", "cuts", "escapes", "faults", "lines", "next", "offset", "open", "path", "size", "tabs")

    def __init__(self, loader: Any, text: str, path: str, first_line: int, faults: list[Diagnostic]) -> None:
        self.next = loader(text).get_event
        # libyaml marks the end of a text without a last line end on a line of its own.
        self.lines = [*text.split("\n"), ""]
        self.path = path
        self.offset = first_line
        self.faults = faults
        self.size = 0
        self.anchors: dict[str, _Anchored] = {}
        self.open: list[str] = []
        # Most texts have none of these, and then no scalar need be looked at for them.
        self.escapes = "\\" in text
        self.tabs = "\t" in text
        self.cuts = " #" in text

    def document(self) -> Reading:
        self.next()
        start = self.next()
        if isinstance(start, StreamEndEvent):
            return Reading(None, None)
        reading = Reading(*self._node(self.next(), 0))
        self.next()
        after = self.next()
        if isinstance(after, DocumentStartEvent):
            hint = "delete this line and keep one document; Markdown text belongs in a file that ends in .md"
            self._error("several-documents", "a second YAML document begins here", after, hint)
        return reading

    def _node(self, event: _Event, depth: int) -> tuple[Value, Place]:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            return self._alias(event)
        if depth >= MAX_DEPTH:
            hint = f"use at most {MAX_DEPTH} levels"
            raise LimitError(self._error("too-deep", "lists or fields are nested too deeply here", event, hint))
        before = self.size
        if event.anchor:
            self.open.append(event.anchor)
        if event.tag and event.tag not in _PLAIN_TAGS:
            self._tag(event)
        node = self._mapping(event, depth) if kind is MappingStartEvent else self._sequence(event, depth)
        self._count(event, 1)
        if event.anchor:
            self.open.pop()
            self.anchors[event.anchor] = _Anchored(*node, self.size - before)
        return node

    def _scalar(self, event: _Event) -> tuple[Value, Place]:
        value: str | None
        text = value = event.value
        start, end = event.start_mark, event.end_mark
        row, column = start.line, start.column
        length = (end.column if end.line == row else len(self.lines[row].rstrip(" \t"))) - column
        place = (self.offset + row, column + 1, length or 1, None)
        self.size += 1
        if self.size > MAX_VALUES:
            self._count(event, 0)
        if not text.isascii():
            text = value = normalize("NFC", text)
        if not event.style:
            value = self._plain(event, text)
        elif self.escapes and event.style == '"':
            value = self._unescaped(event, text)
        if event.tag or event.anchor:
            if event.tag and event.tag not in _PLAIN_TAGS:
                self._tag(event)
            if event.tag and value is None:
                value = text
            if event.anchor:
                self.anchors[event.anchor] = _Anchored(value, place, 1)
        return value, place

    def _plain(self, event: _Event, value: str) -> str | None:
        end = event.end_mark
        if self.cuts and (cut := _CUT.match(self.lines[end.line], end.column)):
            self._cut(event, cut)
        if event.start_mark.line != end.line:
            self._swallowed_items(event)
        if value in _NULLS:
            return None
        if self.tabs:
            # SafeLoader splits plain text at a tab where libyaml keeps it: to both it is white space.
            return value.replace("\t", " ")
        return value

    def _mapping(self, start: _Event, depth: int) -> tuple[Value, Place]:
        data: dict[str, Value] = {}
        fields: dict[str, Field] = {}
        bases: list[tuple[Value, Place]] = []
        while type(event := self.next()) is not MappingEndEvent:
            key = event.value if type(event) is ScalarEvent else None
            if not key or self.escapes or event.anchor or event.tag or not key.isascii():
                key = self._odd_key(event, depth)
            value, place = self._node(self.next(), depth + 1)
            if key is None:
                continue
            if key in fields:
                self._duplicate(event, key, fields[key])
                continue
            mark, end = event.start_mark, event.end_mark
            width = end.column - mark.column if end.line == mark.line else len(key)
            fields[key] = (self.offset + mark.line, mark.column + 1, width or 1, place)
            if key == "<<" and not event.style:
                bases = self._bases(event, value, place)
            else:
                data[key] = value
        if "<<" in fields and "<<" not in data:
            del fields["<<"]
        for base, place in bases:
            _fill(data, fields, base, place)
        return data, self._place(start, event, fields)

    def _sequence(self, start: _Event, depth: int) -> tuple[Value, Place]:
        values: list[Value] = []
        places: list[Place] = []
        while type(event := self.next()) is not SequenceEndEvent:
            value, place = self._node(event, depth + 1)
            values.append(value)
            places.append(place)
        return values, self._place(start, event, places)

    def _place(self, start: _Event, end: _Event, inside: dict[str, Field] | list[Place] | None) -> Place:
        # Brackets on one line are underlined whole, a block by its first line.
        row, column = start.start_mark.line, start.start_mark.column
        last = end.end_mark
        length = (last.column if last.line == row else len(self.lines[row].rstrip(" \t"))) - column
        return self.offset + row, column + 1, max(length, 1), inside

    def _odd_key(self, event: _Event, depth: int) -> str | None:
        """Return the name that a key stands for, or None after saying why it cannot be one."""
        hint = "write 'name: value'; if this is text, put the whole value in quotes"
        value = self._node(event, depth + 1)[0]
        if isinstance(value, str) and value:
            return self._without_odd_space(event, value)
        if value is None and type(event) is ScalarEvent and event.value:
            return event.value
        if isinstance(value, dict | list):
            self._error("key-not-text", "a list or a group of fields stands where a field's name belongs", event, hint)
        elif type(event) is ScalarEvent:
            self._error("key-not-text", "there is no field name before this colon", event, hint)
        return None

    def _without_odd_space(self, event: _Event, key: str) -> str | None:
        odd = _ODD_SPACE.search(key)
        if odd is None:
            return key
        message = f"this field name has an invisible character, U+{ord(odd[0]):04X}, that is not an ordinary space"
        self._error("odd-space", message, event, "delete the spaces around the name and type them again")
        return None

    def _alias(self, event: _Event) -> tuple[Value, Place]:
        name = event.anchor
        shown = shortened(name)
        value: Value = None
        inside = None
        if name in self.open:
            self._error("unknown-alias", f"'*{shown}' repeats a value that contains it", event, "write the value out")
        elif name not in self.anchors:
            hint = "if the '*' is part of the text, put the value in quotes"
            self._error(
                "unknown-alias", f"'*{shown}' repeats nothing: no value above is marked '&{shown}'", event, hint
            )
        else:
            value, (_, _, _, inside), size = self.anchors[name]
            self._count(event, size)
        return value, self._place(event, event, inside)

    def _bases(self, event: _Event, value: Value, place: Place) -> list[tuple[Value, Place]]:
        bases = [(value, place)]
        if isinstance(value, list) and isinstance(place[3], list):
            bases = list(zip(value, place[3], strict=True))
        if value is not None and not all(isinstance(base, dict) for base, _ in bases):
            hint = "name a group of fields after it, like '<<: *defaults'"
            self._error("bad-merge", "'<<' takes over fields, but what follows has none", event, hint)
        return bases

    def _count(self, event: _Event, more: int) -> None:
        self.size += more
        if self.size > MAX_VALUES:
            message = f"this file has more than {MAX_VALUES:,} values, counting everything that '*' repeats"
            raise LimitError(self._error("too-many-values", message, event, "split it into several files"))

    def _tag(self, event: _Event) -> None:
        tag = shortened(event.tag.replace("tag:yaml.org,2002:", "!!"))
        hint = f"delete '{tag}', or put the whole value in quotes if it is text"
        self._error("yaml-tag", f"'{tag}' is a YAML tag, and tags are not used here", event, hint)

    def _duplicate(self, event: _Event, key: str, first: Field) -> None:
        second = self.offset + event.start_mark.line
        where = f", on lines {first[0]} and {second}" if first[0] != second else f" on line {second}"
        self._error("duplicate-key", f"'{shortened(key)}' is given twice{where}", event, "keep one of them")

    def _cut(self, event: _Event, cut: re.Match[str]) -> None:
        text = cut[0].strip()
        line, column = self.offset + event.end_mark.line, cut.end() - len(cut[0].lstrip()) + 1
        message = f"'{shortened(text)}' is left out: a '#' after a space begins a comment"
        hint = "put the value in quotes to keep it, or a space after the '#' if it is a comment"
        self.faults.append(warning("lost-after-hash", message, Span(self.path, line, column, len(text)), hint))

    def _swallowed_items(self, event: _Event) -> None:
        first = event.start_mark.line
        for row, line in enumerate(self.lines[first + 1 : event.end_mark.line + 1], first + 1):
            item = line.strip()
            if item.startswith("-") and not item.startswith("--"):
                span = Span(self.path, self.offset + row, len(line) - len(line.lstrip()) + 1, len(item))
                message = f"this line is read as more of the text on line {self.offset + row - 1}, not as a list item"
                hint = "line up the '-' with the other items and put a space after it, or put the text in quotes"
                self.faults.append(warning("list-in-text", message, span, hint))
                return

    def _unescaped(self, event: _Event, value: str) -> str:
        if bad := UNFIT.search(value):
            message = f"an escape stands for the invisible character {name_of(bad[0])}"
            self._error("control-character", message, event, advice_on(bad[0]))
            return UNFIT.sub("\ufffd", value)
        return value

    def _error(self, code: str, message: str, event: _Event, hint: str) -> Diagnostic:
        line, column, length, _ = self._place(event, event, None)
        fault = error(code, message, Span(self.path, line, column, length), hint)
        self.faults.append(fault)
        return fault


def _fill(data: dict[str, Value], fields: dict[str, Field], base: Value, place: Place) -> None:
    # A field given in full wins over the same field taken over with '<<', and an earlier base over a later.
    inside = place[3]
    if isinstance(base, dict) and isinstance(inside, dict):
        for key, value in base.items():
            if key not in data:
                data[key] = value
                fields[key] = inside[key]
