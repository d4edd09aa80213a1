"""What came of a build, as far as a preview has to know: the one value that passes from the builder to the server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sitegen.core.diagnostics import Diagnostic, Span
from sitegen.core.report import quoted, visible

AROUND = 2
"""Lines that are shown before and after the line at fault."""

MOST = 100
"""Faults that are sent to a browser; a person mends the first of them and the rest change."""

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: what is at fault in it stands in ``marked``, which is None in the lines around it."""

    number: int
    before: str
    marked: str | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A diagnostic as the browser shows it: text that has been made visible, and the lines that it is about.

    A fault of our own has no ``code``, since an author has nothing to look up.
    """

    severity: str
    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    excerpt: tuple[Line, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build.

    ``changed`` and ``removed`` are names below the output folder. ``media_types`` gives the media type of every
    file that changed; the first outcome of a server gives that of every file. ``headers`` are those of every answer
    (``rules.common``). When ``ok`` is false, nothing was published, and only ``faults`` and ``code`` count. ``more``
    says how many faults there are beyond those. ``code`` is what stands in the site's folder and holds Python modules
    that the build loads.
    """

    ok: bool
    faults: tuple[Notice, ...] = ()
    more: int = 0
    changed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    media_types: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    code: frozenset[str] = frozenset()


def failure(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str]) -> Outcome:
    """Return the outcome of a build that found faults: errors first, then warnings, each with its lines."""
    ordered = sorted(diagnostics, key=lambda told: told.severity)
    lines: dict[str, list[str]] = {}
    faults = tuple(_fault(told, texts, lines) for told in islice(ordered, MOST))
    return Outcome(ok=False, faults=faults, more=len(ordered) - len(faults))


def crash(problem: BaseException) -> Outcome:
    """Return the outcome of a build that ended in a fault of our own."""
    message = f"sitegen itself failed: {type(problem).__name__}: {problem}"
    hint = "this is not a mistake of yours; please report it with what the terminal says"
    return Outcome(ok=False, faults=(Notice("error", visible(message[:1000]), hint=hint),))


def ended(code: int | None) -> Outcome:
    """Return the outcome of a build whose process ended before it; ``code`` is what the system says of that end."""
    if code is not None and code < 0:
        message = f"the process that builds the site was ended by the system (signal {-code})"
        hint = "it was probably out of memory: close other programs, then save a file to build again"
    else:
        message = f"the process that builds the site ended before it had built (exit code {code})"
        hint = "look at what the terminal says; save a file to build again"
    return Outcome(ok=False, faults=(Notice("error", message, hint=hint),))


def _fault(told: Diagnostic, texts: Mapping[str, str], lines: dict[str, list[str]]) -> Notice:
    span = told.span
    hint = visible(told.hint) if told.hint else None
    if span is None:
        return Notice(told.severity.value, visible(told.message), hint=hint, code=told.code)
    if span.path in texts and span.path not in lines:
        lines[span.path] = _LINE_END.split(texts[span.path].removeprefix("\ufeff"))
    excerpt = _excerpt(lines.get(span.path, []), span)
    place = (visible(span.path), span.line, span.column)
    return Notice(told.severity.value, visible(told.message), *place, hint, excerpt, told.code)


def _excerpt(lines: list[str], span: Span) -> tuple[Line, ...]:
    """The line at fault between its neighbours; nothing where the place is no line of the text."""
    if not 0 < span.line <= len(lines):
        return ()
    first, last = max(span.line - AROUND, 1), min(span.line + AROUND, len(lines))
    shown = []
    for number in range(first, last + 1):
        here = span if number == span.line else Span(span.path, number)
        quote = quoted(lines[number - 1], here)
        if number == span.line:
            shown.append(Line(number, quote.before, quote.marked, quote.after))
        else:
            shown.append(Line(number, quote.before + quote.marked + quote.after))
    while shown and shown[-1].marked is None and not shown[-1].before.strip():
        shown.pop()
    return tuple(shown)
