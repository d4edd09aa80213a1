"""The JSON Schema of ``catalogue.json`` (draft 2020-12), from the very models that content is checked with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from sitegen.core.model import Record
from sitegen.core.quantities import Duration
from sitegen.formats.catalogue.records import LEFT_OUT, names_records
from sitegen.kinds.badge import Badge
from sitegen.kinds.course import Course
from sitegen.kinds.framework import Framework, SkillEntry
from sitegen.kinds.issuer import Issuer
from sitegen.kinds.pathway import Pathway

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[Record]] = {
    "issuers": Issuer,
    "frameworks": Framework,
    "badges": Badge,
    "courses": Course,
    "pathways": Pathway,
}
"""The lists of the catalogue and what is in them, in order."""

URI: JsonSchemaValue = {"type": "string", "format": "uri"}
TEXT: JsonSchemaValue = {"type": "string"}
ISO_DURATION: JsonSchemaValue = {
    "type": "string",
    "pattern": r"^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+(\.\d+)?H)?(\d+M)?)?$",
    "description": "A duration in ISO 8601, such as PT20H or P4W.",
}


def _object(description: str, required: tuple[str, ...] = (), /, **properties: JsonSchemaValue) -> JsonSchemaValue:
    schema: JsonSchemaValue = {"type": "object", "description": description, "properties": properties}
    return {**schema, **({"required": list(required)} if required else {}), "additionalProperties": False}


def _list(of: JsonSchemaValue) -> JsonSchemaValue:
    return {"type": "array", "items": of}


CRITERIA = _object(
    "How it is earned: the page for people and the same in Markdown, as Open Badges has it.", id=URI, narrative=TEXT
)
FILES: JsonSchemaValue = {
    "type": "object",
    "description": "The files of this record, by what they are, such as badgeClass, achievement and image.",
    "additionalProperties": URI,
}
TOTALS = _object(
    "What the pathway adds up to, from the lightest choices to the heaviest with every optional step.",
    ("steps",),
    steps={"type": "integer", "description": "How many steps one must finish."},
    volumeOfLearning=_object("Study time.", ("low", "high"), low=ISO_DURATION, high=ISO_DURATION),
    duration=ISO_DURATION,
    price=_object("Price.", ("low", "high"), low={"type": "number"}, high={"type": "number"}, currency=TEXT),
    creditPoint=_list(
        _object("Points in a credit system.", ("framework", "point"), framework=TEXT, point={"type": "number"})
    ),
)
TOPIC = _object(
    "A topic that records are grouped by.",
    ("id", "name", "letter", "hue"),
    id=TEXT,
    page=URI,
    name=TEXT,
    description=TEXT,
    letter={"type": "string", "description": "The letter that stands beside its colour."},
    hue={"type": "integer", "description": "Its colour, in degrees of the OKLCH ring."},
)


class _Published(GenerateJsonSchema):
    """Types as they are published: numbers as numbers, durations as ISO 8601 text."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        bounds = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
        limits = {bounds[name]: float(schema[name]) for name in bounds if name in schema}  # type: ignore[literal-required]
        return {"type": "number", **limits}


def schema(url: str | None, address: str | None) -> dict[str, Any]:
    """Return the schema, which says of itself that it is found at ``url``; ``address`` is that of the catalogue."""
    definitions, name_of = _definitions()
    lists = {name: _list({"$ref": f"#/$defs/{name_of[model]}"}) for name, model in KINDS.items()}
    whole: dict[str, Any] = {"$schema": DIALECT}
    if url:
        whole["$id"] = url
    whole["title"] = "Catalogue"
    whole.update(
        _object(
            f"Every published record of a catalogue of credentials{f', as found at {address}' if address else ''}.",
            ("name", "url", "language", *KINDS, "topics"),
            **{"$schema": URI},
            name=TEXT,
            description=TEXT,
            url=URI,
            language=TEXT,
            **lists,
            topics=_list(TOPIC),
        )
    )
    whole["$defs"] = definitions
    return whole


def _definitions() -> tuple[dict[str, Any], dict[type[BaseModel], str]]:
    models = list(dict.fromkeys(inner for model in KINDS.values() for inner in _models(model)))
    found, written = models_json_schema([(model, "serialization") for model in models], schema_generator=_Published)
    name_of = {model: found[model, "serialization"]["$ref"].rpartition("/")[2] for model in models}
    definitions = {
        name: ISO_DURATION if model is Duration else _published(model, _tidy(written["$defs"][name]))
        for model, name in sorted(name_of.items(), key=lambda pair: pair[1])
    }
    return definitions, name_of


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model inside its published fields."""
    yield model
    for name, info in model.model_fields.items():
        if name not in LEFT_OUT:
            yield from _inside(info.annotation)


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _models(annotation)
    for argument in get_args(annotation):
        yield from _inside(argument)


def _published(model: type[BaseModel], definition: dict[str, Any]) -> dict[str, Any]:
    """What a model's schema is once its ids have addresses beside them and its record has files."""
    fields = {name: said for name, said in definition["properties"].items() if name not in LEFT_OUT}
    properties: dict[str, Any] = {}
    required = list(definition.get("required", ()))
    for name, said in fields.items():
        properties[name] = said
        if name == "id" and (issubclass(model, Record) or model is SkillEntry):
            properties["page"] = {**URI, "description": "Its page in this catalogue."}
        if names_records(model, name):
            several = said.get("type") == "array"
            what = "The page of each of them, in the same order." if several else "The page of what it names."
            properties[f"{name}Url"] = {**(_list(URI) if several else URI), "description": what}
    if issubclass(model, Record):
        required = list(dict.fromkeys(["id", *required, "inLanguage", "status"]))
        properties.update(_beside(model))
    return {**definition, "properties": properties, **({"required": required} if required else {})}


def _beside(model: type[Record]) -> dict[str, Any]:
    text = {**TEXT, "description": "The text of its page, in Markdown."}
    more: dict[str, Any] = {"criteria": CRITERIA} if model is Badge else {"body": text}
    if model is Pathway:
        more["totals"] = TOTALS
    return {**more, "files": FILES}


def _tidy(node: Any) -> Any:
    """Take out what speaks to an author and not to a reader: examples of input, defaults, nulls that never come."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept: dict[str, Any] = {}
    for key, value in node.items():
        if key == "properties":
            kept[key] = {name: _tidy(said) for name, said in value.items()}
        elif key == "anyOf":
            choices = [_tidy(choice) for choice in value if choice != {"type": "null"}]
            kept.update(choices[0] if len(choices) == 1 else {key: choices})
        elif key not in ("title", "examples", "default", "terms"):
            kept[key] = _tidy(value)
    return kept
