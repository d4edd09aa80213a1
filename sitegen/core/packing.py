"""Records as bytes, and back: what validation made of a file, kept without making it again.

``pack`` writes the fields that were given, as JSON under a checksum, and leaves out the Markdown body
and the marks: a body stays in its file, and marks are read again there when a diagnostic needs them.
``unpack`` makes the same record, in its exact types. It believes nothing: each field is held to its own
rules again, and bytes that no record was packed into raise `PackError`, whoever wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache, partial
from typing import Annotated, Any, cast, get_args, get_origin
from zlib import crc32

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

from sitegen.core.model import Record
from sitegen.core.packtypes import Change, Codec, NotPackableError, PackError, codec_of, tree
from sitegen.core.slug import is_slug
from sitegen.core.source import Marks
from sitegen.core.texts import LanguageTag

__all__ = ["NotPackableError", "PackError", "pack", "unpack"]

_OURS = __name__.partition(".")[0] + "."
_CHECKSUM = 4
_CONSTANT = frozenset({str, int, bool, float, type(None), Decimal, date})
"""Types of defaults that every record can share."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode
_language = lru_cache(maxsize=64)(TypeAdapter(LanguageTag).validator.validate_python)
_MISSING = object()
_new: Callable[[type[BaseModel]], BaseModel] = object.__new__


def pack(record: Record) -> bytes:
    """Return a record as bytes, without its body and its marks.

    Raises `NotPackableError` for a record of a site's own kind that holds more than plain values, or
    whose rules would not accept what they made themselves; such a record is read from its file.
    """
    plan = _plan(type(record))
    data = _packed(plan, record)
    if plan.is_foreign:
        # The rules of a site's own kind may not accept what they made; ours do, and tests hold them to it.
        _try_out(record, data)
    return data


def unpack(
    data: bytes,
    models: Mapping[str, type[Record]],
    body: str = "",
    find_marks: Callable[[], Marks] | None = None,
    *,
    own: bool = False,
) -> Record:
    """Return the record that was packed into ``data``, with its ``body``.

    ``models`` gives the model of each kind. ``find_marks`` is called once, when something asks for the
    marks; without it there are none but the file. The caller compares the record's path and key to
    those it expects. Raises `PackError`.

    ``own`` says that this very process, or the one that it was forked from, packed the bytes from a record that
    it had validated: then nothing is held to its rules a second time.
    """
    try:
        if own:
            return _own(data, models, body, find_marks)
        return _unpacked(data, models, body, find_marks)
    except PackError:
        raise
    except Exception as fault:  # Bytes can be wrong in every way there is, and a site's own rules may raise anything.
        raise PackError(f"this is no packed record: {type(fault).__name__}: {fault}") from fault


def _packed(plan: _Plan, record: Record) -> bytes:
    private = record.__pydantic_private__ or {}  # at once, since each costs a microsecond by its own name
    kind, _, slug = private["_key"].partition(":")
    head = (kind, slug, private["_language"], private["_marks"].path, private["_body_line"])
    try:
        _check_head(*head)
        text = _encode([*head, tree(dict(private["_extra"])), *plan.pack(record)]).encode()
    except (ValueError, RecursionError) as fault:
        raise NotPackableError(f"'{record.key}' holds what cannot be packed: {fault}") from fault
    return crc32(text, plan.seed).to_bytes(_CHECKSUM) + text


def _own(data: bytes, models: Mapping[str, type[Record]], body: str, find_marks: Callable[[], Marks] | None) -> Record:
    """Make a record of bytes that need no check."""
    kind, slug, language, path, body_line, extra, given, rest = json.loads(data[_CHECKSUM:])
    private = {
        "_key": f"{kind}:{slug}",
        "_body": body,
        "_marks": Marks(path),
        "_find_marks": find_marks,
        "_find_body": None,
        "_body_line": body_line,
        "_language": language,
        "_extra": extra,
    }
    global _checked  # noqa: PLW0603 - for the length of this call: codecs are values that are made once for a model
    _checked = False
    try:
        record = _plan(models[kind]).made(given, rest, private)
    finally:
        _checked = True
    return cast(Record, record)


_checked = True
"""Whether what is unpacked is held to the rules of its fields."""


