"""What each field of a model means, as values: for ``sitegen explain`` and the reference pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.reference import yamltext
from sitegen.reference.shapes import Group, Many, Shape, Table, shape, words

STANDARDS = {
    "ob2": "Open Badges 2.0",
    "ob3": "Open Badges 3.0",
    "schema": "schema.org",
    "ctdl": "CTDL",
    "elm": "European Learning Model",
}
"""The standards whose terms a field names, by the keyword of :func:`sitegen.core.model.field`."""


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """One field.

    ``name`` is dotted below its group (``assessment.rubric``). ``type`` and ``default`` are in plain
    English, ``default`` empty where there is none. ``example`` is YAML that can be copied. ``terms``
    pairs the keys of :data:`STANDARDS` with the field's term there.
    """

    name: str
    type: str
    required: bool
    default: str
    description: str
    example: str
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def depth(self) -> int:
        """How many groups it stands in."""
        return self.name.count(".")


def fields(model: type[BaseModel]) -> tuple[FieldFacts, ...]:
    """Return the facts of every field of a model, each group followed by the fields inside it."""
    return tuple(_fields(model, "", (model,)))


def _fields(model: type[BaseModel], prefix: str, within: tuple[type[BaseModel], ...]) -> Iterator[FieldFacts]:
    for name, info in model.model_fields.items():
        of = shape(info)
        yield _facts(prefix + name, name, info, of)
        inner = inner_model(of)
        # A kind of somebody's own may hold itself; once round says all there is to say.
        if inner and inner not in within:
            yield from _fields(inner, f"{prefix}{name}.", (*within, inner))


def inner_model(of: Shape) -> type[BaseModel] | None:
    """Return the model of the group that a field holds, alone or in a list."""
    match of:
        case Group():
            return of.model
        case Many() | Table():
            return inner_model(of.item)
        case _:
            return None


def _facts(dotted: str, name: str, info: FieldInfo, of: Shape) -> FieldFacts:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    terms = extra.get("terms", {})
    example = info.examples[0] if info.examples else ""
    return FieldFacts(
        name=dotted,
        type=words(of),
        required=info.is_required(),
        default=_default(None if info.is_required() else info.default),
        description=info.description or "",
        example="\n".join(yamltext.lines(name, example)),
        terms=tuple((key, str(terms[key])) for key in STANDARDS if key in terms) if isinstance(terms, dict) else (),
    )


def _default(value: Any) -> str:
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(_default(item) for item in value)
    return value.isoformat() if isinstance(value, date) else str(value)
