"""Theme: templates, static files and brand settings, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Theme:
    """A theme and the themes it refines.

    ``templates`` maps a name such as ``page/badge.html`` to its source; a refining theme's file
    stands in for the refined one, which stays reachable as ``default/page/badge.html``.
    ``template_files`` maps the same names to the files they came from, for error messages.
    ``static`` maps paths below ``static/`` to bytes. ``settings`` is what ``theme.yaml`` says.
    """

    name: str
    templates: Mapping[str, str] = field(default_factory=dict)
    template_files: Mapping[str, str] = field(default_factory=dict)
    static: Mapping[str, bytes] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