def _unpacked(
    data: bytes, models: Mapping[str, type[Record]], body: str, find_marks: Callable[[], Marks] | None
) -> Record:
    text = data[_CHECKSUM:].decode("utf-8")
    parts = json.loads(text)
    kind, slug, language, path, body_line, extra, given, rest = parts
    model = models.get(kind)
    if model is None or kind != model.KIND:
        raise PackError(f"there is no kind '{kind}'")
    plan = _plan(model)
    if data[:_CHECKSUM] != crc32(data[_CHECKSUM:], plan.seed).to_bytes(_CHECKSUM):
        raise PackError("the checksum differs")
    if "\\u" in text:
        # JSON may spell half a character, which no file can hold.
        _encode(parts).encode()
    _check_head(kind, slug, language, path, body_line)
    if type(extra) is not dict:
        raise PackError("the author's own keys are missing")
    record = plan.unpack(
        given,
        rest,
        {
            "_key": f"{kind}:{slug}",
            "_body": body,
            "_marks": Marks(path),
            "_find_marks": find_marks,
            "_find_body": None,
            "_body_line": body_line,
            "_language": language,
            "_extra": extra,
        },
    )
    held = model.model_validate(record, strict=True)
    if held is not record:
        raise PackError("the record breaks its own rules")
    return held


def _check_head(kind: str, slug: str, language: str, path: str, body_line: int) -> None:
    """Raise ValueError unless these are a record's place among the others and in the site folder."""
    if {type(kind), type(slug), type(language), type(path)} != {str} or type(body_line) is not int:
        raise ValueError("the record has no place among the others")
    if not is_slug(slug) or body_line < 1:
        raise ValueError(f"'{slug}' on line {body_line} cannot be a record")
    if not path or path[0] == "/" or "\\" in path or "\0" in path or ".." in path.split("/"):
        raise ValueError(f"'{path}' is no file of a site")
    _language(language)


def _try_out(record: Record, data: bytes) -> None:
    try:
        again = unpack(data, {record.KIND: type(record)}, record.body)
        same = again.__dict__ == record.__dict__ and _packed(_plan(type(again)), again) == data
    except PackError as fault:
        raise NotPackableError(f"the rules of '{record.KIND}' do not accept what they made: {fault}") from fault
    if not same:
        raise NotPackableError(f"'{record.KIND}' does not come back as it was")


class _Field:
    """One field of a model: how it is packed, what it is when left out, and its own rules."""

    def __init__(self, name: str, info: FieldInfo, config: ConfigDict) -> None:
        self.name = name
        self.codec: Codec = codec_of(info.annotation, _nested)
        self.required = info.is_required()
        self.default = None if self.required else info.default
        # A default that a record could change, or that is made for each, is written out each time.
        constant = type(self.default) in _CONSTANT or self.default == ()
        self.always = self.required or info.default_factory is not None or not constant
        self._annotation: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        self._config = config

    @cached_property
    def rules(self) -> Change:
        """What pydantic does with a value of this field, strictly; made when the first value comes by."""
        bare = get_args(self._annotation)[0] if get_origin(self._annotation) is Annotated else self._annotation
        own = isinstance(bare, type) and issubclass(bare, BaseModel)
        validate = TypeAdapter(self._annotation, config=None if own else self._config).validator.validate_python
        return partial(validate, strict=True)

    def goes_without_saying(self, value: Any) -> bool:
        """Say whether a field that was not given has the value that it has then anyway."""
        return not self.always and type(value) is type(self.default) and bool(value == self.default)

    def unpacked(self, packed: Any) -> Any:
        """Return a value from plain JSON; the rules must take it as it is."""
        change = self.codec.unpack
        value = packed if change is None else change(packed)
        held = self.rules(value)
        if held is not value and (type(held) is not type(value) or held != value):
            raise PackError(f"'{self.name}' is not as its rules leave it")
        return value


