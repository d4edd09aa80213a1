"""Open Badges 2.0: a BadgeClass for each badge and an Issuer for each issuer, hosted for issued badges to point at.

Terms are those of the Open Badges 2.0 specification, sections BadgeClass, Profile, AlignmentObject and
VerificationObject. An ``id`` is the very address of the file that holds it, and that file is JSON and nothing
else: a static host cannot answer a person and a program differently at one address.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from sitegen.core.output import Format
from sitegen.core.site import Site
from sitegen.formats.alignments import ROWS as ALIGNMENT_OBJECT
from sitegen.formats.alignments import targets
from sitegen.formats.captions import caption
from sitegen.formats.criteria import criteria
from sitegen.formats.hosted import Document, neighbours, render, routes
from sitegen.formats.jsonld import Row, address, always, node, said

NAME = "openbadges2"
CONTEXT = "https://w3id.org/openbadges/v2"

ACHIEVEMENT = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"
PROFILE = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile"
EDITION_3 = "Open Badges v3p0"
"""How Open Badges 2.0 and 3.0 files of the same thing name each other (Open Badges 3.0 implementation guide,
migrating): ``related`` with the full type IRI and the edition of the specification as ``version``."""

_HOST_NAME = re.compile(r"(?=.{4,253}$)((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9]\.)+[A-Za-z]{2,63}")


def image(record: Any, site: Site) -> dict[str, str] | None:
    """Return the picture's address, and words for people who cannot see it."""
    url = site.url(record.key, "images", "image")
    return {"type": "schema:ImageObject", "id": url, "caption": caption(record, site)} if url else None


def verification(issuer: Any, site: Site) -> dict[str, Any] | None:
    """Return the hosts whose assertions count as this issuer's: the site's own and its learning systems'.

    Without ``allowedOrigins`` a validator takes only the host of the issuer file, and refuses every badge
    that a learning system hosts. It takes bare host names: no port, no IP address, no name without a dot.
    """
    own = _HOST_NAME.fullmatch(urlsplit(site.config.base_url).netloc)
    hosts = list(dict.fromkeys([*([own[0]] if own else []), *issuer.assertionHosts]))
    return {"type": "VerificationObject", "allowedOrigins": hosts} if hosts else None


def _editions(badge: Any, site: Site) -> list[dict[str, str]]:
    """The editions just before and just after this one, each a BadgeClass of its own."""
    return [
        {"type": "BadgeClass", "id": url, **({"version": edition.version} if edition.version else {})}
        for edition in neighbours(badge, site)
        if (url := site.url(edition.key, NAME))
    ]


def _in_edition_3(record: Any, type_iri: str, site: Site) -> list[dict[str, Any]]:
    url = site.url(record.key, "openbadges3")
    return [{"type": [type_iri], "id": url, "version": EDITION_3}] if url else []


def _alignments(badge: Any, site: Site) -> list[dict[str, Any]]:
    return [node(ALIGNMENT_OBJECT, target, site) for target in targets(badge, site)]


def _endorsements(badge: Any, _: Site) -> list[str]:
    """Endorsements that are hosted somewhere; a sentence alone has no address to point at."""
    return [endorsement.id for endorsement in badge.endorsement if endorsement.id]


BADGE_CLASS: tuple[Row[Any], ...] = (
    ("@context", always(CONTEXT)),
    ("type", always("BadgeClass")),
    ("id", address(NAME)),
    ("@language", said("language")),
    ("version", said("version")),
    ("name", said("name")),
    ("description", said("description")),
    ("image", image),
    ("criteria", criteria),
    ("issuer", lambda badge, site: site.url(f"issuer:{badge.issuer}", NAME)),
    ("tags", said("tag")),
    ("alignment", _alignments),
    ("related", lambda badge, site: [*_editions(badge, site), *_in_edition_3(badge, ACHIEVEMENT, site)]),
    ("endorsement", _endorsements),
)

ISSUER: tuple[Row[Any], ...] = (
    ("@context", always(CONTEXT)),
    ("type", always("Issuer")),
    ("id", address(NAME)),
    ("@language", said("language")),
    ("version", said("version")),
    ("name", said("name")),
    ("description", said("description")),
    ("url", said("url")),
    ("email", said("email")),
    ("telephone", said("telephone")),
    ("image", image),
    ("verification", verification),
    ("related", lambda issuer, site: _in_edition_3(issuer, PROFILE, site)),
)

_DOCUMENTS = {
    "badge": Document(BADGE_CLASS, "/badges/{}/badge.json"),
    "issuer": Document(ISSUER, "/issuers/{}/issuer.json"),
}

FORMAT = Format(
    name=NAME,
    summary="Open Badges 2.0: a hosted BadgeClass for each badge and an Issuer for each issuer.",
    routes=partial(routes, NAME, _DOCUMENTS),
    render=partial(render, _DOCUMENTS),
)
