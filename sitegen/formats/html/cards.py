"""Records as they stand in lists: a course or badge as a row, a badge on a wall, a pathway as a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from typing import Any

from sitegen.core import i18n
from sitegen.core.facts import first_open, upcoming
from sitegen.core.i18n import Language
from sitegen.core.site import Site, once
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
    near_day,
    plate,
    plate_on,
    scope_of,
    sign,
)


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
class Departure:
    """A start on the board: when, of what, where, how many places, at what price."""

    when: str
    machine: str
    name: str
    href: str
    sign: Sign | None
    css: str
    where: str
    places: str
    price: str


def course_row(scope: Scope, key: str) -> Row:
    """Return a course as a row of a list."""
    return scope.site.once(make_course_row, key)


@once
def make_course_row(site: Site, key: str) -> Row:
    """Work out what :func:`course_row` returns."""
    scope, course = scope_of(site), site.catalogue.one(key)
    badges = scope.site.catalogue.named("badge", course.awards)
    first = first_meter(scope, course) or next((m for b in badges if (m := first_meter(scope, b))), None)
    words, css, ahead = scope.words, f"t-{course.topic or 'none'}", upcoming(course, scope.site.today)
    facts = [
        Fact(words.say("Length"), i18n.length(words, course.volumeOfLearning, course.duration)),
        Fact(words.say("Level"), first.label if first else "", "", "", first),
        Fact(words.say("How"), mode(scope, course.mode)),
    ]
    return Row(
        key=key,
        name=course.name,
        href=href(scope, key),
        lang=lang(scope, course),
        kind=_course_kind(scope, badges),
        description=course.description,
        provider=_name(scope, course.provider),
        sign=sign(scope, course.topic),
        css=css,
        plate=plate_on(scope, badges[0] if badges else course, css),
        start=start_text(scope, course, ahead),
        price=course_price(scope, course, ahead),
        facts=tuple(fact for fact in facts if fact.value),
    )


def tile(scope: Scope, key: str) -> Tile:
    """Return a badge for a wall. Its name stands beside its picture, so the picture needs no words."""
    return scope.site.once(make_tile, key)


@once
def make_tile(site: Site, key: str) -> Tile:
    """Work out what :func:`tile` returns."""
    scope, badge = scope_of(site), site.catalogue.one(key)
    first = first_meter(scope, badge)
    return Tile(
        key=key,
        name=badge.name,
        href=href(scope, key),
        lang=lang(scope, badge),
        kind=badge_kind(scope, badge),
        level=scope.words.say("level %(level)s", level=badge.level[0].level) if first else "",
        description=badge.description,
        css=f"t-{badge.topic or 'none'}",
        plate=plate(scope, badge),
    )


def line(scope: Scope, key: str) -> Line:
    """Return a pathway as a line of a list."""
    return scope.site.once(make_line, key)


@once
def make_line(site: Site, key: str) -> Line:
    """Work out what :func:`line` returns."""
    scope, pathway = scope_of(site), site.catalogue.one(key)
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


def departures(scope: Scope, courses: Iterable[Any], limit: int) -> tuple[Departure, ...]:
    """Return the next starts of courses, soonest first, each run once."""
    runs = nsmallest(
        limit, starts_of(courses, scope.site.today), key=lambda start: (start[0], start[2].name, start[2].key)
    )
    return tuple(_departure(scope, run, course, starts) for starts, run, course in runs)


def starts_of(courses: Iterable[Any], today: date) -> Iterator[tuple[date, Any, Any]]:
    """Yield every start that is ahead, as its day, its run and its course."""
    for course in courses:
        for run in upcoming(course, today) if course.offerings else ():
            day = run.starts_on
            if day and day >= today and run.status != "cancelled":
                yield day, run, course


def _departure(scope: Scope, run: Any, course: Any, starts: date) -> Departure:
    return Departure(
        when=near_day(scope, starts),
        machine=starts.isoformat(),
        name=course.name,
        href=href(scope, course.key),
        sign=sign(scope, course.topic),
        css=f"t-{course.topic or 'none'}",
        where=run.location.name if run.location else mode(scope, (run.mode,) if run.mode else course.mode),
        places=places(scope, run),
        price=i18n.price(scope.words, run.price or course.price) if run.price or course.price else "",
    )


def where(scope: Scope, run: Any, course: Any) -> str:
    """Return where people meet and when, as short as it can be said."""
    how = mode(scope, (run.mode,) if run.mode else course.mode)
    return ", ".join(part for part in (run.location.name if run.location else how, run.schedule) if part)


def places(scope: Scope, run: Any) -> str:
    """Return how many places there are: ``6 places``, ``Full``, ``Open``."""
    if run.status == "full" or run.placesLeft == 0:
        return scope.words.say("Full")
    if run.status == "cancelled":
        return scope.words.say("Cancelled")
    if run.placesLeft is not None:
        return scope.words.count("%(n)s place", "%(n)s places", run.placesLeft)
    return scope.words.say("Open")


def mode(scope: Scope, modes: Iterable[str]) -> str:
    """Return how one takes part: ``Online``, ``Online and at a workplace``."""
    return _mode(scope.words, tuple(modes))


@lru_cache(maxsize=i18n.KEPT)
def _mode(words: Language, modes: tuple[str, ...]) -> str:
    say = words.say
    known = {
        "online": say("online"),
        "onsite": say("in person"),
        "blended": say("online and in person"),
        "workplace": say("at a workplace"),
    }
    text = words.listing(known[m] for m in modes)
    return text[:1].upper() + text[1:]


def start_text(scope: Scope, course: Any, ahead: tuple[Any, ...]) -> str:
    """Return when a course can next be started: a day, ``Start any time``, or that no date is set.

    Of a course that names no offering at all, nothing is said. ``ahead`` are those still to come.
    """
    run = first_open(ahead, scope.site.today)
    if run is None:
        return scope.words.say("No date set") if course.offerings else ""
    return near_day(scope, run.starts_on) if run.starts_on else scope.words.say("Start any time")


def course_price(scope: Scope, course: Any, ahead: tuple[Any, ...]) -> str:
    """Return what a course costs: its own price, or the lowest of those of the runs that are ``ahead``."""
    own = course.price
    prices = [price for run in ahead if (price := run.price or own)] or ([own] if own else [])
    return i18n.lowest_price(scope.words, prices)


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
