"""Where everything in a YAML document stands, kept as it was read and looked up when a fault asks.

A good file has no faults, so the spans of its hundred keys and values are never made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    return Marks(path, KeySpans(path, root), ValueSpans(path, root))


@dataclass(frozen=True, slots=True, eq=False)
class ValueSpans(Mapping[KeyPath, Span]):
    """The span of each value by its key path; the whole document stands at ``()``."""

    path: str
    root: Place

    def __getitem__(self, at: KeyPath) -> Span:
        line, column, length, _ = _find(self.root, at)
        return Span(self.path, line, column, length)

    def __iter__(self) -> Iterator[KeyPath]:
        yield ()
        yield from _paths(self.root, ())

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True, eq=False)
class KeySpans(Mapping[KeyPath, Span]):
    """The span of each key by its key path; list items have none."""

    path: str
    root: Place

    def __getitem__(self, at: KeyPath) -> Span:
        inside = _find(self.root, at[:-1])[3] if at else None
        name = at[-1] if at else None
        if not isinstance(inside, dict) or not isinstance(name, str):
            raise KeyError(at)
        line, column, length, _ = inside[name]
        return Span(self.path, line, column, length)

    def __iter__(self) -> Iterator[KeyPath]:
        return (at for at in _paths(self.root, ()) if isinstance(at[-1], str))

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
