"""Makes what has to be made: renders routes and checks records, in one process or many, and notes what each read."""

from __future__ import annotations

import os
import traceback
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple

from sitegen.core.current import SIZE, value_digest
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.model import Record
from sitegen.core.output import Format, Output, Route
from sitegen.core.pagefacts import PageFacts, page_facts
from sitegen.core.site import Once, Site
from sitegen.shell.columns import Row
from sitegen.shell.decide import is_kept
from sitegen.shell.memory import CHECK, LED_TO, Memory
from sitegen.shell.pool import doing, spread, workers_for
from sitegen.shell.read import ChangedError
from sitegen.shell.shelf import DamagedError
from sitegen.shell.stage import Stage, StageError

SMALL = 400
"""Pieces of work. Below this, starting processes costs more than it saves."""

_CHUNKS = 16
"""Portions for each process: enough that all end at about the same time, few enough that handing out is cheap."""

KEPT = 4_096
"""Values worked out once that a process holds at a time."""

NEVER = b"\xff" * SIZE
"""The state of a value that cannot be compared."""

Checks = Callable[[Record, Site], Iterable[Diagnostic]]


class Task(NamedTuple):
    """What is to be made of one subject: the routes, by format and role, whether the record is checked, its parts.

    ``parts`` are the formats that put a file together from one text of each record.
    """

    subject: str
    routes: tuple[tuple[str, str], ...]
    check: bool = False
    parts: tuple[str, ...] = ()


@dataclass
class Workshop:
    """What a worker needs. ``on_disk`` are the digests of what is published now: the same is not written again."""

    site: Site
    formats: Mapping[str, Format]
    checks: Checks
    stage: Stage | None
    on_disk: Mapping[str, str]
    names: dict[str, int] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    tables: dict[int, Any] = field(default_factory=dict)
    """In the process that gathers: the numbers of each other's names in the memory."""

    def number(self, name: str) -> int:
        """Return this process's number for a name."""
        found = self.names.get(name)
        if found is None:
            found = self.names[name] = len(self.names)
            self.fresh.append(name)
        return found

    def numbers(self, names: Iterable[str]) -> bytes:
        """Return the numbers of names, ready to be sent."""
        table = self.names
        return array("I", [table[name] if name in table else self.number(name) for name in names]).tobytes()


class Made(NamedTuple):
    """One piece of work done. Numbers are those of the process that did it; ``crash`` is a fault of ours."""

    name: str
    digest: str
    reads: bytes
    told: tuple[Diagnostic, ...] = ()
    page: bool = False
    links: bytes = b""
    assets: bytes = b""
    ids: str = ""
    repeated: str = ""
    data: str = ""
    crash: str = ""
    owner: tuple[str, str, str] = ("", "", "")


class Worked(NamedTuple):
    """A value that was worked out once: its name, its state, what was read for it, and itself where it is kept."""

    name: str
    state: bytes
    reads: bytes
    text: str | None = None


class Batch(NamedTuple):
    """What one process sends: itself, names that it had not sent before, what was made, values worked out once."""

    process: int
    names: list[str]
    made: list[Made]
    once: list[Worked]


