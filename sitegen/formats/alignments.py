"""Alignments of a badge: the framework items it points at, gathered once for every vocabulary that names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sitegen.core.facts import skills_of
from sitegen.core.site import Site
from sitegen.formats.jsonld import Row, said

SKILL = "ext:Skill"
QUALITY_ASSURANCE = "ext:QualityAssurance"


@dataclass(frozen=True, slots=True)
class Target:
    """One item of a framework. ``type`` is from the Open Badges 3.0 AlignmentTargetType list, or ``ext:``."""

    name: str
    url: str
    description: str | None = None
    framework: str | None = None
    code: str | None = None
    type: str | None = None


ROWS: tuple[Row[Target], ...] = (
    ("targetName", said("name")),
    ("targetUrl", said("url")),
    ("targetDescription", said("description")),
    ("targetFramework", said("framework")),
    ("targetCode", said("code")),
)
"""The terms that Open Badges 2.0 (AlignmentObject) and 3.0 (Alignment) share."""


def targets(badge: Any, site: Site) -> tuple[Target, ...]:
    """Return what a badge is aligned to: the author's own alignments, its skills, its levels; each address once."""
    found: dict[str, Target] = {}
    for target in (*_stated(badge), *_skills(badge, site), *_levels(badge, site)):
        found.setdefault(target.url, target)
    return tuple(found.values())


def quality_assurance(badge: Any) -> tuple[Target, ...]:
    """Return the quality assurance of a badge that has an address, as edubadges puts it into Open Badges 3.0."""
    return tuple(
        Target(item.name, item.url, item.description, type=QUALITY_ASSURANCE)
        for item in badge.qualityAssurance
        if item.url
    )


def _stated(badge: Any) -> Iterator[Target]:
    for item in badge.alignment:
        yield Target(
            item.targetName,
            item.targetUrl,
            item.targetDescription,
            item.targetFramework,
            item.targetCode,
            item.targetType,
        )


def _skills(badge: Any, site: Site) -> Iterator[Target]:
    """The site's own skills that have a page, since an alignment must have an address."""
    for skill in skills_of(badge, site.catalogue):
        url = site.url(skill.key)
        framework = site.catalogue.get(f"framework:{skill.framework}")
        if url:
            yield Target(skill.name, url, skill.statement, framework.name if framework else None, skill.code, SKILL)


def _levels(badge: Any, site: Site) -> Iterator[Target]:
    """The levels that have an address of their own, such as those of the European framework."""
    for level in badge.level:
        framework = site.level_framework(level.framework)
        if framework and framework.uri:
            yield Target(
                f"{framework.id} {level.level}",
                framework.uri.replace("{level}", quote(level.level, safe="")),
                framework.names.get(level.level),
                framework.name,
                level.level,
                extension(framework.id),
            )


def extension(name: str) -> str:
    """Return a value of our own for an extensible Open Badges 3.0 enumeration: ``ext:`` and a plain name."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c == ".") else "_" for c in name.removeprefix("ext:"))
    return f"ext:{plain}"
