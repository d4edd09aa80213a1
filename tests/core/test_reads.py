from __future__ import annotations

import pytest

from sitegen.core import reads as names
from sitegen.core.reads import Reads


def test_without_anybody_listening_nothing_is_noted() -> None:
    reads = Reads()
    reads.note("record badge:a")
    assert reads.noted is None


def test_what_is_read_within_is_collected_once() -> None:
    reads = Reads()
    with reads.apart() as noted:
        reads.note("record badge:a")
        reads.note("record badge:a")
        reads.note("text badge:a")
    reads.note("day")
    assert noted == {"record badge:a", "text badge:a"}


def test_what_is_read_apart_is_not_laid_to_the_work_around_it() -> None:
    reads = Reads()
    with reads.apart() as outer:
        reads.note("before")
        with reads.apart() as inner:
            reads.note("within")
        reads.note("after")
    assert (outer, inner) == ({"before", "after"}, {"within"})


def test_work_that_fails_leaves_the_work_around_it_listening() -> None:
    reads = Reads()
    with reads.apart() as outer:
        with pytest.raises(ZeroDivisionError), reads.apart():
            reads.note("within")
            raise ZeroDivisionError
        reads.note("after")
    assert outer == {"after"}
    assert reads.noted is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (names.entries("badge"), "entries badge"),
        (names.entries(""), "entries"),
        (names.listed("badge", None), "list badge"),
        (names.listed("badge", ""), "list badge "),
        (names.listed("badge", "food"), "list badge food"),
        (names.referring("badge:a", "course", ("awards", "steps")), "referring badge:a course awards steps"),
        (names.referring("badge:a", "course", ()), "referring badge:a course"),
        (names.memo("module:function", ("badge:a",)), "once module:function badge:a"),
    ],
)
def test_a_name_is_words_and_no_two_questions_share_one(name: str, words: str) -> None:
    assert name == words
