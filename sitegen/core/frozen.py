"""Frozen values as text that is kept: a dataclass is the list of its fields, without their names.

Whoever reads such a text knows what was written, so the text says nothing of it. How a dataclass is written and
read is worked out once, from its type hints: text, whole numbers, truth values, nothing, tuples of one kind of
thing, and dataclasses of these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
_Change = Callable[[Any], Any]

_PLAIN = (str, int, bool, NoneType)
"""What JSON has as it is."""

_WRITE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class _Form(NamedTuple):
    """How a value becomes what JSON has, and how it comes back."""

    write: _Change
    read: _Change


def written(value: Any) -> str:
    """Return a frozen dataclass as text. Raises TypeError for one with a field that cannot be kept."""
    model: Any = type(value)
    return _WRITE(_form_of(model).write(value))


def reader(model: type[Value]) -> Callable[[str], Value]:
    """Return what makes a dataclass of the text that :func:`written` gave.

    It raises ValueError for a text that is not of the dataclass, as far as can be told from the number of fields.
    """
    kind: Any = model
    form = _form_of(kind)

    def read(text: str) -> Value:
        try:
            value: Value = form.read(json.loads(text))
        except (TypeError, LookupError) as problem:
            raise ValueError(f"this is no {model.__name__}: {text[:80]}") from problem
        return value

    return read


@cache
def _form_of(model: Hashable) -> _Form:
    """Return the form of a dataclass."""
    if not (isinstance(model, type) and is_dataclass(model)):
        raise TypeError(f"{model!r} is no dataclass")
    hints = get_type_hints(model)
    names = [field.name for field in fields(model)]
    forms = {name: form for name in names if (form := _form(hints[name])) is not None}
    writes = [(name, forms[name].write if name in forms else None) for name in names]
    reads = [(at, forms[name].read) for at, name in enumerate(names) if name in forms]

    def write(value: Any) -> list[Any]:
        return [change(getattr(value, name)) if change else getattr(value, name) for name, change in writes]

    def read(values: list[Any]) -> Any:
        # Defaults would stand in for what is missing.
        if type(values) is not list or len(values) != len(names):
            raise TypeError("not that many fields")
        for at, change in reads:
            values[at] = change(values[at])
        return model(*values)

    return _Form(write, read)


def _form(hint: Any) -> _Form | None:
    """Return the form of what a type hint allows, None for what stays as it is."""
    if hint in _PLAIN:
        return None
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        inner = [argument for argument in arguments if argument is not NoneType]
        if all(argument in _PLAIN for argument in inner):
            return None
        if len(inner) == 1 and len(arguments) == 2:
            return _maybe(_form(inner[0]))
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _several(_form(arguments[0]))
    if isinstance(hint, type) and is_dataclass(hint):
        return _form_of(hint)
    raise TypeError(f"a field of {hint} cannot be kept")


def _maybe(form: _Form | None) -> _Form | None:
    if form is None:
        return None
    write, read = form
    return _Form(lambda v: None if v is None else write(v), lambda v: None if v is None else read(v))


def _several(form: _Form | None) -> _Form:
    if form is None:
        return _Form(list, tuple)
    write, read = form
    return _Form(lambda values: [write(v) for v in values], lambda values: tuple([read(v) for v in values]))
