"""The page of a pathway: its stations in order, what it adds up to, and what its end is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.core import i18n
from sitegen.core.totals import option_weight, totals
from sitegen.formats.html.cards import worth
from sitegen.formats.html.kindwords import badge_kind, pathway_kind
from sitegen.formats.html.line import choice_text, option_name, weight_text
from sitegen.formats.html.map import LineMap, line_map
from sitegen.formats.html.scope import Fact, Link, Plate, Scope, body, href, lang, link, meters, plate


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to do: a badge, a course, another pathway, or somebody else's credential."""

    name: str
    href: str
    lang: str
    description: str
    sums: str
    provider: str
    courses: tuple[Link, ...]
    plate: Plate | None


@dataclass(frozen=True, slots=True)
class Stop:
    """A station: one option, or a choice between several. ``kind`` is the name that its drawing goes by."""

    id: str
    kind: str
    name: str
    description: str
    choice: str
    after: tuple[str, ...]
    optional: bool
    milestone: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Terminus:
    """Where a pathway ends and what that is worth."""

    name: str
    href: str
    kind: str
    plate: Plate | None
    qualification: str
    qualification_href: str
    provider: str
    code: str
    level: str
    credit: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PathwayView:
    """Everything on the page of a pathway."""

    key: str
    name: str
    lang: str
    description: str
    kind: str
    provider: Link | None
    stops: tuple[Stop, ...]
    terminus: Terminus | None
    map: LineMap | None
    worth: str
    totals: tuple[Fact, ...]
    start: Link | None
    body: str
    audience: tuple[str, ...]
    occupations: tuple[str, ...]
    contact: tuple[Link, ...]


def view(scope: Scope, pathway: Any) -> PathwayView:
    """Return what the page of a pathway says."""
    issuer = scope.site.catalogue.get(f"issuer:{pathway.provider}")
    names = {step.id: step_name(scope, step) for step in pathway.steps if step.id}
    before = (None, *pathway.steps)
    stops = tuple(_stop(scope, step, last, names) for step, last in zip(pathway.steps, before, strict=False))
    contact = pathway.contact
    return PathwayView(
        key=pathway.key,
        name=pathway.name,
        lang=lang(scope, pathway),
        description=pathway.description,
        kind=pathway_kind(scope, pathway.pathwayKind),
        provider=link(scope, issuer) if issuer else None,
        stops=stops,
        terminus=_terminus(scope, pathway),
        map=line_map(scope, pathway),
        worth=worth(scope, pathway),
        totals=_totals(scope, pathway),
        start=_start(scope, stops),
        body=body(scope, pathway, 2),
        audience=pathway.audience,
        occupations=pathway.occupation,
        contact=_contact(contact) if contact else (),
    )


def step_name(scope: Scope, step: Any) -> str:
    """Return what a step is called: its own name, or what it holds, or how many to choose."""
    if step.of:
        return step.name or choice_text(scope, step)
    return option_name(scope, step)


def _stop(scope: Scope, step: Any, last: Any, names: dict[str, str]) -> Stop:
    kind = "choice" if step.of else "milestone" if step.milestone else "optional" if step.optional else ""
    if not kind and step.credential:
        kind = "external"
    # What comes straight before it on the page needs no saying.
    follows = last is not None and last.id in step.precededBy
    return Stop(
        id=f"s-{step.id}" if step.id else "",
        kind=kind,
        name=step_name(scope, step),
        description=(step.description or "") if step.of else "",
        choice=choice_text(scope, step) if step.of else "",
        after=() if follows else tuple(names[one] for one in step.precededBy if one in names),
        optional=step.optional,
        milestone=step.milestone,
        options=tuple(_option(scope, option) for option in step.options),
    )


def _option(scope: Scope, option: Any) -> Option:
    site = scope.site
    record: Any = site.catalogue.get(option.target) if option.target else None
    if record is None:
        held = option.credential
        return Option(
            name=option_name(scope, option),
            href=(held.url or "") if held else "",
            lang="",
            description=option.description or "",
            sums=weight_text(scope, option),
            provider=held.provider if held else "",
            courses=(),
            plate=None,
        )
    courses = site.catalogue.referring(record.key, "course", "awards") if record.kind == "badge" else ()
    return Option(
        name=option_name(scope, option),
        href=href(scope, record.key),
        lang=lang(scope, record),
        description=option.description or record.description,
        sums=weight_text(scope, option),
        provider="",
        courses=tuple(link(scope, course) for course in courses if not course.retired),
        plate=_plate(scope, record),
    )


