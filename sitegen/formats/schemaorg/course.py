"""A course as schema.org Course, and its coming runs as CourseInstance with what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sitegen.core.facts import moment, upcoming
from sitegen.core.site import Site
from sitegen.formats.jsonld import Row, always, node, number, said
from sitegen.formats.schemaorg.parts import (
    CREATIVE_WORK,
    THING,
    alignments,
    competencies,
    credits,
    levels,
    others,
    provider,
    reference,
    typed,
)

_COURSE_MODE = {"online": "Online", "onsite": "Onsite", "blended": "Blended", "workplace": "Onsite"}
_ATTENDANCE = {"Online": "Online", "Onsite": "Offline", "Blended": "Mixed"}


@dataclass(frozen=True, slots=True)
class Run:
    """One offering together with its course, from which it takes what it does not say itself."""

    course: Any
    offering: Any

    @property
    def zone(self) -> str | None:
        """The zone that the offering names for its times."""
        zone: str | None = self.offering.timezone
        return zone

    @property
    def modes(self) -> list[str]:
        """How one takes part, in the words that Google documented for courseMode, each once."""
        chosen = (self.offering.mode,) if self.offering.mode else self.course.mode
        return list(dict.fromkeys(_COURSE_MODE[mode] for mode in chosen))


def offers(price: Any, **terms: Any) -> list[dict[str, Any]]:
    """Return an Offer for the full price and one for each concession, with ``terms`` on every one."""
    if price is None:
        return []
    amounts = [(price.amount, price.note, None), *((c.amount, None, c.name) for c in price.concession)]
    return [
        typed(
            "Offer",
            name=name,
            category="Paid" if amount else "Free",
            price=number(amount),
            priceCurrency=price.currency,
            description=note,
            **terms,
        )
        for amount, note, name in amounts
    ]


def _instances(course: Any, site: Site) -> list[dict[str, Any]]:
    return [node(COURSE_INSTANCE, Run(course, offering), site) for offering in upcoming(course, site.today)]


def _instance_id(run: Run, site: Site) -> str | None:
    page = site.url(run.course.key)
    # The row of the table of dates has this id; those of the theme begin with s-.
    return f"{page}#s-run-{run.offering.id}" if page and run.offering.id else None


def _date(value: date | datetime | None, run: Run, site: Site) -> str | None:
    """A day as it is; a local time with the offset from UTC that its zone has on that day."""
    if isinstance(value, datetime):
        return moment(value, run.zone or site.config.timezone).isoformat()
    return value.isoformat() if value else None


def _attendance(run: Run, _: Site) -> str | None:
    if len(run.modes) != 1:
        return None
    return f"https://schema.org/{_ATTENDANCE[run.modes[0]]}EventAttendanceMode"


def _status(run: Run, _: Site) -> str:
    return f"https://schema.org/Event{'Cancelled' if run.offering.status == 'cancelled' else 'Scheduled'}"


def _schedule(run: Run, site: Site) -> dict[str, Any] | None:
    if not run.offering.schedule:
        return None
    return typed("Schedule", description=run.offering.schedule, scheduleTimezone=run.zone or site.config.timezone)


def _location(run: Run, _: Site) -> dict[str, Any] | None:
    place = run.offering.location
    return typed("Place", name=place.name, address=place.address, url=place.url) if place else None


def _availability(offering: Any, today: date) -> str | None:
    """Whether one can enrol today, where the record tells."""
    if offering.status == "full" or offering.placesLeft == 0:
        return "https://schema.org/SoldOut"
    early = offering.enrolmentStart and today < offering.enrolmentStart
    late = offering.enrolmentEnd and today > offering.enrolmentEnd
    return None if early or late or offering.status == "cancelled" else "https://schema.org/InStock"


def _run_offers(run: Run, site: Site) -> list[dict[str, Any]]:
    offering = run.offering
    return offers(
        offering.price or run.course.price,
        url=offering.enrolUrl,
        validFrom=offering.enrolmentStart and offering.enrolmentStart.isoformat(),
        validThrough=offering.enrolmentEnd and offering.enrolmentEnd.isoformat(),
        availability=_availability(offering, site.today),
    )


def _iso(duration: Any) -> str | None:
    return duration.iso if duration else None


def _awarded(course: Any, site: Site) -> list[Any]:
    """Badges by reference, badges of other sites by address, certificates in words."""
    own = {f"badge:{badge.slug}": badge for badge in site.catalogue.named("badge", course.awards)}
    badges = [
        reference("EducationalOccupationalCredential", own[key], site) if (key := f"badge:{award}") in own else award
        for award in course.awards
    ]
    papers = [
        typed(
            "EducationalOccupationalCredential",
            name=paper.name,
            description=paper.description,
            credentialCategory=paper.kind,
        )
        for paper in course.certificate
    ]
    return [*badges, *papers]


def _prerequisites(course: Any, site: Site) -> list[Any]:
    own = {before.slug: before for before in site.catalogue.named("course", course.coursePrerequisites)}
    courses = [reference("Course", own[i], site) if i in own else i for i in course.coursePrerequisites]
    entry = course.entryRequirement
    return [*courses, *([entry] if entry and entry.strip(" .").casefold() != "none" else [])]


def _syllabus(course: Any, _: Site) -> list[dict[str, Any]]:
    return [
        typed("Syllabus", name=part.name, description=part.description, timeRequired=_iso(part.volumeOfLearning))
        for part in course.syllabus
    ]


COURSE_INSTANCE: tuple[Row[Run], ...] = (
    ("@type", always("CourseInstance")),
    ("@id", _instance_id),
    ("name", lambda run, _: run.offering.name or run.course.name),
    ("url", lambda run, site: site.url(run.course.key)),
    ("startDate", lambda run, site: _date(run.offering.startDate, run, site)),
    ("endDate", lambda run, site: _date(run.offering.endDate, run, site)),
    ("duration", lambda run, _: _iso(run.course.duration)),
    ("courseMode", lambda run, _: run.modes),
    ("courseSchedule", _schedule),
    ("courseWorkload", lambda run, _: _iso(run.course.volumeOfLearning)),
    ("eventAttendanceMode", _attendance),
    ("eventStatus", _status),
    ("location", _location),
    ("inLanguage", lambda run, _: run.offering.inLanguage or run.course.language),
    ("organizer", lambda run, site: provider(run.course, site)),
    ("maximumAttendeeCapacity", lambda run, _: run.offering.capacity),
    ("remainingAttendeeCapacity", lambda run, _: run.offering.placesLeft),
    ("offers", _run_offers),
)

COURSE: tuple[Row[Any], ...] = (
    ("@type", always("Course")),
    *THING,
    ("courseCode", said("courseCode")),
    ("provider", provider),
    ("contributor", lambda course, _: others(course.developedWith)),
    ("educationalCredentialAwarded", _awarded),
    ("teaches", competencies),
    ("educationalAlignment", alignments),
    ("educationalLevel", levels),
    ("numberOfCredits", lambda course, _: credits(course.creditPoint)),
    ("timeRequired", lambda course, _: _iso(course.volumeOfLearning)),
    ("coursePrerequisites", _prerequisites),
    ("syllabusSections", _syllabus),
    ("audience", lambda course, _: [typed("Audience", audienceType=who) for who in course.audience]),
    ("accessibilitySummary", said("accessibility")),
    ("isAccessibleForFree", lambda course, _: course.price.is_free if course.price else None),
    ("financialAidEligible", lambda course, _: course.price.financialAid if course.price else None),
    ("offers", lambda course, _: offers(course.price)),
    ("hasCourseInstance", _instances),
    *CREATIVE_WORK,
)
