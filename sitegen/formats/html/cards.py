"""Records as they stand in lists: a course or badge as a row, a badge on a wall, a pathway as a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from typing import Any

from sitegen.core import i18n
from sitegen.core.facts import upcoming
from sitegen.core.frozen import reader, written
from sitegen.core.i18n import Language
from sitegen.core.site import Site, kept
from sitegen.core.totals import totals
from sitegen.formats.html.kindwords import badge_kind
from sitegen.formats.html.line import Station, cost, stations
from sitegen.formats.html.scope import (
    Fact,
    Plate,
    Scope,
    Sign,
    first_meter,
    href,
    lang,
    plate,
    plate_on,
    scope_of,
    sign,
)
from sitegen.formats.html.starts import Departure, Start, course_price, mode, start_text, starts_of
from sitegen.formats.images import shape_of


@dataclass(frozen=True, slots=True)
class Row:
    """A course or badge in a list: what it is, one line about it, and its facts in a column."""

    key: str
    name: str
    href: str
    lang: str
    kind: str
    description: str
    provider: str
    sign: Sign | None
    css: str
    plate: Plate
    start: str
    price: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A badge on a wall: its plate, its name and what kind it is."""

    key: str
    name: str
    href: str
    lang: str
    kind: str
    level: str
    description: str
    css: str
    plate: Plate


@dataclass(frozen=True, slots=True)
class Line:
    """A pathway as a line: where it starts from, its stations, and what its end is worth."""

    key: str
    name: str
    href: str
    lang: str
    description: str
    sign: Sign | None
    css: str
    stations: tuple[Station, ...]
    worth: str
    sums: str


