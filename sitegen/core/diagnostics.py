"""What is wrong with an author's input, as data.

A stage returns diagnostics beside its result; nobody raises them. The same value is rendered as
text for a person, as JSON for a program and as an annotation for a code host.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: an error stops publishing, a warning does so only with ``--strict``."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file.

    ``path`` is relative to the site folder, with forward slashes. ``line`` and ``column`` count
    from 1, the column in characters. ``length`` is how many characters the caret line underlines.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: a documented kebab-case ``code``, what is wrong, where, and how to mend it."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hint: str | None = None


_LONGEST = 1_000
"""Characters of a message: whoever pastes a page of text into a field of one word is not shown all of it again."""


def error(code: str, message: str, span: Span | None = None, hint: str | None = None) -> Diagnostic:
    """Return a fault that stops publishing."""
    return Diagnostic(code, Severity.ERROR, _brief(message), span, hint)


def warning(code: str, message: str, span: Span | None = None, hint: str | None = None) -> Diagnostic:
    """Return a fault that an author should look at but that breaks nothing."""
    return Diagnostic(code, Severity.WARNING, _brief(message), span, hint)


def _brief(message: str) -> str:
    """Cut the middle out of a long message: it begins with what is wrong and ends with what is wanted."""
    half = _LONGEST // 2
    return message if len(message) <= _LONGEST else f"{message[:half]}…{message[-half:]}"


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether anything in here stops publishing."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def joined(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Tell once what was found at one place while making many pages: the first, and how many more."""
    groups: dict[tuple[str, Span | None], list[Diagnostic]] = {}
    for told in dict.fromkeys(diagnostics):
        groups.setdefault((told.code, told.span), []).append(told)
    kept: list[Diagnostic] = []
    for (_, span), same in groups.items():
        if span is None or len(same) == 1:
            kept.extend(same)
        else:
            kept.append(replace(same[0], message=f"{same[0].message}, and {len(same) - 1} more"))
    return kept


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort by place, then code, and drop exact repeats, so that a report never depends on work order."""
    unique = dict.fromkeys(diagnostics)
    return sorted(unique, key=_place)


def _place(told: Diagnostic) -> tuple[bool, Span, Severity, str, str]:
    """Settings come first, since what is wrong there bears on everything below."""
    span = told.span or Span("", 0, 0)
    return "/" in span.path, span, told.severity, told.code, told.message
