"""Catalogue: every linked record, with the questions that pages and files ask of the whole.

Records may be kept elsewhere and made only when somebody reads one: lists and references are answered from
their heads. What is asked is noted, so that the answer is known to matter to whoever asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, overload

from sitegen.core import reads as names
from sitegen.core.head import Entry, Head, head_of
from sitegen.core.model import Record
from sitegen.core.reads import Reads

Backlinks = Mapping[str, tuple[tuple[str, str], ...]]


class Dates(NamedTuple):
    """When a record was published and changed, as ISO 8601 writes days, or empty; and whether it is listed."""

    published: str
    modified: str
    listed: bool


class Catalogue:
    """All records by key, and who refers to whom.

    ``backlinks`` maps the key of a record to the sorted keys of those that refer to it, each with
    the top-level field it does so in: ``{"badge:a": (("course:b", "awards"),)}``. ``heads`` and ``backlinks``
    stand for records that ``records`` makes on demand; without ``heads`` they are taken from the records.
    """

    def __init__(
        self,
        records: Mapping[str, Record] | None = None,
        backlinks: Backlinks | None = None,
        heads: Mapping[str, Head] | None = None,
        reads: Reads | None = None,
    ) -> None:
        self._kept: Mapping[str, Record] = records or {}
        self._backlinks: Backlinks = backlinks or {}
        self.reads = reads or Reads()
        if heads is not None:
            self.heads = heads

    @cached_property
    def heads(self) -> Mapping[str, Head]:
        """The head of each record. For those who work on the whole: what is read of it is not noted."""
        return {key: head_of(record) for key, record in self._kept.items()}

    @property
    def records(self) -> Mapping[str, Record]:
        """Every record by its key."""
        return _Noted(self)

    @property
    def backlinks(self) -> Backlinks:
        """Who refers to whom, for every record."""
        self.reads.note(names.LINKS)
        return self._backlinks

    @property
    def links(self) -> Backlinks:
        """Who refers to whom, for those who work on the whole: what is read of it is not noted."""
        return self._backlinks

    def get(self, key: str) -> Record | None:
        """Return the record ``kind:id``, or None."""
        self.reads.note(f"record {key}")
        return self._kept.get(key)

    def entries(self, kind: str = "") -> tuple[Entry, ...]:
        """Return what addresses are made from, for every record of a kind or of all kinds, by key."""
        self.reads.note(names.entries(kind))
        return self.entries_of(kind)

    def entries_of(self, kind: str = "") -> tuple[Entry, ...]:
        """Return the same without noting it."""
        if not kind:
            return tuple(head.entry for _, head in sorted(self.heads.items()))
        return tuple(self.heads[key].entry for key in sorted(self.keys_of(kind)))

    def one(self, key: str) -> Any:
        """Return a record that there is. Raises KeyError for any other."""
        return self.records[key]

    def of(self, kind: str) -> Records:
        """Return every record of a kind, by name and then id."""
        self.reads.note(names.kind(kind))
        return Records(self.get, self.keys_of(kind))

    def listed(self, kind: str, topic: str | None = None) -> Records:
        """Return those that the public catalogue shows: not retired, and not kept out by their own wish.

        With a ``topic``, only those on it; with an empty one, those on none.
        """
        self.reads.note(names.listed(kind, topic))
        return Records(self.get, self.keys_listed(kind, topic))

    def referring(self, key: str, kind: str, *fields: str) -> Records:
        """Return the records of ``kind`` that refer to ``key`` in one of ``fields`` (any field when none is named)."""
        self.reads.note(names.referring(key, kind, fields))
        return Records(self.get, self.keys_referring(key, kind, *fields))

    def showing(self, key: str, kind: str, *fields: str) -> Records:
        """Return those of :meth:`referring` that the public catalogue shows."""
        self.reads.note(names.showing(key, kind, fields))
        return Records(self.get, self.keys_showing(key, kind, *fields))

    def named(self, kind: str, ids: Iterable[str]) -> tuple[Any, ...]:
        """Return the records of ``kind`` with these ids, in this order, leaving out web addresses."""
        found = (self.get(f"{kind}:{i}") for i in ids)
        return tuple(record for record in found if record is not None)

    def pathways_of(self, key: str) -> Records:
        """Return the pathways in which a badge or course is a step or the destination."""
        return self.referring(key, "pathway", "steps", "destination")

    def newer(self, key: str) -> Any:
        """Return the badge that supersedes this one, or None."""
        found = self.referring(key, "badge", "supersedes")
        return found[0] if found else None

    def dates(self) -> Mapping[str, Dates]:
        """Return when each record says that it was published and changed, of those that say either."""
        self.reads.note(names.DATES)
        return self.all_dates

    @cached_property
    def all_dates(self) -> Mapping[str, Dates]:
        """The same without noting it."""
        heads = sorted(self.heads.items())
        return {key: Dates(h.published, h.modified, h.listed) for key, h in heads if h.published or h.modified}

    def name_of(self, key: str) -> str:
        """Return the name of a record that there is; cheaper than the record."""
        self.reads.note(f"name {key}")
        return self.heads[key].name

    def held_in(self, path: str) -> str | None:
        """Return the key of the record that a content file holds; of a framework rather than of its skills."""
        self.reads.note(names.held(path))
        return self.keys_by_path.get(path)

    @cached_property
    def keys_by_path(self) -> Mapping[str, str]:
        """The key of the record that each content file holds. What is read of it is not noted."""
        return {head.path: key for key, head in sorted(self.heads.items(), reverse=True) if head.kind != "skill"}

    def keys_of(self, kind: str) -> tuple[str, ...]:
        """Return the keys of every record of a kind, in order, without noting it."""
        return self._groups.get((kind, None, False), ())

    def keys_listed(self, kind: str, topic: str | None = None) -> tuple[str, ...]:
        """Return the keys of what the public catalogue shows, in order, without noting it."""
        return self._groups.get((kind, topic, True), ())

    def keys_referring(self, key: str, kind: str, *fields: str) -> tuple[str, ...]:
        """Return the keys of those that refer to a record, in order, without noting it."""
        start = f"{kind}:"
        found = {
            source
            for source, name in self._backlinks.get(key, ())
            if source.startswith(start) and (not fields or name in fields)
        }
        if len(found) < 2:
            return tuple(found)
        return tuple(sorted(found, key=lambda source: self.heads[source].order))

    def keys_showing(self, key: str, kind: str, *fields: str) -> tuple[str, ...]:
        """Return the keys of those that refer to a record and are listed, in order, without noting it."""
        return tuple(found for found in self.keys_referring(key, kind, *fields) if self.heads[found].listed)

    @cached_property
    def _groups(self) -> dict[tuple[str, str | None, bool], tuple[str, ...]]:
        """Keys in order, by kind, topic (None for all) and whether only listed ones count."""
        groups: dict[tuple[str, str | None, bool], list[str]] = {}
        for head in sorted(self.heads.values(), key=lambda head: (head.name.casefold(), head.key)):
            kind = head.key.partition(":")[0]
            groups.setdefault((kind, None, False), []).append(head.key)
            if head.listed:
                groups.setdefault((kind, None, True), []).append(head.key)
                groups.setdefault((kind, head.topic, True), []).append(head.key)
        return {group: tuple(keys) for group, keys in groups.items()}


class Records(Sequence[Any]):
    """Records in order, each made and noted when it is looked at. How many there are costs nothing to ask."""

    __slots__ = ("_get", "keys")

    def __init__(self, get: Callable[[str], Record | None], keys: Sequence[str]) -> None:
        self._get = get
        self.keys = keys

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Any]:
        return map(self._get, self.keys)

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> Records: ...
    def __getitem__(self, at: int | slice) -> Any:
        return Records(self._get, self.keys[at]) if isinstance(at, slice) else self._get(self.keys[at])

    def __contains__(self, record: object) -> bool:
        return getattr(record, "key", None) in self.keys

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Records):
            return self.keys == other.keys
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # compared by content

    def __add__(self, other: Iterable[Any]) -> tuple[Any, ...]:
        return (*self, *other)

    def __radd__(self, other: Iterable[Any]) -> tuple[Any, ...]:
        return (*other, *self)


class _Noted(Mapping[str, Record]):
    """Every record by its key; what is looked at is noted."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __getitem__(self, key: str) -> Record:
        found = self._catalogue.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        self._catalogue.reads.note(names.RECORDS)
        return iter(self._catalogue.heads)

    def __len__(self) -> int:
        self._catalogue.reads.note(names.RECORDS)
        return len(self._catalogue.heads)
