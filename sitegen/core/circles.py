"""Circles among records: what comes before itself, or is part of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sitegen.core.diagnostics import Diagnostic, error
from sitegen.core.head import Head
from sitegen.core.source import KeyPath, Marks

Edges = Callable[[Head, Mapping[str, Head]], Iterable[tuple[str, KeyPath]]]
"""From a head and the table of all to the keys it depends on, each with the place where it says so."""


def circles(table: Mapping[str, Head], places: Callable[[Head], Marks]) -> Iterator[Diagnostic]:
    """Find where records lead in a circle, by whatever may not; ``places`` gives the marks of a record."""
    of_field: dict[tuple[str, str], list[Head]] = {(kind, name): [] for kind, name, _, _ in _GRAPHS}
    for key, head in table.items():
        kind = key.partition(":")[0]
        for name in {reference.field for reference in head.references}:
            if (kind, name) in of_field:
                of_field[kind, name].append(head)
    for kind, name, what, edges in _GRAPHS:
        yield from _circles_of(of_field[kind, name], table, places, what, edges)


def _circles_of(
    heads: Iterable[Head], table: Mapping[str, Head], places: Callable[[Head], Marks], what: str, edges: Edges
) -> Iterator[Diagnostic]:
    """Walk each graph once, without recursion, and report every circle by its path, once."""
    graph = {head.key: found for head in heads if (found := list(edges(head, table)))}
    done: set[str] = set()
    for start in sorted(graph):
        path: list[str] = []
        on_path: dict[str, KeyPath] = {}
        stack: list[tuple[str, KeyPath, bool]] = [(start, (), False)]
        while stack:
            key, at, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.pop(key)
                done.add(key)
            elif key in on_path:
                circle = [*path[path.index(key) :], key]
                yield error(
                    "cycle",
                    f"{what} lead in a circle: {' → '.join(k.partition(':')[2] for k in circle)}",
                    places(table[path[-1]]).value(at),
                    "take one of them out",
                )
            elif key not in done:
                path.append(key)
                on_path[key] = at
                stack.append((key, at, True))
                targets = [(target, where) for target, where in graph.get(key, ()) if target in table]
                stack.extend((target, where, False) for target, where in reversed(targets))


def _field(kind: str, name: str) -> Edges:
    def edges(head: Head, _: Mapping[str, Head]) -> Iterable[tuple[str, KeyPath]]:
        return [(f"{kind}:{one.text}", one.at) for one in head.references if one.field == name]

    return edges


def _stack(head: Head, table: Mapping[str, Head]) -> Iterable[tuple[str, KeyPath]]:
    """Badges only: of a badge and a pathway with one id, ``stacksTowards`` means the pathway."""
    for one in head.references:
        if one.field == "stacksTowards" and f"pathway:{one.text}" not in table:
            yield f"badge:{one.text}", one.at


def _inner_pathways(head: Head, _: Mapping[str, Head]) -> Iterable[tuple[str, KeyPath]]:
    for one in head.references:
        if one.field == "steps" and one.at[-1] == "pathway":
            yield f"pathway:{one.text}", one.at


_GRAPHS: tuple[tuple[str, str, str, Edges], ...] = (
    ("badge", "prerequisite", "prerequisites of badges", _field("badge", "prerequisite")),
    ("badge", "supersedes", "editions of a badge", _field("badge", "supersedes")),
    ("badge", "stacksTowards", "badges that stack", _stack),
    ("course", "coursePrerequisites", "prerequisites of courses", _field("course", "coursePrerequisites")),
    ("skill", "parent", "parents of skills", _field("skill", "parent")),
    ("pathway", "steps", "pathways inside pathways", _inner_pathways),
)
"""Kind of record, the field that leads on, what to call it, and where it leads."""


CODES: dict[str, tuple[str, str]] = {
    "cycle": (
        "Records lead in a circle",
        "Nobody could ever start. The message prints the whole path; take out one of the references in it.",
    ),
}
