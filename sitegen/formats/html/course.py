"""The page of a course: what one will be able to do, what one earns, when it runs, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.core import i18n
from sitegen.core.facts import first_open, upcoming
from sitegen.formats.html.badge import Way, prior_learning, way
from sitegen.formats.html.cards import Tile, tile
from sitegen.formats.html.kindwords import badge_kind
from sitegen.formats.html.runs import Next, Run, next_start, run_row, zone_of
from sitegen.formats.html.scope import Fact, Link, Plate, Scope, body, href, lang, link, meters, outside, picture, plate
from sitegen.formats.html.starts import course_price, mode
from sitegen.formats.html.trust import (
    Outcome,
    SkillLine,
    Task,
    Transfer,
    Voice,
    credit_text,
    level_facts,
    outcomes,
    skill_lines,
    standing,
    tasks,
    transfers,
    voices,
)

RELATED = 4
"""Badges on the same topic that the page of a course ends with."""


@dataclass(frozen=True, slots=True)
class Earned:
    """A badge that the course leads to."""

    name: str
    href: str
    lang: str
    kind: str
    description: str
    plate: Plate


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the syllabus."""

    name: str
    description: str
    hours: str


@dataclass(frozen=True, slots=True)
class CourseView:
    """Everything on the page of a course. ``fits`` is whether anything is known of whom it is for."""

    key: str
    name: str
    lang: str
    description: str
    code: str
    provider: Link
    unit: str
    partners: tuple[Link, ...]
    next: Next
    facts: tuple[Fact, ...]
    outcomes: tuple[Outcome, ...]
    badges: tuple[Earned, ...]
    certificates: tuple[Fact, ...]
    tasks: tuple[Task, ...]
    syllabus: tuple[Part, ...]
    body: str
    picture: Plate | None
    ways: tuple[Way, ...]
    transfers: tuple[Transfer, ...]
    occupations: tuple[str, ...]
    fits: bool
    audience: tuple[str, ...]
    entry: str
    before: tuple[Link, ...]
    equipment: tuple[str, ...]
    skills: tuple[SkillLine, ...]
    standing: tuple[Fact, ...]
    voices: tuple[Voice, ...]
    runs: tuple[Run, ...]
    zone: str
    prices: tuple[Fact, ...]
    prior: Link | None
    accessibility: str
    contact: tuple[Link, ...]
    related: tuple[Tile, ...]


def view(scope: Scope, course: Any) -> CourseView:
    """Return what the page of a course says."""
    catalogue = scope.site.catalogue
    here = (course.key, *(f"badge:{badge}" for badge in course.awards))
    ahead, badges = upcoming(course, scope.site.today), catalogue.named("badge", course.awards)
    run = first_open(ahead, scope.site.today)
    lines = {p.key: p for key in here for p in catalogue.pathways_of(key) if not p.retired}
    admission = course.openCreds.leadsToAdmission if course.openCreds else None
    return CourseView(
        key=course.key,
        name=course.name,
        lang=lang(scope, course),
        description=course.description,
        code=course.courseCode or "",
        provider=link(scope, catalogue.get(f"issuer:{course.provider}")),
        unit=(course.governance.owner or "") if course.governance else "",
        partners=tuple(Link(one.name, one.url or "", one.description or "") for one in course.developedWith),
        next=next_start(scope, course, run),
        facts=_facts(scope, course, badges, ahead, run),
        outcomes=outcomes(scope, course),
        badges=tuple(_earned(scope, badge) for badge in badges),
        certificates=tuple(Fact(_award(scope, a.kind), a.name, a.description or "") for a in course.certificate),
        tasks=tasks(scope, course),
        syllabus=tuple(_part(scope, section) for section in course.syllabus),
        body=body(scope, course, 3),
        picture=picture(scope, course),
        ways=tuple(way(scope, lines[key], here) for key in sorted(lines)),
        transfers=transfers(scope, (*course.creditTransfer, *((admission,) if admission else ()))),
        occupations=course.occupation,
        fits=_fits(course),
        audience=course.audience,
        entry=course.entryRequirement or "",
        before=tuple(outside(scope, "course", reference) for reference in course.coursePrerequisites),
        equipment=course.requiredEquipment,
        skills=skill_lines(scope, course),
        standing=(*_awarding(scope, course), *standing(scope, course)),
        voices=voices(scope, course),
        runs=tuple(run_row(scope, one, course) for one in ahead),
        zone=zone_of(scope, ahead),
        prices=_prices(scope, course),
        prior=prior_learning(course),
        accessibility=course.accessibility or "",
        contact=_contact(scope, course),
        related=_related(scope, course),
    )


def _fits(course: Any) -> bool:
    """Whether the record says anything of whom the course is for."""
    said = (course.audience, course.entryRequirement, course.coursePrerequisites, course.requiredEquipment)
    return any(said) or bool(course.accessibility or prior_learning(course))


def _language(scope: Scope, course: Any) -> str:
    """The language that a course is taught in, where readers of the site would not expect it."""
    own, usual = i18n.language(course.language).locale, scope.words.locale
    same = (own.language, own.script) == (usual.language, usual.script)
    return "" if same else scope.words.name_of(course.language)


