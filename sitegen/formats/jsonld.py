"""JSON-LD documents: built from tables of rows, and written the same way every time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, TypeVar

from sitegen.core.site import Site

Subject = TypeVar("Subject")
Row = tuple[str, Callable[[Subject, Site], Any]]
"""A term of a vocabulary, and how its value is read from a record."""

_EMPTY = (str, list, tuple, dict)
_ENTITY_LIKE = re.compile(r"&(?=[A-Za-z#])")


def node(rows: Iterable[Row[Subject]], subject: Subject, site: Site) -> dict[str, Any]:
    """Return what a table of rows says of a subject, in the table's order. Nothing that is empty is said."""
    said_: dict[str, Any] = {}
    for term, getter in rows:
        value = getter(subject, site)
        # What is true says something; of the rest, only numbers and False do.
        if value or (value is not None and not isinstance(value, _EMPTY)):
            said_[term] = value
    return said_


def stated(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of some values that say something."""
    return {
        term: value for term, value in values.items() if value or (value is not None and not isinstance(value, _EMPTY))
    }


def always(value: Any) -> Callable[[Any, Site], Any]:
    """Return a getter that says the same of every subject."""
    return lambda _subject, _site: value


def said(field: str) -> Callable[[Any, Site], Any]:
    """Return a getter of a field as its author wrote it; a tuple becomes a list."""

    def get(subject: Any, _: Site) -> Any:
        value = getattr(subject, field)
        return list(value) if isinstance(value, tuple) else value

    return get


def address(format_name: str) -> Callable[[Any, Site], str | None]:
    """Return a getter of the full address that a record has in a format."""
    return lambda record, site: site.url(record.key, format_name)


def is_empty(value: Any) -> bool:
    """Say whether a value says nothing. False and 0 are answers, so they are not empty."""
    return not value and (value is None or isinstance(value, _EMPTY))


def number(value: Decimal) -> int | float:
    """Return a number as JSON has it: 6 and not 6.0 where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def dump(value: Any) -> bytes:
    """Return a JSON document: UTF-8, indented by two spaces, keys in the order given, a line end at the end.

    An ampersand that could begin an HTML entity is written ``\\u0026``, which is the same JSON: there is
    verifier software that decodes entities in a document before it reads it as JSON, so that ``&quot;``
    in somebody's text would break it.
    """
    return (written(value) + "\n").encode()


def written(value: Any, level: int = 0) -> str:
    """Return a JSON value as :func:`dump` writes it, so many levels deep in a document."""
    text = _written(value, "\n" + "  " * level)
    return _ENTITY_LIKE.sub(r"\\u0026", text) if "&" in text else text


def joined(members: Iterable[tuple[str, str | Iterable[str]]]) -> bytes:
    """Return a JSON document: an object of members that are written already, one level deep.

    A member may be a list of values that are written already, two levels deep; they are taken one by one, since
    all of a large catalogue would fill the memory twice.
    """
    parts = [b"{"]
    for at, (name, value) in enumerate(members):
        parts.append(f"{',' if at else ''}\n  {encode_basestring(name)}: ".encode())
        if isinstance(value, str):
            parts.append(value.encode())
            continue
        first = len(parts)
        for text in value:
            parts += (b",\n    " if len(parts) > first else b"[\n    ", text.encode())
        parts.append(b"\n  ]" if len(parts) > first else b"[]")
    return b"".join([*parts, b"\n}\n"])


def _written(value: Any, line: str) -> str:
    """Return what ``json.dumps`` does with an indent of two; ``line`` begins a line at the level around the value.

    Python has an encoder in C, but not for text that is indented.
    """
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is dict and value and all(map(_is_text, value)):
        inside = line + "  "
        members = [
            f"{encode_basestring(name)}: {encode_basestring(item) if type(item) is str else _written(item, inside)}"
            for name, item in value.items()
        ]
        return f"{{{inside}{f',{inside}'.join(members)}{line}}}"
    if kind is list and value:
        inside = line + "  "
        return f"[{inside}{f',{inside}'.join([_written(item, inside) for item in value])}{line}]"
    if kind is int:
        return repr(value)
    return _REST.encode(value).replace("\n", line)


def _is_text(value: Any) -> bool:
    return type(value) is str


_REST = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False)
