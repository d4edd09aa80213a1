"""The steps of a pathway as a graph: what comes before what, and what can never be reached."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from sitegen.core.catalogue import Catalogue
from sitegen.core.diagnostics import Diagnostic, error
from sitegen.core.source import KeyPath
from sitegen.core.suggest import did_you_mean

Node = TypeVar("Node", int, str)


def check_steps(pathway: Any, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Find dangling, circular and unreachable steps; each message prints the path that leads there."""
    ids = {step.id: index for index, step in enumerate(pathway.steps) if step.id}
    yield from _repeated_ids(pathway)
    yield from _dangling(pathway, ids)
    circles = list(_circles(pathway, ids))
    yield from circles
    if not circles:
        yield from _blocked(pathway, ids)
    yield from _through_the_end(pathway, catalogue)
    yield from _twice(pathway)


def _label(pathway: Any, index: int) -> str:
    step = pathway.steps[index]
    return str(step.id or step.name or (step.target or "").partition(":")[2] or f"step {index + 1}")


def _repeated_ids(pathway: Any) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, step in enumerate(pathway.steps):
        if step.id and step.id in seen:
            yield error(
                "duplicate-step-id",
                f"two steps have the id '{step.id}'",
                pathway.span("steps", index, "id"),
                "give each step its own id",
            )
        seen.add(step.id or "")


def _dangling(pathway: Any, ids: dict[str, int]) -> Iterator[Diagnostic]:
    for index, step in enumerate(pathway.steps):
        for number, before in enumerate(step.precededBy):
            if before not in ids:
                guess = did_you_mean(before, [name for name in ids if name != step.id])
                yield error(
                    "dangling-step",
                    f"'{_label(pathway, index)}' comes after '{before}', but no step has that id",
                    pathway.span("steps", index, "precededBy", number),
                    f"did you mean '{guess}'?" if guess else "give the earlier step that id, or take this out",
                )


def _circles(pathway: Any, ids: dict[str, int]) -> Iterator[Diagnostic]:
    """Follow precededBy backwards from each step; report each circle from its first step in the list."""
    before = {i: [ids[b] for b in step.precededBy if b in ids] for i, step in enumerate(pathway.steps)}
    for start in before:
        path = _path_back(start, before)
        if path and min(path) == start:
            yield error(
                "cycle",
                f"steps wait for each other in a circle: {' → '.join(_label(pathway, i) for i in path)}",
                pathway.span("steps", start, "precededBy"),
                "take one precededBy out",
            )


def _path_back(start: int, before: dict[int, list[int]]) -> list[int]:
    """Return the shortest way from a step back to itself, or nothing."""
    way = _way(before[start], start, before.__getitem__)
    return [start, *way] if way else []


def _way(first: Iterable[Node], wanted: Node, following: Callable[[Node], Iterable[Node]]) -> list[Node]:
    """Return the shortest way from one of ``first`` to ``wanted``, or nothing."""
    came: dict[Node, Node | None] = dict.fromkeys(first)
    queue = deque(came)
    while queue:
        here = queue.popleft()
        if here == wanted:
            way = [here]
            while (earlier := came[way[-1]]) is not None:
                way.append(earlier)
            return way[::-1]
        for there in following(here):
            if there not in came:
                came[there] = here
                queue.append(there)
    return []


def _blocked(pathway: Any, ids: dict[str, int]) -> Iterator[Diagnostic]:
    """A step that waits for one further down the list, or for one that is optional, cannot be counted on."""
    for index, step in enumerate(pathway.steps):
        for number, name in enumerate(step.precededBy):
            earlier = ids.get(name)
            if earlier is None:
                continue
            at: KeyPath = ("steps", index, "precededBy", number)
            trail = f"{_label(pathway, earlier)} → {_label(pathway, index)}"
            if earlier >= index:
                yield error(
                    "unreachable-step",
                    f"'{_label(pathway, index)}' cannot be reached: it stands before the step it waits for ({trail})",
                    pathway.span(*at),
                    "put the steps in the order in which they are taken",
                )
            elif pathway.steps[earlier].optional and not step.optional:
                yield error(
                    "unreachable-step",
                    f"'{_label(pathway, index)}' cannot be reached if somebody leaves out an optional step ({trail})",
                    pathway.span(*at),
                    "make the earlier step needed, or the later one optional",
                )


def _through_the_end(pathway: Any, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A step that needs the badge at the end of the pathway can never be taken."""
    end = pathway.destination.badge if pathway.destination else None
    if not end or f"badge:{end}" not in catalogue.records:
        return
    for index, step in enumerate(pathway.steps):
        for option in step.options:
            trail = _needs(option.target, f"badge:{end}", catalogue)
            if trail and option.target != f"badge:{end}":
                names = " → ".join(key.partition(":")[2] for key in trail)
                yield error(
                    "unreachable-step",
                    f"'{_label(pathway, index)}' needs the badge that this pathway ends with: {names}",
                    pathway.span("steps", index),
                    "take the prerequisite out, or choose another destination",
                )


def _needs(key: str | None, wanted: str, catalogue: Catalogue) -> list[str]:
    """Return the chain of prerequisites from one record to another, or nothing."""

    def needed(at: str) -> list[str]:
        record: Any = catalogue.get(at)
        badges = [f"badge:{b}" for b in getattr(record, "prerequisite", ())]
        return badges + [f"course:{c}" for c in getattr(record, "coursePrerequisites", ())]

    return _way([key], wanted, needed) if key else []


def _twice(pathway: Any) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for index, step in enumerate(pathway.steps):
        for option in step.options:
            if option.target is None:
                continue
            if option.target in seen:
                yield error(
                    "repeated-step",
                    f"'{option.target.partition(':')[2]}' stands in this pathway twice: "
                    f"steps {seen[option.target] + 1} and {index + 1}",
                    pathway.span("steps", index),
                    "take one of them out",
                )
            seen[option.target] = index


CODES: dict[str, tuple[str, str]] = {
    "duplicate-step-id": ("Two steps of a pathway have the same id", "Give each step its own id."),
    "dangling-step": (
        "A step comes after one that does not exist",
        "precededBy: names the id: of another step of the same pathway.",
    ),
    "unreachable-step": (
        "A step that nobody could reach",
        "Either it waits for a step that comes later, or for one that people may leave out, or it needs the very "
        "badge that the pathway ends with. The message prints the path.",
    ),
    "repeated-step": ("The same badge or course stands in a pathway twice", "Take one of them out."),
}
