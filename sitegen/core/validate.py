"""From a parsed document to a validated record, with every fault placed in the author's file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.kind import Kind
from sitegen.core.model import Record, placed
from sitegen.core.output import ExtensionError
from sitegen.core.slug import is_slug, propose
from sitegen.core.source import Document, KeyPath, Marks, Value
from sitegen.core.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Defaults:
    """Fields that a record has unless it says otherwise, and where they were written."""

    values: Mapping[str, Value] = field(default_factory=dict)
    marks: Marks = field(default_factory=lambda: Marks(""))
    root: KeyPath = ()


def validate(
    document: Document, kind: Kind, defaults: tuple[Defaults, ...] = (), language: str = "en"
) -> tuple[tuple[Record, ...], list[Diagnostic]]:
    """Return the records of one file. ``defaults`` come nearest first: issuer, then site."""
    data, extra, empty = _without_extras(document.data)
    marks = document.marks
    for layer in defaults:
        data, marks = _inherit(data, marks, layer, kind, frozenset(at[0] for at in empty if len(at) == 1))
    faults = list(_bad_id(stem(document.path), document)) if "id" not in data else []
    try:
        model = kind.model.model_validate(data)
    except ValidationError as failure:
        return (), [*faults, *in_plain_words(failure, kind.model, marks, empty)]
    if faults:
        return (), faults
    record = placed(
        model,
        slug=model.id or stem(document.path),
        language=model.inLanguage or language,
        marks=marks,
        body=document.body,
        body_line=document.body_line,
        extra=extra,
    )
    try:
        return kind.expand(record), []
    except ExtensionError as failure:
        return (), [failure.told]


def salvage(document: Document, kind: Kind, defaults: tuple[Defaults, ...] = (), language: str = "en") -> Record | None:
    """Return what can be read of a file with faults, so that its references are checked in the same run.

    Fields with faults are left out and missing ones filled with their example. The record is fit for
    checking only: what it has of its own is what its marks name.
    """
    data, _, _ = _without_extras(document.data)
    marks = document.marks
    for layer in defaults:
        data, marks = _inherit(data, marks, layer, kind, frozenset())
    try:
        model = kind.model.model_validate(data)
    except ValidationError as failure:
        faulty = {fault["loc"][0] for fault in failure.errors() if fault["loc"]}
        sound = {key: value for key, value in data.items() if key not in faulty}
        for name, info in kind.model.model_fields.items():
            if info.is_required() and name not in sound:
                sound[name] = (info.examples or [None])[0]
        try:
            model = kind.model.model_validate(sound)
        except ValidationError:
            return None
        kept = {at: span for at, span in marks.values.items() if not at or (at[0] in sound and at[0] not in faulty)}
        marks = Marks(marks.path, marks.keys, kept)
    slug = model.id or stem(document.path)
    return placed(model, slug=slug, language=language, marks=marks, body=document.body, body_line=document.body_line)


def looks_like(document: Document, kind: Kind, kinds: Iterable[Kind]) -> Kind | None:
    """Return the other kind that a file with several unknown fields was probably written as."""
    keys = {key for key in document.data if not key.startswith("x-")}
    if len(keys - kind.model.model_fields.keys()) < 2:
        return None
    return next((k for k in kinds if k.name != kind.name and keys <= k.model.model_fields.keys()), None)


def wrong_folder(document: Document, kind: Kind, other: Kind) -> Diagnostic:
    """Tell that a file stands in the folder of another kind, in place of a fault for each of its fields."""
    return error(
        "wrong-folder",
        f"this looks like a {other.name}, and content/{kind.folder}/ is for the kind '{kind.name}'",
        Span(document.path),
        f"move the file to content/{other.folder}/",
    )


def stem(path: str) -> str:
    """Return the file's name without folder and ending: the id of a record that states none."""
    return path.rpartition("/")[2].rpartition(".")[0]


def _bad_id(slug: str, document: Document) -> Iterator[Diagnostic]:
    if is_slug(slug):
        return
    proposal = propose(slug)
    better = f"rename the file to {proposal}{document.path[document.path.rfind('.') :]}, or " if proposal else ""
    yield error(
        "bad-id",
        f"the file's name '{slug}' cannot be an address: ids have only a to z, digits and single hyphens",
        Span(document.path),
        f"{better}give it an id: in its front matter",
    )


def _without_extras(data: dict[str, Value]) -> tuple[dict[str, Any], dict[str, Any], set[KeyPath]]:
    """Split off the author's own ``x-`` keys and the keys without a value."""
    extra: dict[str, Any] = {}
    empty: set[KeyPath] = set()

    def clean(value: Value, at: KeyPath) -> Any:
        if isinstance(value, dict):
            kept = {}
            for key, item in value.items():
                if key.startswith("x-"):
                    extra[".".join(str(part) for part in (*at, key))] = item
                elif item is None:
                    empty.add((*at, key))
                else:
                    kept[key] = clean(item, (*at, key))
            return kept
        if isinstance(value, list):
            return [clean(item, (*at, index)) for index, item in enumerate(value)]
        return value

    return clean(data, ()), extra, empty