def make_all(shop: Workshop, tasks: Sequence[Task], jobs: int | None, memory: Memory) -> Iterator[Row]:
    """Do every task and yield the rows to be remembered; the states of values worked out once go with theirs.

    Raises :class:`CrashError` for a fault of ours, after all the rest is done.
    """
    pieces = sum(len(task.routes) + task.check for task in tasks)
    workers = workers_for(pieces, SMALL, jobs)
    size = max(1, -(-len(tasks) // (workers * _CHUNKS)))
    chunks = [tasks[at : at + size] for at in range(0, len(tasks), size)]
    crashed = ""
    for batch in spread(make_chunk, shop, chunks, workers):
        # A process that was forked from this one begins with the names that this one had.
        table = shop.tables.setdefault(batch.process, array("I", shop.tables.get(os.getpid(), ())))
        table.extend(map(memory.number, batch.names))
        for worked in batch.once:
            memory.digests[memory.number(worked.name)] = worked.state
            slot = "" if worked.text is None else memory.keep(worked.text)
            yield Row(f"\x01{worked.name}", "0" * 32, _own(worked.reads, table), data=slot)
        for made in batch.made:
            crashed = crashed or made.crash
            if not made.crash:
                yield _row(made, table)
    if crashed:
        raise CrashError(crashed)


class CrashError(Exception):
    """A fault in sitegen itself, met while a page was made; the text is the trace of it."""


def _own(numbers: bytes, table: Any) -> Any:
    theirs = array("I")
    theirs.frombytes(numbers)
    return array("I", map(table.__getitem__, theirs))


def _row(made: Made, table: Any) -> Row:
    links, assets = (_own(made.links, table), _own(made.assets, table)) if made.page else (array("I"), array("I"))
    reads = _own(made.reads, table)
    return Row(
        made.name,
        made.digest,
        reads,
        links,
        assets,
        made.ids,
        made.repeated,
        made.data,
        made.told,
        made.page,
        made.owner,
    )


def make_chunk(shop: Workshop, tasks: Sequence[Task]) -> Batch:
    """Do some tasks, in a process that may have done others."""
    made: list[Made] = []
    for task in tasks:
        if task.check:
            doing(f"checking {task.subject}")
            made.append(_guarded(f"{CHECK}{task.subject}", partial(_checked, shop, task.subject)))
        for format_name, role in task.routes:
            route = shop.site.table.find(format_name, task.subject, role)
            assert route is not None  # noqa: S101 - tasks are made from the table
            doing(f"making {route.url}")
            made.append(_guarded(route.file, partial(_rendered, shop, route)))
        for format_name in task.parts:
            make = shop.formats[format_name].parts
            assert make is not None  # noqa: S101 - tasks name formats that have one
            doing(f"writing the part of {task.subject} in {format_name}")
            # A fault in it is met again, and told, where the file is put together.
            _guarded("", partial(_part, shop, make, task.subject))
    once = [_worked(shop, name, value) for name, value in shop.site.known.items() if name not in shop.told]
    shop.told.update(worked.name for worked in once)
    if len(shop.site.known) > KEPT:
        # They are remembered, or quickly worked out again; a large catalogue has too many to hold.
        for name in [name for name in shop.site.known if " " in name.removeprefix("once ")]:
            del shop.site.known[name]
    names, shop.fresh = shop.fresh, []
    return Batch(os.getpid(), names, made, once)


def _worked(shop: Workshop, name: str, value: Once) -> Worked:
    shop.number(name)
    text = value.value if is_kept(name) and isinstance(value.value, str) else None
    try:
        state = value_digest(value.value)
    except TypeError:
        # Of a site's own format, and no plain data: it never counts as the same, so whoever asks is made again.
        state = NEVER
    return Worked(name, state, shop.numbers(value.reads), text)


def _guarded(name: str, work: Callable[[], Made]) -> Made:
    """Do a piece of work; a fault of ours is told last, since a mistake of an author's may be behind it."""
    try:
        return work()
    except (ChangedError, DamagedError, StageError, MemoryError):
        raise
    except Exception:
        return Made(name, "0" * 32, b"", crash=traceback.format_exc())


def _part(shop: Workshop, make: Callable[[Site, str], str], key: str) -> Made:
    with shop.site.reads.apart():
        shop.site.once(make, key)
    return Made("", "0" * 32, b"")


def _checked(shop: Workshop, key: str) -> Made:
    with shop.site.reads.apart() as noted:
        record = shop.site.catalogue.get(key)
        told = tuple(shop.checks(record, shop.site)) if record is not None else ()
    return Made(f"{CHECK}{key}", "0" * 32, shop.numbers(noted), told)


def _rendered(shop: Workshop, route: Route) -> Made:
    with shop.site.reads.apart() as noted:
        body, told = shop.formats[route.format].render(route, shop.site)
    digest = blake2b(body, digest_size=16).hexdigest()
    if shop.stage is not None and shop.on_disk.get(route.file) != digest:
        shop.stage.put(route.file, body)
    facts = page_facts(Output(route, body))
    owner = route.format, route.subject, route.role
    made = Made(route.file, digest, shop.numbers(noted), tuple(told), owner=owner)
    return made if facts is None else _with_facts(shop, made, facts)


def _with_facts(shop: Workshop, made: Made, facts: PageFacts) -> Made:
    return made._replace(
        page=True,
        links=shop.numbers([LED_TO + link for link in facts.links]),
        assets=shop.numbers([LED_TO + asset for asset in facts.assets]),
        ids="\n".join(sorted(facts.ids)),
        repeated="\n".join(facts.repeated),
        data="\n".join(facts.broken_data),
    )
