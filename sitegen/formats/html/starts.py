"""When courses can be started: their runs ahead, and how dates, places, prices and ways to take part are said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sitegen.core import i18n
from sitegen.core.facts import first_open
from sitegen.core.i18n import Language
from sitegen.formats.html.scope import Scope, Sign, near_day


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


@dataclass(frozen=True, slots=True)
class Start:
    """A start ahead: its day as ISO 8601 writes it, whether one can enrol, whether it costs little, and in words."""

    day: str
    open: bool
    free: bool
    when: str
    where: str
    places: str
    price: str


def starts_of(scope: Scope, course: Any, ahead: Iterable[Any], today: date) -> tuple[Start, ...]:
    """Return the starts among those runs of a course that are ``ahead``, each with its day."""
    return tuple(
        _start(scope, course, run, day)
        for run in ahead
        if (day := run.starts_on) and day >= today and run.status != "cancelled"
    )


def _start(scope: Scope, course: Any, run: Any, day: date) -> Start:
    price = run.price or course.price
    return Start(
        day=day.isoformat(),
        open=run.status == "open",
        free=bool(price and (price.is_free or price.subsidised)),
        when=near_day(scope, day),
        where=run.location.name if run.location else mode(scope, (run.mode,) if run.mode else course.mode),
        places=places(scope, run),
        price=i18n.price(scope.words, price) if price else "",
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


def start_text(scope: Scope, course: Any, ahead: tuple[Any, ...], today: date) -> str:
    """Return when a course can next be started: a day, ``Start any time``, or that no date is set.

    Of a course that names no offering at all, nothing is said. ``ahead`` are those still to come.
    """
    run = first_open(ahead, today)
    if run is None:
        return scope.words.say("No date set") if course.offerings else ""
    return near_day(scope, run.starts_on) if run.starts_on else scope.words.say("Start any time")


def course_price(scope: Scope, course: Any, ahead: tuple[Any, ...]) -> str:
    """Return what a course costs: its own price, or the lowest of those of the runs that are ``ahead``."""
    own = course.price
    prices = [price for run in ahead if (price := run.price or own)] or ([own] if own else [])
    return i18n.lowest_price(scope.words, prices)
