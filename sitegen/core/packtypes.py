"""Which values of a field's type can be written as plain JSON, and how they are made from it again.

A codec is read from the type of a field once. It keeps the exact type of a value: a tuple stays a
tuple and a day a day. A type that is not known here is refused, never guessed at.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, Flag
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

Change = Callable[[Any], Any]


class PackError(Exception):
    """These bytes are no record: they are damaged, made up, or of another version of its model."""


class NotPackableError(PackError):
    """This record holds something that plain values cannot say, so it has to be read from its file."""


class Codec(NamedTuple):
    """How values of one type are packed.

    Values whose exact type is in ``plain`` go as they are. ``pack`` takes those whose exact type is in
    ``types``, and refuses all others. ``shape`` tells the types of two versions of a model apart.
    ``unpack`` may leave a wrong value wrong: the field's own rules are asked afterwards.
    """

    shape: str
    plain: frozenset[type] = frozenset()
    types: frozenset[type] = frozenset()
    pack: Change | None = None
    unpack: Change | None = None
    models: tuple[type[BaseModel], ...] = ()

    @property
    def accepted(self) -> frozenset[type]:
        """Every exact type that a value may have."""
        return self.plain | self.types

    def packed(self, value: Any) -> Any:
        """Return a value as plain JSON."""
        kind = type(value)
        if kind in self.plain:
            return value
        if self.pack is None or kind not in self.types:
            raise NotPackableError(f"{self.shape} cannot be {kind.__name__}")
        return self.pack(value)


_SCALARS: dict[Any, Codec] = {
    kind: Codec(kind.__name__, plain=frozenset({kind})) for kind in (str, int, bool, float, type(None))
}
_SCALARS[None] = _SCALARS[type(None)]


def codec_of(annotation: Any, nested: Callable[[type[BaseModel]], tuple[Change, Change]]) -> Codec:
    """Return how values of a type are packed; ``nested`` packs and unpacks the values of a model."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation is Any:
        return Codec("any", _ALL - {list, dict}, frozenset({list, dict}), _tree)
    if annotation is None or isinstance(annotation, type):
        return _class(annotation, nested)
    if origin is Annotated:
        return codec_of(arguments[0], nested)
    if origin is Literal:
        return Codec(f"one of {arguments!r}", plain=frozenset(type(value) for value in arguments) & _ALL)
    if origin in (Union, types.UnionType):
        return _either([codec_of(argument, nested) for argument in arguments])
    if origin in (tuple, list, dict):
        return _collection(
            origin, [argument if argument is ... else codec_of(argument, nested) for argument in arguments]
        )
    raise NotPackableError(f"values of the type {annotation!r} cannot be packed")


def _class(kind: Any, nested: Callable[[type[BaseModel]], tuple[Change, Change]]) -> Codec:
    known = _KNOWN.get(kind)
    if known is not None:
        return known
    own = frozenset({kind})
    if issubclass(kind, BaseModel):
        return Codec(kind.__qualname__, frozenset(), own, *nested(kind), (kind,))
    if issubclass(kind, Enum) and not issubclass(kind, Flag):
        names = ", ".join(kind.__members__)
        return Codec(f"{kind.__qualname__}({names})", frozenset(), own, lambda m: m.name, lambda name: kind[name])
    raise NotPackableError(f"values of the type '{kind.__qualname__}' cannot be packed")


def tree(value: Any) -> Any:
    """Return a tree of plain values as it is, such as an author's own ``x-`` keys; refuse anything else."""
    return value if type(value) in _ALL - {list, dict} else _tree(value)


def _tree(value: Any) -> Any:
    for part in _parts(value):
        if type(part) not in _ALL:
            raise NotPackableError(f"{type(part).__name__} is no plain value")
    return value


def _parts(value: Any) -> Iterator[Any]:
    yield value
    if type(value) is list:
        for item in value:
            yield from _parts(item)
    elif type(value) is dict:
        for key, item in value.items():
            yield key if type(key) is str else object()
            yield from _parts(item)


_ALL: frozenset[type] = frozenset({str, int, bool, float, type(None), list, dict})


def _either(members: list[Codec]) -> Codec:
    """One of several types: told apart by the exact type of a value, and marked where plain JSON cannot."""
    shape = " | ".join(member.shape for member in members)
    models = tuple(model for member in members for model in member.models)
    rest = [member for member in members if member is not _SCALARS[None]]
    none = frozenset({type(None)}) if len(rest) < len(members) else frozenset[type]()
    if all(not member.types for member in members):
        return Codec(shape, frozenset().union(*(member.plain for member in members)))
    if len(rest) == 1:
        only = rest[0]
        change = None if only.unpack is None else _unless_none(only.unpack)
        return Codec(shape, only.plain | none, only.types, only.pack, change, models)
    return _marked(shape, rest, none, models)


