"""The pages that list records: the catalogue, badges, courses, pathways, skills, issuers, topics, one topic."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sitegen.core.facts import coverage
from sitegen.formats.html.cards import Line, Row, Tile, course_row, departures, line, skill_facts, starts, tile
from sitegen.formats.html.frame import logo
from sitegen.formats.html.scope import Plate, Scope, Sign, href, lang, mark, sign
from sitegen.formats.html.starts import Departure


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one topic, or of none. ``id`` is for links to it; ``count`` is of everything in it.

    ``name`` is empty where nothing on the page has a topic: there is nothing to tell it from.
    """

    id: str
    name: str
    sign: Sign | None
    css: str
    count: int
    courses: tuple[Row, ...]
    badges: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class GroupsView:
    """Courses, badges or both, by topic. ``total`` counts them all."""

    heading: str
    total: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic with how much there is on it."""

    sign: Sign
    courses: int
    badges: int
    pathways: int
    total: int


@dataclass(frozen=True, slots=True)
class TopicView:
    """Everything on one topic."""

    sign: Sign
    description: str
    courses: tuple[Row, ...]
    badges: tuple[Tile, ...]
    pathways: tuple[Line, ...]
    soon: tuple[Departure, ...]
    others: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """A skill in a list, with how many badges certify it and how many courses teach it."""

    name: str
    href: str
    code: str
    badges: int
    courses: int


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """One category of a framework with its skills; ``name`` is empty where the framework has no categories."""

    id: str
    name: str
    skills: tuple[SkillEntry, ...]


@dataclass(frozen=True, slots=True)
class FrameworkGroup:
    """A framework with its categories."""

    id: str
    name: str
    href: str
    description: str
    total: int
    groups: tuple[SkillGroup, ...]


@dataclass(frozen=True, slots=True)
class IssuerLine:
    """An issuer in a list."""

    name: str
    href: str
    lang: str
    description: str
    mark: str
    logo: Plate | None
    standing: str
    badges: int
    courses: int


def groups(scope: Scope, heading: str, kinds: Collection[str]) -> GroupsView:
    """Sort courses and badges into topics, in the order of the site's settings; those without a topic come last."""
    listed = scope.site.catalogue.listed
    found = []
    for topic in (*scope.site.config.topics, None):
        keys = {kind: listed(kind, topic.id if topic else "").keys for kind in kinds}
        if any(keys.values()):
            found.append(_group(scope, topic, keys.get("course", ()), keys.get("badge", ())))
    if len(found) == 1 and not found[0].sign:
        found = [replace(found[0], name="")]
    return GroupsView(heading, sum(len(listed(kind)) for kind in kinds), tuple(found))


def _group(scope: Scope, topic: Any, courses: Sequence[str], badges: Sequence[str]) -> Group:
    shown = sign(scope, topic.id) if topic else None
    return Group(
        id=f"s-{topic.id}" if topic else "s-other",
        name=topic.name if topic else scope.words.say("Other"),
        sign=shown,
        css=shown.css if shown else "t-none",
        count=len(courses) + len(badges),
        courses=tuple(course_row(scope, key) for key in courses),
        badges=tuple(tile(scope, key) for key in badges),
    )


def topic_lines(scope: Scope) -> tuple[TopicLine, ...]:
    """Return every topic with its counts, in the order of the site's settings."""
    listed = scope.site.catalogue.listed
    found = []
    for topic in scope.site.config.topics:
        shown = sign(scope, topic.id)
        count = {k: len(listed(k, topic.id)) for k in ("course", "badge", "pathway")}
        if shown:
            found.append(TopicLine(shown, count["course"], count["badge"], count["pathway"], sum(count.values())))
    return tuple(found)


def topic_view(scope: Scope, topic_id: str) -> TopicView:
    """Return everything on one topic."""
    listed = scope.site.catalogue.listed
    courses = listed("course", topic_id).keys
    signs = [found for topic in scope.site.config.topics if (found := sign(scope, topic.id))]
    own = next(one for one in signs if one.id == topic_id)
    return TopicView(
        sign=own,
        description=own.description,
        courses=tuple(course_row(scope, key) for key in courses),
        badges=tuple(tile(scope, key) for key in listed("badge", topic_id).keys),
        pathways=tuple(line(scope, key) for key in listed("pathway", topic_id).keys),
        soon=departures(scope, starts(scope, courses), 5),
        others=tuple(one for one in signs if one.id != topic_id),
    )


def pathway_lines(scope: Scope) -> tuple[Line, ...]:
    """Return every pathway as a line."""
    return tuple(line(scope, key) for key in scope.site.catalogue.listed("pathway").keys)


def skill_entry(scope: Scope, key: str) -> SkillEntry:
    """Return a skill for a list."""
    catalogue = scope.site.catalogue
    code = skill_facts(scope, key).code
    return SkillEntry(catalogue.name_of(key), href(scope, key), code, *coverage(key, catalogue))


def framework_groups(scope: Scope) -> tuple[FrameworkGroup, ...]:
    """Return the frameworks that are in use, each with its skills by category."""
    catalogue = scope.site.catalogue
    found = []
    for place, framework in enumerate(catalogue.listed("framework"), 1):
        categories: dict[str, list[SkillEntry]] = {}
        for entry in framework.skills:
            categories.setdefault(entry.category or "", []).append(skill_entry(scope, f"skill:{entry.id}"))
        found.append(
            FrameworkGroup(
                id=f"s-framework-{place}",
                name=framework.name,
                href=href(scope, framework.key),
                description=framework.description,
                total=sum(len(skills) for skills in categories.values()),
                groups=tuple(
                    SkillGroup(f"s-skills-{place}-{i}", group_name(scope, name, categories), tuple(skills))
                    for i, (name, skills) in enumerate(categories.items(), 1)
                ),
            )
        )
    return tuple(found)


def group_name(scope: Scope, category: str, all_of_them: Collection[str]) -> str:
    """Return what a category of skills is called: those without one are the others, where there are others."""
    return category or (scope.words.say("Other skills") if len(all_of_them) > 1 else "")


def issuer_lines(scope: Scope) -> tuple[IssuerLine, ...]:
    """Return every issuer with what it offers."""
    listed, offers = scope.site.catalogue.listed, scope.site.catalogue.showing
    return tuple(
        IssuerLine(
            name=issuer.name,
            href=href(scope, issuer.key),
            lang=lang(scope, issuer),
            description=issuer.description,
            mark=mark(issuer),
            logo=logo(scope, issuer),
            standing=issuer.accreditation[0].name if issuer.accreditation else "",
            badges=len(offers(issuer.key, "badge", "issuer")),
            courses=len(offers(issuer.key, "course", "provider")),
        )
        for issuer in listed("issuer")
    )
