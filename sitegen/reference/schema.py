"""JSON Schema for editors: completion and checking of front matter while somebody writes.

The schema takes what the models take, friendly forms included, so that an editor never marks as
wrong what a build accepts. The models stay stricter: rules between fields are theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.core.config import Config
from sitegen.core.kind import Kind
from sitegen.reference.fields import STANDARDS
from sitegen.reference.shapes import Anything, Choice, Group, Many, Reference, Scalar, Shape, Table, shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OWN_KEYS: dict[str, Any] = {"^x-": {}}
_WEB_ADDRESS = "^https?://"


def json_schema(kind: Kind, inherited: Iterable[str] = ()) -> dict[str, Any]:
    """Return the schema of a kind's front matter (draft 2020-12).

    ``inherited`` names fields that defaults fill in, which a file therefore need not have. Keys that
    start with ``x-`` are the author's own and allowed in every group.
    """
    return _document(kind.model, f"A {kind.name} of a sitegen catalogue", kind.summary, frozenset(inherited))


def settings_schema() -> dict[str, Any]:
    """Return the schema of ``sitegen.yaml``."""
    return _document(Config, "The settings of a sitegen catalogue", "What sitegen.yaml says about a site.", frozenset())


def _document(model: type[BaseModel], title: str, summary: str, inherited: frozenset[str]) -> dict[str, Any]:
    groups: dict[str, dict[str, Any]] = {}
    root = _group(model, groups, inherited)
    return {
        "$schema": DIALECT,
        "title": title,
        "description": summary,
        **root,
        "$defs": dict(sorted(groups.items())),
    }


def _group(
    model: type[BaseModel], groups: dict[str, dict[str, Any]], inherited: frozenset[str] = frozenset()
) -> dict[str, Any]:
    required = [name for name, info in model.model_fields.items() if info.is_required() and name not in inherited]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: _field(info, groups) for name, info in model.model_fields.items()},
        "patternProperties": _OWN_KEYS,
        "additionalProperties": False,
    }
    return {**schema, "required": required} if required else schema


def _field(info: FieldInfo, groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    value = _value(shape(info), groups)
    # A key without a value counts as not written, so only a needed field must have one.
    schema = dict(value) if info.is_required() else _or_nothing(value)
    if info.description:
        schema["description"] = info.description + _terms(info)
    if info.examples:
        schema["examples"] = list(info.examples)
    return schema


def _terms(info: FieldInfo) -> str:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    terms = extra.get("terms")
    if not terms or not isinstance(terms, dict):
        return ""
    return " In the standards: " + "; ".join(f"{STANDARDS[key]} {term}" for key, term in terms.items()) + "."


def _or_nothing(value: Mapping[str, Any]) -> dict[str, Any]:
    kinds = value.get("type")
    if kinds is None:
        return {"anyOf": [dict(value), {"type": "null"}]} if value else {}
    schema = {**value, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema


def _value(of: Shape, groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    match of:
        case Scalar():
            return dict(of.schema)
        case Choice():
            return _choice(of)
        case Reference():
            local = {"type": ["string", "integer"], "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
            return {"anyOf": [local, {"type": "string", "pattern": _WEB_ADDRESS}]} if of.external else local
        case Many():
            return _list(of, groups)
        case Table():
            return {"type": "object", "additionalProperties": _value(of.item, groups)}
        case Group():
            whole = _reference(of.model, groups)
            return {"anyOf": [dict(of.short.schema), whole]} if of.short else whole
        case Anything():
            return {}


def _list(of: Many, groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    item = _value(of.item, groups)
    several: dict[str, Any] = {"type": "array", "items": item, **({"minItems": of.least} if of.least else {})}
    return {"anyOf": [several, {**item, "not": {"pattern": ","}}]} if of.alone else several


def _choice(of: Choice) -> dict[str, Any]:
    words: dict[str, Any] = {"type": "string", "enum": list(of.values)}
    number: dict[str, Any] = {"type": ["integer", "string"], "minimum": 1, "pattern": "^[1-9][0-9]*$"}
    own: dict[str, Any] = {"type": "string", "pattern": f"^{of.own}"}
    ways = [words, *([number] if of.number else []), *([own] if of.own else [])]
    return {"anyOf": ways} if len(ways) > 1 else words


def _reference(model: type[BaseModel], groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    name = model.__name__ if model.__module__.startswith("sitegen.") else f"{model.__module__}.{model.__name__}"
    if name not in groups:
        groups[name] = {}  # claimed before it is filled, so that a group may hold itself
        groups[name] = _group(model, groups)
    return {"$ref": f"#/$defs/{name}"}
