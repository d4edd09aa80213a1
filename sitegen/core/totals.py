"""What a pathway adds up to: hours, price, credits and the shortest time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sitegen.core.catalogue import Catalogue
from sitegen.core.quantities import CreditPoint, Duration, Price


@dataclass(frozen=True, slots=True)
class Range:
    """From the least to the most; both ends are the same where there is no choice."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a pathway.

    ``hours`` and ``price`` are ranges: the least by the lightest choices, the most with the heaviest
    choices and every optional step. They are None when a needed step does not say, or when prices
    come in several currencies: a sum that leaves something out would mislead. ``duration`` is the
    shortest time with the needed steps taken one after another. ``credits`` adds up the credit points
    of the needed steps where there is no choice, one entry for each credit system.
    """

    hours: Range | None
    price: Range | None
    currency: str | None
    credits: tuple[CreditPoint, ...]
    duration: Duration | None
    steps: int


@dataclass(frozen=True, slots=True)
class Weight:
    """What one option of a step costs, as far as it is known."""

    hours: Range | None
    price: Range | None
    currency: str | None
    duration: Duration | None


def totals(pathway: Any, catalogue: Catalogue) -> Totals:
    """Add up a linked pathway."""
    return _totals(pathway, catalogue, frozenset({pathway.key}), {})


def option_weight(option: Any, catalogue: Catalogue) -> Weight:
    """Return the hours, price and time of one option, for showing beside it."""
    return _weight(option, catalogue, frozenset(), {})


def _totals(pathway: Any, catalogue: Catalogue, within: frozenset[str], done: dict[str, Totals]) -> Totals:
    """Add up a pathway inside those of ``within``; ``done`` keeps the sums of those that others share."""
    hours: Range | None = Range(Decimal(0), Decimal(0))
    price: Range | None = Range(Decimal(0), Decimal(0))
    currencies: set[str] = set()
    duration: Duration | None = Duration()
    for step in pathway.steps:
        weights = [_weight(option, catalogue, within, done) for option in step.options]
        currencies.update(w.currency for w in weights if w.currency)
        hours = _plus(hours, _chosen([w.hours for w in weights], step))
        price = _plus(price, _chosen([w.price for w in weights], step))
        if not step.optional:
            duration = _longer(duration, [w.duration for w in weights], step.needed)
    if len(currencies) > 1:
        price = None
    return Totals(
        hours=hours,
        price=price,
        currency=next(iter(currencies), None) if len(currencies) == 1 else None,
        credits=_credits(pathway, catalogue),
        duration=duration if duration and duration.total_hours else None,
        steps=sum(1 for step in pathway.steps if not step.optional),
    )


def _chosen(values: list[Range | None], step: Any) -> Range | None:
    """The least and the most of choosing as many as are needed. Any option that does not say spoils the sum."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Range(Decimal(0), Decimal(0)) if step.optional and not known else None
    lows = sorted(value.low for value in known)[: step.needed]
    highs = sorted((value.high for value in known), reverse=True)[: step.needed]
    return Range(Decimal(0) if step.optional else sum(lows, Decimal(0)), sum(highs, Decimal(0)))


def _plus(total: Range | None, value: Range | None) -> Range | None:
    return total + value if total is not None and value is not None else None


def _longer(total: Duration | None, values: list[Duration | None], needed: int) -> Duration | None:
    known = sorted(value for value in values if value is not None)
    if total is None or len(known) < needed:
        return None
    for value in known[:needed]:
        total = total + value
    return total


def _weight(option: Any, catalogue: Catalogue, within: frozenset[str], done: dict[str, Totals]) -> Weight:
    held = _held(option, catalogue, within, done)
    own_hours = option.volumeOfLearning.total_hours if option.volumeOfLearning else None
    return Weight(
        hours=Range(own_hours, own_hours) if own_hours is not None else held.hours,
        price=_price(option.price) if option.price else held.price,
        currency=option.price.currency if option.price else held.currency,
        duration=option.duration or held.duration,
    )


def _held(option: Any, catalogue: Catalogue, within: frozenset[str], done: dict[str, Totals]) -> Weight:
    target: Any = catalogue.get(option.target) if option.target else None
    if target is None:
        return Weight(None, None, None, None)
    if target.kind == "pathway":
        if target.key in within:
            return Weight(None, None, None, None)
        if target.key not in done:
            done[target.key] = _totals(target, catalogue, within | {target.key}, done)
        inner = done[target.key]
        return Weight(inner.hours, inner.price, inner.currency, inner.duration)
    courses = (target,) if target.kind == "course" else catalogue.referring(target.key, "course", "awards")
    courses = tuple(course for course in courses if not course.retired)
    hours = [course.volumeOfLearning.total_hours for course in courses if course.volumeOfLearning]
    if not hours and getattr(target, "volumeOfLearning", None):
        hours = [target.volumeOfLearning.total_hours]
    prices = [course.price for course in courses if course.price]
    currency = {price.currency for price in prices if price.currency}
    times = [course.duration for course in courses if course.duration]
    return Weight(
        hours=Range(min(hours), max(hours)) if hours else None,
        price=Range(min(p.amount for p in prices), max(p.amount for p in prices))
        if prices and len(currency) < 2
        else None,
        currency=next(iter(currency), None) if len(currency) == 1 else None,
        duration=min(times) if times else None,
    )


def _price(price: Price) -> Range:
    return Range(price.amount, price.amount)


def _credits(pathway: Any, catalogue: Catalogue) -> tuple[CreditPoint, ...]:
    points: dict[str, Decimal] = {}
    for step in pathway.steps:
        if step.of or step.optional or not step.target:
            continue
        held = catalogue.get(step.target)
        for credit in getattr(held, "creditPoint", ()):
            points[credit.framework] = points.get(credit.framework, Decimal(0)) + credit.point
    # A sum may be larger than what one author may write.
    return tuple(CreditPoint.model_construct(framework=name, point=point) for name, point in sorted(points.items()))
