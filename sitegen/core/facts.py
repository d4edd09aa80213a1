"""Facts that pages and files both state, worked out once from the same records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.core.catalogue import Catalogue, Records


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the six questions that a badge must answer.

    ``question`` is one of represents, earned, issuer, evidence, validity, holder. ``stated_by`` says
    whether the catalogue answers it for every holder, or the assertion for one of them, or both.
    """

    question: str
    text: str
    stated_by: str


def six_answers(badge: Any, catalogue: Catalogue) -> tuple[Answer, ...]:
    """Answer what a badge stands for, how it is earned, who issues it, with what evidence, when, and to whom.

    The words are the author's own; ``text`` is empty where only the assertion can tell.
    """
    issuer = catalogue.get(f"issuer:{badge.issuer}")
    how = [item.name for item in badge.requirement if not item.optional] or [item.name for item in badge.assessment]
    return (
        Answer("represents", badge.description, "catalogue"),
        Answer("earned", "; ".join(how), "catalogue"),
        Answer("issuer", issuer.name if issuer else "", "both"),
        Answer("evidence", "; ".join(item.name for item in badge.evidence), "both" if badge.evidence else "assertion"),
        Answer("validity", badge.validFor.iso if badge.validFor else "", "both"),
        Answer("holder", "", "assertion"),
    )


def upcoming(course: Any, today: date) -> tuple[Any, ...]:
    """Return the offerings one can still look forward to: by start, those without a date last, past ones left out."""
    if not course.offerings:
        return ()
    kept = [o for o in course.offerings if (last := o.ends_on) is None or last >= today]
    if len(kept) < 2:
        return tuple(kept)
    return tuple(sorted(kept, key=_start))


def _start(offering: Any) -> tuple[bool, date, str, str]:
    day = offering.starts_on
    return day is None, day or date.max, offering.id or "", offering.name or ""


def next_offering(course: Any, today: date) -> Any:
    """Return the first offering ahead that takes people, else one with no fixed start, else None."""
    return first_open(upcoming(course, today), today)


def first_open(ahead: Iterable[Any], today: date) -> Any:
    """Return the next offering of those that :func:`upcoming` gives."""
    any_time = None
    for offering in ahead:
        if offering.status == "open" and offering.placesLeft != 0:
            starts = offering.starts_on
            if starts is None:
                any_time = any_time or offering
            elif starts >= today:
                return offering
    return any_time


def moment(value: date | datetime, zone: str) -> datetime:
    """Give a day or local time its zone: a day begins at midnight there."""
    local = value if isinstance(value, datetime) else datetime.combine(value, time())
    return local if local.tzinfo else local.replace(tzinfo=ZoneInfo(zone))


def skills_of(record: Any, catalogue: Catalogue) -> tuple[Any, ...]:
    """Return the skills of a badge or course: its own and those of its learning outcomes, each once, in order."""
    ids = record.skill
    if record.learningOutcome:
        ids = dict.fromkeys([*ids, *(skill for outcome in record.learningOutcome for skill in outcome.skill)])
    elif len(ids) > 1:
        ids = dict.fromkeys(ids)
    return catalogue.named("skill", ids) if ids else ()


def certifying(skill: str, catalogue: Catalogue) -> Records:
    """Return the badges in the catalogue that certify a skill, which is given by its key."""
    return catalogue.showing(skill, "badge", "skill", "learningOutcome")


def teaching(skill: str, catalogue: Catalogue) -> Records:
    """Return the courses in the catalogue that teach a skill, which is given by its key."""
    return catalogue.showing(skill, "course", "skill", "learningOutcome")


def coverage(skill: str, catalogue: Catalogue) -> tuple[int, int]:
    """Return how many badges certify a skill and how many courses teach it."""
    return len(certifying(skill, catalogue)), len(teaching(skill, catalogue))


def editions(badge: Any, catalogue: Catalogue) -> tuple[Any, ...]:
    """Return every edition of a badge, oldest first, itself among them."""
    first, seen = badge, {badge.key}
    while first.supersedes and (older := catalogue.get(f"badge:{first.supersedes}")) and older.key not in seen:
        first = older
        seen.add(older.key)
    chain = [first]
    while (newer := catalogue.newer(chain[-1].key)) and newer not in chain:
        chain.append(newer)
    return tuple(chain)


def newest(keys: Iterable[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the keys of records by the day they were published, or else changed, the last first.

    Those without a day are left out.
    """
    dates = catalogue.dates()
    days = {key: said.published or said.modified for key in sorted(keys) if (said := dates.get(key))}
    return tuple(sorted(days, key=lambda key: days[key], reverse=True))
