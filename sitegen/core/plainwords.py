"""Validation failures in the words of the person who has to mend them."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.source import KeyPath, Marks
from sitegen.core.suggest import did_you_mean


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
    if kind == "tuple_type" and isinstance(given, str) and given.startswith(("•", "·", "–", "—", "*")):
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
