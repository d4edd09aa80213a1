"""Records by what they have in common, sorted out once for a site: a page of it must not read all of it."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.core.site import Site, once


def skills_in(site: Site, framework: str, category: str | None) -> tuple[str, ...]:
    """Return the keys of the skills of one category of a framework; those without a category stand alone."""
    return site.once(_categories, framework).get(category, ()) if category else ()


@once
def _categories(site: Site, framework: str) -> Mapping[str, tuple[str, ...]]:
    """The keys of a framework's skills by their category, in the order of their names."""
    found: dict[str, list[str]] = {}
    for skill in site.catalogue.of("skill"):
        if skill.framework == framework:
            found.setdefault(skill.entry.category or "", []).append(skill.key)
    return {category: tuple(skills) for category, skills in found.items()}
