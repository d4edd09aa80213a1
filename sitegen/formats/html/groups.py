"""Records by what they have in common, sorted out once for a catalogue: a page of it must not read all of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sitegen.core.catalogue import Catalogue
from sitegen.formats.html.same import Same

_ISSUER_OF = {"badge": "issuer", "course": "provider", "pathway": "provider"}


def listed_on(catalogue: Catalogue, kind: str, topic: str | None) -> tuple[Any, ...]:
    """Return the listed records of a kind that are on a topic."""
    return _listed(Same(catalogue), kind, "topic").get(topic, ())


def offered_by(catalogue: Catalogue, kind: str, issuer: str) -> tuple[Any, ...]:
    """Return the listed badges, courses or pathways of an issuer."""
    return _listed(Same(catalogue), kind, _ISSUER_OF[kind]).get(issuer, ())


def skills_in(catalogue: Catalogue, framework: str, category: str | None) -> tuple[Any, ...]:
    """Return the skills of one category of a framework; those without a category stand alone."""
    return _skills(Same(catalogue)).get((framework, category), ()) if category else ()


@lru_cache(maxsize=16)
def _listed(key: Same[Catalogue], kind: str, field: str) -> Mapping[str | None, tuple[Any, ...]]:
    found: dict[str | None, list[Any]] = {}
    for record in key.value.listed(kind):
        found.setdefault(getattr(record, field), []).append(record)
    return {value: tuple(records) for value, records in found.items()}


@lru_cache(maxsize=4)
def _skills(key: Same[Catalogue]) -> Mapping[tuple[str, str], tuple[Any, ...]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for skill in key.value.of("skill"):
        found.setdefault((skill.framework, skill.entry.category or ""), []).append(skill)
    return {group: tuple(skills) for group, skills in found.items()}
