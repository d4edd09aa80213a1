"""Brings what was made up to date: decides, makes, checks the links of the whole, remembers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sitegen.core.check import check_links
from sitegen.core.current import Current
from sitegen.core.diagnostics import Diagnostic, joined
from sitegen.core.output import Format
from sitegen.core.pagefacts import PageFacts
from sitegen.core.reads import memo
from sitegen.core.site import Site
from sitegen.shell.columns import Row
from sitegen.shell.decide import SHAPE, changed_names, changed_values, states
from sitegen.shell.make import Checks, Task, Workshop, make_all
from sitegen.shell.memory import CHECK, PLAN, Memory
from sitegen.shell.publish import Stage

Routes = list[tuple[str, str]]

MANY = 16
"""Records that refer to one, from which on its page is made after the texts that are kept of those."""


@dataclass
class Remake:
    """One run over what has to be made.

    ``plan_reads`` are what the table of addresses was made from; None where it is the one of the last build.
    """

    site: Site
    formats: Mapping[str, Format]
    checks: Checks
    current: Current
    memory: Memory
    plan_reads: frozenset[str] | None
    stage: Stage | None
    jobs: int | None
    rows: dict[str, Row] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)

    def run(self, checks_only: bool) -> list[Diagnostic]:
        """Make what has to be made again; return what is wrong with any of it, made now or before."""
        memory = self.memory
        on_disk = self.stage.recorded() if self.stage is not None else None
        self.changed = changed_names(memory, self.current, same_plan=self.plan_reads is None)
        changed_values(memory, self.current, self.changed)
        stale = memory.reading(self.changed)
        tasks = self._tasks(stale, on_disk, checks_only)
        shop = Workshop(self.site, self.formats, self.checks, self.stage, on_disk or {})
        object.__setattr__(self.site, "recall", self._recall)
        # First what is made of one record, then what is put together from what was made of many.
        for some in self._rounds(tasks):
            for row in make_all(shop, some, self.jobs, memory):
                self.rows[row.name] = row
            memory.texts.flush()
        return self._told(checks_only)

    def _rounds(self, tasks: Iterable[Task]) -> tuple[list[Task], list[Task]]:
        """Part tasks: those of one record, and those of the site and of records that many others refer to."""
        catalogue = self.site.catalogue
        first, second = [], []
        for task in tasks:
            if task.subject in catalogue.heads and len(catalogue.links.get(task.subject, ())) < MANY:
                first.append(task)
                continue
            if task.parts:
                first.append(Task(task.subject, (), False, task.parts))
            if task.routes or task.check:
                second.append(task._replace(parts=()))
        if self.site.known and not (first or second):
            # What was worked out to decide that nothing has changed may have read something else for it.
            second.append(Task("", ()))
        return first, second

    def _recall(self, name: str) -> str | None:
        """Return a text that is kept, unless it has to be written again."""
        row = self.rows.get(f"\x01{name}")
        kept = row.data if row is not None else ""
        if row is None and self.memory.numbers.get(name) not in self.changed:
            kept = self.memory.where_kept(f"\x01{name}")
        return self.memory.recall(kept) if kept else None

    def _tasks(self, stale: set[str], on_disk: Mapping[str, str] | None, checks_only: bool) -> list[Task]:
        """Everything that was never made, read what has changed, or is not on the disk as it was made."""
        routes: dict[str, Routes] = {}
        parts: dict[str, list[str]] = {}
        if not checks_only:
            remembered = self.memory.files()
            off = set() if on_disk is None else {n for n, digest in remembered.items() if on_disk.get(n) != digest}
            wanted = self._wanted(stale | off, remembered)
            for format_name, subject, role in wanted:
                routes.setdefault(subject, []).append((format_name, role))
            for format_name, key in self._missing_parts():
                parts.setdefault(key, []).append(format_name)
        checked = {key for key in self.site.catalogue.heads if self._is_unchecked(CHECK + key, stale)}
        subjects = sorted({*routes, *parts, *checked})
        return [Task(one, tuple(routes.get(one, ())), one in checked, tuple(parts.get(one, ()))) for one in subjects]

    def _wanted(self, stale: set[str], remembered: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        """Yield format, subject and role of every output that has to be made, and note those that are gone."""
        memory = self.memory
        if self.plan_reads is None:
            yield from (memory.owner(name) for name in sorted(stale) if name[0] != "\x01")
            return
        names = set()
        for route in self.site.table.values():
            names.add(route.file)
            owner = route.format, route.subject, route.role
            if route.file in stale or route.file not in remembered or memory.owner(route.file) != owner:
                yield owner
        heads = self.site.catalogue.heads
        checks = (name for name in memory.where if name.startswith(CHECK))
        self.gone = (remembered.keys() - names) | {name for name in checks if name[len(CHECK) :] not in heads}

    def _is_unchecked(self, name: str, stale: set[str]) -> bool:
        return name in stale or name not in self.memory.where

    def _missing_parts(self) -> Iterator[tuple[str, str]]:
        """Yield format and record of every text that is kept and has to be written."""
        memory = self.memory
        for format_name, form in sorted(self.formats.items()):
            if form.parts is None:
                continue
            start = memo(f"{form.parts.__module__}:{form.parts.__qualname__}", ())
            for key in self.site.catalogue.heads:
                name = f"{start} {key}"
                if f"\x01{name}" not in memory.where or memory.numbers.get(name) in self.changed:
                    yield format_name, key

    def _told(self, checks_only: bool) -> list[Diagnostic]:
        """What was told while making, the same whether it was made now or before."""
        told = {name: row.told for name, row in self.rows.items() if row.told}
        told |= {n: each for n, each in self.memory.told() if n not in self.rows and n not in self.gone}
        checks = [one for name, each in sorted(told.items()) if name.startswith(CHECK) for one in each]
        if checks_only:
            return checks
        rendered = [one for name, each in sorted(told.items()) if name[0] != "\x01" for one in each]
        return checks + joined(rendered)

    def links(self, drafts: Iterable[str]) -> list[Diagnostic]:
        """Check the links of the pages that were made now, and of all where addresses or anchors are gone."""
        pages = _Pages(self)
        which = [name for name, row in self.rows.items() if row.page]
        if self.plan_reads is not None or any(self._lost_anchors(name) for name in which):
            which = [name for name in self.files() if pages.row(name) is not None]
        return check_links(self.site, pages, sorted(map(_url, which)), tuple(drafts))

    def _lost_anchors(self, name: str) -> bool:
        before = self.memory.row(name)
        return before is not None and not set(before.ids.split("\n")) <= set(self.rows[name].ids.split("\n"))

    def files(self) -> dict[str, str]:
        """Return every file that the site has, with its digest."""
        made = {name: row.digest for name, row in self.rows.items() if name[0] != "\x01"}
        found = {**self.memory.files(), **made}
        for name in self.gone:
            found.pop(name, None)
        return found

    def remember(self) -> None:
        """Keep what was made for the next build. Raises OSError."""
        memory = self.memory
        memory.number(SHAPE)
        plan = None
        if self.plan_reads is not None:
            self.rows[PLAN] = Row(PLAN, "0" * 32, array("I", map(memory.number, sorted(self.plan_reads))))
            plan = self.site.table.text
        # What was found changed and nobody asked for is forgotten: the names it read are known as they are now.
        once = (f"\x01{memory.names[number]}" for number in self.changed if memory.names[number].startswith("once "))
        self.gone |= {name for name in once if name not in self.rows and name in memory.where}
        new = [number for number, state in enumerate(memory.digests) if not state]
        shape = memory.number(SHAPE)
        memory.learn(self.rows.values(), states(memory, self.current, {*self.changed, *new, shape}), self.gone, plan)


def _url(name: str) -> str:
    """The address of a page, from the name of its file."""
    return "/" + (name.removesuffix("index.html") if name == "index.html" or name.endswith("/index.html") else name)


class _Pages(Mapping[str, PageFacts]):
    """The facts of every page by its address, made when they are looked at."""

    def __init__(self, run: Remake) -> None:
        self._run = run
        self._made: dict[str, PageFacts | None] = {}

    def row(self, name: str) -> Row | None:
        """Return the row of a file that is a page."""
        row = self._run.rows.get(name)
        if row is None and name not in self._run.gone:
            row = self._run.memory.row(name)
        return row if row is not None and row.page else None

    def _facts(self, url: str) -> PageFacts | None:
        if url not in self._made:
            name = (url + "index.html" if url.endswith("/") else url).lstrip("/")
            row = self.row(name)
            self._made[url] = _page(url, row, self._run.memory.names) if row is not None else None
        return self._made[url]

    def __getitem__(self, url: str) -> PageFacts:
        facts = self._facts(url)
        if facts is None:
            raise KeyError(url)
        return facts

    def __contains__(self, url: object) -> bool:
        return isinstance(url, str) and self._facts(url) is not None

    def __iter__(self) -> Iterator[str]:
        return (_url(name) for name in self._run.files() if self.row(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _page(url: str, row: Row, names: list[str]) -> PageFacts:
    def lines(text: str) -> tuple[str, ...]:
        return tuple(text.split("\n")) if text else ()

    return PageFacts(
        url,
        row.owner[1],
        frozenset(lines(row.ids)),
        tuple([names[number][1:] for number in row.links]),
        tuple([names[number][1:] for number in row.assets]),
        lines(row.repeated),
        lines(row.data),
    )
