"""Every address of a site, known and proved unique before anything is rendered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.output import ExtensionError, Format, Route
from sitegen.core.site import Site
from sitegen.core.urltable import UrlTable

_WINDOWS = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})

_UNUSABLE = re.compile("[\x00-\x1f\x7f\\\\\ud800-\udfff]")
"""Control characters, the backslash, which browsers and Windows take for a slash, and what is no text."""


def plan(site: Site, formats: Iterable[Format]) -> tuple[Site, tuple[Route, ...], list[Diagnostic]]:
    """Ask every format for its routes and return the site with its finished URL table.

    Routes come back sorted by URL. Two routes that would share an address, by letter case, by
    Unicode normal form, or as a file and a folder of the same name, are an error that names both.
    """
    found: list[Diagnostic] = []
    routes: list[Route] = []
    for each in formats:
        try:
            routes.extend(each.routes(site))
        except ExtensionError as failure:
            found.append(failure.told)
    routes.sort(key=lambda r: (r.url, r.format, r.subject, r.role))
    taken: dict[str, Route] = {}
    for route in routes:
        found.extend(_bad_name(route, site))
        first = taken.setdefault(_folded(route.file), route)
        if first is not route:
            found.append(_collision(first, route, site))
    found.extend(_files_as_folders(taken, site))
    return replace(site, urls=UrlTable(routes)), tuple(routes), found


def _folded(file: str) -> str:
    """The name under which a file system that ignores case and normal form would keep a file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold())


def _collision(first: Route, second: Route, site: Site) -> Diagnostic:
    same = (
        "the same address"
        if first.url == second.url
        else f"addresses that some systems cannot tell apart ({first.url})"
    )
    return error(
        "url-collision",
        f"{_owner(second, site)} and {_owner(first, site)} would have {same}: {second.url}",
        _span(second, site) or _span(first, site),
        "give one of them another id, or another name",
    )


def _files_as_folders(taken: Mapping[str, Route], site: Site) -> Iterable[Diagnostic]:
    for name, route in taken.items():
        parent = name.rpartition("/")[0]
        while parent:
            if parent in taken:
                yield error(
                    "url-collision",
                    f"{_owner(taken[parent], site)} is a file at {taken[parent].url}, but {_owner(route, site)} "
                    f"needs a folder of that name for {route.url}",
                    _span(route, site) or _span(taken[parent], site),
                    "give one of them another id, or another name",
                )
            parent = parent.rpartition("/")[0]


def _bad_name(route: Route, site: Site) -> Iterable[Diagnostic]:
    parts = route.file.split("/")
    for part in parts:
        if len(part.encode("utf-8", "surrogatepass")) > 255:
            yield error(
                "name-too-long",
                f"{_owner(route, site)} has a name of more than 255 bytes: {part[:40]}…",
                _span(route, site),
                "give it a shorter id",
            )
        elif _UNUSABLE.search(part):
            yield error(
                "reserved-name",
                f"{_owner(route, site)} has a name with a line break or another character that addresses cannot "
                f"have: {part!r}",
                _span(route, site),
                "give it a name of letters, digits and hyphens",
            )
        elif part.partition(".")[0].lower() in _WINDOWS or part.endswith((".", " ")) or part in ("", ".", ".."):
            yield error(
                "reserved-name",
                f"{_owner(route, site)} has a name that Windows does not allow: {part!r}",
                _span(route, site),
                "give it another id",
            )


def _span(route: Route, site: Site) -> Span | None:
    record = site.catalogue.get(route.subject)
    if record:
        return record.span("id") if ("id",) in record.marks.values else Span(record.path)
    return Span("static" + route.url) if route.subject.startswith("file:") else None


def _owner(route: Route, site: Site) -> str:
    record = site.catalogue.get(route.subject)
    if record:
        return f"{record.path} ({route.format})"
    return f"static{route.url}" if route.subject.startswith("file:") else f"sitegen's own {route.url} ({route.format})"


CODES: dict[str, tuple[str, str]] = {
    "url-collision": (
        "Two things would have the same address",
        "An address is one thing for ever. Letter case and the spelling of accents do not tell two apart, because "
        "some computers ignore them. The message names both; give one of them another id.",
    ),
    "name-too-long": ("A name that no file system can hold", "Give the record a shorter id."),
    "reserved-name": (
        "A name that Windows keeps for itself, or that no address can have",
        "Names like con, aux or nul cannot be used as ids, nor can a line break or a backslash stand in a name.",
    ),
}
