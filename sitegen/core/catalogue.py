"""Catalogue: every linked record, with the questions that pages and files ask of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sitegen.core.model import Record


@dataclass(frozen=True)
class Catalogue:
    """All records by key, and who refers to whom.

    ``backlinks`` maps the key of a record to the sorted keys of those that refer to it, each with
    the top-level field it does so in: ``{"badge:a": (("course:b", "awards"),)}``.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    backlinks: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def get(self, key: str) -> Record | None:
        """Return the record ``kind:id``, or None."""
        return self.records.get(key)

    def of(self, kind: str) -> tuple[Any, ...]:
        """Return every record of a kind, by name and then id."""
        return self._by_kind.get(kind, ())

    def listed(self, kind: str) -> tuple[Any, ...]:
        """Return those that the public catalogue shows: not retired, and not kept out by their own wish."""
        return self._listed.get(kind, ())

    def referring(self, key: str, kind: str, *fields: str) -> tuple[Any, ...]:
        """Return the records of ``kind`` that refer to ``key`` in one of ``fields`` (any field when none is named)."""
        found = {
            source: self.records[source]
            for source, name in self.backlinks.get(key, ())
            if source.startswith(f"{kind}:") and (not fields or name in fields)
        }
        return _sorted(found.values())

    def named(self, kind: str, ids: Iterable[str]) -> tuple[Any, ...]:
        """Return the records of ``kind`` with these ids, in this order, leaving out web addresses."""
        return tuple(self.records[f"{kind}:{i}"] for i in ids if f"{kind}:{i}" in self.records)

    def pathways_of(self, key: str) -> tuple[Any, ...]:
        """Return the pathways in which a badge or course is a step or the destination."""
        return self.referring(key, "pathway", "steps", "destination")

    def newer(self, key: str) -> Any:
        """Return the badge that supersedes this one, or None."""
        found = self.referring(key, "badge", "supersedes")
        return found[0] if found else None

    @cached_property
    def by_path(self) -> Mapping[str, Record]:
        """The record that each content file holds; of a framework rather than of its skills."""
        return {r.path: r for _, r in sorted(self.records.items(), reverse=True) if r.kind != "skill"}

    @cached_property
    def _listed(self) -> dict[str, tuple[Any, ...]]:
        return {
            kind: tuple(record for record in records if getattr(record, "listed", not record.retired))
            for kind, records in self._by_kind.items()
        }

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Record, ...]]:
        groups: dict[str, list[Record]] = {}
        for record in self.records.values():
            groups.setdefault(record.kind, []).append(record)
        return {kind: _sorted(records) for kind, records in groups.items()}


def _sorted(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda record: (record.name.casefold(), record.key)))
