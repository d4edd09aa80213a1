"""The site seen in one language, and the small things that every view is made of: links, signs, plates, levels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sitegen.core import i18n
from sitegen.core.i18n import Language, language
from sitegen.core.links import resolver
from sitegen.core.markup import Markup, plain, to_html
from sitegen.core.quantities import Level
from sitegen.core.site import Site
from sitegen.formats.images import initials

UNAMBIGUOUS_DAYS = 300
"""So far ahead, 'Mon 1 Feb' can only be the coming one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a view is worked out from: the finished site and the language of its words."""

    site: Site
    words: Language


def scope_of(site: Site) -> Scope:
    """Return the site in its own language."""
    return Scope(site, language(site.config.language))


@dataclass(frozen=True, slots=True)
class Link:
    """Words, where they lead (nowhere when ``href`` is empty), and a quieter word beside them."""

    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """A topic as a sign: its letter in a square of its colour. ``css`` is the class that sets the colour."""

    id: str
    name: str
    letter: str
    css: str
    href: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture on a square ground in the colour of its topic.

    ``src`` is empty where the site makes no pictures; then ``letters`` stand for it. ``width`` and ``height``
    are those of the picture in pixels. ``css`` is the class of the topic.
    """

    src: str
    alt: str
    css: str
    letters: str
    width: int = 400
    height: int = 400


@dataclass(frozen=True, slots=True)
class Meter:
    """A level: its place from the bottom, of how many, what the step is called and in which framework."""

    place: int
    of: int
    label: str
    name: str
    framework: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is known, with a smaller note below and an optional level meter or link."""

    label: str
    value: str
    note: str = ""
    href: str = ""
    meter: Meter | None = None


def href(scope: Scope, subject: str) -> str:
    """Return the address of a page within the site, or nothing when it has none."""
    return scope.site.path(subject) or ""


def link(scope: Scope, record: Any, note: str = "") -> Link:
    """Return a record as a link."""
    return Link(record.name, href(scope, record.key), note)


def link_to(scope: Scope, key: str) -> Link:
    """Return a record as a link, by its key and without reading it."""
    return Link(scope.site.catalogue.name_of(key), href(scope, key))


def outside(scope: Scope, kind: str, reference: str) -> Link:
    """Return what a reference names: a record of the site, or an address elsewhere."""
    record = scope.site.catalogue.get(f"{kind}:{reference}")
    if record:
        return link(scope, record)
    return Link(reference.split("://", 1)[-1].rstrip("/"), reference if "://" in reference else "")


def sign(scope: Scope, topic_id: str | None) -> Sign | None:
    """Return the sign of a topic, or None where a record has none."""
    topic = scope.site.config.topic(topic_id)
    if topic is None:
        return None
    href_ = href(scope, f"topic:{topic.id}")
    return Sign(topic.id, topic.name, topic.sign, f"t-{topic.id}", href_, topic.description or "")


def topic_css(scope: Scope, record: Any) -> str:
    """Return the class that gives a record its topic's colour."""
    return f"t-{record.topic}" if scope.site.config.topic(record.topic) else "t-none"


def plate(scope: Scope, record: Any, alt: str = "") -> Plate:
    """Return the picture of a record on its plate: vector art where there is some, else the image."""
    return plate_on(scope, record, topic_css(scope, record), alt)


def plate_on(scope: Scope, record: Any, css: str, alt: str = "") -> Plate:
    """Return the picture of a record on a plate of a class of its own."""
    site, key = scope.site, record.key
    src = site.path(key, "images", "svg") or site.path(key, "images", "image") or ""
    picture = site.picture_of(record)
    width, height = (picture.facts.width, picture.facts.height) if picture else (400, 400)
    return Plate(src, alt, css, _letters(record.name), width or 400, height or 400)


@lru_cache(maxsize=i18n.KEPT)
def _letters(name: str) -> str:
    return initials(name)


def picture(scope: Scope, record: Any) -> Plate | None:
    """Return the author's own picture of a record, with the words for it, or None where there is none."""
    found, src = scope.site.picture_of(record), scope.site.path(record.key, "images", "image")
    if not (found and src):
        return None
    return Plate(src, record.image.caption, "", "", found.facts.width or 400, found.facts.height or 400)


def mark(issuer: Any) -> str:
    """Return the letters that stand for an issuer, the same as at the foot of its generated badges."""
    return str(issuer.mark or issuer.name[:1].upper())


def meter(scope: Scope, level: Level) -> Meter | None:
    """Return a level as a meter, or None when its framework is not known."""
    framework = scope.site.level_framework(level.framework)
    place = framework.place(level.level) if framework else None
    if framework is None or place is None:
        return None
    of = len(framework.levels)
    label = _place(scope.words, place, of) if level.level == str(place) else level.level
    return Meter(place, of, label, framework.names.get(level.level, ""), framework.name, framework.url or "")


@lru_cache(maxsize=i18n.KEPT)
def _place(words: Language, place: int, of: int) -> str:
    return words.say("%(level)s of %(top)s", level=place, top=of)


def meters(scope: Scope, record: Any) -> tuple[Meter, ...]:
    """Return every level of a record, as its author listed them."""
    if not record.level:
        return ()
    return tuple(found for level in record.level if (found := meter(scope, level)))


def first_meter(scope: Scope, record: Any) -> Meter | None:
    """Return the first level of a record whose framework is known."""
    return next((found for level in record.level if (found := meter(scope, level))), None)


_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;()'’–—-])*")
"""Letters, digits and marks that mean nothing in Markdown, beginning with a letter."""
_SHORT = 1000


def one_line(text: str) -> str:
    """Return what :func:`sitegen.core.markup.plain` does, at once for a sentence without any mark-up."""
    if len(text) < _SHORT and _PLAIN.fullmatch(text):
        return " ".join(text.split())
    return plain(text)


def prose(scope: Scope, record: Any, level: int) -> Markup:
    """Return a record's Markdown as clean HTML whose headings begin at ``level``, with those headings."""
    return to_html(record.body, base_level=level, resolve=resolver(scope.site, record))


def body(scope: Scope, record: Any, level: int) -> str:
    """Return a record's Markdown as clean HTML, or nothing when it has none."""
    return prose(scope, record, level).html if record.body.strip() else ""


def lang(scope: Scope, record: Any) -> str:
    """Return the record's language where it is not the page's, for a ``lang`` attribute."""
    return "" if record.language in ("", scope.words.tag) else record.language


def near_day(scope: Scope, value: date) -> str:
    """Return a date with its weekday, without the year where the months ahead leave no doubt of it."""
    ahead = (value - scope.site.today).days
    return i18n.day(scope.words, value, weekday=True, year=not 0 <= ahead < UNAMBIGUOUS_DAYS)


def machine(value: date | datetime) -> str:
    """Return a date or local time for a ``datetime`` attribute."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes")
    return value.isoformat()


def whole(value: Decimal) -> str:
    """Return a percentage without needless zeros."""
    return f"{value.normalize():f}"
