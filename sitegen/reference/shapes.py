"""The shape of a field's value, as its author writes it.

The models accept friendlier things than their types say: a price may be ``240 AUD``, a duration ``6
weeks``, a number may stand in quotes. A shape is what a person may write, read from the annotation
of a field; the words of the reference and the JSON Schema for editors are both made from it.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.core import config, texts
from sitegen.core.model import RefTo
from sitegen.core.quantities import Duration, Level, Price, Workload
from sitegen.kinds.achievement import ACHIEVEMENT_TYPES, AchievementType
from sitegen.kinds.common import LearningOutcome

Schema = Mapping[str, Any]
"""A part of a JSON Schema."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value on one line. ``one`` and ``many`` name it; ``schema`` holds what is written to its rules."""

    one: str
    many: str
    schema: Schema = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed set of words; or, where ``number``, a whole number; or a word that starts with ``own``."""

    values: tuple[str, ...]
    number: bool = False
    own: str = ""

    @property
    def words(self) -> str:
        """The choices in plain English."""
        number = ", or a whole number" if self.number else ""
        own = f", or a word of your own that starts with {self.own}" if self.own else ""
        return f"one of: {', '.join(self.values)}{number}{own}"


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of another record of the site, or, where ``external``, a web address."""

    kinds: tuple[str, ...]
    external: bool


@dataclass(frozen=True, slots=True)
class Many:
    """A list, each item of one shape; ``least`` says how many there must be."""

    item: Shape
    least: int = 0

    @property
    def alone(self) -> bool:
        """Say whether one item may stand without a list around it: a plain one (core.model, _one_is_a_list)."""
        return isinstance(self.item, Scalar | Choice | Reference) and self.item not in (DURATION, HOURS)


@dataclass(frozen=True, slots=True)
class Table:
    """A group whose keys are the author's own."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Group:
    """A group of fields. ``short`` is the single value that may be written instead, if any."""

    model: type[BaseModel]
    short: Scalar | None = None


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value at all."""


Shape = Scalar | Choice | Reference | Many | Table | Group | Anything

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_DURATION = r"^(P[0-9]|[0-9]).*"

