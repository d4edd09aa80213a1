"""Questions that pages ask of the whole: what is answered, and what is noted as read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from sitegen.core.catalogue import Catalogue, Dates, Records
from sitegen.core.model import Record
from tests.making import badge, catalogue, course, pathway

FILES = {
    "badges/b.md": badge("Bravo", inCatalogue="true", topic="food", datePublished="2026-02-01"),
    "badges/a.md": badge("alpha", inCatalogue="true", supersedes="b"),
    "badges/c.md": badge("Charlie", badgeKind="engagement"),
    "courses/x.md": course("X", awards="[a, b]"),
    "courses/y.md": course("Y", awards="[a]", status="archived"),
    "pathways/w.md": pathway("- course: x\n- badge: a"),
}


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    made, found = catalogue(FILES)
    assert [told.code for told in found if told.code != "review-overdue"] == []
    return made


class Unread(Mapping[str, Record]):
    """Records that nobody may make."""

    def __getitem__(self, key: str) -> Record:
        raise AssertionError(f"{key} was made")

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("all were made")

    def __len__(self) -> int:
        return 1


QUESTIONS: list[tuple[Callable[[Catalogue], Any], Any, set[str]]] = [
    (lambda c: c.of("badge").keys, ("badge:a", "badge:b", "badge:c"), {"all badge"}),
    (lambda c: c.of("venue").keys, (), {"all venue"}),
    (lambda c: c.listed("badge").keys, ("badge:a", "badge:b"), {"list badge"}),
    (lambda c: c.listed("badge", "food").keys, ("badge:b",), {"list badge food"}),
    (lambda c: c.listed("badge", "").keys, ("badge:a",), {"list badge "}),
    (
        lambda c: c.referring("badge:a", "course", "awards").keys,
        ("course:x", "course:y"),
        {"referring badge:a course awards"},
    ),
    (lambda c: c.referring("badge:a", "course").keys, ("course:x", "course:y"), {"referring badge:a course"}),
    (lambda c: c.referring("badge:a", "course", "isPartOf").keys, (), {"referring badge:a course isPartOf"}),
    (lambda c: c.showing("badge:a", "course", "awards").keys, ("course:x",), {"showing badge:a course awards"}),
    (lambda c: c.pathways_of("badge:a").keys, ("pathway:w",), {"referring badge:a pathway steps destination"}),
    (lambda c: c.dates(), {"badge:b": Dates("2026-02-01", "", True)}, {"dates"}),
    (lambda c: c.name_of("badge:b"), "Bravo", {"name badge:b"}),
    (lambda c: [e.key for e in c.entries("course")], ["course:x", "course:y"], {"entries course"}),
    (lambda c: len(c.entries()), 7, {"entries"}),
    (lambda c: c.held_in("content/badges/a.md"), "badge:a", {"held content/badges/a.md"}),
    (lambda c: c.held_in("content/badges/z.md"), None, {"held content/badges/z.md"}),
    (lambda c: len(c.listed("badge")), 2, {"list badge"}),
    (lambda c: next(iter(c.records)), "badge:a", {"records"}),
    (lambda c: len(c.records), 7, {"records"}),
    (lambda c: c.backlinks["badge:b"], (("badge:a", "supersedes"), ("course:x", "awards")), {"links"}),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "answer", "noted"), QUESTIONS)
def test_a_question_is_answered_from_heads_alone_and_noted(
    whole: Catalogue, ask: Callable[[Catalogue], Any], answer: Any, noted: set[str]
) -> None:
    lean = Catalogue(Unread(), whole.links, whole.heads)
    with lean.reads.apart() as read:
        assert ask(lean) == answer
    assert read == noted


def test_each_record_of_a_list_is_noted_when_it_is_looked_at(whole: Catalogue) -> None:
    with whole.reads.apart() as read:
        badges = whole.of("badge")
        assert read == {"all badge"}
        assert badges[1].name == "Bravo"
        assert read == {"all badge", "record badge:b"}
        assert [one.slug for one in badges[1:]] == ["b", "c"]
    assert "record badge:a" not in read


def test_asking_for_a_record_that_is_not_there_is_noted_too(whole: Catalogue) -> None:
    """It may come to be, and then the answer is another."""
    with whole.reads.apart() as read:
        assert whole.get("badge:z") is None
        with pytest.raises(KeyError):
            whole.one("badge:y")
        with pytest.raises(KeyError):
            whole.records["badge:x"]
        assert "badge:w" not in whole.records
        assert whole.named("badge", ["https://other.example/v", "a"]) == (whole.get("badge:a"),)
    assert read == {f"record badge:{i}" for i in ("z", "y", "x", "w", "a", "https://other.example/v")}


def test_the_name_of_a_record_that_is_not_there_is_an_error_and_noted(whole: Catalogue) -> None:
    with whole.reads.apart() as read, pytest.raises(KeyError):
        whole.name_of("badge:z")
    assert read == {"name badge:z"}


def test_questions_of_those_who_work_on_the_whole_are_not_noted(whole: Catalogue) -> None:
    with whole.reads.apart() as read:
        assert whole.keys_listed("badge")
        assert whole.keys_by_path
        assert whole.links
        assert whole.entries_of("badge")
    assert read == set()


def test_the_newer_edition_of_a_badge_is_found(whole: Catalogue) -> None:
    assert whole.newer("badge:b").slug == "a"
    assert whole.newer("badge:a") is None


def test_records_are_told_apart_by_their_keys() -> None:
    none: dict[str, Record] = {}
    some = Records(none.get, ("a", "b"))
    assert some == Records(none.get, ("a", "b"))
    assert some != Records(none.get, ("b", "a"))
    assert Records(none.get, ()) == ()
    assert some[:1].keys == ("a",)
    assert object() not in some
    with pytest.raises(IndexError):
        some[2]
    with pytest.raises(TypeError):
        hash(some)


def test_records_can_be_joined_to_others(whole: Catalogue) -> None:
    badges = whole.listed("badge")
    assert (*badges, 1) == badges + (1,)  # noqa: RUF005 - it is what is tested
    assert (1, *badges) == (1,) + badges  # noqa: RUF005 - likewise
