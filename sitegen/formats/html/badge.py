"""The page of a badge: what an employer sees who follows a link on a CV."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sitegen.core import i18n
from sitegen.core.facts import editions
from sitegen.formats.captions import caption
from sitegen.formats.html.answers import AnswerLine, answers
from sitegen.formats.html.cards import Row, course_row
from sitegen.formats.html.frame import address_lines, logo
from sitegen.formats.html.kindwords import badge_kind, evidence_kind
from sitegen.formats.html.line import Station, short_line
from sitegen.formats.html.scope import (
    Fact,
    Link,
    Meter,
    Plate,
    Scope,
    body,
    href,
    lang,
    mark,
    meters,
    outside,
    plate,
)
from sitegen.formats.html.starts import mode
from sitegen.formats.html.trust import (
    Outcome,
    RubricTable,
    SkillLine,
    Task,
    Transfer,
    Voice,
    credit_text,
    level_facts,
    outcomes,
    rubrics,
    skill_lines,
    standing,
    tasks,
    transfers,
    voices,
)


@dataclass(frozen=True, slots=True)
class IssuerLabel:
    """Who issues a badge, with what a reader needs to believe it."""

    name: str
    href: str
    mark: str
    logo: Plate | None
    standing: str
    since: str
    email: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing to do for the badge."""

    name: str
    description: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence that is handed in or kept."""

    name: str
    kind: str
    description: str
    public: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A pathway that the badge is part of, as a short line with the badge marked."""

    name: str
    href: str
    css: str
    stations: tuple[Station, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """How to check one person's badge."""

    service: str
    url: str
    how: str
    email: str
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a badge."""

    name: str
    href: str
    version: str
    when: str
    now: bool
    retired: bool


@dataclass(frozen=True, slots=True)
class Address:
    """A permanent address, to copy into a badge platform. ``href`` leads there within the site."""

    label: str
    url: str
    href: str


@dataclass(frozen=True, slots=True)
class BadgeView:
    """Everything on the page of a badge.

    ``ends`` are the pathways that end in it, ``ways`` the others that it is part of.
    """

    key: str
    name: str
    lang: str
    description: str
    kind: str
    meter: Meter | None
    plate: Plate
    label: str
    issuer: IssuerLabel
    answers: tuple[AnswerLine, ...]
    facts: tuple[Fact, ...]
    outcomes: tuple[Outcome, ...]
    requirements: tuple[Requirement, ...]
    needed: str
    prerequisites: tuple[Link, ...]
    criteria: str
    evidence: tuple[Evidence, ...]
    tasks: tuple[Task, ...]
    rubrics: tuple[RubricTable, ...]
    skills: tuple[SkillLine, ...]
    courses: tuple[Row, ...]
    ways: tuple[Way, ...]
    ends: tuple[Way, ...]
    stacks: tuple[Link, ...]
    transfers: tuple[Transfer, ...]
    voices: tuple[Voice, ...]
    check: Check
    valid: str
    renewal: Link | None
    prior: Link | None
    occupations: tuple[str, ...]
    standing: tuple[Fact, ...]
    editions: tuple[Edition, ...]
    addresses: tuple[Address, ...]


def view(scope: Scope, badge: Any) -> BadgeView:
    """Return what the page of a badge says."""
    catalogue = scope.site.catalogue
    key = badge.key
    levels, lines, chain = meters(scope, badge), catalogue.pathways_of(key), editions(badge, catalogue)
    issuer: Any = catalogue.get(f"issuer:{badge.issuer}")
    courses = catalogue.showing(key, "course", "awards").keys
    return BadgeView(
        key=key,
        name=badge.name,
        lang=lang(scope, badge),
        description=badge.description,
        kind=badge_kind(scope, badge),
        meter=levels[0] if levels else None,
        plate=plate(scope, badge, caption(badge, scope.site)),
        label=_label(scope, badge),
        issuer=_issuer(scope, issuer, chain),
        answers=answers(scope, badge),
        facts=_facts(scope, badge),
        outcomes=outcomes(scope, badge),
        requirements=tuple(Requirement(r.name, r.description or "", r.optional) for r in badge.requirement),
        needed=_needed(scope, badge),
        prerequisites=tuple(outside(scope, "badge", reference) for reference in badge.prerequisite),
        criteria=body(scope, badge, 3),
        evidence=tuple(
            Evidence(e.name, evidence_kind(scope, e.type), e.description or "", e.public) for e in badge.evidence
        ),
        tasks=tasks(scope, badge),
        rubrics=rubrics(badge),
        skills=skill_lines(scope, badge),
        courses=tuple(course_row(scope, key) for key in courses),
        ways=tuple(way(scope, pathway, (key,)) for pathway in lines if not _ends_in(pathway, badge)),
        ends=tuple(way(scope, pathway, (key,)) for pathway in lines if _ends_in(pathway, badge)),
        stacks=_stacks(scope, badge, lines),
        transfers=transfers(scope, badge.creditTransfer),
        voices=voices(scope, badge),
        check=_check(issuer),
        valid=i18n.duration(scope.words, badge.validFor) if badge.validFor else "",
        renewal=Link(badge.renewal.description, badge.renewal.url or "") if badge.renewal else None,
        prior=prior_learning(badge),
        occupations=badge.occupation,
        standing=standing(scope, badge),
        editions=_editions(scope, badge, chain),
        addresses=_addresses(scope, badge),
    )


def way(scope: Scope, pathway: Any, here: tuple[str, ...]) -> Way:
    """Return a pathway with the reader's place on it."""
    css = f"t-{pathway.topic or 'none'}"
    return Way(pathway.name, href(scope, pathway.key), css, short_line(scope, pathway, here))


def _ends_in(pathway: Any, badge: Any) -> bool:
    """Whether a badge is where a pathway ends: then it stacks towards nothing on it."""
    return bool(pathway.destination and pathway.destination.badge == badge.slug)


def _issuer(scope: Scope, issuer: Any, chain: tuple[Any, ...]) -> IssuerLabel:
    """Who stands behind a badge, and since when it has been awarded in any edition of the ``chain``."""
    first = issuer.accreditation[0] if issuer.accreditation else None
    days = [one.firstAwarded or one.datePublished for one in chain]
    since = min((day for day in days if day), default=None)
    return IssuerLabel(
        name=issuer.name,
        href=href(scope, issuer.key),
        mark=mark(issuer),
        logo=logo(scope, issuer),
        standing=(first.identifier or first.name) if first else "",
        since=str(since.year) if since else "",
        email=issuer.email,
        address=address_lines(issuer),
    )


def prior_learning(record: Any) -> Link | None:
    """Return how existing skill is recognised, or None where the record does not say that it is."""
    prior = record.recognitionOfPriorLearning
    return Link(prior.howTo or "", prior.url or "") if prior and prior.available else None


def _label(scope: Scope, badge: Any) -> str:
    say = scope.words.say
    edition = say("edition %(version)s", version=badge.version) if badge.version else ""
    year = str(badge.datePublished.year) if badge.datePublished else ""
    return ", ".join(part for part in (badge.humanCode or "", edition, year) if part)


def _facts(scope: Scope, badge: Any) -> tuple[Fact, ...]:
    words, say = scope.words, scope.words.say
    study = i18n.duration(words, badge.volumeOfLearning) if badge.volumeOfLearning else ""
    found = (
        Fact(say("Study time"), study),
        *level_facts(scope, badge),
        Fact(say("Credit"), credit_text(scope, badge)),
        Fact(say("Valid for"), i18n.duration(words, badge.validFor) if badge.validFor else ""),
        Fact(say("How"), mode(scope, badge.mode)),
        Fact(say("Stacking"), _stacking(scope, badge)),
        Fact(say("Field of study"), badge.fieldOfStudy or ""),
        Fact(say("This edition since"), i18n.day(words, badge.firstAwarded) if badge.firstAwarded else ""),
    )
    return tuple(fact for fact in found if fact.value)


def _stacking(scope: Scope, badge: Any) -> str:
    say = scope.words.say
    return {"stand-alone": say("Stands alone"), "stackable": say("Counts towards more"), None: ""}[badge.stackability]


def _needed(scope: Scope, badge: Any) -> str:
    needed = sum(1 for item in badge.requirement if not item.optional)
    if not needed:
        return ""
    if needed == 2:
        return scope.words.say("Both are required.")
    return scope.words.count("One thing, and it is required.", "All %(n)s are required.", needed)


def _stacks(scope: Scope, badge: Any, lines: Iterable[Any]) -> tuple[Link, ...]:
    """What the badge counts towards beside the pathways that are drawn."""
    if not badge.stacksTowards:
        return ()
    shown = {pathway.slug for pathway in lines}
    found = []
    for reference in badge.stacksTowards:
        if reference in shown:
            continue
        kind = "pathway" if scope.site.catalogue.get(f"pathway:{reference}") else "badge"
        found.append(outside(scope, kind, reference))
    return tuple(found)


def _check(issuer: Any) -> Check:
    service = issuer.verification
    return Check(
        service=service.service if service else "",
        url=(service.url or "") if service else "",
        how=(service.howTo or "") if service else "",
        email=issuer.email,
        hosts=issuer.assertionHosts,
    )


def _editions(scope: Scope, badge: Any, chain: tuple[Any, ...]) -> tuple[Edition, ...]:
    if len(chain) < 2:
        return ()
    return tuple(
        Edition(
            name=one.name,
            href=href(scope, one.key),
            version=one.version or str(place),
            when=i18n.day(scope.words, one.datePublished) if one.datePublished else "",
            now=one.key == badge.key,
            retired=one.retired,
        )
        for place, one in reversed(list(enumerate(chain, start=1)))
    )


def _addresses(scope: Scope, badge: Any) -> tuple[Address, ...]:
    site, say, key, issuer = scope.site, scope.words.say, badge.key, f"issuer:{badge.issuer}"
    base_url, base_path = site.config.base_url, site.config.base_path
    rows = (
        (say("Badge class, Open Badges 2.0"), site.route("openbadges2", key)),
        (say("Achievement, Open Badges 3.0"), site.route("openbadges3", key)),
        (say("Criteria"), site.route("html", key)),
        (say("Image"), site.route("images", key, "image")),
        (say("Issuer, Open Badges 2.0"), site.route("openbadges2", issuer)),
        (say("Issuer, Open Badges 3.0"), site.route("openbadges3", issuer)),
    )
    return tuple([Address(label, base_url + route.url, base_path + route.url) for label, route in rows if route])
