"""Site: config, catalogue, theme, files and the finished URL table. The one thing that a format sees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sitegen.core.catalogue import Catalogue
from sitegen.core.config import Config
from sitegen.core.images import ImageFacts
from sitegen.core.levels import LevelFramework
from sitegen.core.model import Record
from sitegen.core.output import Route
from sitegen.core.theme import Theme

_TO_RESOLVE = re.compile(r"/[./]|/$|^//")
"""What a path is free of that stands as it is: parts of dots, and empty ones."""


@dataclass(frozen=True)
class Picture:
    """An author's image: its bytes and what they show it to be."""

    path: str
    content: bytes
    facts: ImageFacts


@dataclass(frozen=True)
class Site:
    """Everything that a format may read.

    ``today`` is the day of the build in the site's time zone, a value and not a clock. ``files``
    are the site's own static files by their path. ``pictures`` are images by the path that records
    resolve to (see :meth:`picture_of`). ``urls`` maps ``(format, subject, role)`` to the route.
    """

    config: Config
    catalogue: Catalogue = field(default_factory=Catalogue)
    theme: Theme = field(default_factory=lambda: Theme("none"))
    today: date = date(1970, 1, 1)
    files: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    urls: Mapping[tuple[str, str, str], Route] = field(default_factory=dict)

    def route(self, format_name: str, subject: str, role: str = "") -> Route | None:
        """Return the route of a subject in a format, or None when the site does not make it."""
        return self.urls.get((format_name, subject, role))

    def path(self, subject: str, format_name: str = "html", role: str = "") -> str | None:
        """Return the address for links within the site: from the root of the host, base path included."""
        route = self.route(format_name, subject, role)
        return self.config.base_path + route.url if route else None

    def url(self, subject: str, format_name: str = "html", role: str = "") -> str | None:
        """Return the full address, for JSON, feeds and anything that leaves the site."""
        route = self.route(format_name, subject, role)
        return self.config.base_url + route.url if route else None

    def picture_of(self, record: Any) -> Picture | None:
        """Return the image that a record names, read relative to the record's own file."""
        image = getattr(record, "image", None)
        return self.pictures.get(picture_path(record, image.id)) if image else None

    def badge_image(self, badge: Record) -> Route | None:
        """Return the route of the image that Open Badges files name: the author's own, or the generated PNG."""
        return self.route("images", badge.key, "image")

    def level_framework(self, framework_id: str) -> LevelFramework | None:
        """Return a levels framework by its short name: the site's own first, then the built-in ones."""
        return self.config.level_framework(framework_id)


def picture_path(record: Record, name: str) -> str:
    """Resolve an image named in a record to a path in the site folder (``content/badges/img/a.png``)."""
    if name.startswith("/"):
        return "static" + name
    folder = record.path.rpartition("/")[0]
    if folder and not _TO_RESOLVE.search(f"/{folder}/{name}"):
        return f"{folder}/{name}"
    parts: list[str] = []
    for part in f"{folder}/{name}".split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
