"""Theme: templates, static files and brand settings, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.core.diagnostics import Span
from sitegen.core.source import KeyPath


@dataclass(frozen=True)
class Theme:
    """A theme and the themes it refines.

    ``templates`` maps a name such as ``page/badge.html`` to its source; a refining theme's file
    stands in for the refined one, which stays reachable as ``default/page/badge.html``.
    ``template_files`` maps the same names to the files they came from, for error messages.
    ``static`` maps paths below ``static/`` to bytes. ``settings`` is what ``theme.yaml`` says, and
    ``marks`` where each key and each item of a list stands, in the file of the theme that says it last.
    """

    name: str
    templates: Mapping[str, str] = field(default_factory=dict)
    template_files: Mapping[str, str] = field(default_factory=dict)
    static: Mapping[str, bytes] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[KeyPath, Span] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The settings of the theme itself, not of those that it refines."""
        return f"themes/{self.name}/theme.yaml"

    def place(self, *at: str | int) -> Span:
        """Return where a setting stands, or the group that it is in; the top of ``theme.yaml`` where neither does."""
        known = (self.marks[at[:end]] for end in range(len(at), 0, -1) if at[:end] in self.marks)
        return next(known, Span(self.file))

    def own(self, *paths: KeyPath) -> Span:
        """Return the place of the first of several settings that this theme says itself, else of the first of all."""
        places = [self.place(*path) for path in paths]
        return next((place for place in places if place.path == self.file), places[0])
