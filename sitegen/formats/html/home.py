"""The home page: what this place offers, three ways in, what starts soon, what is new, what the shapes mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sitegen.core import i18n
from sitegen.core.facts import newest, upcoming
from sitegen.formats.html.cards import Departure, Line, Tile, departures, line, starts_of, tile
from sitegen.formats.html.lists import IssuerLine, SkillEntry, TopicLine, issuer_lines, skill_entry, topic_lines
from sitegen.formats.html.scope import Scope
from sitegen.formats.images import shape_of

WALL = 9
"""Plates on the wall: three by three."""
LINES = 4
BOARD = 6
SKILLS = 8
NEW = 4
SOON_DAYS = 120


@dataclass(frozen=True, slots=True)
class Key:
    """A shape of badge art and what it stands for."""

    shape: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the home page."""

    sentence: str
    count: str
    wall: tuple[Tile, ...]
    lines: tuple[Line, ...]
    pathways: int
    board: tuple[Departure, ...]
    starts: int
    topics: tuple[TopicLine, ...]
    skills: tuple[SkillEntry, ...]
    skill_total: int
    new: tuple[Tile, ...]
    badges: int
    courses: int
    keys: tuple[Key, ...]
    ladder: str
    issuers: tuple[IssuerLine, ...]


def view(scope: Scope) -> HomeView:
    """Return what the home page says."""
    listed = scope.site.catalogue.listed
    badges, courses, pathways = listed("badge"), listed("course"), listed("pathway")
    skills = listed("skill")
    return HomeView(
        sentence=scope.site.config.description,
        count=_count(scope, courses, badges),
        wall=tuple(tile(scope, badge.key) for badge in wall(scope, badges)),
        lines=tuple(line(scope, key) for key in pathways[:LINES].keys),
        pathways=len(pathways),
        board=departures(scope, courses, BOARD),
        starts=sum(1 for _ in starts_of(courses, scope.site.today)),
        topics=tuple(topic for topic in topic_lines(scope) if topic.total),
        skills=_top_skills(scope, skills),
        skill_total=len(skills),
        new=tuple(tile(scope, badge.key) for badge in newest(badges, NEW)),
        badges=len(badges),
        courses=len(courses),
        keys=_keys(scope, badges),
        ladder=_ladder(scope, badges),
        issuers=issuer_lines(scope),
    )


def wall(scope: Scope, badges: Iterable[Any]) -> tuple[Any, ...]:
    """Choose badges for the wall: the newest of each topic in turn, so that the wall shows every colour."""
    by_topic: dict[str, list[Any]] = {topic.id: [] for topic in scope.site.config.topics}
    for badge in newest(badges, 10_000) or badges:
        by_topic.setdefault(badge.topic or "", []).append(badge)
    rounds = max((len(own) for own in by_topic.values()), default=0)
    chosen = [own[i] for i in range(rounds) for own in by_topic.values() if i < len(own)]
    size = next((size for size in (WALL, 6, 3) if len(chosen) >= size), 0)
    return tuple(chosen[:size])


def _count(scope: Scope, courses: Sequence[Any], badges: Sequence[Any]) -> str:
    """How much there is, in a sentence or two: starts ahead and what is free, else how many courses and badges."""
    words, today = scope.words, scope.site.today
    parts = []
    if courses:
        parts.append(words.count("%(n)s course", "%(n)s courses", len(courses)))
    if badges:
        parts.append(words.count("%(n)s badge", "%(n)s badges", len(badges)))
    first = words.say("%(things)s.", things=words.listing(parts)) if parts else ""
    until = today + timedelta(days=SOON_DAYS)
    soon = [
        run.price or course.price
        for course in courses
        for run in upcoming(course, today)
        if run.status == "open" and run.starts_on and today <= run.starts_on <= until
    ]
    if not soon:
        return first
    month = i18n.day(words, until, year=False)
    second = words.count("%(n)s start before %(day)s.", "%(n)s starts before %(day)s.", len(soon), day=month)
    free = sum(1 for price in soon if price and (price.is_free or price.subsidised))
    third = words.count("%(n)s is free or subsidised.", "%(n)s are free or subsidised.", free) if free else ""
    return " ".join(part for part in (first, second, third) if part)


def _top_skills(scope: Scope, skills: Iterable[Any]) -> tuple[SkillEntry, ...]:
    """The skills that most badges and courses are about, by name."""
    entries = [skill_entry(scope, skill) for skill in skills]
    best = sorted(entries, key=lambda e: (-(e.badges + e.courses), e.name.casefold()))[:SKILLS]
    return tuple(sorted((e for e in best if e.badges + e.courses), key=lambda e: e.name.casefold()))


def _keys(scope: Scope, badges: Iterable[Any]) -> tuple[Key, ...]:
    """The shapes that are in use and what they stand for."""
    say, used = scope.words.say, {shape_of(badge) for badge in badges}
    every = (
        Key("hexagon", scope.site.config.microcredential_noun, say("Assessed, one set of skills")),
        Key("shield", say("Certification or licence"), say("Assessed, may have to be renewed")),
        Key("circle", say("Course completion"), say("Finished, with a task at the end")),
        Key("seal", say("Award or membership"), say("Given by a panel")),
        Key("tag", say("Participation"), say("Took part, not assessed")),
    )
    return tuple(key for key in every if key.shape in used)


def _ladder(scope: Scope, badges: Iterable[Any]) -> str:
    """What the level marks count, where most badges with a level use one framework."""
    used = Counter(badge.level[0].framework for badge in badges if badge.level)
    if not used:
        return ""
    name = min(used, key=lambda framework: (-used[framework], framework))
    framework = scope.site.level_framework(name)
    if framework is None:
        return ""
    return scope.words.say(
        "The gold marks around the centre count the level, from %(low)s to %(high)s of the %(framework)s.",
        low=framework.levels[0],
        high=framework.levels[-1],
        framework=framework.name,
    )
