"""Catalogue: every published record in one JSON file, with its schema, and a list of badges for each issuer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sitegen.core.output import Format, Rendered, Route
from sitegen.core.site import Site, kept
from sitegen.formats.catalogue.records import in_public, plain
from sitegen.formats.catalogue.schema import KINDS, schema
from sitegen.formats.criteria import criteria
from sitegen.formats.jsonld import dump, is_empty, joined, written

NAME = "catalogue"
CATALOGUE = "catalogue"


def routes(site: Site) -> Iterable[Route]:
    """Plan the catalogue, its schema, and the badges of each issuer."""
    yield Route("/catalogue.json", NAME, CATALOGUE, "application/json")
    yield Route("/catalogue.schema.json", NAME, CATALOGUE, "application/schema+json", role="schema")
    for issuer in site.catalogue.entries("issuer"):
        yield Route(
            f"/issuers/{issuer.slug}/badges.json",
            NAME,
            issuer.key,
            "application/json",
            role="badges",
            listed=issuer.listed,
        )


def render(route: Route, site: Site) -> Rendered:
    """Write the file that the route names."""
    if route.role == "badges":
        return _badges(site.catalogue.records[route.subject], site), ()
    if route.role == "schema":
        return dump(schema(site.url(CATALOGUE, NAME, "schema"), site.url(CATALOGUE, NAME))), ()
    return _catalogue(site), ()


def _catalogue(site: Site) -> bytes:
    config = site.config
    head = _said(
        {
            "$schema": site.url(CATALOGUE, NAME, "schema"),
            "name": config.name,
            "description": config.description,
            "url": site.url("home") or f"{config.base_url}/",
            "language": config.language,
        }
    )
    lists = {
        name: (text for key in site.catalogue.of(model.KIND).keys if (text := _texts(site, key)[0]))
        for name, model in KINDS.items()
    }
    topics = written([_topic(topic, site) for topic in config.topics], 1)
    return joined([*((name, written(value, 1)) for name, value in head.items()), *lists.items(), ("topics", topics)])


@kept
def entry(site: Site, key: str) -> str:
    """Return a record as it stands in the catalogue, two levels deep, and a badge as it stands in its issuer's list.

    Nothing when the public may not see it. The two are parted by a character that JSON never has as it is.
    """
    kind = key.partition(":")[0]
    if kind not in _IN_LISTS:
        return ""
    record = site.catalogue.one(key)
    if not in_public(record):
        return ""
    text = written(plain(record, site, site.routes_of(key)), 2)
    return f"{text}{_PARTED}{written(_badge(record, site), 2)}" if kind == "badge" else text


_PARTED = "\0"


def _texts(site: Site, key: str) -> tuple[str, str]:
    """Return a record as it stands in the catalogue, and as it stands in the list of its issuer."""
    text, _, own = site.once(entry, key).partition(_PARTED)
    return text, own


_IN_LISTS = frozenset(model.KIND for model in KINDS.values())


def _topic(topic: Any, site: Site) -> dict[str, Any]:
    return _said(
        {
            "id": topic.id,
            "page": site.url(f"topic:{topic.id}"),
            "name": topic.name,
            "description": topic.description,
            "letter": topic.sign,
            "hue": topic.hue,
        }
    )


def _badges(issuer: Any, site: Site) -> bytes:
    """An issuer's badges as a learning system needs them to set up awards. Retired ones say so."""
    said = _said(
        {
            "id": site.url(issuer.key, "openbadges2"),
            "profile": site.url(issuer.key, "openbadges3"),
            "name": issuer.name,
            "page": site.url(issuer.key),
        }
    )
    keys = site.catalogue.referring(issuer.key, "badge", "issuer").keys
    badges = (text for key in keys if (text := _texts(site, key)[1]))
    return joined([("issuer", written(said, 1)), ("badges", badges)])


def _badge(badge: Any, site: Site) -> dict[str, Any]:
    return _said(
        {
            "id": site.url(badge.key, "openbadges2"),
            "achievement": site.url(badge.key, "openbadges3"),
            "name": badge.name,
            "description": badge.description,
            "criteria": criteria(badge, site),
            "image": site.url(badge.key, "images", "image"),
            "status": badge.status,
            "version": badge.version,
        }
    )


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not is_empty(value)}


FORMAT = Format(
    name=NAME,
    summary="Every published record as JSON, with its schema, and each issuer's badges.",
    routes=routes,
    render=render,
    parts=entry,
)
