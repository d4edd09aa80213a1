"""A kind of record, as a value: its folder, its model and its own rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sitegen.core.catalogue import Catalogue
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.model import Record


def nothing(record: Record, catalogue: Catalogue) -> Iterable[Diagnostic]:
    """Find no fault: the check of a kind without rules of its own."""
    del record, catalogue
    return ()


def only_itself(record: Record) -> tuple[Record, ...]:
    """Return the record alone: the expansion of a kind whose file holds one record."""
    return (record,)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    ``folder`` is where its files live below ``content/``. ``expand`` turns the record of one file
    into all the records in it (a framework brings its skills). ``check`` holds a linked record to
    the field's own rules. ``issuer_field`` names the reference through which defaults are inherited.
    ``parts`` are the models of other kinds that ``expand`` brings.
    """

    name: str
    folder: str
    model: type[Record]
    summary: str
    check: Callable[[Record, Catalogue], Iterable[Diagnostic]] = nothing
    expand: Callable[[Record], tuple[Record, ...]] = only_itself
    issuer_field: str | None = None
    parts: tuple[type[Record], ...] = ()
