"""What has to be made again, and why."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sitegen.core.current import ABSENT, Current, value_digest
from sitegen.core.output import Route
from sitegen.core.reads import memo
from sitegen.core.site import Site, kept, once
from sitegen.core.urltable import UrlTable
from sitegen.shell.columns import Row
from sitegen.shell.decide import (
    SHAPE,
    changed_names,
    changed_values,
    explained,
    function_of,
    is_kept,
    plan_stands,
    states,
)
from sitegen.shell.memory import ONCE, PLAN, Memory
from tests.making import badge, catalogue, config

calls: list[str] = []
FILES = {"badges/a.md": badge("Alpha"), "badges/b.md": badge("Bravo")}


@once
def first_letters(site: Site, kind: str) -> str:
    calls.append("first_letters")
    return "".join(record.name[0] for record in site.catalogue.of(kind))


@once
def shouted(site: Site, kind: str) -> str:
    calls.append("shouted")
    return site.once(first_letters, kind) + "!"


@kept
def long_text(site: Site, key: str) -> str:
    calls.append("long_text")
    return str(site.catalogue.one(key).name)


def unmarked(site: Site) -> str:
    raise AssertionError("called by a name from a file")


LETTERS, SHOUT, TEXT = (
    memo(f"{__name__}:{name}", (argument,))
    for name, argument in (("first_letters", "badge"), ("shouted", "badge"), ("long_text", "badge:a"))
)


def current(files: Mapping[str, str] = FILES, **fields: Any) -> Current:
    linked, found = catalogue(files)
    assert found == []

    def content(what: str, name: str) -> str | None:
        head = linked.heads.get(name)
        if head is None:
            return None
        told = {"record": (head, linked.records[name].description), "head": head, "entry": head.entry}
        return value_digest(told[what]).hex()

    return Current(Site(config(), linked, **fields), "", content, function_of)


PAGES = {
    "a.html": ("record badge:a", "day"),
    "b.html": ("record badge:b", LETTERS),
    "list.html": ("list badge", "name badge:a", SHOUT),
    "x.html": ("referring badge:a course", "address badge:a", ">/a/"),
    "text.html": (TEXT,),
}


def remembered(now: Current) -> Memory:
    """A memory of pages and values that were made of a site."""
    memory = Memory(None, b"key")
    rows = dict(PAGES)
    for value, argument in ((first_letters, "badge"), (shouted, "badge"), (long_text, "badge:a")):
        now.site.once(value, argument)
    for name, known in now.site.known.items():
        rows[f"\x01{name}"] = tuple(sorted(known.reads))
        memory.digests[memory.number(name)] = value_digest(known.value)
    made = [
        Row(name, "00" * 16, array("I", map(memory.number, reads)), data="0 0 x" if "long_text" in name else "")
        for name, reads in rows.items()
    ]
    memory.number(SHAPE)
    made.append(Row(PLAN, "00" * 16, array("I", [memory.number("entries")])))
    memory.learn(made, states(memory, now, range(len(memory.names))), [], "planned")
    calls.clear()
    return memory


def stale(memory: Memory, now: Current, same_plan: bool = False) -> set[str]:
    changed = changed_names(memory, now, same_plan)
    changed_values(memory, now, changed)
    return {name for name in memory.reading(changed) if name[0] != "\x01"}


EDITS: list[tuple[dict[str, str], dict[str, Any], set[str]]] = [
    ({}, {}, set()),
    ({}, {"today": date(2026, 1, 1)}, {"a.html"}),
    # A text that is kept and comes out the same makes nothing anew either.
    ({"badges/a.md": badge("Alpha", description="Other.")}, {}, {"a.html"}),
    # Another name with the same letter in the same place: who reads the letters alone is not made again.
    ({"badges/b.md": badge("Bingo")}, {}, {"b.html"}),
    ({"badges/b.md": badge("Charlie")}, {}, {"b.html", "list.html"}),
    ({"badges/a.md": badge("Alfa")}, {}, {"a.html", "list.html", "text.html"}),
    ({"badges/a.md": badge("Zulu")}, {}, {"a.html", "b.html", "list.html", "text.html"}),
    ({"badges/c.md": badge("Charlie")}, {}, {"b.html", "list.html"}),
    ({}, {"urls": UrlTable([Route("/z/", "html", "badge:a", "text/html")])}, {"x.html"}),
]  # fmt: skip


@pytest.mark.parametrize(("files", "fields", "pages"), EDITS)
def test_what_read_a_changed_name_is_made_again_and_nothing_else(
    files: dict[str, str], fields: dict[str, Any], pages: set[str]
) -> None:
    assert stale(remembered(current()), current(FILES | files, **fields)) == pages


def test_what_reads_a_record_that_is_gone_is_made_again() -> None:
    assert stale(remembered(current()), current({"badges/b.md": FILES["badges/b.md"]})) == {
        "a.html", "b.html", "list.html", "text.html",
    }  # fmt: skip


def test_with_nothing_changed_no_value_is_worked_out() -> None:
    memory = remembered(current())
    stale(memory, current())
    assert calls == []


def test_a_value_is_worked_out_only_where_what_it_read_has_changed() -> None:
    memory = remembered(current())
    stale(memory, current({**FILES, "badges/b.md": badge("Bingo")}))
    # The letters are the same, so what is made of them is not asked for.
    assert calls == ["first_letters"]


def test_many_texts_that_read_what_has_changed_are_not_written_to_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    other = {**FILES, "badges/a.md": badge("Alpha", description="Other.")}
    assert stale(remembered(current()), current(other)) == {"a.html"}
    assert "long_text" in calls
    monkeypatch.setattr("sitegen.shell.decide.FEW", 0)
    assert stale(remembered(current()), current(other)) == {"a.html", "text.html"}
    assert "long_text" not in calls


def test_while_heads_hold_lists_are_not_looked_at() -> None:
    memory = remembered(current())
    now = current({**FILES, "badges/a.md": badge("Alpha", description="Other.")})
    changed_names(memory, now, same_plan=False)
    assert not {"list badge", "entries", "name badge:a", "referring badge:a course"} & now.made.keys()
    assert {"record badge:a", "record badge:b", "address badge:a"} <= now.made.keys()


def test_while_the_plan_stands_addresses_are_not_looked_at() -> None:
    now = current()
    changed_names(remembered(current()), now, same_plan=True)
    assert "address badge:a" not in now.made


def test_the_plan_stands_while_what_it_read_is_the_same() -> None:
    memory = remembered(current())
    assert plan_stands(memory, current())
    assert plan_stands(memory, current({**FILES, "badges/a.md": badge("Alpha", description="Other.")}))
    assert not plan_stands(memory, current({**FILES, "badges/c.md": badge("Charlie")}))


def test_without_a_plan_none_stands() -> None:
    assert not plan_stands(Memory(None, b"key"), current())
    memory = remembered(current())
    memory.plan = ""
    assert not plan_stands(memory, current())


def why(now: Current, name: str) -> list[str]:
    memory = remembered(current())
    changed = changed_names(memory, now, same_plan=False)
    changed_values(memory, now, changed)
    routes = [Route(f"/{name}", "", "", "text/html")] if name in PAGES or name == "new.html" else []
    return explained(memory, changed, routes, f"/{name}")


def test_a_page_is_explained_by_what_it_read() -> None:
    assert why(current(), "a.html") == [
        "/a.html is up to date.",
        "It was made from the settings and",
        "  the day",
        "  the fields of badge:a",
    ]


def test_a_page_that_is_made_again_is_explained_by_what_changed() -> None:
    now = current({**FILES, "badges/a.md": badge("Zulu")}, today=date(2026, 1, 1))
    assert why(now, "list.html")[:5] == [
        "/list.html is made again by the next build, since it shows",
        "  which records the catalogue lists, and their order: badge",
        "  the name of badge:a",
        f"  what is worked out once by {__name__}:shouted badge",
        "It was made from the settings and",
    ]
    assert why(now, "a.html")[1:3] == ["  the day", "  the fields of badge:a"]


def test_a_page_that_is_new_or_is_not_there_is_explained() -> None:
    assert "is made by the next build: it is new" in why(current(), "new.html")[0]
    assert why(current(), "none.html") == ["The site has nothing at /none.html"]


def test_only_states_that_are_other_than_remembered_are_learnt() -> None:
    memory = remembered(current())
    every = range(len(memory.names))
    assert states(memory, current(), every) == {}
    now = current(today=date(2026, 1, 1))
    assert states(memory, now, every) == {memory.number("day"): now.of("day")}


def test_addresses_that_pages_lead_to_are_never_asked_about() -> None:
    memory = remembered(current())
    assert memory.digests[memory.number(">/a/")] == b""


@pytest.mark.parametrize(
    "name",
    [
        "",
        "os:system",
        "builtins:eval",
        f"{__name__}:unmarked",
        f"{__name__}:gone",
        "no.such.module:f",
        "antigravity:x",
        __name__,
    ],
)
def test_a_name_from_a_file_calls_nothing_that_is_not_marked(name: str) -> None:
    assert function_of(name) is None
    assert current().of(f"once {name}") == ABSENT


def test_what_is_kept_is_told_from_what_is_only_worked_out_once() -> None:
    assert function_of(f"{__name__}:first_letters") is first_letters
    assert (is_kept(TEXT), is_kept(LETTERS), is_kept("once os:system x")) == (True, False, False)


def test_values_are_remembered_under_their_own_names() -> None:
    memory = remembered(current())
    assert {row.name for row in memory.rows() if row.name.startswith(ONCE)} == {
        f"\x01{name}" for name in (LETTERS, SHOUT, TEXT)
    }
