"""Feeds: new and changed courses, badges and pathways, as Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from sitegen.core.output import Format, Rendered, Route
from sitegen.core.site import Site
from sitegen.formats.jsonld import dump, is_empty

NAME = "feeds"
FEED = "feed"
KINDS = ("course", "badge", "pathway")
MOST = 50
"""Items in a feed: more than any reader has missed, few enough to fetch every hour."""

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
VERSION = "https://jsonfeed.org/version/1.1"

# What XML 1.0 (section 2.2) cannot hold at all, and the control characters that it can but nobody can see.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Author:
    """Who stands behind a feed or an item: an issuer, or the site itself."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One record as both feeds tell it. ``url`` is its page: the permanent address, and so its id."""

    url: str
    title: str
    summary: str
    language: str
    published: date | None
    updated: date
    author: Author
    tags: tuple[str, ...]
    image: str | None


def routes(site: Site) -> Iterable[Route]:
    """Plan both feeds, even for a site with nothing new: people subscribe before there is."""
    del site
    yield Route("/feed.xml", NAME, FEED, "application/atom+xml", role="atom")
    yield Route("/feed.json", NAME, FEED, "application/feed+json", role="json")


def render(route: Route, site: Site) -> Rendered:
    """Write the feed that the route's role names."""
    return (_atom if route.role == "atom" else _json)(items(site), site), ()


def items(site: Site) -> tuple[Item, ...]:
    """Return what is new or changed in the public catalogue, newest first, records of one day by their key.

    A record is told of from the day it gives. One without a day, or whose day is still to come, is not news.
    """
    known = ((day, key) for day, key in _dated(site) if site.route("html", key))
    return tuple(_item(site.catalogue.one(key), date.fromisoformat(day), site) for day, key in islice(known, MOST))


def any_items(site: Site) -> bool:
    """Say whether there is anything new or changed to tell of."""
    return any(site.route("html", key) for _, key in _dated(site))


def _dated(site: Site) -> list[tuple[str, str]]:
    """The day of each listed record that gives one which has come, and its key: newest first, then by key."""
    today = site.today.isoformat()
    dated = []
    for key, dates in site.catalogue.dates().items():
        days = [day for day in (dates.published, dates.modified) if day and day <= today]
        if dates.listed and days and key.partition(":")[0] in KINDS:
            dated.append((max(days), key))
    dated.sort(key=lambda pair: pair[1])
    return sorted(dated, key=lambda pair: pair[0], reverse=True)


def moment(day: date, zone: str) -> str:
    """Return midnight of a day in a zone as RFC 3339 has it, for example ``2026-02-01T00:00:00+10:30``."""
    offset = datetime.combine(day, time(), ZoneInfo(zone)).utcoffset() or timedelta(0)
    # Before standard time, offsets had seconds; RFC 3339 (section 5.6) has none.
    whole = timezone(timedelta(minutes=round(offset.total_seconds() / 60)))
    return datetime.combine(day, time(), whole).isoformat()


def fit(text: str) -> str:
    """Return text without the characters that a feed cannot hold."""
    return _UNFIT.sub("", text)


def _item(record: Any, updated: date, site: Site) -> Item:
    published = record.datePublished
    topic = site.config.topic(record.topic)
    tags = [fit(tag) for tag in (record.kind, *((topic.name,) if topic else ()), *record.tag)]
    return Item(
        url=site.url(record.key) or "",
        title=fit(record.name),
        summary=fit(record.description),
        language=record.language,
        published=published if published and published <= updated else None,
        updated=updated,
        author=_author(getattr(record, "issuer", None) or getattr(record, "provider", None), site),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
        image=site.url(record.key, "images", "image"),
    )


def _author(issuer_id: str | None, site: Site) -> Author:
    issuer = site.catalogue.get(f"issuer:{issuer_id or site.config.owner}")
    if issuer:
        return Author(fit(issuer.name), site.url(issuer.key))
    return Author(fit(site.config.name), _home(site))


def _home(site: Site) -> str:
    return site.url("home") or f"{site.config.base_url}/"


def _atom(found: tuple[Item, ...], site: Site) -> bytes:
    zone = site.config.timezone
    feed = etree.Element(f"{{{ATOM}}}feed", {XML_LANG: site.config.language}, nsmap={None: ATOM})
    _say(feed, "id", site.url(FEED, NAME, "atom") or "")
    _say(feed, "title", fit(site.config.name))
    _say(feed, "subtitle", fit(site.config.description))
    # An empty feed must still say when it changed; it has not since the beginning of time.
    _say(feed, "updated", moment(found[0].updated, zone) if found else "1970-01-01T00:00:00Z")
    _person(feed, _author(None, site))
    _link(feed, "self", site.url(FEED, NAME, "atom"), "application/atom+xml")
    _link(feed, "alternate", _home(site), "text/html")
    for item in found:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry", {XML_LANG: item.language})
        _say(entry, "id", item.url)
        _say(entry, "title", item.title)
        _say(entry, "updated", moment(item.updated, zone))
        if item.published:
            _say(entry, "published", moment(item.published, zone))
        _person(entry, item.author)
        _link(entry, "alternate", item.url, "text/html")
        for tag in item.tags:
            etree.SubElement(entry, f"{{{ATOM}}}category", term=tag)
        _say(entry, "summary", item.summary)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _say(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _link(parent: etree._Element, rel: str, href: str | None, media_type: str) -> None:
    if href:
        etree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, type=media_type, href=href)


def _person(parent: etree._Element, author: Author) -> None:
    person = etree.SubElement(parent, f"{{{ATOM}}}author")
    _say(person, "name", author.name)
    if author.url:
        _say(person, "uri", author.url)


def _json(found: tuple[Item, ...], site: Site) -> bytes:
    feed = {
        "version": VERSION,
        "title": fit(site.config.name),
        "home_page_url": _home(site),
        "feed_url": site.url(FEED, NAME, "json"),
        "description": fit(site.config.description),
        "authors": [_credit(_author(None, site))],
        "language": site.config.language,
        "items": [_entry(item, site.config.timezone) for item in found],
    }
    return dump({name: value for name, value in feed.items() if value is not None})


def _entry(item: Item, zone: str) -> dict[str, Any]:
    entry = {
        "id": item.url,
        "url": item.url,
        "title": item.title,
        "content_text": item.summary,
        "image": item.image,
        "date_published": moment(item.published, zone) if item.published else None,
        "date_modified": moment(item.updated, zone),
        "authors": [_credit(item.author)],
        "tags": list(item.tags),
        "language": item.language,
    }
    return {name: value for name, value in entry.items() if not is_empty(value)}


def _credit(author: Author) -> dict[str, str]:
    return {"name": author.name, **({"url": author.url} if author.url else {})}


FORMAT = Format(
    name=NAME,
    summary="Atom and JSON feeds of new and changed courses, badges and pathways.",
    routes=routes,
    render=render,
)
