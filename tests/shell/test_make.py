"""What is made, what each piece read, and that it does not matter who made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import pytest

from sitegen.core.diagnostics import Diagnostic, warning
from sitegen.core.model import Record
from sitegen.core.output import Format, Rendered, Route
from sitegen.core.site import Site, TracedSite, kept, once
from sitegen.core.urltable import UrlTable
from sitegen.shell import make as module
from sitegen.shell.columns import Row
from sitegen.shell.make import CrashError, Task, Workshop, make_all
from sitegen.shell.memory import CHECK, Memory
from sitegen.shell.read import ChangedError
from sitegen.shell.shelf import DamagedError
from tests.making import badge, catalogue, config

NAMES = "abcdefgh"
KEYS = [f"badge:{name}" for name in NAMES]
ROUTES = [Route(f"/{name}/", "pages", f"badge:{name}", "text/html; charset=utf-8") for name in NAMES]
LIST = Route("/list.txt", "pages", "list", "text/plain; charset=utf-8")


@once
def count(site: Site) -> int:
    return len(site.catalogue.of("badge"))


@kept
def part(site: Site, key: str) -> str:
    return f"part of {site.catalogue.one(key).name}"


def page(route: Route, site: Site) -> Rendered:
    """A page that reads its record, its neighbour and a value worked out once; ``list`` joins all parts."""
    if route.subject == "list":
        return "\n".join(site.once(part, key) for key in KEYS).encode(), ()
    record = site.catalogue.one(route.subject)
    other = KEYS[(KEYS.index(route.subject) + 1) % len(KEYS)]
    text = f'<p id="top"><a href="{site.path(other, "pages")}">{record.name} of {site.once(count)}</a></p>'
    told = (warning("unused-file", f"about {record.name}"),) if record.name == "B" else ()
    return f"<!doctype html><title>x</title>{text}".encode(), told


def failing(route: Route, site: Site) -> Rendered:
    if route.subject == "badge:c":
        raise ZeroDivisionError("in the page of c")
    return page(route, site)


def changed(route: Route, site: Site) -> Rendered:
    raise ChangedError("content/badges/a.md")


def damaged(route: Route, site: Site) -> Rendered:
    raise DamagedError


def checks(record: Record, site: Site) -> Iterable[Diagnostic]:
    if record.name == "D":
        yield warning("bad-value", f"{record.name} of {site.today}")


class Stage:
    """Takes what is put."""

    def __init__(self) -> None:
        self.put_files: dict[str, bytes] = {}

    def put(self, name: str, body: bytes) -> None:
        self.put_files[name] = body


def shop(render: object = page, stage: Stage | None = None, on_disk: dict[str, str] | None = None) -> Workshop:
    linked, found = catalogue({f"badges/{name}.md": badge(name.upper()) for name in NAMES})
    assert found == []
    site = TracedSite(config(), linked, urls=UrlTable([*ROUTES, LIST]))
    form = Format("pages", "Pages.", lambda _: (), render, part)  # type: ignore[arg-type]  # a format's own
    return Workshop(site, {"pages": form}, checks, stage, on_disk or {})  # type: ignore[arg-type]  # like a stage


TASKS = [Task(key, (("pages", ""),), True, ("pages",)) for key in KEYS]


def made(work: Workshop, tasks: Sequence[Task], jobs: int = 1) -> tuple[dict[str, object], dict[str, bytes]]:
    """What came of each piece of work, in words: of the workers' numbers nothing is left."""
    memory = Memory(None, b"key")
    rows = list(make_all(work, tasks, jobs, memory))
    names = memory.names
    said = {row.name: _said(row, names, memory) for row in rows}
    return said, {name: memory.digests[memory.number(name)] for name in names if name.startswith("once ")}


def _said(row: Row, names: Sequence[str], memory: Memory) -> object:
    numbers = [sorted(names[n] for n in some) for some in (row.reads, row.links, row.assets)]
    memory.texts.flush()
    text = memory.recall(row.data) if row.data else ""
    return (row.digest, numbers, row.ids, row.told, row.page, text, row.owner)


