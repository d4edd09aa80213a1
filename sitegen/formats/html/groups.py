"""Records by what they have in common, sorted out once for a catalogue: a page of it must not read all of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sitegen.core.catalogue import Catalogue
from sitegen.formats.html.same import Same


def badges_on(catalogue: Catalogue, topic: str) -> tuple[Any, ...]:
    """Return the listed badges on a topic."""
    return _badges(Same(catalogue)).get(topic, ())


def skills_in(catalogue: Catalogue, framework: str, category: str | None) -> tuple[Any, ...]:
    """Return the skills of one category of a framework; those without a category stand alone."""
    return _skills(Same(catalogue)).get((framework, category), ()) if category else ()


@lru_cache(maxsize=4)
def _badges(key: Same[Catalogue]) -> Mapping[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for badge in key.value.listed("badge"):
        found.setdefault(badge.topic or "", []).append(badge)
    return {topic: tuple(badges) for topic, badges in found.items()}


@lru_cache(maxsize=4)
def _skills(key: Same[Catalogue]) -> Mapping[tuple[str, str], tuple[Any, ...]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for skill in key.value.of("skill"):
        found.setdefault((skill.framework, skill.entry.category or ""), []).append(skill)
    return {group: tuple(skills) for group, skills in found.items()}
