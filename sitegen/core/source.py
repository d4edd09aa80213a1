"""Source files and the documents parsed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.core.diagnostics import Span

KeyPath = tuple[str | int, ...]
"""Where a value sits inside a document: ``("offerings", 0, "price")``."""

Value = str | None | list["Value"] | dict[str, "Value"]
"""What YAML gives us. Plain scalars stay text as written; the field that takes one decides its type,
so ``country: NO`` stays NO and ``version: 1.10`` stays 1.10."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read: its path relative to the site folder (forward slashes) and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Marks:
    """Where each key and each value of a document stands, for error messages."""

    path: str
    keys: Mapping[KeyPath, Span] = field(default_factory=dict)
    values: Mapping[KeyPath, Span] = field(default_factory=dict)

    def value(self, at: KeyPath) -> Span:
        """Return the span of the value at ``at``, or of its nearest ancestor that has one."""
        for end in range(len(at), -1, -1):
            span = self.values.get(at[:end]) or self.keys.get(at[:end])
            if span:
                return span
        return Span(self.path)

    def key(self, at: KeyPath) -> Span:
        """Return the span of the key at ``at``, or of the value where there is no such key."""
        return self.keys.get(at) or self.value(at)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its data, the place of everything in it, and the Markdown below it.

    ``body_line`` is the line of the file on which ``body`` begins, so that a fault found in the
    Markdown can name its line in the file.
    """

    path: str
    kind: str
    data: dict[str, Value]
    marks: Marks
    body: str = ""
    body_line: int = 1
