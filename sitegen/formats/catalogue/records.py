"""A record as plain data: the content model's own keys and order, with addresses beside the ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.core.facts import moment
from sitegen.core.links import absolute
from sitegen.core.model import Record, RefTo
from sitegen.core.output import Route
from sitegen.core.quantities import Duration
from sitegen.core.site import Site
from sitegen.core.totals import Range, totals
from sitegen.formats.criteria import criteria
from sitegen.formats.jsonld import is_empty, number, stated

FILES: Mapping[tuple[str, str], str] = {
    ("openbadges2", "badge"): "badgeClass",
    ("openbadges2", "issuer"): "issuer",
    ("openbadges3", "badge"): "achievement",
    ("openbadges3", "issuer"): "profile",
}
"""What the one file of a format is called in ``files``, by format and kind. Any other goes by its format's name
and its role, so that a new format appears here by itself."""

_BY_ROLE = ("images", "catalogue")
"""Formats whose files are called by their role alone: image, svg, badges."""

NOTHING: Mapping[str, Any] = {}
LEFT_OUT = frozenset({"defaults", "artwork"})
"""Instructions to the generator: already followed in what it publishes, and of no use to a reader."""


def in_public(record: Any) -> bool:
    """Say whether the public may see a record at all, in the catalogue or among what has left it."""
    if record.kind != "badge":
        return True
    return bool(record.inCatalogue) if record.inCatalogue is not None else record.badgeKind != "engagement"


def plain(record: Any, site: Site, routes: Iterable[Route]) -> dict[str, Any]:
    """Return a record as JSON has it. ``routes`` are the files that the site makes of it."""
    slug = record.slug
    said = {"id": slug, "page": site.url(record.key)}
    said |= _fields(record, site, {"id": slug, "inLanguage": record.language})
    if "image" in said:
        image = site.url(record.key, "images", "image")
        # The author's own file name means nothing outside the site's folder.
        said["image"] = {**said["image"], "id": image} if image else None
    if record.kind == "framework":
        said["skills"] = [_skill(skill, site) for skill in said["skills"]]
    if record.kind == "badge":
        said["criteria"] = criteria(record, site)
    else:
        said["body"] = absolute(record.body.strip(), record, site)
    if record.kind == "pathway":
        said["totals"] = _totals(record, site)
    said["files"] = files(record, site, routes)
    return stated(said)


def _skill(entry: Mapping[str, Any], site: Site) -> dict[str, Any]:
    return stated({"id": entry["id"], "page": site.url(f"skill:{entry['id']}"), **entry})


def files(record: Record, site: Site, routes: Iterable[Route]) -> dict[str, str]:
    """Return the addresses of the files of a record, beside its page, by what they are."""
    named = {_name(route, record.kind): site.config.base_url + route.url for route in routes if route.format != "html"}
    return dict(sorted(named.items()))


def _name(route: Route, kind: str) -> str:
    if route.format in _BY_ROLE:
        return route.role
    return FILES.get((route.format, kind)) or "-".join(part for part in (route.format, route.role) if part)


def fields_of(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the fields of a model that are published, in its own order."""
    return ((name, info) for name, info in model.model_fields.items() if name not in LEFT_OUT)


@cache
def names_records(model: type[BaseModel], name: str) -> bool:
    """Say whether a field holds ids of records, so that their addresses stand beside it as ``<name>Url``."""
    info = model.model_fields[name]
    return any(isinstance(mark, RefTo) for mark in info.metadata) or _holds_reference(info.annotation)


def _holds_reference(annotation: Any) -> bool:
    if any(isinstance(mark, RefTo) for mark in getattr(annotation, "__metadata__", ())):
        return True
    return any(_holds_reference(argument) for argument in get_args(annotation))


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, RefTo | None], ...]:
    """The published fields of a model, each with what it may name where it holds ids of records."""
    return tuple((name, _target(info) if names_records(model, name) else None) for name, info in fields_of(model))


def _target(info: FieldInfo) -> RefTo | None:
    return next((mark for mark in info.metadata if isinstance(mark, RefTo)), None) or _reference_in(info.annotation)


def _reference_in(annotation: Any) -> RefTo | None:
    own = (mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, RefTo))
    inner = (found for argument in get_args(annotation) if (found := _reference_in(argument)))
    return next(own, None) or next(inner, None)


def _fields(model: BaseModel, site: Site, instead: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
    """The fields of a model that say something; ``instead`` are values in place of its own."""
    said: dict[str, Any] = {}
    values = model.__dict__
    for name, target in _plan(type(model)):
        value = instead[name] if name in instead else values[name]
        if value is None or value == ():
            continue
        text = value if type(value) is str else _value(value, model, site)
        if is_empty(text):
            continue
        said[name] = text
        address = _addresses(value, target, site) if target else None
        if address:
            said[f"{name}Url"] = address
    return said


def _value(value: Any, owner: BaseModel, site: Site) -> Any:
    if isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [item if type(item) is str else _value(item, owner, site) for item in value]
    if isinstance(value, Duration):
        return value.iso
    if isinstance(value, BaseModel):
        return _fields(value, site)
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, datetime):
        # A local time means nothing to a reader far away, so it leaves with its distance from UTC.
        return moment(value, getattr(owner, "timezone", None) or site.config.timezone).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _addresses(value: Any, target: RefTo, site: Site) -> str | list[str] | None:
    """The address of one reference, or one for each of several, in their order; None where any has none."""
    if isinstance(value, str):
        return _leads_to(value, target, site)
    found = [_leads_to(text, target, site) for text in value]
    known = [address for address in found if address]
    return known if len(known) == len(found) else None


def _leads_to(text: Any, target: RefTo, site: Site) -> str | None:
    """Where a reference leads: an address elsewhere as it stands, else the page of what it names."""
    if not isinstance(text, str):
        return None
    if target.external and "://" in text:
        return text
    key = next((key for kind in target.kinds if (key := f"{kind}:{text}") in site.catalogue.records), None)
    return site.url(key) if key else None


def _totals(pathway: Any, site: Site) -> dict[str, Any]:
    added = totals(pathway, site.catalogue)
    price = {**_range(added.price), "currency": added.currency} if added.price else None
    return stated(
        {
            "steps": added.steps,
            "volumeOfLearning": {end: _hours(value) for end, value in _ends(added.hours)},
            "duration": added.duration.iso if added.duration else None,
            "price": stated(price) if price else None,
            "creditPoint": [{"framework": c.framework, "point": number(c.point)} for c in added.credits],
        }
    )


def _ends(of: Range | None) -> tuple[tuple[str, Decimal], ...]:
    return (("low", of.low), ("high", of.high)) if of else ()


def _range(of: Range) -> dict[str, Any]:
    return {end: number(value) for end, value in _ends(of)}


def _hours(hours: Decimal) -> str:
    """Hours as ISO 8601 has them, to the minute: a third of an hour has no end as a decimal."""
    minutes = int((hours * 60).to_integral_value())
    return Duration(hours=Decimal(minutes // 60), minutes=minutes % 60).iso
