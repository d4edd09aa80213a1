"""Brings what was made up to date: decides, makes, checks the links of the whole, publishes, remembers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.core.check import check_links
from sitegen.core.current import Current
from sitegen.core.diagnostics import Diagnostic, joined
from sitegen.core.output import Format, Route
from sitegen.core.pagefacts import PageFacts
from sitegen.core.reads import memo
from sitegen.core.site import Site
from sitegen.shell.decide import SHAPE, changed_names, changed_values, states
from sitegen.shell.make import Checks, Task, Workshop, make_all
from sitegen.shell.memory import CHECK, PLAN, Memory, Row
from sitegen.shell.publish import Stage

Fresh = dict[str, Row]


@dataclass
class Remake:
    """One run over what has to be made. ``plan_reads`` are what the table of addresses was made from."""

    site: Site
    formats: Mapping[str, Format]
    routes: Sequence[Route]
    checks: Checks
    current: Current
    memory: Memory
    plan_reads: frozenset[str]
    stage: Stage | None
    jobs: int | None
    rows: Fresh = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def run(self, checks_only: bool) -> list[Diagnostic]:
        """Make what has to be made again; return what is wrong with any of it, made now or before."""
        memory = self.memory
        on_disk = self.stage.recorded() if self.stage is not None else {}
        changed = changed_names(memory, self.current, same_plan=False)
        changed_values(memory, self.current, changed)
        stale = memory.reading(changed)
        tasks = self._tasks(stale, changed, on_disk, checks_only)
        shop = Workshop(self.site, self.formats, self.checks, self.stage, on_disk)
        heads = self.site.catalogue.heads
        # First what is made of one record, then what is put together from what was made of all.
        for some in ([t for t in tasks if t.subject in heads], [t for t in tasks if t.subject not in heads]):
            for row in make_all(shop, some, self.jobs, memory):
                self.rows[row.name] = row
            memory.texts.flush()
            object.__setattr__(self.site, "recall", self._recaller(changed))
        return self._told(checks_only)

    def _recaller(self, changed: set[int]) -> Callable[[str], str | None]:
        """Return what gives a text that is kept, unless it has to be written again."""
        memory, rows = self.memory, self.rows

        def recall(name: str) -> str | None:
            row = rows.get(f"\x01{name}")
            if row is None and memory.numbers.get(name) not in changed:
                row = memory.row(f"\x01{name}")
            return memory.recall(row) if row is not None and row.data else None

        return recall

    def _tasks(self, stale: set[str], changed: set[int], on_disk: Mapping[str, str], checks_only: bool) -> list[Task]:
        """Everything that was never made, read what has changed, or is not on the disk as it was made."""
        memory = self.memory
        wanted: dict[str, list[tuple[str, str]]] = {}
        names: set[str] = {PLAN}
        for route in () if checks_only else self.routes:
            names.add(route.file)
            if self._stands(route.file, stale, on_disk):
                continue
            wanted.setdefault(route.subject, []).append((route.format, route.role))
        checked: set[str] = set()
        for key in self.site.catalogue.heads:
            names.add(CHECK + key)
            if CHECK + key not in memory.where or CHECK + key in stale:
                checked.add(key)
                wanted.setdefault(key, [])
        parts: dict[str, list[str]] = {}
        for format_name, make in () if checks_only else self._parts():
            for key in self.site.catalogue.heads:
                name = memo(f"{make.__module__}:{make.__qualname__}", (key,))
                if f"\x01{name}" not in memory.where or memory.numbers.get(name) in changed:
                    parts.setdefault(key, []).append(format_name)
                    wanted.setdefault(key, [])
        if not checks_only:
            self.gone = {name for name in memory.where if name not in names and not name.startswith("\x01once ")}
        return [
            Task(subject, tuple(routes), subject in checked, tuple(parts.get(subject, ())))
            for subject, routes in sorted(wanted.items())
        ]

    def _parts(self) -> list[tuple[str, Callable[[Site, str], str]]]:
        return [(name, form.parts) for name, form in sorted(self.formats.items()) if form.parts is not None]

    def _stands(self, name: str, stale: set[str], on_disk: Mapping[str, str]) -> bool:
        if name in stale or name not in self.memory.where:
            return False
        return self.stage is None or on_disk.get(name) == self.memory.digest(name)

    def _told(self, checks_only: bool) -> list[Diagnostic]:
        """What was told while making, the same whether it was made now or before."""
        told = {name: row.told for name, row in self.rows.items()}
        known = self.memory.where.keys() - self.gone
        told = {**{n: t for n, t in self.memory.told() if n in known and n not in told}, **told}
        checks = [one for name, each in sorted(told.items()) if name.startswith(CHECK) for one in each]
        if checks_only:
            return checks
        rendered = [one for name, each in sorted(told.items()) if not name.startswith("\x01") for one in each]
        return checks + joined(rendered)

    def links(self, drafts: Iterable[str]) -> list[Diagnostic]:
        """Check the links of all pages."""
        return check_links(self.site, self._facts(), tuple(drafts))

    def _facts(self) -> list[PageFacts]:
        names = self.memory.names
        facts = []
        for route in self.routes:
            row = self.rows.get(route.file) or self.memory.row(route.file)
            if row is not None and row.page:
                facts.append(_page(route, row, names))
        return facts

    def files(self) -> dict[str, str]:
        """Return every file that the site has, with its digest."""
        found = {}
        for route in self.routes:
            row = self.rows.get(route.file)
            found[route.file] = row.digest if row is not None else self.memory.digest(route.file)
        return found

    def remember(self) -> None:
        """Keep what was made for the next build. Raises OSError."""
        memory = self.memory
        memory.number(SHAPE)
        reads = array("I", map(memory.number, sorted(self.plan_reads)))
        self.rows[PLAN] = Row(PLAN, "0" * 32, reads)
        needed = range(len(memory.names))
        memory.learn(self.rows.values(), states(memory, self.current, needed), self.gone, "planned")


def _page(route: Route, row: Row, names: Sequence[str]) -> PageFacts:
    def lines(text: str) -> tuple[str, ...]:
        return tuple(text.split("\n")) if text else ()

    return PageFacts(
        route.url,
        route.subject,
        frozenset(lines(row.ids)),
        tuple([names[number][1:] for number in row.links]),
        tuple([names[number][1:] for number in row.assets]),
        lines(row.repeated),
        lines(row.data),
    )
