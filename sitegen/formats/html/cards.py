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
class CourseCard:
    """What is kept of a course: its row, and its starts ahead, soonest first."""

    row: Row
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True)
class BadgeCard:
    """What is kept of a badge: its tile, the shape of its art, and the framework of its first level, or nothing."""

    tile: Tile
    shape: str
    framework: str


@dataclass(frozen=True, slots=True)
class SkillCard:
    """What is kept of a skill."""

    code: str


@kept
def card(site: Site, key: str) -> str:
    """Return what pages that list records need of one, as text; nothing for a kind that none lists by cards.

    A page of all records would have to read all of them; it reads these instead.
    """
    make = _CARDS.get(key.partition(":")[0])
    return written(make(scope_of(site), site.catalogue.one(key))) if make else ""


def course_card(scope: Scope, key: str) -> CourseCard:
    """Return what is kept of a course."""
    return _course_of(scope.site.once(card, key))


def badge_card(scope: Scope, key: str) -> BadgeCard:
    """Return what is kept of a badge."""
    return _badge_of(scope.site.once(card, key))


def skill_card(scope: Scope, key: str) -> SkillCard:
    """Return what is kept of a skill."""
    return _skill_of(scope.site.once(card, key))


def course_row(scope: Scope, key: str) -> Row:
    """Return a course as a row of a list."""
    return course_card(scope, key).row


def tile(scope: Scope, key: str) -> Tile:
    """Return a badge for a wall. Its name stands beside its picture, so the picture needs no words."""
    return badge_card(scope, key).tile


def line(scope: Scope, key: str) -> Line:
    """Return a pathway as a line of a list."""
    return _line_of(scope.site.once(card, key))


def departures(scope: Scope, keys: Iterable[str], limit: int) -> tuple[Departure, ...]:
    """Return the next starts of courses, soonest first, each run once."""
    cards = (course_card(scope, key) for key in keys)
    starts = ((start, card.row) for card in cards for start in card.starts)
    soonest = nsmallest(limit, starts, key=lambda one: (one[0].day, one[1].name, one[1].key))
    return tuple(_departure(start, row) for start, row in soonest)


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


def _course(scope: Scope, course: Any) -> CourseCard:
    # Who has no days to tell does not ask what day it is, and so stays as it is over night.
    today = scope.site.today if any(run.starts_on or run.ends_on for run in course.offerings) else date.min
    ahead = upcoming(course, today)
    return CourseCard(_row(scope, course, ahead, today), starts_of(scope, course, ahead, today))


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


def _badge(scope: Scope, badge: Any) -> BadgeCard:
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
    return BadgeCard(shown, shape_of(badge), badge.level[0].framework if badge.level else "")


def _line(scope: Scope, pathway: Any) -> Line:
    return Line(
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


def _skill(scope: Scope, skill: Any) -> SkillCard:
    return SkillCard(skill.code or "")


_CARDS: Mapping[str, Callable[[Scope, Any], Any]] = {
    "badge": _badge,
    "course": _course,
    "pathway": _line,
    "skill": _skill,
}
_course_of, _badge_of, _line_of, _skill_of = reader(CourseCard), reader(BadgeCard), reader(Line), reader(SkillCard)


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