def _inherit(
    data: dict[str, Any], marks: Marks, layer: Defaults, kind: Kind, emptied: frozenset[str | int]
) -> tuple[dict[str, Any], Marks]:
    """Add what the record does not say itself; a key left empty on purpose is not filled in."""
    missing = [k for k in layer.values if k not in data and k not in emptied and k in kind.model.model_fields]
    if not missing:
        return data, marks
    added, _, _ = _without_extras({key: layer.values[key] for key in missing})
    size = len(layer.root)
    wanted = {(*layer.root, key) for key in added}
    keys, values = dict(marks.keys), dict(marks.values)
    for source, target in ((layer.marks.keys, keys), (layer.marks.values, values)):
        target.update({at[size:]: span for at, span in source.items() if at[: size + 1] in wanted})
    return {**data, **added}, Marks(marks.path, keys, values)


def in_plain_words(
    failure: ValidationError, model: type[BaseModel], marks: Marks, empty: set[KeyPath] | None = None
) -> list[Diagnostic]:
    """Turn a validation failure into diagnostics: one for each fault, each in its place."""
    faults = [(_where(fault), fault) for fault in failure.errors(include_url=False)]
    found = []
    spelt_wrong = {_meant(at, model) for at, fault in faults if fault["type"] == "extra_forbidden"}
    for at, fault in faults:
        # A field is missing only because its name is misspelt: told there, and not twice.
        if fault["type"] == "missing" and at in spelt_wrong:
            continue
        # A list is too short only because its faulty items were left out: not a fault of its own.
        if fault["type"] == "too_short" and any(other[: len(at)] == at and other != at for other, _ in faults):
            continue
        found.append(_describe(fault, at, model, marks, empty or set()))
    return found


def _where(fault: Any) -> KeyPath:
    """The path to a fault without the names that pydantic gives to its own steps, such as ``function-before[…]``."""
    # An unknown key is the author's own, whatever it looks like: people write tags[] and the like.
    own = len(fault["loc"]) - 1 if fault["type"] == "extra_forbidden" else -1
    return tuple(part for index, part in enumerate(fault["loc"]) if index == own or "[" not in str(part))


def _meant(at: KeyPath, model: type[BaseModel]) -> KeyPath:
    """Where a misspelt key would stand if it were spelt right."""
    owner = _model_at(model, at[:-1])
    guess = did_you_mean(str(at[-1]), owner.model_fields) if owner else None
    return (*at[:-1], guess or "")


def _describe(fault: Any, at: KeyPath, model: type[BaseModel], marks: Marks, empty: set[KeyPath]) -> Diagnostic:
    kind = fault["type"]
    name = _dotted(at)
    owner = _model_at(model, _without_numbers(at)[:-1])
    if kind == "missing":
        return _missing(at, owner, marks, empty)
    if kind == "extra_forbidden":
        known = list(owner.model_fields) if owner else []
        elsewhere = getattr(owner, "ELSEWHERE", {})
        guess = did_you_mean(str(at[-1]), [*known, *elsewhere])
        few = f"known fields here: {', '.join(known)}" if len(known) <= _FEW else _all_fields(model)
        hint = f"did you mean '{guess}'?" if guess else few
        hint = elsewhere.get(guess, hint)
        return error("unknown-field", f"unknown field '{at[-1]}'", marks.key(at), hint)
    if kind == "literal_error":
        return _not_one_of(fault, name, marks.value(at))
    if kind == "value_error":
        return error(
            "bad-value",
            (f"{name}: " if name else "") + fault["msg"].removeprefix("Value error, "),
            marks.value(at),
            _example(owner, at),
        )
    return error(_CODES.get(kind, "bad-value"), f"{name}: {_words(fault)}", marks.value(at), _example(owner, at))


_FEW = 14
"""Fields of a group that fit into a hint."""


def _all_fields(model: type[BaseModel]) -> str:
    kind = getattr(model, "KIND", "") or "settings"
    return f"'sitegen explain {kind}' lists the fields there are; keys of your own start with x-"


_CODES = {
    "tuple_type": "not-a-list",
    "string_type": "text-expected",
    "dict_type": "not-a-group",
    "model_type": "not-a-group",
    "model_attributes_type": "not-a-group",
    "decimal_parsing": "not-a-number",
    "int_parsing": "not-a-number",
    "int_from_float": "not-a-number",
    "decimal_type": "not-a-number",
    "finite_number": "not-a-number",
    "date_from_datetime_parsing": "bad-date",
    "date_parsing": "bad-date",
    "date_type": "bad-date",
}


