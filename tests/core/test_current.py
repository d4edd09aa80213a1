"""What a name stands for: the same digest while nothing that it names changes, another when it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sitegen.core.current import ABSENT, SIZE, Current, digest, value_digest
from sitegen.core.images import ImageFacts
from sitegen.core.output import Route
from sitegen.core.site import Picture, Site, once
from sitegen.core.urltable import UrlTable
from tests.making import badge, catalogue, config, course

FILES = {
    "badges/a.md": badge("Alpha", topic="food", datePublished="2026-02-01"),
    "badges/b.md": badge("Bravo", supersedes="a"),
    "courses/x.md": course("X", awards="[a]"),
}
ROUTES = (Route("/badges/a/", "html", "badge:a", "text/html"), Route("/badges/b/", "html", "badge:b", "text/html"))
PICTURE = Picture("static/a.png", lambda: b"", ImageFacts("image/png", ".png", 1, 1, True))
STORED = {("record", "badge:a"): "ab" * 16, ("picture", "static/a.png"): "cd" * 16, ("file", "a.css"): "ef" * 16}


@once
def count(site: Site, kind: str) -> int:
    return len(site.catalogue.of(kind))


@once
def breaking(site: Site) -> str:
    return str(site.catalogue.one("badge:gone"))


def current(
    content: Mapping[str, str] = FILES, stored: Mapping[tuple[str, str], str] = STORED, theme: str = "", **fields: Any
) -> Current:
    linked, found = catalogue(content)
    assert found == []
    given: dict[str, Any] = {
        "urls": UrlTable(ROUTES),
        "pictures": {"static/a.png": PICTURE},
        "files": {"a.css": b""},
    } | fields
    functions: dict[str, Callable[..., Any]] = {"here:count": count, "here:breaking": breaking}

    def look(what: str, name: str) -> str | None:
        head = linked.heads.get(name)
        if what in ("head", "entry") and head:
            return repr(head if what == "head" else head.entry).encode().hex()
        return stored.get((what, name))

    return Current(Site(config(), linked, **given), theme, look, functions.get)


NAMES = (
    "record badge:a", "file a.css", "picture static/a.png", "name badge:a", "address badge:a", "all badge",
    "list badge", "list badge food", "list badge ", "referring badge:a course awards", "showing badge:a course",
    "entries", "entries badge", "held content/badges/a.md", "day", "theme", "files", "pictures", "addresses",
    "dates", "records", "links", "once here:count badge",
)  # fmt: skip


def changes(other: Current) -> set[str]:
    """The names that stand for something else."""
    first = current()
    return {name for name in NAMES if first.of(name) != other.of(name)}


def with_file(path: str, text: str) -> Current:
    return current({**FILES, path: text})


def test_two_builds_of_the_same_agree_on_every_name() -> None:
    assert changes(current()) == set()
    assert {len(current().of(name)) for name in NAMES} == {SIZE}


A, B = "badges/a.md", "badges/b.md"
CHANGES: list[tuple[Callable[[], Current], set[str]]] = [
    (lambda: current(stored={**STORED, ("record", "badge:a"): "00" * 16}), {"record badge:a"}),
    (lambda: current(stored={**STORED, ("file", "a.css"): "00" * 16}), {"file a.css"}),
    (lambda: current(stored={**STORED, ("picture", "static/a.png"): "00" * 16}), {"picture static/a.png", "pictures"}),
    (lambda: current(pictures={}), {"picture static/a.png", "pictures"}),
    (lambda: current(theme="other"), {"theme"}),
    (lambda: current(today=date(2026, 1, 1)), {"day"}),
    (lambda: current(files={"a.css": b"", "b.css": b""}), {"files"}),
    (lambda: current(urls=UrlTable(ROUTES[:1])), {"addresses"}),
    (lambda: current(urls=UrlTable([replace(ROUTES[0], url="/z/"), ROUTES[1]])), {"addresses", "address badge:a"}),
    # A name that keeps its place among the others.
    (lambda: with_file(A, badge("Alfa", topic="food", datePublished="2026-02-01")), {"name badge:a"}),
    # A name that goes to another place.
    (lambda: with_file(A, FILES[A].replace("Alpha", "Zulu")), {"name badge:a", "all badge", "list badge"}),
    (lambda: with_file(A, FILES[A].replace("02-01", "02-02")), {"dates"}),
    (
        lambda: with_file(A, badge("Alpha", datePublished="2026-02-01")),
        {"list badge food", "list badge ", "entries", "entries badge"},
    ),
    (lambda: with_file(B, badge("Bravo")), {"links"}),
    (
        lambda: with_file("courses/x.md", course("X")),
        {"links", "referring badge:a course awards", "showing badge:a course"},
    ),
    (
        lambda: with_file("courses/y.md", course("Y", awards="[a]", status="archived")),
        {"links", "referring badge:a course awards", "entries", "records"},
    ),
    (
        lambda: with_file("badges/c.md", badge("Charlie")),
        {
            "all badge", "list badge", "list badge ", "entries", "entries badge", "records", "links",
            "once here:count badge",
        },
    ),
    (
        lambda: current({"badges/n/a.md" if path == A else path: text for path, text in FILES.items()}),
        {"held content/badges/a.md", "entries", "entries badge"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("other", "names"), CHANGES)
def test_a_change_shows_in_the_names_that_it_bears_on_and_no_others(
    other: Callable[[], Current], names: set[str]
) -> None:
    # Every course and badge refers to its issuer, so who refers to whom changes with how many there are.
    assert changes(other()) == names


def test_the_shape_changes_with_any_head_and_with_nothing_else() -> None:
    first = current().shape
    assert current(theme="other", stored={}).shape == first
    assert with_file(A, FILES[A].replace("whole day", "whole night")).shape == first
    assert with_file(A, FILES[A].replace("Alpha", "Alfa")).shape != first
    assert with_file("badges/c.md", badge()).shape != first


@pytest.mark.parametrize(
    "name",
    [
        "record badge:gone", "text badge:gone", "source content/gone.md", "file gone.css", "picture gone.png",
        "name badge:gone", "once here:gone", "once here:breaking", "once here:count too many words",
    ],
)  # fmt: skip
def test_what_is_not_there_has_a_digest_of_its_own(name: str) -> None:
    assert current().of(name) == ABSENT


@pytest.mark.parametrize("name", ["", "recrod badge:a", "days"])
def test_a_name_that_nobody_notes_is_a_fault_of_ours(name: str) -> None:
    with pytest.raises(ValueError, match="nothing is noted as"):
        current().of(name)


def test_each_name_is_looked_up_once() -> None:
    asked: list[str] = []
    state = Current(Site(config()), "", lambda _, name: asked.append(name), lambda _: None)
    for _ in range(3):
        state.of("record badge:a")
    assert asked == ["badge:a"]


def test_texts_are_not_run_together() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4


def test_half_a_character_has_a_digest_too() -> None:
    assert digest("\ud83e") != digest("\ud83f")


def test_values_are_told_apart_by_how_they_are_written() -> None:
    values: list[Any] = [1, "1", 1.0, True, None, (1,), [1], {"a": 1}]
    assert len({value_digest(value) for value in values}) == len(values)


def test_a_value_that_is_no_plain_data_is_refused() -> None:
    with pytest.raises(TypeError, match="plain data"):
        value_digest([object()])
