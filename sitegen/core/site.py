"""Site: config, catalogue, theme, files and the finished URL table. The one thing that a format sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ParamSpec, TypeVar

from sitegen.core import reads as names
from sitegen.core.catalogue import Catalogue
from sitegen.core.config import Config
from sitegen.core.images import ImageFacts
from sitegen.core.levels import LevelFramework
from sitegen.core.model import Record
from sitegen.core.output import Route
from sitegen.core.reads import Reads
from sitegen.core.theme import Theme
from sitegen.core.urltable import UrlKey, UrlTable

Value = TypeVar("Value")
P = ParamSpec("P")
_TO_RESOLVE = re.compile(r"/[./]|/$|^//")
"""What a path is free of that stands as it is: parts of dots, and empty ones."""


@dataclass(frozen=True)
class Picture:
    """An author's image: its bytes and what they show it to be. ``read`` gives the bytes when they are asked for."""

    path: str
    read: Callable[[], bytes]
    facts: ImageFacts

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.read()


@dataclass(frozen=True)
class Once:
    """A value that is worked out once for a site, with what was read for it."""

    value: Any
    reads: frozenset[str]


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
    urls: Mapping[UrlKey, Route] = field(default_factory=dict)
    known: dict[str, Once] = field(default_factory=dict, init=False, compare=False)
    """What :meth:`once` has worked out, by its name."""
    recall: Callable[[str], str | None] | None = field(default=None, init=False, compare=False)
    """Gives a text that an earlier build worked out and that is still right, by its name."""

    @property
    def reads(self) -> Reads:
        """Where what is read is noted."""
        return self.catalogue.reads

    @cached_property
    def table(self) -> UrlTable:
        """The addresses, for those who work on the whole: what is read of it is not noted."""
        urls = self.__dict__["urls"]
        return urls if isinstance(urls, UrlTable) else UrlTable(urls.values())

    def route(self, format_name: str, subject: str, role: str = "") -> Route | None:
        """Return the route of a subject in a format, or None when the site does not make it."""
        self.catalogue.reads.note(f"address {subject}")
        return self.table.find(format_name, subject, role)

    def routes_of(self, subject: str) -> tuple[Route, ...]:
        """Return every route of a subject, in order of their addresses."""
        self.catalogue.reads.note(f"address {subject}")
        return self.table.of(subject)

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
        return self.picture_at(record.path, image.id) if image else None

    def picture_at(self, record_path: str, image: str) -> Picture | None:
        """Return the image that a record's file names, or None when there is none that can be used."""
        path = picture_path(record_path, image)
        self.catalogue.reads.note(names.picture(path))
        found: Picture | None = self.__dict__["pictures"].get(path)
        return found

    def badge_image(self, badge: Record) -> Route | None:
        """Return the route of the image that Open Badges files name: the author's own, or the generated PNG."""
        return self.route("images", badge.key, "image")

    def level_framework(self, framework_id: str) -> LevelFramework | None:
        """Return a levels framework by its short name: the site's own first, then the built-in ones."""
        return self.config.level_framework(framework_id)

    def once(self, make: Callable[..., Value], *arguments: str) -> Value:
        """Return ``make(site, *arguments)``, worked out once for a site however many pages ask.

        ``make`` is a function at the top of a module that is marked with :func:`once`, and its value is plain
        data: whoever reads it depends on the value, and not on everything that was read to make it.
        """
        name = names.memo(f"{make.__module__}:{make.__qualname__}", arguments)
        kept = self.known.get(name)
        if kept is None and self.recall is not None and getattr(make, "__kept__", False):
            remembered: Any = self.recall(name)
            if remembered is not None:
                self.reads.note(name)
                return remembered  # type: ignore[no-any-return]  # a kept value is text, as its function returns
        if kept is None:
            with self.reads.apart() as noted:
                value = make(self, *arguments)
            kept = self.known[name] = Once(value, frozenset(noted))
        self.reads.note(name)
        found: Value = kept.value
        return found


def once(make: Callable[P, Value]) -> Callable[P, Value]:
    """Mark a function as fit for :meth:`Site.once`: pure, and asked for by name when a build goes on from another."""
    make.__once__ = True  # type: ignore[attr-defined]  # functions take attributes
    return make


def kept(make: Callable[P, str]) -> Callable[P, str]:
    """Mark a function as :func:`once` does, whose text is also kept from one build for the next."""
    make.__kept__ = True  # type: ignore[attr-defined]  # functions take attributes
    return once(make)


def _noted(attribute: str, name: str) -> Any:
    """Return a property that holds a field of the site and notes that it is read."""

    def get(self: Site) -> Any:
        self.catalogue.reads.note(name)
        return self.__dict__[attribute]

    def put(self: Site, value: Any) -> None:
        self.__dict__[attribute] = value

    return property(get, put)


class TracedSite(Site):
    """A site that notes the reading of its fields, too. What formats are given by a build."""

    theme = _noted("theme", names.THEME)
    today = _noted("today", names.DAY)
    urls = _noted("urls", names.ADDRESSES)
    pictures = _noted("pictures", "pictures")


def picture_path(record_path: str, name: str) -> str:
    """Resolve an image named in a record to a path in the site folder (``content/badges/img/a.png``)."""
    if name.startswith("/"):
        return "static" + name
    folder = record_path.rpartition("/")[0]
    if folder and not _TO_RESOLVE.search(f"/{folder}/{name}"):
        return f"{folder}/{name}"
    parts: list[str] = []
    for part in f"{folder}/{name}".split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
