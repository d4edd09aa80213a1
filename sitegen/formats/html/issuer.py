"""The page of an issuer: who they are, what stands behind them, and all that they award."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.core import i18n
from sitegen.core.catalogue import Catalogue
from sitegen.formats.html.badge import Address
from sitegen.formats.html.cards import Line, Row, Tile, course_row, line, tile
from sitegen.formats.html.frame import address_lines, logo
from sitegen.formats.html.scope import Fact, Link, Plate, Scope, body, lang, mark


@dataclass(frozen=True, slots=True)
class Body:
    """A licence, a standard or another organisation, with what is known of it."""

    name: str
    href: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class IssuerView:
    """Everything on the page of an issuer. ``awards`` is whether it has any badge, in the catalogue or retired."""

    key: str
    name: str
    lang: str
    description: str
    mark: str
    logo: Plate | None
    body: str
    facts: tuple[Fact, ...]
    address: tuple[str, ...]
    email: str
    accreditation: tuple[Body, ...]
    quality: tuple[Body, ...]
    partners: tuple[Body, ...]
    service: str
    verify: Link | None
    how: str
    hosts: tuple[str, ...]
    awards: bool
    badges: tuple[Tile, ...]
    courses: tuple[Row, ...]
    pathways: tuple[Line, ...]
    addresses: tuple[Address, ...]


def view(scope: Scope, issuer: Any) -> IssuerView:
    """Return what the page of an issuer says."""
    catalogue, check, say = scope.site.catalogue, issuer.verification, scope.words.say
    offers, awards = catalogue.showing, _awards(catalogue, issuer)
    return IssuerView(
        key=issuer.key,
        name=issuer.name,
        lang=lang(scope, issuer),
        description=issuer.description,
        mark=mark(issuer),
        logo=logo(scope, issuer),
        body=body(scope, issuer, 2),
        facts=_facts(scope, issuer, awards),
        address=address_lines(issuer),
        email=issuer.email,
        accreditation=tuple(_accreditation(scope, one) for one in issuer.accreditation),
        quality=tuple(Body(q.name, q.url or "", q.description or "", q.agency or "") for q in issuer.qualityAssurance),
        partners=tuple(Body(p.name, p.url or "", p.description or "", "") for p in issuer.partner),
        service=check.service if check else "",
        verify=Link(say("Check a badge"), check.url) if check and check.url else None,
        how=(check.howTo or "") if check else "",
        hosts=issuer.assertionHosts,
        awards=awards,
        badges=tuple(tile(scope, key) for key in offers(issuer.key, "badge", "issuer").keys),
        courses=tuple(course_row(scope, key) for key in offers(issuer.key, "course", "provider").keys),
        pathways=tuple(line(scope, key) for key in offers(issuer.key, "pathway", "provider").keys),
        addresses=_addresses(scope, issuer, awards),
    )


def _awards(catalogue: Catalogue, issuer: Any) -> bool:
    """Whether any badge is this issuer's, in the catalogue or not."""
    return len(catalogue.referring(issuer.key, "badge", "issuer")) > 0


def _accreditation(scope: Scope, one: Any) -> Body:
    words = scope.words
    until = words.say("until %(day)s", day=i18n.day(words, one.validUntil)) if one.validUntil else ""
    given = words.say("given by %(agent)s", agent=one.accreditingAgent) if one.accreditingAgent else ""
    note = ", ".join(part for part in (one.identifier or "", given, until) if part)
    return Body(one.name, one.url or "", one.description or "", note)


def _facts(scope: Scope, issuer: Any, awards: bool) -> tuple[Fact, ...]:
    words, say = scope.words, scope.words.say
    parent = issuer.parentOrganization
    country = words.country(issuer.address.addressCountry) if issuer.address else ""
    found = (
        Fact(say("Registered name"), issuer.legalName or ""),
        Fact(say("Kind of provider"), words.listing(say(category) for category in issuer.providerCategory)),
        Fact(say("Founded"), issuer.foundingDate or ""),
        Fact(say("Part of"), parent.name if parent else "", "", (parent.url or "") if parent else ""),
        Fact(say("Website"), _bare(issuer.url), "", issuer.url),
        Fact(
            say("Ask about badges") if awards else say("Email"),
            issuer.email,
            "",
            f"mailto:{issuer.email}",
        ),
        Fact(say("Telephone"), issuer.telephone or "", "", f"tel:{issuer.telephone}" if issuer.telephone else ""),
        Fact(say("Address"), ", ".join([*address_lines(issuer), *([country] if country else [])])),
        *(Fact(say("Also at"), _bare(url), "", url) for url in issuer.sameAs),
    )
    return tuple(fact for fact in found if fact.value)


def _bare(url: str) -> str:
    return url.split("://", 1)[-1].rstrip("/")


def _addresses(scope: Scope, issuer: Any, awards: bool) -> tuple[Address, ...]:
    site, say = scope.site, scope.words.say
    rows = [
        (say("Issuer, Open Badges 2.0"), "openbadges2", ""),
        (say("Issuer, Open Badges 3.0"), "openbadges3", ""),
    ]
    if awards:
        rows.append((say("All badges as JSON"), "catalogue", "badges"))
    found = [(label, site.url(issuer.key, form, role), site.path(issuer.key, form, role)) for label, form, role in rows]
    return tuple(Address(label, url, path) for label, url, path in found if url and path)