@dataclass(frozen=True, slots=True)
class BadgeFacts:
    """What home works out over all badges: the shape of one's art, and the framework of its first level, or nothing."""

    shape: str
    framework: str


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What pages work out over many courses: the starts of one that are ahead, soonest first."""

    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True)
class SkillFacts:
    """What lists of skills say of one beside its name."""

    code: str


@kept
def card(site: Site, key: str) -> str:
    """Return what pages that list records need of one, as text; nothing for a kind that none lists by cards.

    A page of all records would have to read all of them; it reads these instead. Facts come first and how it is
    shown comes after, so that who asks for the facts of all need not take in the rest.
    """
    make = _CARDS.get(key.partition(":")[0])
    if make is None:
        return ""
    facts, shown = make(scope_of(site), site.catalogue.one(key))
    return f"{written(facts) if facts else ''}{_PARTED}{written(shown) if shown else ''}"


_PARTED = "\0"
"""JSON never has it as it is."""


def _facts(scope: Scope, key: str) -> str:
    return scope.site.once(card, key).partition(_PARTED)[0]


def _shown(scope: Scope, key: str) -> str:
    return scope.site.once(card, key).partition(_PARTED)[2]


def course_facts(scope: Scope, key: str) -> CourseFacts:
    """Return what pages work out over many courses."""
    return _course_facts(_facts(scope, key))


def badge_facts(scope: Scope, key: str) -> BadgeFacts:
    """Return what home works out over all badges."""
    return _badge_facts(_facts(scope, key))


def skill_facts(scope: Scope, key: str) -> SkillFacts:
    """Return what lists of skills say of one."""
    return _skill_facts(_facts(scope, key))


def course_row(scope: Scope, key: str) -> Row:
    """Return a course as a row of a list."""
    return _row_of(_shown(scope, key))


def tile(scope: Scope, key: str) -> Tile:
    """Return a badge for a wall. Its name stands beside its picture, so the picture needs no words."""
    return _tile_of(_shown(scope, key))


def line(scope: Scope, key: str) -> Line:
    """Return a pathway as a line of a list."""
    return _line_of(_shown(scope, key))


def starts(scope: Scope, keys: Iterable[str]) -> tuple[tuple[Start, str], ...]:
    """Return every start ahead of some courses, each with the key of its course."""
    return tuple((start, key) for key in keys for start in course_facts(scope, key).starts)


def departures(scope: Scope, of: Iterable[tuple[Start, str]], limit: int) -> tuple[Departure, ...]:
    """Return the next of some starts, soonest first, each run once."""
    name_of = scope.site.catalogue.name_of
    soonest = nsmallest(limit, of, key=lambda one: (one[0].day, name_of(one[1]), one[1]))
    return tuple(_departure(start, course_row(scope, key)) for start, key in soonest)


def _departure(start: Start, row: Row) -> Departure:
    return Departure(
        when=start.when,
        machine=start.day,
        name=row.name,
        href=row.href,
        sign=row.sign,
        css=row.css,
        where=start.where,
        places=start.places,
        price=start.price,
    )


def _course(scope: Scope, course: Any) -> tuple[CourseFacts, Row]:
    # Who has no days to tell does not ask what day it is, and so stays as it is over night.
    today = scope.site.today if any(run.starts_on or run.ends_on for run in course.offerings) else date.min
    ahead = upcoming(course, today)
    return CourseFacts(starts_of(scope, course, ahead, today)), _row(scope, course, ahead, today)


def _row(scope: Scope, course: Any, ahead: tuple[Any, ...], today: date) -> Row:
    badges = scope.site.catalogue.named("badge", course.awards)
    first = first_meter(scope, course) or next((m for b in badges if (m := first_meter(scope, b))), None)
    words, css = scope.words, f"t-{course.topic or 'none'}"
    facts = [
        Fact(words.say("Length"), i18n.length(words, course.volumeOfLearning, course.duration)),
        Fact(words.say("Level"), first.label if first else "", "", "", first),
        Fact(words.say("How"), mode(scope, course.mode)),
    ]
    return Row(
        key=course.key,
        name=course.name,
        href=href(scope, course.key),
        lang=lang(scope, course),
        kind=_course_kind(scope, badges),
        description=course.description,
        provider=_name(scope, course.provider),
        sign=sign(scope, course.topic),
        css=css,
        plate=plate_on(scope, badges[0] if badges else course, css),
        start=start_text(scope, course, ahead, today),
        price=course_price(scope, course, ahead),
        facts=tuple(fact for fact in facts if fact.value),
    )


def _badge(scope: Scope, badge: Any) -> tuple[BadgeFacts, Tile]:
    first = first_meter(scope, badge)
    shown = Tile(
        key=badge.key,
        name=badge.name,
        href=href(scope, badge.key),
        lang=lang(scope, badge),
        kind=badge_kind(scope, badge),
        level=scope.words.say("level %(level)s", level=badge.level[0].level) if first else "",
        description=badge.description,
        css=f"t-{badge.topic or 'none'}",
        plate=plate(scope, badge),
    )
    return BadgeFacts(shape_of(badge), badge.level[0].framework if badge.level else ""), shown


def _pathway(scope: Scope, pathway: Any) -> tuple[None, Line]:
    return None, Line(
        key=pathway.key,
        name=pathway.name,
        href=href(scope, pathway.key),
        lang=lang(scope, pathway),
        description=pathway.description,
        sign=sign(scope, pathway.topic),
        css=f"t-{pathway.topic or 'none'}",
        stations=stations(scope, pathway),
        worth=worth(scope, pathway),
        sums=sums(scope, pathway),
    )


def _skill(_: Scope, skill: Any) -> tuple[SkillFacts, None]:
    return SkillFacts(skill.code or ""), None


_CARDS: Mapping[str, Callable[[Scope, Any], tuple[Any, Any]]] = {
    "badge": _badge,
    "course": _course,
    "pathway": _pathway,
    "skill": _skill,
}
_row_of, _tile_of, _line_of = reader(Row), reader(Tile), reader(Line)
_badge_facts, _course_facts, _skill_facts = reader(BadgeFacts), reader(CourseFacts), reader(SkillFacts)


def worth(scope: Scope, pathway: Any) -> str:
    """Return what the end of a pathway is worth, in a phrase: its credit, its qualification or its badge."""
    end = pathway.destination
    if end is None:
        return ""
    if end.qualification:
        credit = scope.words.listing(i18n.credit(scope.words, point) for point in end.qualification.creditPoint)
        if credit:
            return scope.words.say("%(credit)s in the %(name)s", credit=credit, name=end.qualification.name)
        return str(end.qualification.name)
    badge = scope.site.catalogue.get(f"badge:{end.badge}")
    return badge.name if badge else str(end.badge)


def sums(scope: Scope, pathway: Any) -> str:
    """Return the hours and price of a pathway in a phrase, as far as they are known."""
    total = totals(pathway, scope.site.catalogue)
    parts = []
    if total.hours and total.hours.high:
        parts.append(i18n.hours(scope.words, total.hours.low, total.hours.high))
    if total.price:
        parts.append(cost(scope, total.price, total.currency))
    return ", ".join(parts)


def _course_kind(scope: Scope, badges: tuple[Any, ...]) -> str:
    if not badges:
        return scope.words.say("Course")
    return _course_with(scope.words, tuple(dict.fromkeys([badge_kind(scope, badge) for badge in badges])))


@lru_cache(maxsize=i18n.KEPT)
def _course_with(words: Language, kinds: tuple[str, ...]) -> str:
    return words.say("Course with %(badge)s", badge=words.listing(k[:1].lower() + k[1:] for k in kinds))


def _name(scope: Scope, issuer: str) -> str:
    record = scope.site.catalogue.get(f"issuer:{issuer}")
    return record.name if record else issuer