TEXT = Scalar("text", "text", _TEXT)
DAY = Scalar("a date", "dates", {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
MOMENT = Scalar(
    "a date, or a date and time", "dates", {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}.*)?$"}
)
FLAG = Scalar(
    "true or false",
    "true or false",
    {"type": ["boolean", "string"], "enum": [True, False, "true", "false", "yes", "no"]},
)
WHOLE = Scalar("a whole number", "whole numbers", {"type": ["integer", "string"], "pattern": r"^\s*-?\d+\s*$"})
NUMBER = Scalar("a number", "numbers", {"type": ["number", "string"], "pattern": r"^\s*-?\d+(\.\d+)?\s*$"})
DURATION = Scalar("a duration", "durations", {"type": "string", "pattern": _DURATION})
HOURS = Scalar("a duration in hours", "durations in hours", {"type": "string", "pattern": _DURATION})
PRICE = Scalar(
    "a price",
    "prices",
    {
        "type": ["string", "integer"],
        "maximum": 0,
        "pattern": r"^\s*([Ff]ree|0|[A-Z]{3}\s*\d+(\.\d{1,2})?|\d+(\.\d{1,2})?\s*[A-Z]{3})\s*$",
    },
)
LEVEL = Scalar("a level", "levels", {"type": "string", "pattern": r"^\s*\S+ +\S"})


def _mark(annotation: Any) -> Any:
    """The validator that makes a named type of the models what it is."""
    return get_args(annotation)[1]


_MARKED: tuple[tuple[Any, Scalar | Choice], ...] = (
    (
        _mark(texts.WebAddress),
        Scalar("a web address", "web addresses", {"type": "string", "format": "uri", "pattern": "^https?://"}),
    ),
    (_mark(texts.EmailAddress), Scalar("an e-mail address", "e-mail addresses", {"type": "string", "pattern": "@"})),
    (
        _mark(texts.Telephone),
        Scalar(
            "a telephone number", "telephone numbers", {"type": ["string", "integer"], "pattern": r"^\+[1-9]\d{6,14}$"}
        ),
    ),
    (_mark(texts.HostName), Scalar("a host", "hosts", {"type": "string", "pattern": r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"})),
    (
        _mark(texts.LanguageTag),
        Scalar(
            "a language tag",
            "language tags",
            {"type": "string", "pattern": "^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"},
        ),
    ),
    (
        _mark(texts.Slug),
        Scalar("an id", "ids", {"type": ["string", "integer"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
    ),
    (
        _mark(texts.CurrencyCode),
        Scalar("a currency code", "currency codes", {"type": "string", "pattern": "^[A-Z]{3}$"}),
    ),
    (_mark(texts.CountryCode), Scalar("a country code", "country codes", {"type": "string", "pattern": "^[A-Z]{2}$"})),
    (_mark(texts.TimeZone), Scalar("a time zone", "time zones", {"type": "string"})),
    (_mark(texts.Flag), FLAG),
    (_mark(texts.Day), DAY),
    (_mark(Workload), HOURS),
    (
        _mark(config.Config.model_fields["base_url"].rebuild_annotation()),
        Scalar("a web address", "web addresses", {"type": "string", "format": "uri", "pattern": "^https?://"}),
    ),
    (_mark(AchievementType), Choice(ACHIEVEMENT_TYPES, own="ext:")),
)

_SHORT: Mapping[type[BaseModel], Scalar] = {Price: PRICE, Level: LEVEL, LearningOutcome: TEXT}
"""Groups that may be written as one value."""

_PLAIN: Mapping[Any, Scalar] = {bool: FLAG, int: WHOLE, Decimal: NUMBER, float: NUMBER, date: DAY, datetime: MOMENT}

_LIMITS = (
    ("min_length", "minLength"),
    ("max_length", "maxLength"),
    ("ge", "minimum"),
    ("gt", "exclusiveMinimum"),
    ("le", "maximum"),
    ("lt", "exclusiveMaximum"),
)
"""Limits as pydantic's metadata spells them, and as JSON Schema does."""


def shape(info: FieldInfo) -> Shape:
    """Return the shape of a field of a model."""
    return _shape(info.annotation, tuple(info.metadata))


def _shape(annotation: Any, marks: tuple[Any, ...]) -> Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0], (*_flat(arguments[1:]), *marks))
    if origin in (Union, types.UnionType):
        return _union([a for a in arguments if a is not type(None)], marks)
    if origin is Literal:
        return Choice(tuple(str(value) for value in arguments))
    reference = next((mark for mark in marks if isinstance(mark, RefTo)), None)
    if reference:
        return Reference(reference.kinds, reference.external)
    named = next((scalar for mark, scalar in _MARKED if mark in marks), None)
    if named:
        return named
    if origin in (tuple, list, frozenset, set):
        least = _limits(marks).get("minLength", 0)
        return Many(_shape(arguments[0], ()), least)
    if origin is dict:
        return Table(_shape(arguments[1], ()))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return DURATION if annotation is Duration else Group(annotation, _SHORT.get(annotation))
    return _plain(annotation, marks)


def _union(members: list[Any], marks: tuple[Any, ...]) -> Shape:
    if len(members) == 1:
        return _shape(members[0], marks)
    if set(members) == {date, datetime}:
        return MOMENT
    words = next((member for member in members if get_origin(member) is Literal), None)
    if words is not None and len(members) == 2 and int in members:
        return Choice(tuple(str(value) for value in get_args(words)), number=True)
    return Anything()


def _plain(annotation: Any, marks: tuple[Any, ...]) -> Shape:
    if annotation is str:
        return Scalar("text", "text", {**_TEXT, **_limits(marks)})
    scalar = _PLAIN.get(annotation)
    if scalar is None:
        return Anything()
    return Scalar(scalar.one, scalar.many, {**scalar.schema, **_limits(marks)})


def _flat(marks: Iterable[Any]) -> tuple[Any, ...]:
    """Spread ``Field(min_length=1)`` inside a type into the limits that it stands for."""
    return tuple(limit for mark in marks for limit in (mark.metadata if isinstance(mark, FieldInfo) else (mark,)))


def _limits(marks: Iterable[Any]) -> dict[str, Any]:
    return {keyword: getattr(mark, name) for mark in marks for name, keyword in _LIMITS if hasattr(mark, name)}


def words(of: Shape) -> str:
    """Name a shape in plain English: ``a web address``, ``list of text``, ``id of an issuer``."""
    match of:
        case Scalar():
            return of.one
        case Choice():
            return of.words
        case Reference():
            return f"id of {_one_of(of.kinds)}{', or a web address' if of.external else ''}"
        case Many():
            return f"list of {_plural(of.item)}"
        case Table(Anything()):
            return "a group of fields"
        case Table():
            return f"keys of your own, each with {words(of.item)}"
        case Group():
            return f"{of.short.one}, or a group of fields" if of.short else "a group of fields"
        case Anything():
            return "anything"


def _plural(item: Shape) -> str:
    match item:
        case Scalar():
            return item.many
        case Choice():
            return f"words, each {item.words}"
        case Reference():
            kinds = " or ".join(f"{kind}s" for kind in item.kinds)
            return f"ids of {kinds}{', or web addresses' if item.external else ''}"
        case Group():
            return f"{item.short.many}, or groups of fields" if item.short else "groups of fields"
        case _:
            return words(item)


def _one_of(kinds: tuple[str, ...]) -> str:
    return " or ".join(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds)
