"""Where everything in a YAML document stands, looked up when a fault asks.

A good file has no faults, so the spans of its hundred keys and values are never made, and even the
places that they are made from are not kept: they are read from the text again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.core.diagnostics import Span
from sitegen.core.source import KeyPath, Marks

Place = tuple[int, int, int, "dict[str, Field] | list[Place] | None"]
"""Line, column and length of a value, counted as in `Span`, and what stands inside it."""

Field = tuple[int, int, int, Place]
"""Line, column and length of a key, and the place of its value."""


def marks_of(path: str, root: Place | None) -> Marks:
    """Return the marks of a document that was read into ``root``."""
    if root is None:
        return Marks(path)
    return _marks(path, _Origin(root))


def late_marks(path: str, read_again: Callable[[], Place]) -> Marks:
    """Return marks that ``read_again`` is asked for when the first of them is."""
    return _marks(path, _Origin(None, read_again))


def inherited(own: Marks, layer: Marks, root: KeyPath, names: frozenset[str]) -> Marks:
    """Return the marks of a record that has the fields ``names`` from below ``root`` of another file."""
    keys, values = Inherited(own.keys, layer.keys, root, names), Inherited(own.values, layer.values, root, names)
    return Marks(own.path, keys, values)


def part(whole: Marks, root: KeyPath, again: str) -> Marks:
    """Return the marks of a record that is what stands at ``root``; all of it stands below ``again`` as well."""
    return Marks(whole.path, Part(whole.keys, root, again), Part(whole.values, root, again))


class _Origin:
    """The places of one document, or how to come by them."""

    __slots__ = ("_read_again", "_root")

    def __init__(self, root: Place | None, read_again: Callable[[], Place] | None = None) -> None:
        self._root = root
        self._read_again = read_again

    @property
    def root(self) -> Place:
        """The place of the whole."""
        if self._root is None:
            if self._read_again is None:
                raise LookupError("an origin has either places or a way to them")
            self._root = self._read_again()
        return self._root


def _marks(path: str, origin: _Origin) -> Marks:
    return Marks(path, KeySpans(path, origin), ValueSpans(path, origin))


@dataclass(frozen=True, slots=True, eq=False)
class ValueSpans(Mapping[KeyPath, Span]):
    """The span of each value by its key path; the whole document stands at ``()``."""

    path: str
    origin: _Origin

    def __getitem__(self, at: KeyPath) -> Span:
        line, column, length, _ = _find(self.origin.root, at)
        return Span(self.path, line, column, length)

    def __iter__(self) -> Iterator[KeyPath]:
        yield ()
        yield from _paths(self.origin.root, ())

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True, eq=False)
class KeySpans(Mapping[KeyPath, Span]):
    """The span of each key by its key path; list items have none."""

    path: str
    origin: _Origin

    def __getitem__(self, at: KeyPath) -> Span:
        inside = _find(self.origin.root, at[:-1])[3] if at else None
        name = at[-1] if at else None
        if not isinstance(inside, dict) or not isinstance(name, str):
            raise KeyError(at)
        line, column, length, _ = inside[name]
        return Span(self.path, line, column, length)

    def __iter__(self) -> Iterator[KeyPath]:
        return (at for at in _paths(self.origin.root, ()) if isinstance(at[-1], str))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True, eq=False)
class Inherited(Mapping[KeyPath, Span]):
    """The spans of a file, and of the fields that it takes over from another."""

    own: Mapping[KeyPath, Span]
    layer: Mapping[KeyPath, Span]
    root: KeyPath
    names: frozenset[str]

    def __getitem__(self, at: KeyPath) -> Span:
        if at and at[0] in self.names:
            span = self.layer.get((*self.root, *at))
            if span is not None:
                return span
        return self.own[at]

    def __iter__(self) -> Iterator[KeyPath]:
        yield from self.own
        size = len(self.root)
        for at in self.layer:
            if at[:size] == self.root and at[size : size + 1] and at[size] in self.names and at[size:] not in self.own:
                yield at[size:]

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True, eq=False)
class Part(Mapping[KeyPath, Span]):
    """The spans of what stands at one place of a document, found from there on and once more below ``again``."""

    whole: Mapping[KeyPath, Span]
    root: KeyPath
    again: str

    def __getitem__(self, at: KeyPath) -> Span:
        return self.whole[(*self.root, *(at[1:] if at[:1] == (self.again,) else at))]

    def __iter__(self) -> Iterator[KeyPath]:
        size = len(self.root)
        for at in self.whole:
            if at[:size] == self.root:
                yield at[size:]
                yield (self.again, *at[size:])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _find(root: Place, at: KeyPath) -> Place:
    place = root
    for step in at:
        inside = place[3]
        if isinstance(inside, dict) and isinstance(step, str) and step in inside:
            place = inside[step][3]
        elif isinstance(inside, list) and isinstance(step, int) and 0 <= step < len(inside):
            place = inside[step]
        else:
            raise KeyError(at)
    return place


def _paths(place: Place, at: KeyPath) -> Iterator[KeyPath]:
    inside = place[3]
    if isinstance(inside, dict):
        for name, field in inside.items():
            yield (*at, name)
            yield from _paths(field[3], (*at, name))
    elif isinstance(inside, list):
        for index, item in enumerate(inside):
            yield (*at, index)
            yield from _paths(item, (*at, index))