def _plate(scope: Scope, record: Any) -> Plate:
    """The picture of the badge that a step ends in, else the letters of its name."""
    ends = record.awards if record.kind == "course" else ()
    if record.kind == "pathway" and record.destination and record.destination.badge:
        ends = (record.destination.badge,)
    badges = scope.site.catalogue.named("badge", ends)
    return plate(scope, badges[0] if badges else record)


def _terminus(scope: Scope, pathway: Any) -> Terminus | None:
    end = pathway.destination
    if end is None:
        return None
    badge: Any = scope.site.catalogue.get(f"badge:{end.badge}") if end.badge else None
    goal = end.qualification
    links = [link(scope, badge, scope.words.say("See the badge and what it certifies"))] if badge else []
    if goal:
        links += [
            Link(scope.words.say("Credit policy"), goal.policyUrl or ""),
            Link(scope.words.say("Register entry"), goal.accreditationUrl or ""),
        ]
    name = badge.name if badge else goal.name if goal else str(end.badge)
    return Terminus(
        name=name,
        href=href(scope, badge.key) if badge else (goal.url or "") if goal else str(end.badge),
        kind=_badge_line(scope, badge) if badge else "",
        plate=plate(scope, badge) if badge else None,
        qualification=goal.name if goal else "",
        qualification_href=(goal.url or "") if goal else "",
        provider=goal.provider if goal else "",
        code=(goal.code or "") if goal else "",
        level=scope.words.listing(f"{level.framework} {level.level}" for level in goal.level) if goal else "",
        credit=scope.words.listing(i18n.credit(scope.words, p) for p in goal.creditPoint) if goal else "",
        links=tuple(one for one in links if one.href),
    )


def _badge_line(scope: Scope, badge: Any) -> str:
    levels = [scope.words.say("level %(level)s", level=m.label) for m in meters(scope, badge)[:1]]
    return ", ".join([badge_kind(scope, badge), *levels])


def _totals(scope: Scope, pathway: Any) -> tuple[Fact, ...]:
    words, say = scope.words, scope.words.say
    total = totals(pathway, scope.site.catalogue)
    optional = sum(1 for step in pathway.steps if step.optional)
    more = words.count("and %(n)s optional", "and %(n)s optional", optional) if optional else ""
    unknown = say("Not every stop says")
    weights = [option_weight(option, scope.site.catalogue) for step in pathway.steps for option in step.options]
    # A sum that is spoiled by one stop says so; where no stop says anything, neither does the page.
    study = unknown if any(weight.hours for weight in weights) else ""
    cost = unknown if any(weight.price for weight in weights) else ""
    found = (
        Fact(say("Stops"), words.number(total.steps), more),
        Fact(say("Study time"), i18n.hours(words, total.hours.low, total.hours.high) if total.hours else study),
        Fact(
            say("Cost"),
            i18n.price_range(words, total.price.low, total.price.high, total.currency) if total.price else cost,
        ),
        Fact(say("Credit on the way"), words.listing(i18n.credit(words, point) for point in total.credits)),
        Fact(say("Shortest time"), i18n.duration(words, total.duration) if total.duration else ""),
        Fact(say("Finish within"), i18n.duration(words, pathway.finishWithin) if pathway.finishWithin else ""),
    )
    return tuple(fact for fact in found if fact.value)


def _start(scope: Scope, stops: tuple[Stop, ...]) -> Link | None:
    """The first thing to do: the course of the first station that has one, else the station itself."""
    first = next((stop for stop in stops if not stop.optional), None)
    if first is None or len(first.options) != 1:
        return None
    option = first.options[0]
    goal = option.courses[0].href if option.courses else option.href
    return Link(scope.words.say("Start with %(name)s", name=option.name), goal) if goal else None


def _contact(contact: Any) -> tuple[Link, ...]:
    found = []
    if contact.email:
        found.append(Link(contact.email, f"mailto:{contact.email}", contact.name or ""))
    if contact.url:
        found.append(Link(contact.name or contact.url, contact.url))
    return tuple(found)
