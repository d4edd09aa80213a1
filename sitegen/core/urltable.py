"""The finished table of addresses: every route by its subject, and as text that a build keeps for the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from sitegen.core.output import Route

UrlKey = tuple[str, str, str]
"""Format, subject and role of a route."""

_GROUP, _FIELD = "\x1e", "\x1f"
_FIELDS = 7
"""Texts that stand for a route, beside its subject."""


class UrlTable(Mapping[UrlKey, Route]):
    """Every route by ``(format, subject, role)``, and all of one subject; one that was kept is read when asked for."""

    def __init__(self, routes: Iterable[Route] = ()) -> None:
        groups: dict[str, list[Route]] = {}
        for route in routes:
            groups.setdefault(route.subject, []).append(route)
        self._by_subject: dict[str, tuple[Route, ...] | str] = {
            subject: _last_of_each(group) for subject, group in groups.items()
        }

    @staticmethod
    def read(text: str) -> UrlTable:
        """Return the table that :meth:`text` wrote down."""
        table = UrlTable()
        pairs = (group.partition(_FIELD) for group in text.split(_GROUP)) if text else ()
        table._by_subject = {subject: rest for subject, _, rest in pairs}
        return table

    @property
    def text(self) -> str:
        """The table as text."""
        return _GROUP.join(
            _FIELD.join([subject, *(field for route in self.of(subject) for field in _fields(route))])
            for subject in self._by_subject
        )

    def of(self, subject: str) -> tuple[Route, ...]:
        """Return the routes of a subject, in order of their addresses."""
        found = self._by_subject.get(subject, ())
        if isinstance(found, str):
            fields = found.split(_FIELD)
            found = tuple(_route(subject, fields[at : at + _FIELDS]) for at in range(0, len(fields), _FIELDS))
            self._by_subject[subject] = found
        return found

    def find(self, format_name: str, subject: str, role: str) -> Route | None:
        """Return one route, or None."""
        for route in self.of(subject):
            if route.format == format_name and route.role == role:
                return route
        return None

    @cached_property
    def urls(self) -> frozenset[str]:
        """Every address."""
        found: set[str] = set()
        for group in self._by_subject.values():
            if isinstance(group, str):
                found.update(group.split(_FIELD)[::_FIELDS])
            else:
                found.update(route.url for route in group)
        return frozenset(found)

    def __getitem__(self, key: UrlKey) -> Route:
        found = self.find(*key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[UrlKey]:
        return ((r.format, r.subject, r.role) for subject in list(self._by_subject) for r in self.of(subject))

    def __len__(self) -> int:
        return sum(len(self.of(subject)) for subject in list(self._by_subject))


def _last_of_each(routes: list[Route]) -> tuple[Route, ...]:
    """Of routes that collide, which is an error told elsewhere, the table has the last."""
    return tuple({(route.format, route.role): route for route in routes}.values()) if len(routes) > 1 else tuple(routes)


def _fields(route: Route) -> tuple[str, ...]:
    return (
        route.url,
        route.format,
        route.media_type,
        route.role,
        route.language,
        route.version,
        "1" if route.listed else "",
    )


def _route(subject: str, fields: list[str]) -> Route:
    url, format_name, media_type, role, language, version, listed = fields
    return Route(url, format_name, subject, media_type, role, language, version, listed == "1")
