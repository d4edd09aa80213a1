"""From heads to a catalogue: references resolved, circles and dead ends found; and one record held to its rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sitegen.core.catalogue import Catalogue
from sitegen.core.circles import circles
from sitegen.core.config import Config
from sitegen.core.diagnostics import Diagnostic, Span, error, warning
from sitegen.core.head import Head, Reference, head_of
from sitegen.core.kind import Kind
from sitegen.core.levels import BUILT_IN
from sitegen.core.model import Record
from sitegen.core.reads import Reads
from sitegen.core.source import KeyPath, Marks
from sitegen.core.stations import check_steps
from sitegen.core.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Absent:
    """Records that exist but cannot be linked to.

    ``drafts`` are the keys of those held back, ``broken`` of those that did not validate, with ``skill:*``
    where a file could not be read that may hold any of that kind. ``salvaged`` is what could be read of
    the broken ones: their references are checked, and nothing refers to them.
    """

    drafts: Collection[str] = field(default_factory=frozenset)
    broken: Collection[str] = field(default_factory=frozenset)
    salvaged: tuple[Record, ...] = ()


Places = Callable[[Head], Marks]
"""Gives the marks of the record that a head is of: they are read again from its file, so only faults ask for them."""


def link(
    heads: Iterable[Head],
    records: Mapping[str, Record],
    places: Places,
    config: Config,
    absent: Absent | None = None,
    reads: Reads | None = None,
) -> tuple[Catalogue, list[Diagnostic]]:
    """Join records into a catalogue by their heads. Faults in one record do not hide those in another.

    ``records`` gives each record by its key when somebody asks for it.
    """
    absent = absent or Absent()
    table, found = _by_key(heads, places)
    backlinks: dict[str, set[tuple[str, str]]] = {}
    for head in table.values():
        for reference in head.references:
            key = _resolve(reference, table)
            if key:
                backlinks.setdefault(key, set()).add((head.key, reference.field))
            else:
                tell = _Unresolved(table, absent, guessing=len(found) < _GUESSED)
                found.extend(tell(reference, places(head)))
    for record in absent.salvaged:
        for reference in head_of(record).references:
            if reference.at[:1] in record.marks.values and not _resolve(reference, table):
                found.extend(_Unresolved(table, absent, guessing=len(found) < _GUESSED)(reference, record.marks))
        found.extend(d for d in _vocabulary(record, config) if d.span and d.span != record.marks.value(()))
    links = {key: tuple(sorted(sources)) for key, sources in sorted(backlinks.items())}
    catalogue = Catalogue(records, links, table, reads)
    found.extend(circles(table, places))
    return catalogue, found


def check(record: Record, catalogue: Catalogue, config: Config, kinds: Mapping[str, Kind]) -> Iterator[Diagnostic]:
    """Hold a linked record to the rules of its kind and to the vocabularies of the site."""
    yield from _vocabulary(record, config)
    if record.kind == "pathway":
        yield from check_steps(record, catalogue)
    kind = kinds.get(record.kind)
    if kind:
        yield from kind.check(record, catalogue)


def _by_key(heads: Iterable[Head], places: Places) -> tuple[dict[str, Head], list[Diagnostic]]:
    table: dict[str, Head] = {}
    found = []
    for head in sorted(heads, key=lambda h: (h.key, h.path)):
        first = table.setdefault(head.key, head)
        if first is not head:
            found.append(
                error(
                    "duplicate-id",
                    f"two {head.kind} records have the id '{head.slug}'; the other is in {first.path}",
                    places(head).values.get(("id",)) or Span(head.path),
                    "give one of them another id, or delete it",
                )
            )
    return table, found


def _resolve(reference: Reference, table: Mapping[str, Head]) -> str | None:
    text = reference.text
    if reference.external and "://" in text:
        return text
    for kind in reference.kinds:
        key = f"{kind}:{text}"
        if key in table:
            return key
    return None


_GUESSED = 500
"""Faults after which no more names are compared: with thousands, one cause is behind them all."""


@dataclass(frozen=True, slots=True)
class _Unresolved:
    """Tells of references that lead nowhere; ``guessing`` says whether to look for the name that was meant."""

    table: Mapping[str, Head]
    absent: Absent
    guessing: bool

    def __call__(self, reference: Reference, marks: Marks) -> Iterator[Diagnostic]:
        text, kinds = reference.text, reference.kinds
        what = " or ".join(kinds)
        one = f"an {what}" if what[0] in "aeiou" else f"a {what}"
        keys = [f"{kind}:{text}" for kind in kinds]
        span = marks.value(reference.at)
        if any(key in self.absent.broken for key in (*keys, *(f"{kind}:*" for kind in kinds))):
            return
        if any(key in self.absent.drafts for key in keys):
            yield error(
                "reference-to-draft",
                f"'{text}' is {one} that is not published yet",
                span,
                "publish it (status: published), or take the reference out; --drafts builds it for a look",
            )
        elif "://" in text:
            yield error(
                "reference-is-a-url",
                f"a web address cannot stand here: this names {one} of this site by its id",
                span,
                "add a file for it under content/, then write its id (the file's name without its ending)",
            )
        else:
            known = [key.partition(":")[2] for key in self.table if key.partition(":")[0] in kinds]
            guess = did_you_mean(text, known) if self.guessing else None
            where = f"content/{kinds[0]}s/" if kinds[0] != "skill" else "a file in content/frameworks/"
            hint = f"did you mean '{guess}'?" if guess else f"add it to {where}, or correct the id"
            yield error("unknown-reference", f"there is no {what} '{text}'", span, hint)


def _vocabulary(record: Any, config: Config) -> Iterator[Diagnostic]:
    if record.topic and not config.topic(record.topic):
        guess = did_you_mean(record.topic, [topic.id for topic in config.topics])
        yield error(
            "unknown-topic",
            f"there is no topic '{record.topic}'",
            record.span("topic"),
            f"did you mean '{guess}'?" if guess else "add it under topics: in sitegen.yaml",
        )
    frameworks = {f.id: f for f in (*BUILT_IN, *config.level_frameworks)}
    for at, level in _levels(record):
        framework = frameworks.get(level.framework)
        if framework is None:
            guess = did_you_mean(level.framework, frameworks)
            yield error(
                "unknown-level-framework",
                f"there is no levels framework '{level.framework}'",
                record.span(*at),
                f"did you mean '{guess}'?" if guess else "add it under level_frameworks: in sitegen.yaml",
            )
        elif framework.place(level.level) is None:
            yield error(
                "unknown-level",
                f"{level.framework} has no level '{level.level}'",
                record.span(*at),
                f"its levels are {', '.join(framework.levels)}",
            )
    yield from _indicative_hours(record, config)


def _levels(record: Any) -> Iterator[tuple[KeyPath, Any]]:
    for index, level in enumerate(getattr(record, "level", ())):
        yield ("level", index), level
    creds = getattr(record, "openCreds", None)
    for index, level in enumerate(creds.alignedLevel if creds else ()):
        yield ("openCreds", "alignedLevel", index), level
    destination = getattr(record, "destination", None)
    if destination and destination.qualification:
        for index, level in enumerate(destination.qualification.level):
            yield ("destination", "qualification", "level", index), level


def _indicative_hours(record: Any, config: Config) -> Iterator[Diagnostic]:
    creds = getattr(record, "openCreds", None)
    if not (creds and creds.indicativeHours):
        return
    at = ("openCreds", "indicativeHours")
    if not config.indicative_hours_levels:
        yield error(
            "no-hours-levels",
            "indicativeHours needs the seven hour levels that this site uses",
            record.span(*at),
            "list them under indicative_hours_levels: in sitegen.yaml, from 2.5 hours to 150 hours",
        )
    elif not 2.5 <= creds.indicativeHours.total_hours <= 150:
        message = "OpenCreds hours lie between 2.5 and 150"
        yield error("hours-out-of-range", message, record.span(*at), "check the number of hours")


def check_starter(record: Record) -> Iterator[Diagnostic]:
    """Warn of a record that still says what ``sitegen new`` wrote."""
    if "x-starter" in record.extra:
        yield warning(
            "starter-text",
            f"'{record.name}' still has the text of a starter, which would be published",
            record.marks.key(("x-starter",)),
            "replace what the starter says with your own, then delete this line",
        )


def check_review(record: Record, today: Any) -> Iterator[Diagnostic]:
    """Warn of a record whose review is overdue on the day of the build."""
    if record.reviewDate and record.reviewDate < today and not record.retired:
        yield warning(
            "review-overdue",
            f"'{record.name}' was due for review on {record.reviewDate}",
            record.span("reviewDate"),
            "review it and set the next reviewDate",
        )


CODES: dict[str, tuple[str, str]] = {
    "duplicate-id": (
        "Two records of a kind have the same id",
        "An id is part of an address, and an address is one thing. Rename one of the files or give it another id.",
    ),
    "unknown-reference": (
        "A reference to something that is not there",
        "References are ids of other files (the file name without its ending). The hint names the nearest one.",
    ),
    "reference-to-draft": (
        "A published record refers to one that is not published",
        "Readers would meet a dead link. Publish the other record, or take the reference out.",
    ),
    "reference-is-a-url": (
        "A web address where an id of this site is needed",
        "An issuer, for instance, must be one that this site hosts, or its badges would not verify.",
    ),
    "unknown-topic": ("A topic that sitegen.yaml does not list", "Add it there, or correct the id."),
    "unknown-level-framework": (
        "A levels framework that is neither built in nor set up",
        "Built in: AQF, EQF, SCQF, NZQCF, RQF, CQFW, NFQ, NLQF, DQR, CEFR. Others go under level_frameworks:.",
    ),
    "unknown-level": ("A step that the levels framework does not have", "The hint lists the steps it has."),
    "no-hours-levels": (
        "OpenCreds hours without the seven levels",
        "OpenCreds rounds indicative hours to one of seven levels between 2.5 and 150 hours. Which seven your "
        "organisation uses is for it to say, under indicative_hours_levels: in sitegen.yaml.",
    ),
    "hours-out-of-range": (
        "OpenCreds hours outside 2.5 to 150",
        "A shorter or longer course has no OpenCreds level. Correct the hours or leave indicativeHours out.",
    ),
    "starter-text": (
        "A record that sitegen new started and nobody has finished",
        "Its hours, price and text are only examples. Replace them, then delete the x-starter line.",
    ),
    "review-overdue": (
        "A record is past its review date",
        "Somebody promised to look at it again by that day. Review it and set the next reviewDate.",
    ),
}