def test_a_page_is_remembered_with_what_it_read_and_leads_to() -> None:
    rows, states = made(shop(), TASKS[:1])
    body = page(ROUTES[0], shop().site)[0]
    assert rows["a/index.html"] == (
        blake2b(body, digest_size=16).hexdigest(),
        [["address badge:b", f"once {__name__}:count", "record badge:a"], [">/b/"], []],
        "top",
        (),
        True,
        "",
        ("pages", "badge:a", ""),
    )
    assert rows[f"\x01once {__name__}:count"] == ("0" * 32, [["all badge"], [], []], "", (), False, "", ("", "", ""))
    assert states.keys() == {f"once {__name__}:count", f"once {__name__}:part badge:a"}


def test_a_check_is_remembered_with_what_it_read_and_told() -> None:
    rows, _ = made(shop(), [Task("badge:d", (), True)])
    assert rows == {
        f"{CHECK}badge:d": (
            "0" * 32,
            [["day", "record badge:d"], [], []],
            "",
            (warning("bad-value", "D of 1970-01-01"),),
            False,
            "",
            ("", "", ""),
        )
    }


def test_what_a_page_tells_is_remembered_with_it() -> None:
    rows, _ = made(shop(), TASKS[1:2])
    assert rows["b/index.html"][3] == (warning("unused-file", "about B"),)  # type: ignore[index]  # a tuple


def test_a_part_is_kept_as_text() -> None:
    rows, _ = made(shop(), [Task("badge:a", (), False, ("pages",))])
    assert {name: row[5] for name, row in rows.items()} == {f"\x01once {__name__}:part badge:a": "part of A"}  # type: ignore[index]  # a tuple


def test_a_check_of_a_record_that_is_gone_tells_nothing() -> None:
    rows, _ = made(shop(), [Task("badge:gone", (), True)])
    assert rows[f"{CHECK}badge:gone"][1] == [["record badge:gone"], [], []]  # type: ignore[index]  # a tuple


@pytest.mark.parametrize("jobs", [2, 3, 8])
def test_the_number_of_workers_does_not_show(jobs: int) -> None:
    tasks = [*TASKS, Task("list", (("pages", ""),))]
    assert made(shop(), tasks, jobs) == made(shop(), tasks)


def test_two_rounds_by_several_processes_keep_their_numbers_apart() -> None:
    memory, work = Memory(None, b"key"), shop()
    rows = [*make_all(work, TASKS[:4], 2, memory), *make_all(work, TASKS[4:], 2, memory)]
    rows += make_all(work, [Task("list", (("pages", ""),))], 1, memory)
    assert {row.name: _said(row, memory.names, memory) for row in rows} == made(
        shop(), [*TASKS, Task("list", (("pages", ""),))]
    )[0]


def test_what_is_on_the_disk_already_is_not_written_again() -> None:
    stage = Stage()
    body = page(ROUTES[0], shop().site)[0]
    made(shop(stage=stage, on_disk={"a/index.html": blake2b(body, digest_size=16).hexdigest()}), TASKS[:2])
    assert list(stage.put_files) == ["b/index.html"]


def test_a_fault_of_ours_is_raised_after_all_the_rest_was_made() -> None:
    memory, got = Memory(None, b"key"), list[str]()
    with pytest.raises(CrashError, match="in the page of c"):
        for row in make_all(shop(failing), TASKS, 1, memory):
            got.append(row.name)
    assert [name for name in got if name[0] != "\x01"] == [f"{name}/index.html" for name in NAMES if name != "c"]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("render", "problem"), [(changed, ChangedError), (damaged, DamagedError)])
def test_what_stops_a_build_is_not_taken_for_a_fault_of_ours(
    jobs: int, render: object, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        list(make_all(shop(render), TASKS, jobs, Memory(None, b"key")))


def test_values_that_a_process_holds_are_let_go_and_their_states_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    work = shop()
    first = made(work, TASKS)
    assert len(work.site.known) <= 4
    monkeypatch.undo()
    assert first == made(shop(), TASKS)
