"""The home page: what this place offers, three ways in, what starts soon, what is new, what the shapes mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sitegen.core import i18n
from sitegen.core.facts import coverage, newest
from sitegen.formats.html.cards import Line, Tile, badge_facts, departures, line, starts, tile
from sitegen.formats.html.lists import IssuerLine, SkillEntry, TopicLine, issuer_lines, skill_entry, topic_lines
from sitegen.formats.html.scope import Scope
from sitegen.formats.html.starts import Departure, Start

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
    """Return what the home page says. It is told of every badge and course by their cards: it reads none of them."""
    catalogue = scope.site.catalogue
    badges, courses = catalogue.listed("badge").keys, catalogue.listed("course").keys
    pathways, skills = catalogue.listed("pathway").keys, catalogue.listed("skill").keys
    facts = [badge_facts(scope, key) for key in badges]
    ahead = starts(scope, courses)
    return HomeView(
        sentence=scope.site.config.description,
        count=_count(scope, len(courses), len(badges), [start for start, _ in ahead]),
        wall=tuple(tile(scope, key) for key in wall(scope)),
        lines=tuple(line(scope, key) for key in pathways[:LINES]),
        pathways=len(pathways),
        board=departures(scope, ahead, BOARD),
        starts=len(ahead),
        topics=tuple(topic for topic in topic_lines(scope) if topic.total),
        skills=_top_skills(scope, skills),
        skill_total=len(skills),
        new=tuple(tile(scope, key) for key in newest(badges, catalogue)[:NEW]),
        badges=len(badges),
        courses=len(courses),
        keys=_keys(scope, {one.shape for one in facts}),
        ladder=_ladder(scope, Counter(one.framework for one in facts if one.framework)),
        issuers=issuer_lines(scope),
    )


def wall(scope: Scope) -> tuple[str, ...]:
    """Choose badges for the wall: the newest of each topic in turn, so that the wall shows every colour."""
    catalogue = scope.site.catalogue
    topics = [catalogue.listed("badge", name).keys for name in (*(t.id for t in scope.site.config.topics), "")]
    dated = [newest(keys, catalogue) for keys in topics]
    by_topic = dated if any(dated) else topics
    rounds = max(map(len, by_topic))
    # The wall is never larger: no more of each topic need be looked at.
    chosen = [own[i] for i in range(min(rounds, WALL)) for own in by_topic if i < len(own)]
    size = next((size for size in (WALL, 6, 3) if len(chosen) >= size), 0)
    return tuple(chosen[:size])


def _count(scope: Scope, courses: int, badges: int, ahead: Iterable[Start]) -> str:
    """How much there is, in a sentence or two: starts ahead and what is free, else how many courses and badges."""
    words = scope.words
    parts = []
    if courses:
        parts.append(words.count("%(n)s course", "%(n)s courses", courses))
    if badges:
        parts.append(words.count("%(n)s badge", "%(n)s badges", badges))
    first = words.say("%(things)s.", things=words.listing(parts)) if parts else ""
    until = scope.site.today + timedelta(days=SOON_DAYS)
    soon = [start for start in ahead if start.open and start.day <= until.isoformat()]
    if not soon:
        return first
    month = i18n.day(words, until, year=False)
    second = words.count("%(n)s start before %(day)s.", "%(n)s starts before %(day)s.", len(soon), day=month)
    free = sum(1 for start in soon if start.free)
    third = words.count("%(n)s is free or subsidised.", "%(n)s are free or subsidised.", free) if free else ""
    return " ".join(part for part in (first, second, third) if part)


def _top_skills(scope: Scope, skills: Iterable[str]) -> tuple[SkillEntry, ...]:
    """The skills that most badges and courses are about, by name."""
    catalogue = scope.site.catalogue
    covered = {key: found for key in skills if (found := sum(coverage(key, catalogue)))}
    best = sorted(covered, key=lambda key: (-covered[key], catalogue.name_of(key).casefold()))[:SKILLS]
    return tuple(sorted((skill_entry(scope, key) for key in best), key=lambda e: e.name.casefold()))


def _keys(scope: Scope, used: Collection[str]) -> tuple[Key, ...]:
    """The shapes that are in use and what they stand for."""
    say = scope.words.say
    every = (
        Key("hexagon", scope.site.config.microcredential_noun, say("Assessed, one set of skills")),
        Key("shield", say("Certification or licence"), say("Assessed, may have to be renewed")),
        Key("circle", say("Course completion"), say("Finished, with a task at the end")),
        Key("seal", say("Award or membership"), say("Given by a panel")),
        Key("tag", say("Participation"), say("Took part, not assessed")),
    )
    return tuple(key for key in every if key.shape in used)


def _ladder(scope: Scope, used: Mapping[str, int]) -> str:
    """What the level marks count, where most badges with a level use one framework."""
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
