"""Explains a diagnostic code, a kind of record or a field in plain text, for ``sitegen explain``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from sitegen.core.config import Config
from sitegen.core.kind import Kind
from sitegen.kinds import KINDS
from sitegen.reference.codes import CodeFacts, codes
from sitegen.reference.fields import STANDARDS, FieldFacts, fields

SETTINGS = "settings"
"""What ``sitegen.yaml`` is called in names such as ``settings.base_url``."""

_WIDTH = 88


def explain(name: str, kinds: Iterable[Kind] = KINDS) -> str | None:
    """Return the explanation of a code, a kind, ``settings``, or a field; None for a name that means nothing.

    A field is named with its kind (``course.offerings.startDate``), without it (``assessment``), or by
    the end of its name (``startDate``). Where several kinds have it, all of them are explained.
    """
    wanted = name.strip().rstrip(":")
    code = next((code for code in codes() if code.code == wanted), None)
    if code:
        return _code(code)
    tables = _tables(kinds)
    if wanted in tables:
        return _overview(wanted, *tables[wanted])
    # Kinds that share a field are named above one explanation.
    told: dict[str, list[str]] = {}
    for owner, facts in _matches(wanted, tables):
        told.setdefault(_field(facts, tables[owner][1]), []).append(f"{owner}.{facts.name}")
    return "\n\n".join("\n".join([*owners, text]) for text, owners in told.items()) or None


def suggestions(name: str, kinds: Iterable[Kind] = KINDS) -> tuple[str, ...]:
    """Return up to three names that :func:`explain` knows and that somebody may have meant, nearest first."""
    tables = _tables(kinds)
    known = {*tables, *(facts.code for facts in codes())}
    for owner, (_, found) in tables.items():
        known.update(f"{owner}.{facts.name}" for facts in found)
        known.update(facts.name for facts in found)
    by_folded: dict[str, str] = {}
    for candidate in sorted(known):
        by_folded.setdefault(candidate.casefold(), candidate)
    near = get_close_matches(name.strip().casefold(), by_folded, n=3, cutoff=0.6)
    return tuple(by_folded[word] for word in near)


_Tables = dict[str, tuple[str, tuple[FieldFacts, ...]]]
"""By the name of a kind, or ``settings``: what it is, and its fields."""


def _tables(kinds: Iterable[Kind]) -> _Tables:
    tables = {kind.name: (kind.summary, fields(kind.model)) for kind in kinds}
    return {**tables, SETTINGS: ("What sitegen.yaml says about a site.", fields(Config))}


def _matches(name: str, tables: _Tables) -> Iterator[tuple[str, FieldFacts]]:
    """Yield the fields of this exact name; where there are none, those whose name ends in it."""
    owner, _, rest = name.partition(".")
    if owner in tables and rest:
        yield from _named(rest, {owner: tables[owner]})
        return
    exact = list(_named(name, tables))
    yield from exact or _ending(name, tables)


def _named(name: str, tables: _Tables) -> Iterator[tuple[str, FieldFacts]]:
    return ((owner, f) for owner, (_, found) in tables.items() for f in found if f.name == name)


def _ending(name: str, tables: _Tables) -> Iterator[tuple[str, FieldFacts]]:
    return ((owner, f) for owner, (_, found) in tables.items() for f in found if f.name.endswith("." + name))


def _code(facts: CodeFacts) -> str:
    return "\n".join([facts.code, _text(facts.title + "."), "", _text(facts.explanation)])


def _overview(name: str, summary: str, found: tuple[FieldFacts, ...]) -> str:
    top = [facts for facts in found if not facts.depth]
    rows = [*_rows([f for f in top if f.required]), "", *_rows([f for f in top if not f.required])]
    more = f"sitegen explain {name}.{top[0].name} says more about a field."
    return "\n".join(
        [name, _text(summary), "", "  Needed first, then what may be left out:", "", *rows, "", f"  {more}"]
    )


def _field(facts: FieldFacts, siblings: tuple[FieldFacts, ...]) -> str:
    lines = [_text(facts.description), ""]
    lines += _hanging("Takes", facts.type)
    lines += _hanging("Needed", "yes" if facts.required else "no")
    if facts.default:
        lines += _hanging("Default", facts.default)
    lines += ["", "  Example:", *(f"    {line}" for line in facts.example.splitlines())]
    inside = [f for f in siblings if f.name.startswith(facts.name + ".") and f.depth == facts.depth + 1]
    if inside:
        lines += ["", "  Fields inside:", *_rows(inside)]
    if facts.terms:
        lines += ["", "  In the standards:"]
        lines += [f"    {STANDARDS[key]}: {term}" for key, term in facts.terms]
    return "\n".join(lines)


def _rows(found: Iterable[FieldFacts]) -> list[str]:
    rows = [(f.name.rpartition(".")[2], f.description + (" Needed." if f.required and f.depth else "")) for f in found]
    width = max((len(name) for name, _ in rows), default=0)
    return [line for name, text in rows for line in _hanging(name, text, "    ", width)]


def _hanging(name: str, text: str, indent: str = "  ", width: int = 7) -> list[str]:
    first = f"{indent}{name:<{width}}  "
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first))


def _text(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")
