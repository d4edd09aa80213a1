"""A pathway as a line with stations, as it is drawn in lists and on the pages of what it is made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sitegen.core import i18n
from sitegen.core.totals import Range, option_weight
from sitegen.formats.html.scope import Scope, href

MOST_STATIONS = 6
"""More than this cannot be named side by side; those far from where one is are then counted instead."""


@dataclass(frozen=True, slots=True)
class Station:
    """A stop on a line.

    ``kind`` is empty for a plain one, else choice, milestone, optional, external, gap or end. ``now`` marks
    where the reader is.
    """

    name: str
    kind: str = ""
    note: str = ""
    href: str = ""
    now: bool = False


def stations(scope: Scope, pathway: Any, here: Collection[str] = ()) -> tuple[Station, ...]:
    """Return the stations of a pathway and its terminus. ``here`` holds the keys of what the reader looks at."""
    stops = [_station(scope, step, here) for step in pathway.steps]
    return (*stops, terminus(scope, pathway, here))


def short_line(scope: Scope, pathway: Any, here: Collection[str]) -> tuple[Station, ...]:
    """Return the part of a line around the reader, with the stops left out counted in their place."""
    every = stations(scope, pathway, here)
    if len(every) <= MOST_STATIONS:
        return every
    at = next((i for i, stop in enumerate(every) if stop.now), 0)
    first = min(max(at - 1, 0), len(every) - 4)
    kept = [*every[first : first + 3]]
    if first > 0:
        kept.insert(0, _gap(scope, first))
    between = len(every) - 1 - (first + 3)
    if between > 0:
        kept.append(_gap(scope, between))
    return (*kept, every[-1])


def terminus(scope: Scope, pathway: Any, here: Collection[str] = ()) -> Station:
    """Return the end of a pathway: its qualification or its badge, else the pathway's own name."""
    end = pathway.destination
    badge = scope.site.catalogue.get(f"badge:{end.badge}") if end and end.badge else None
    now = bool(badge and badge.key in here)
    if end and end.qualification:
        credit = scope.words.listing(i18n.credit(scope.words, point) for point in end.qualification.creditPoint)
        return Station(end.qualification.name, "end", credit, end.qualification.url or "", now)
    if badge:
        return Station(badge.name, "end", scope.words.say("Badge"), href(scope, badge.key), now)
    return Station(pathway.name, "end", now=now)


def option_name(scope: Scope, option: Any) -> str:
    """Return what a step or option is called: its own name, or that of what it holds."""
    if option.name:
        return str(option.name)
    if option.credential:
        return str(option.credential.name)
    target = scope.site.catalogue.get(option.target) if option.target else None
    return target.name if target else (option.target or "").partition(":")[2]


def choice_text(scope: Scope, step: Any) -> str:
    """Return how many of the options one needs: ``Any 2 of 4``."""
    if step.needed == len(step.of):
        return scope.words.say("All %(whole)s, in any order", whole=len(step.of))
    return scope.words.say("Any %(part)s of %(whole)s", part=step.needed, whole=len(step.of))


def weight_text(scope: Scope, option: Any) -> str:
    """Return the hours and price of one option in a phrase: ``18 hours, $320``."""
    weight = option_weight(option, scope.site.catalogue)
    parts = []
    if weight.hours:
        parts.append(i18n.hours(scope.words, weight.hours.low, weight.hours.high))
    if weight.price:
        parts.append(cost(scope, weight.price, weight.currency))
    return ", ".join(parts)


def cost(scope: Scope, price: Range, currency: str | None) -> str:
    """Return a price in the middle of a phrase: ``free``, ``$320``."""
    if not price.high:
        return scope.words.say("free")
    return i18n.price_range(scope.words, price.low, price.high, currency)


def _station(scope: Scope, step: Any, here: Collection[str]) -> Station:
    now = any(_holds(scope, option, here) for option in step.options)
    if step.of:
        chosen = next((option for option in step.of if _holds(scope, option, here)), None)
        name = option_name(scope, chosen) if chosen else step.name or choice_text(scope, step)
        note = choice_text(scope, step) if chosen or step.name else ""
        return Station(name, "choice", note, now=now)
    kind = "milestone" if step.milestone else "optional" if step.optional else "external" if step.credential else ""
    note = scope.words.say("Optional") if step.optional else step.credential.provider if step.credential else ""
    leads = href(scope, step.target) if step.target else step.credential.url or ""
    return Station(option_name(scope, step), kind, note, "" if now else leads, now)


def _holds(scope: Scope, option: Any, here: Collection[str]) -> bool:
    if option.target is None or not here:
        return False
    if option.target in here:
        return True
    course = scope.site.catalogue.get(option.target) if option.course else None
    return any(f"badge:{badge}" in here for badge in getattr(course, "awards", ()))


def _gap(scope: Scope, number: int) -> Station:
    return Station(scope.words.count("%(n)s more stop", "%(n)s more stops", number), "gap")