def _words(fault: Any) -> str:
    given = fault["input"]
    what = "a list" if isinstance(given, list) else "a group of fields" if isinstance(given, dict) else f"'{given}'"
    what = "nothing" if given is None else what
    kind = fault["type"]
    if kind == "tuple_type" and isinstance(given, str) and given[:1] in "•·–—*":
        return f"write a hyphen and a space in place of '{given[0]}' before each item"
    if kind == "tuple_type":
        return f"this is a list, so each item stands on its own line after a hyphen; found {what}"
    if kind == "string_type":
        return f"this is plain text; found {what}"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return f"this is a group of fields, each on its own line below; found {what}"
    if kind in ("decimal_parsing", "int_parsing", "int_from_float", "decimal_type", "finite_number"):
        return f"{what} is not a number" if kind != "int_from_float" else f"{what} is not a whole number"
    if kind.startswith("date"):
        return f"{what} is not a day of the calendar; write year-month-day, like 2027-02-15"
    if kind == "string_too_short":
        return "this must not be empty"
    if kind == "too_short":
        least = fault["ctx"]["min_length"]
        return f"this needs at least {least} {'item' if least == 1 else 'items'}"
    if kind == "string_too_long":
        return f"this has at most {fault['ctx']['max_length']} letters"
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        limit = next(iter(fault["ctx"].values()))
        words = {"greater_than": "more than", "greater_than_equal": "at least", "less_than": "less than"}
        return f"{what} is not {words.get(kind, 'at most')} {limit}"
    if kind == "decimal_max_places":
        return f"{what} has more than {fault['ctx']['decimal_places']} digits after the point"
    message: str = fault["msg"]
    return message[:1].lower() + message[1:]


def _missing(at: KeyPath, owner: type[BaseModel] | None, marks: Marks, empty: set[KeyPath]) -> Diagnostic:
    info = owner.model_fields.get(str(at[-1])) if owner else None
    wants = f"{info.description} " if info and info.description else ""
    example = _example(owner, at) or ""
    if at in empty:
        return error("empty-field", f"'{_dotted(at)}' has no value", marks.key(at), (wants + example).strip())
    place = marks.value(at[:-1]) if len(at) > 1 else Span(marks.path, 1)
    return error("missing-field", f"'{_dotted(at)}' is missing", place, (wants + example).strip())


def _not_one_of(fault: Any, name: str, span: Span) -> Diagnostic:
    expected = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
    given = fault["input"]
    guess = did_you_mean(str(given), expected) if isinstance(given, str) else None
    hint = f"did you mean '{guess}'? " if guess else ""
    return error(
        "not-one-of", f"{name}: '{given}' is not one of the choices", span, f"{hint}use one of: {', '.join(expected)}"
    )


def _example(owner: type[BaseModel] | None, at: KeyPath) -> str | None:
    names = [part for part in at if isinstance(part, str)]
    info = owner.model_fields.get(names[-1]) if owner and names else None
    if info is None or not info.examples:
        return None
    return f"For example: {names[-1]}: {_yaml_like(info.examples[0])}"


def _yaml_like(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml_like(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_yaml_like(item) for item in value) + "]"
    return str(value)


def _dotted(at: KeyPath) -> str:
    words = ""
    for part in at:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words


def _model_at(model: type[BaseModel], at: KeyPath) -> type[BaseModel] | None:
    """Return the model that a path leads to, through lists and optional fields."""
    current: type[BaseModel] | None = model
    for part in at:
        if current is None:
            return None
        if isinstance(part, int):
            continue
        info = current.model_fields.get(part)
        current = _inner_model(info.annotation) if info else None
    return current


def _without_numbers(at: KeyPath) -> KeyPath:
    """A path up to its last name: the field that an item of a list stands in."""
    while at and isinstance(at[-1], int):
        at = at[:-1]
    return at


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _inner_model(argument)
        if found:
            return found
    return None


CODES: dict[str, tuple[str, str]] = {
    "wrong-folder": (
        "A file in the folder of another kind",
        "The folder says what a file is. Its fields fit another kind, so it probably belongs in that one's folder.",
    ),
    "bad-id": (
        "A file's name cannot be an address",
        "The id of a record becomes part of an address that badges point to for ever, so it has only small letters "
        "a to z, digits and single hyphens. Rename the file, or give the record an id: of its own.",
    ),
    "unknown-field": (
        "A key that this kind of record does not have",
        "Most often it is a spelling mistake; the hint names the nearest field. Keys of your own start with x-.",
    ),
    "missing-field": (
        "A field that must be filled in is not there",
        "The hint says what it means and gives an example to copy.",
    ),
    "empty-field": (
        "A field that must be filled in has no value",
        "Write the value after the colon. The hint says what it means.",
    ),
    "bad-value": (
        "A value that does not fit its field",
        "The message says what the field takes. The example in the hint can be copied.",
    ),
    "not-one-of": (
        "A value outside the list of choices",
        "The field takes one of a fixed set of words, given in the hint.",
    ),
    "not-a-list": ("One thing where a list is expected", "Write each item on its own line, starting with a hyphen."),
    "text-expected": ("A list or group where text is expected", "Write plain text after the colon."),
    "not-a-group": (
        "Text where a group of fields is expected",
        "Write the fields below the key, each on its own line and indented by two spaces.",
    ),
    "not-a-number": ("Something that is not a number", "Write digits, with a point for fractions: 2.5."),
    "bad-date": (
        "Something that is not a day of the calendar",
        "Write year-month-day, like 2027-02-15. The day must exist: there is no 30 February.",
    ),
}
