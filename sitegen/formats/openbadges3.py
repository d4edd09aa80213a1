"""Open Badges 3.0: an Achievement for each badge and a Profile for each issuer, for credentials to be made from.

Terms are those of the Open Badges 3.0 specification, appendix B (data model), and only those that its JSON-LD
context 3.0.3 defines: anything else would be dropped when the document is read as JSON-LD. Whatever may
occur more than once is an array even when it occurs once, since readers of plain JSON rely on it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from sitegen.core.output import Format
from sitegen.core.site import Site
from sitegen.formats.alignments import ROWS as TARGET
from sitegen.formats.alignments import Target, extension, quality_assurance, targets
from sitegen.formats.captions import caption
from sitegen.formats.criteria import criteria
from sitegen.formats.hosted import Document, neighbours, render, routes
from sitegen.formats.jsonld import Row, address, always, node, number, said

NAME = "openbadges3"
CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)

BADGE_CLASS = "https://w3id.org/openbadges#BadgeClass"
EDITION_2 = "Open Badges v2p0"

IDENTIFIER_TYPES = frozenset(
    {
        "name",
        "sourcedId",
        "systemId",
        "productId",
        "userName",
        "accountId",
        "emailAddress",
        "nationalIdentityNumber",
        "isbn",
        "issn",
        "lisSourcedId",
        "oneRosterSourcedId",
        "sisSourcedId",
        "ltiContextId",
        "ltiDeploymentId",
        "ltiToolId",
        "ltiPlatformId",
        "ltiUserId",
        "identifier",
    }
)
"""The enumeration IdentifierTypeEnum; another register is named with ``ext:``."""


def image(record: Any, site: Site) -> dict[str, str] | None:
    """Return the picture (class Image, which may have ``id``, ``type`` and ``caption`` and nothing else)."""
    url = site.url(record.key, "images", "image")
    return {"id": url, "type": "Image", "caption": caption(record, site)} if url else None


def _alignments(badge: Any, site: Site) -> list[dict[str, Any]]:
    return [node(ALIGNMENT, target, site) for target in (*targets(badge, site), *quality_assurance(badge))]


def _credits(badge: Any, _: Site) -> int | float | None:
    """The credit that the badge is worth. There is one number here, so two credit systems give none."""
    return number(badge.creditPoint[0].point) if len(badge.creditPoint) == 1 else None


def _results(badge: Any, site: Site) -> list[dict[str, Any]]:
    """A ResultDescription for each line of each rubric: the levels one can be given, and the one that is needed."""
    achievement = site.url(badge.key, NAME)
    return [
        _result(f"{achievement}#assessment-{task}-criterion-{line}", assessment, criterion)
        for task, assessment in enumerate(badge.assessment, start=1)
        if assessment.rubric
        for line, criterion in enumerate(assessment.rubric.criterion, start=1)
    ]


def _result(result: str, assessment: Any, criterion: Any) -> dict[str, Any]:
    levels = assessment.rubric.level
    return {
        "id": result,
        "type": ["ResultDescription"],
        "name": f"{assessment.name}: {criterion.name}",
        "resultType": "RubricCriterionLevel",
        "requiredLevel": f"{result}-level-{levels.index(assessment.rubric.passLevel) + 1}",
        "rubricCriterionLevel": [
            {
                "id": f"{result}-level-{place}",
                "type": ["RubricCriterionLevel"],
                "name": level,
                "level": level,
                "description": description,
            }
            for place, (level, description) in enumerate(zip(levels, criterion.level, strict=True), start=1)
        ],
    }


def _editions(badge: Any, site: Site) -> list[dict[str, Any]]:
    """The editions just before and just after this one, each an Achievement of its own."""
    return [
        {
            "type": ["Related"],
            "id": url,
            "inLanguage": edition.language,
            **({"version": edition.version} if edition.version else {}),
        }
        for edition in neighbours(badge, site)
        if (url := site.url(edition.key, NAME))
    ]


def _of_edition_2(badge: Any, site: Site) -> list[dict[str, Any]]:
    """The same badge in Open Badges 2.0."""
    url = site.url(badge.key, "openbadges2")
    return [{"type": ["Related", BADGE_CLASS], "id": url, "version": EDITION_2}] if url else []


def _identifiers(record: Any, _: Site) -> list[dict[str, str]]:
    return [_identifier(other.identifier, other.identifierType) for other in record.otherIdentifier]


def _identifier(identifier: str, register: str) -> dict[str, str]:
    known = register if register in IDENTIFIER_TYPES else extension(register)
    return {"type": "IdentifierEntry", "identifier": identifier, "identifierType": known}


def _in_edition_2(issuer: Any, site: Site) -> list[dict[str, str]]:
    """The id of the same issuer in Open Badges 2.0; class Profile has no ``related``."""
    url = site.url(issuer.key, "openbadges2")
    return [_identifier(url, "identifier")] if url else []


def _parent(issuer: Any, _: Site) -> dict[str, Any] | None:
    """What the issuer belongs to. A Profile must have an id, so a parent without an address is left out."""
    parent = issuer.parentOrganization
    if not (parent and parent.url):
        return None
    described = {"description": parent.description} if parent.description else {}
    return {"id": parent.url, "type": ["Profile"], "name": parent.name, "url": parent.url, **described}


ALIGNMENT: tuple[Row[Target], ...] = (
    ("type", always(["Alignment"])),
    *TARGET,
    ("targetType", said("type")),
)

ADDRESS: tuple[Row[Any], ...] = (
    ("type", always(["Address"])),
    ("streetAddress", said("streetAddress")),
    ("addressLocality", said("addressLocality")),
    ("addressRegion", said("addressRegion")),
    ("postalCode", said("postalCode")),
    ("addressCountryCode", said("addressCountry")),
)

CREATOR: tuple[Row[Any], ...] = (
    ("id", address(NAME)),
    ("type", always(["Profile"])),
    ("name", said("name")),
    ("url", said("url")),
    ("email", said("email")),
    ("phone", said("telephone")),
    ("description", said("description")),
    ("image", image),
)
"""Who made an Achievement: enough to show it without another request."""

PROFILE: tuple[Row[Any], ...] = (
    ("@context", always(list(CONTEXT))),
    *CREATOR,
    ("address", lambda issuer, site: node(ADDRESS, issuer.address, site) if issuer.address else None),
    ("parentOrg", _parent),
    ("otherIdentifier", lambda issuer, site: [*_in_edition_2(issuer, site), *_identifiers(issuer, site)]),
)

ACHIEVEMENT: tuple[Row[Any], ...] = (
    ("@context", always(list(CONTEXT))),
    ("id", address(NAME)),
    ("type", always(["Achievement"])),
    ("name", said("name")),
    ("description", said("description")),
    ("inLanguage", said("language")),
    ("version", said("version")),
    ("achievementType", said("achievementType")),
    ("humanCode", said("humanCode")),
    ("fieldOfStudy", said("fieldOfStudy")),
    ("creditsAvailable", _credits),
    ("image", image),
    ("criteria", criteria),
    ("creator", lambda badge, site: node(CREATOR, site.catalogue.records[f"issuer:{badge.issuer}"], site)),
    ("tag", said("tag")),
    ("alignment", _alignments),
    ("resultDescription", _results),
    ("related", lambda badge, site: [*_editions(badge, site), *_of_edition_2(badge, site)]),
    ("otherIdentifier", _identifiers),
)

_DOCUMENTS = {
    "badge": Document(ACHIEVEMENT, "/badges/{}/achievement.json"),
    "issuer": Document(PROFILE, "/issuers/{}/profile.json"),
}

FORMAT = Format(
    name=NAME,
    summary="Open Badges 3.0: a hosted Achievement for each badge and a Profile for each issuer.",
    routes=partial(routes, NAME, _DOCUMENTS),
    render=partial(render, _DOCUMENTS),
)