class _Plan:
    """How the instances of one model are packed, read once from its fields."""

    def __init__(self, model: type[BaseModel]) -> None:
        common = Record.__private_attributes__ if issubclass(model, Record) else {}
        if model.model_config.get("extra") == "allow" or model.__private_attributes__.keys() != common.keys():
            raise NotPackableError(f"'{model.__qualname__}' keeps more than its fields")
        taken = ("str_strip_whitespace", "str_to_lower", "str_to_upper", "allow_inf_nan", "arbitrary_types_allowed")
        config = {key: value for key, value in model.model_config.items() if key in taken}
        self.model = model
        self.fields = {name: _Field(name, info, ConfigDict(**config)) for name, info in model.model_fields.items()}  # type: ignore[typeddict-item]
        self.defaults = {name: _MISSING if field.always else field.default for name, field in self.fields.items()}
        self.always = frozenset(name for name, field in self.fields.items() if field.always)
        rules = model.__pydantic_decorators__
        self._has_rules_apart = bool(rules.field_validators or rules.validators or rules.root_validators)

    @cached_property
    def _reached(self) -> tuple[type[BaseModel], ...]:
        """This model and all that its fields lead to."""
        reached = {self.model: None}
        waiting = [self.model]
        while waiting:
            for field in _plan(waiting.pop()).fields.values():
                waiting += [model for model in field.codec.models if model not in reached]
                reached.update(dict.fromkeys(field.codec.models))
        return tuple(reached)

    @cached_property
    def seed(self) -> int:
        """What checksums begin from, so that bytes from another version of the models are told by theirs."""
        lines = [
            f"{model.__qualname__}.{name}: {field.codec.shape}"
            for model in self._reached
            for name, field in _plan(model).fields.items()
        ]
        return crc32("\n".join(lines).encode())

    @cached_property
    def is_foreign(self) -> bool:
        """Say whether a model in it is not one of ours."""
        return any(not model.__module__.startswith(_OURS) for model in self._reached)

    def pack(self, value: BaseModel) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the fields that were given, and those that were not but differ from their defaults."""
        values, was_given = value.__dict__, value.model_fields_set
        given: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for name, default in self.defaults.items():
            item = values.get(name, _MISSING)
            if name in was_given:
                given[name] = self.fields[name].codec.packed(item)
            elif item is not default and not self.fields[name].goes_without_saying(item):
                rest[name] = self.fields[name].codec.packed(item)
        if len(given) < len(was_given):
            raise NotPackableError("there are more than its fields")
        return given, rest

    def typed(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return values from plain JSON in their exact types, not yet held to any rule."""
        fields = self.fields
        return {
            name: packed if (change := fields[name].codec.unpack) is None else change(packed)
            for name, packed in given.items()
        }

    def unpack(self, given: Any, rest: Any, private: dict[str, Any] | None = None) -> BaseModel:
        """Make an instance whose fields have all been held to their rules."""
        values = dict(self.defaults)
        for name, packed in given.items():
            values[name] = self.fields[name].unpacked(packed)
        for name, packed in rest.items():
            values[name] = self.fields[name].unpacked(packed)
        if not self.always <= given.keys() | rest.keys() or not given.keys().isdisjoint(rest):
            raise PackError(f"a field of '{self.model.__qualname__}' is missing, or there twice")
        if self._has_rules_apart:
            self._hold_to_rules_apart(values, given.keys())
        return self._instance(values, given, private)

    def made(self, given: dict[str, Any], rest: dict[str, Any], private: dict[str, Any] | None = None) -> BaseModel:
        """Make an instance from what was packed of one, without holding anything to its rules."""
        values = {**self.defaults, **self.typed(given), **self.typed(rest)}
        return self._instance(values, given, private)

    def _instance(self, values: dict[str, Any], given: Iterable[str], private: dict[str, Any] | None) -> BaseModel:
        instance = _new(self.model)
        instance.__setstate__(
            {
                "__dict__": values,
                "__pydantic_extra__": None,
                "__pydantic_fields_set__": set(given),
                "__pydantic_private__": private,
            }
        )
        return instance

    def _hold_to_rules_apart(self, values: dict[str, Any], given: Iterable[str]) -> None:
        """Ask the rules that stand beside the fields of a model and not in their types, which only the whole can."""
        stated = {name: values[name] for name in given}
        again = self.model.model_validate(stated, strict=True)
        if any(getattr(again, name) != value for name, value in stated.items()):
            raise PackError(f"'{self.model.__qualname__}' is not as its rules leave it")


@cache
def _plan_or_refusal(model: type[BaseModel]) -> _Plan | NotPackableError:
    try:
        return _Plan(model)
    except NotPackableError as refusal:
        return refusal


def _plan(model: type[BaseModel]) -> _Plan:
    plan = _plan_or_refusal(model)
    if isinstance(plan, NotPackableError):
        raise NotPackableError(str(plan))
    return plan


def _nested(model: type[BaseModel]) -> tuple[Change, Change]:
    """How an instance inside another is packed: looked up when one comes by, as models may hold themselves."""

    def pack_one(value: BaseModel) -> Any:
        given, rest = _plan(model).pack(value)
        return [given, rest] if rest else given

    def unpack_one(packed: Any) -> BaseModel:
        plan = _plan(model)
        if not _checked:
            return plan.made(packed, {}) if type(packed) is dict else plan.made(*packed)
        if type(packed) is dict:
            # A group has few fields, so pydantic makes it faster than it is made here; a record has fifty.
            return model.model_validate(plan.typed(packed), strict=True)
        given, rest = packed
        return plan.unpack(given, rest)

    return pack_one, unpack_one