def _marked(shape: str, members: list[Codec], none: frozenset[type], models: tuple[type[BaseModel], ...]) -> Codec:
    """Several types of which plain JSON would make one: each value goes with the number of its type."""
    by_type = {kind: index for index, member in enumerate(members) for kind in member.accepted}
    if len(by_type) < sum(len(member.accepted) for member in members):
        raise NotPackableError(f"'{shape}' cannot be told apart by the type of a value")

    def pack(value: Any) -> Any:
        index = by_type[type(value)]
        return [index, members[index].packed(value)]

    def unpack(packed: Any) -> Any:
        if packed is None:
            return None
        index, value = packed
        change = members[index].unpack
        return value if change is None else change(value)

    return Codec(shape, none, frozenset(by_type), pack, unpack, models)


def _unless_none(change: Change) -> Change:
    return lambda value: None if value is None else change(value)


def _collection(kind: type, members: list[Any]) -> Codec:
    shape = f"{kind.__name__}[{', '.join('...' if m is ... else m.shape for m in members)}]"
    models = tuple(model for member in members if member is not ... for model in member.models)
    own = frozenset({kind})
    if kind is dict:
        return _mapping(shape, own, models, *members)
    if kind is tuple and (len(members) != 2 or members[1] is not ...):
        return _row(shape, own, models, members)
    packed, change = members[0].packed, members[0].unpack
    plain = members[0].plain

    def pack(values: Any) -> Any:
        return [value if type(value) in plain else packed(value) for value in values]

    def unpack(values: list[Any]) -> Any:
        return kind(_listed(values) if change is None else map(change, _listed(values)))

    return Codec(shape, frozenset(), own, pack, unpack, models)


def _row(shape: str, own: frozenset[type], models: tuple[type[BaseModel], ...], members: list[Codec]) -> Codec:
    """A tuple of a known length."""

    def pack(values: Any) -> Any:
        return [member.packed(value) for member, value in zip(members, values, strict=True)]

    def unpack(values: list[Any]) -> Any:
        pairs = zip(members, _listed(values), strict=True)
        return tuple(value if member.unpack is None else member.unpack(value) for member, value in pairs)

    return Codec(shape, frozenset(), own, pack, unpack, models)


def _mapping(
    shape: str, own: frozenset[type], models: tuple[type[BaseModel], ...], keys: Codec, values: Codec
) -> Codec:
    if keys.plain != {str}:
        raise NotPackableError(f"'{shape}' has keys that are not text")

    def pack(value: Any) -> Any:
        return {keys.packed(key): values.packed(item) for key, item in value.items()}

    def unpack(packed: Any) -> Any:
        if type(packed) is not dict:
            raise PackError("a group of fields is missing")
        return packed if values.unpack is None else {key: values.unpack(item) for key, item in packed.items()}

    return Codec(shape, frozenset(), own, pack, unpack, models)


def _listed(values: Any) -> list[Any]:
    if type(values) is not list:
        # A text would fall into letters.
        raise PackError("a list is missing")
    return values


_MOMENT: TypeAdapter[datetime] = TypeAdapter(datetime)
_HOUR: TypeAdapter[time] = TypeAdapter(time)


def _clock(value: datetime | time) -> str:
    """Write a time of day; its zone must be one that pydantic makes of what is written here."""
    zone = value.tzinfo
    if value.fold or (zone is not None and not type(zone).__module__.startswith("pydantic")):
        raise NotPackableError(f"the zone of {value} would not come back as it is")
    return value.isoformat()


def _datetime(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is None else _MOMENT.validate_python(text)


def _timedelta(parts: list[int]) -> timedelta:
    days, seconds, microseconds = parts
    return timedelta(days, seconds, microseconds)


def _leaf(kind: type, pack: Change, unpack: Change) -> Codec:
    return Codec(kind.__name__, frozenset(), frozenset({kind}), pack, unpack)


_KNOWN: Mapping[Any, Codec] = {
    **_SCALARS,
    date: _leaf(date, date.isoformat, date.fromisoformat),
    datetime: _leaf(datetime, _clock, _datetime),
    time: _leaf(time, _clock, _HOUR.validate_python),
    timedelta: _leaf(timedelta, lambda span: [span.days, span.seconds, span.microseconds], _timedelta),
    Decimal: _leaf(Decimal, str, Decimal),
}
