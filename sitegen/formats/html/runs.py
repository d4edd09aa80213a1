"""When a course runs: the next chance to start, and the table of dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sitegen.core import i18n
from sitegen.formats.html.scope import Link, Scope, machine
from sitegen.formats.html.starts import where


@dataclass(frozen=True, slots=True)
class Next:
    """The next chance to start: the words over it, when, what else is known, and the one thing to do."""

    label: str
    when: str
    machine: str
    note: str
    action: Link | None


@dataclass(frozen=True, slots=True)
class Run:
    """One offering as a row of the table of dates."""

    id: str
    when: str
    machine: str
    until: str
    name: str
    where: str
    address: str
    language: str
    places: str
    price: str
    action: Link | None
    note: str


def next_start(scope: Scope, course: Any, run: Any) -> Next:
    """Return the next chance to start a course: in ``run``, where there is one that takes people."""
    words, say = scope.words, scope.words.say
    if run is None:
        return Next(say("Next start"), say("No date set"), "", "", _ask(scope, course))
    if run.starts_on is None:
        return Next(say("Starts"), say("Any time"), "", _places(scope, run), _enrol(scope, run) or _ask(scope, course))
    when = i18n.day(words, run.starts_on, weekday=True)
    notes = [_places(scope, run)]
    if run.enrolmentEnd and run.enrolmentEnd >= scope.site.today:
        notes.append(say("Enrol by %(day)s.", day=i18n.day(words, run.enrolmentEnd, year=False)))
    action = _enrol(scope, run) or _ask(scope, course)
    return Next(say("Next start"), when, machine(run.startDate), " ".join(n for n in notes if n), action)


def _places(scope: Scope, run: Any) -> str:
    if run.placesLeft is None:
        return ""
    if run.capacity:
        return scope.words.say("%(left)s of %(all)s places left.", left=run.placesLeft, all=run.capacity)
    return scope.words.count("%(n)s place left.", "%(n)s places left.", run.placesLeft)


def _enrol(scope: Scope, run: Any) -> Link | None:
    """The link to enrol in a run, where it can be done on the day of the build."""
    today, say = scope.site.today, scope.words.say
    closed = (run.enrolmentEnd and run.enrolmentEnd < today) or (run.enrolmentStart and run.enrolmentStart > today)
    if not run.enrolUrl or closed or run.status != "open" or run.placesLeft == 0:
        return None
    if run.starts_on is None:
        return Link(say("Enrol"), run.enrolUrl)
    return Link(say("Enrol for %(day)s", day=i18n.day(scope.words, run.starts_on, year=False)), run.enrolUrl)


def _ask(scope: Scope, course: Any) -> Link | None:
    """Whom to ask, where one cannot enrol here: the course's contact, or its provider when it has had dates at all."""
    contact = course.contact
    if contact and (contact.email or contact.url):
        return Link(
            scope.words.say("Ask about this course"), f"mailto:{contact.email}" if contact.email else contact.url
        )
    issuer = scope.site.catalogue.get(f"issuer:{course.provider}")
    email = getattr(issuer, "email", "") if course.offerings else ""
    return Link(scope.words.say("Ask about this course"), f"mailto:{email}") if email else None


def run_row(scope: Scope, run: Any, course: Any) -> Run:
    """Return an offering as a row of the table of dates."""
    words, say = scope.words, scope.words.say
    zone = run.timezone or scope.site.config.timezone
    # An offering with a time of its own in another zone than the site's says which zone that is.
    foreign = zone != scope.site.config.timezone and hasattr(run.startDate, "hour")
    when = i18n.moment(words, run.startDate) if run.startDate else say("Any time")
    price = run.price or course.price
    return Run(
        id=f"s-run-{run.id}" if run.id else "",
        when=f"{when} ({i18n.zone(words, zone)})" if foreign else when,
        machine=machine(run.startDate) if run.startDate else "",
        until=i18n.day(words, run.ends_on, weekday=True) if run.endDate and run.ends_on != run.starts_on else "",
        name=run.name or "",
        where=where(scope, run, course),
        address=(run.location.address or "") if run.location else "",
        language=words.name_of(run.inLanguage) if run.inLanguage and run.inLanguage != words.tag else "",
        places=_run_places(scope, run),
        price=i18n.price(words, price) if price else "",
        action=_enrol(scope, run),
        note=_run_note(scope, run),
    )


def _run_places(scope: Scope, run: Any) -> str:
    say = scope.words.say
    if run.status == "cancelled":
        return say("Cancelled")
    if run.status == "full" or run.placesLeft == 0:
        return say("Full")
    if run.placesLeft is not None and run.capacity:
        return say("%(left)s of %(all)s", left=run.placesLeft, all=run.capacity)
    return scope.words.number(run.placesLeft) if run.placesLeft is not None else say("Open")


def _run_note(scope: Scope, run: Any) -> str:
    today, words = scope.site.today, scope.words
    if run.status != "open":
        return ""
    if run.enrolmentStart and run.enrolmentStart > today:
        return words.say("Enrol from %(day)s", day=i18n.day(words, run.enrolmentStart, year=False))
    if run.enrolmentEnd and run.enrolmentEnd < today:
        return words.say("Enrolment has closed")
    return ""


def zone_of(scope: Scope, ahead: Iterable[Any]) -> str:
    """The zone of the times in the table of dates, where it has any."""
    timed = any(hasattr(run.startDate, "hour") for run in ahead)
    return i18n.zone(scope.words, scope.site.config.timezone) if timed else ""
