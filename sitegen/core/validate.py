"""From a parsed document to a validated record, with every fault placed in the author's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.kind import Kind
from sitegen.core.model import Record, placed
from sitegen.core.output import ExtensionError
from sitegen.core.places import inherited
from sitegen.core.plainwords import in_plain_words
from sitegen.core.slug import is_slug, propose
from sitegen.core.source import Document, KeyPath, Marks, Value


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
    emptied = frozenset(at[0] for at in empty if len(at) == 1)
    for layer in defaults:
        data, marks = _inherit(data, marks, layer, kind, emptied)
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
    return _kept(data, (), extra, empty), extra, empty


def _kept(fields: dict[str, Value], at: KeyPath, extra: dict[str, Any], empty: set[KeyPath]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, item in fields.items():
        if key[:2] == "x-":
            extra[".".join(str(part) for part in (*at, key))] = item
        elif item is None:
            empty.add((*at, key))
        else:
            # Most values are text, and nothing can be left out of a text.
            kept[key] = item if type(item) is str else _within(item, (*at, key), extra, empty)
    return kept


def _within(value: Value, at: KeyPath, extra: dict[str, Any], empty: set[KeyPath]) -> Any:
    if isinstance(value, dict):
        return _kept(value, at, extra, empty)
    if isinstance(value, list):
        return [
            item if type(item) is str else _within(item, (*at, index), extra, empty) for index, item in enumerate(value)
        ]
    return value


def _inherit(
    data: dict[str, Any], marks: Marks, layer: Defaults, kind: Kind, emptied: frozenset[str | int]
) -> tuple[dict[str, Any], Marks]:
    """Add what the record does not say itself; a key left empty on purpose is not filled in."""
    missing = [k for k in layer.values if k not in data and k not in emptied and k in kind.model.model_fields]
    if not missing:
        return data, marks
    added, _, _ = _without_extras({key: layer.values[key] for key in missing})
    return {**data, **added}, inherited(marks, layer.marks, layer.root, frozenset(added))


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
}