def _facts(scope: Scope, course: Any, badges: tuple[Any, ...], ahead: tuple[Any, ...], run: Any) -> tuple[Fact, ...]:
    words, say = scope.words, scope.words.say
    levels = level_facts(scope, course) or next((f for b in badges if (f := level_facts(scope, b))), ())
    earned = words.listing([*(badge_kind(scope, b) for b in badges), *(a.name for a in course.certificate)])
    found = (
        Fact(say("Length"), i18n.length(words, course.volumeOfLearning, course.duration)),
        Fact(say("Price"), course_price(scope, course, ahead), _price_note(scope, course)),
        *levels[:1],
        Fact(say("How"), mode(scope, course.mode), _at_work(scope, course)),
        Fact(say("Language"), _language(scope, course)),
        Fact(say("Where"), run.location.name if run and run.location else ""),
        Fact(say("You earn"), earned[:1].upper() + earned[1:], credit_text(scope, course), "#s-earn" if earned else ""),
        *_open_creds(scope, course),
    )
    return tuple(fact for fact in found if fact.value)


def _awarding(scope: Scope, course: Any) -> tuple[Fact, ...]:
    body = course.awardingBody
    return (Fact(scope.words.say("Awarded by"), body.name, body.description or "", body.url or ""),) if body else ()


def _price_note(scope: Scope, course: Any) -> str:
    price, say = course.price, scope.words.say
    if price is None:
        return ""
    notes = [
        say("%(price)s: %(who)s", price=_amount(scope, item.amount, price.currency), who=item.name)
        for item in price.concession
    ]
    return "\n".join([*notes, *([say("Subsidised")] if price.subsidised else [])])


def _amount(scope: Scope, amount: Any, currency: str | None) -> str:
    return i18n.price_range(scope.words, amount, amount, currency)


def _open_creds(scope: Scope, course: Any) -> tuple[Fact, ...]:
    creds = course.openCreds
    if creds is None:
        return ()
    say = scope.words.say
    note = ""
    if creds.indicativeHours:
        place = scope.site.config.hours_level(creds.indicativeHours)
        hours = i18n.duration(scope.words, creds.indicativeHours)
        note = say("Hours level %(place)s of 7, %(hours)s", place=place, hours=hours) if place else hours
    aligned = scope.words.listing(f"{level.framework} {level.level}" for level in creds.alignedLevel)
    if aligned:
        note = "; ".join(part for part in (note, say("aligned to %(level)s", level=aligned)) if part)
    return (Fact(say("OpenCreds"), ", ".join(say(kind) for kind in creds.type), note),)


def _prices(scope: Scope, course: Any) -> tuple[Fact, ...]:
    price, say = course.price, scope.words.say
    if price is None:
        return ()
    found = [Fact(say("Full price"), i18n.price(scope.words, price), price.note or "")]
    found += [Fact(item.name, _amount(scope, item.amount, price.currency)) for item in price.concession]
    if price.financialAid:
        found.append(Fact(say("Help with paying"), say("How to get it"), href=price.financialAid))
    return tuple(found)


def _contact(scope: Scope, course: Any) -> tuple[Link, ...]:
    contact = course.contact
    if contact is None:
        return ()
    found = []
    if contact.email:
        found.append(Link(contact.email, f"mailto:{contact.email}", contact.name or ""))
    if contact.url:
        found.append(Link(contact.name or scope.words.say("Contact page"), contact.url))
    return tuple(found)


def _related(scope: Scope, course: Any) -> tuple[Tile, ...]:
    """Up to four badges on the same topic that this course does not lead to."""
    if not course.topic:
        return ()
    own = {f"badge:{badge}" for badge in course.awards}
    near = [key for key in scope.site.catalogue.listed("badge", course.topic).keys if key not in own]
    return tuple(tile(scope, key) for key in near[:4])


def _earned(scope: Scope, badge: Any) -> Earned:
    words = scope.words
    parts = [badge_kind(scope, badge)]
    parts += [words.say("level %(level)s", level=m.label) for m in meters(scope, badge)[:1]]
    if badge.validFor:
        parts.append(words.say("valid %(time)s", time=i18n.duration(words, badge.validFor)))
    return Earned(
        name=badge.name,
        href=href(scope, badge.key),
        lang=lang(scope, badge),
        kind=", ".join(parts),
        description=badge.description,
        plate=plate(scope, badge),
    )


def _at_work(scope: Scope, course: Any) -> str:
    return scope.words.say("At your workplace") if course.workIntegrated and "workplace" not in course.mode else ""


def _award(scope: Scope, kind: str) -> str:
    say = scope.words.say
    return {"certificate": say("Certificate"), "statement": say("Statement"), "qualification": say("Qualification")}[
        kind
    ]


def _part(scope: Scope, section: Any) -> Part:
    study = i18n.duration(scope.words, section.volumeOfLearning) if section.volumeOfLearning else ""
    return Part(section.name, section.description or "", study)
