"""Diagnostics and heads as plain lists, for what a build keeps for the next one."""

from __future__ import annotations

from typing import Any

from sitegen.core.diagnostics import Diagnostic, Severity, Span
from sitegen.core.head import Head, Reference


def diagnostic_row(told: Diagnostic) -> list[Any]:
    """Return a diagnostic as a list of plain values."""
    span = told.span
    place = [span.path, span.line, span.column, span.length] if span else None
    return [told.code, told.severity.value, told.message, place, told.hint]


def diagnostic_of(row: list[Any]) -> Diagnostic:
    """Return the diagnostic that a row was made from. Raises ValueError or TypeError for anything else."""
    code, severity, message, place, hint = row
    return Diagnostic(code, Severity(severity), message, Span(*place) if place else None, hint)


def head_row(head: Head) -> list[Any]:
    """Return a head as a list of plain values."""
    return [*head[:-1], [[list(one.at), one.text, list(one.kinds), one.external] for one in head.references]]


def head_from(row: list[Any]) -> Head:
    """Return the head that a row was made from. Raises ValueError or TypeError for anything else."""
    references = [Reference(tuple(at), text, tuple(kinds), external) for at, text, kinds, external in row[-1]]
    return Head._make([*row[:-1], tuple(references)])
