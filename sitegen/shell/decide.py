"""What has to be made again, and why: decided from what the last build read and what all of that is now."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sitegen.core.current import Current
from sitegen.core.output import Route
from sitegen.core.reads import words
from sitegen.shell.memory import LED_TO, ONCE, PLAN, Memory

_BY_HEADS = frozenset({"all", "list", "referring", "showing", "entries", "held", "name", "dates", "records", "links"})
_BY_PLAN = frozenset({"address", "addresses"})
FEW = 100
"""Texts that are kept, up to which they are written to see whether they are still the same."""
SHAPE = "shape"
"""The name under which the digest of all heads is remembered."""


def function_of(name: str) -> Callable[..., Any] | None:
    """Return the function that a name stands for: one of a loaded module that is marked for ``Site.once``.

    Names come from a file, so nothing is loaded and nothing else is ever called.
    """
    module, _, inner = name.partition(":")
    found = getattr(sys.modules.get(module), inner, None)
    return found if getattr(found, "__once__", False) is True else None


def is_kept(name: str) -> bool:
    """Say whether what a name stands for is a text that is kept from one build for the next."""
    return getattr(function_of(name.split(" ", 2)[1]), "__kept__", False) is True


def changed_names(memory: Memory, current: Current, same_plan: bool) -> set[int]:
    """Return the numbers of the names that stand for something else than when they were last looked at."""
    shape = memory.numbers.get(SHAPE)
    same_shape = shape is not None and memory.digests[shape] == current.shape
    changed: set[int] = set()
    for number, (name, before) in enumerate(zip(memory.names, memory.digests, strict=True)):
        what, _, _ = name.partition(" ")
        if (
            name[0] == LED_TO
            or what == "once"
            or not before
            or (same_shape and what in _BY_HEADS)
            or (same_plan and what in _BY_PLAN)
        ):
            continue
        if name != SHAPE and current.of(name) != before:
            changed.add(number)
    return changed


def changed_values(memory: Memory, current: Current, changed: set[int]) -> None:
    """Add the values worked out once that are no longer the same; only those are worked out that read what changed."""
    news = set(changed)
    seen: set[str] = set()
    while news:
        rows = {name for name in memory.reading(news) if name.startswith(ONCE)} - seen
        seen |= rows
        news = set()
        kept = {row for row in rows if memory.where_kept(row)}
        # Where there are many texts, that they have to be written again is enough to know: all processes do that.
        many = len(kept) > FEW
        for row in sorted(rows):
            name = row.removeprefix("\x01")
            number = memory.number(name)
            if (many and row in kept) or current.of(name) != memory.digests[number]:
                news.add(number)
        changed |= news


def plan_stands(memory: Memory, current: Current) -> bool:
    """Say whether everything that the table of addresses was made from is as it was."""
    row = memory.row(PLAN)
    if row is None or not memory.plan:
        return False
    shape = memory.numbers.get(SHAPE)
    same_shape = shape is not None and memory.digests[shape] == current.shape
    for number in row.reads:
        name = memory.names[number]
        if same_shape and name.partition(" ")[0] in _BY_HEADS:
            continue
        if current.of(name) != memory.digests[number]:
            return False
    return True


def states(memory: Memory, current: Current, numbers: Iterable[int]) -> Mapping[int, bytes]:
    """Return what names stand for now, for those whose state is not remembered as it is."""
    found: dict[int, bytes] = {}
    for number in numbers:
        name = memory.names[number]
        if name.startswith((LED_TO, "once ")):
            # Addresses are no names of something read, and what is worked out once brings its state along.
            continue
        state = current.shape if name == SHAPE else current.of(name)
        if state != memory.digests[number]:
            found[number] = state
    return found


def explained(memory: Memory, changed: set[int], routes: Sequence[Route], url: str) -> list[str]:
    """Say of the output at an address what it was made from, and whether and why it has to be made again."""
    if not routes:
        gone = next((n for n in memory.files() if f"/{n}".removesuffix("index.html") == url), None)
        return [f"{url} is gone: the next build takes it away." if gone else f"The site has nothing at {url}"]
    row = memory.row(routes[0].file)
    if row is None or row.owner != (routes[0].format, routes[0].subject, routes[0].role):
        return [f"{url} is made by the next build: it is new, or the settings, sitegen or a library have changed."]
    names = sorted(memory.names[number] for number in row.reads)
    news = sorted(memory.names[number] for number in row.reads if number in changed)
    lines = [f"{url} is up to date."] if not news else [f"{url} is made again by the next build, since it shows"]
    lines += [f"  {words(name)}" for name in news]
    lines += ["It was made from the settings and"] + [f"  {words(name)}" for name in names]
    return lines
