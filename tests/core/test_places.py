"""Marks of records that take fields over from another file, or that are a part of one."""

from __future__ import annotations

import pickle

import pytest

from sitegen.core.diagnostics import Span
from sitegen.core.parse import parse_yaml
from sitegen.core.places import inherited, part
from sitegen.core.source import Marks, Source


def marks_of(path: str, text: str) -> Marks:
    _, marks, faults = parse_yaml(Source(path, text.encode()))
    assert not faults
    return marks


OWN = marks_of("badge.md", "name: A\ntag:\n")
ISSUER = marks_of("issuer.md", "name: I\ndefaults:\n  badge:\n    tag: [x, y]\n    governance: {owner: me}\n")
BOTH = inherited(OWN, ISSUER, ("defaults", "badge"), frozenset({"tag", "governance", "license"}))
LIST = marks_of("skills.yaml", "skills:\n  - id: a\n  - id: b\n    keyword: [c]\n")
SECOND = part(LIST, ("skills", 1), "entry")


def test_a_field_taken_over_stands_where_it_was_written() -> None:
    assert BOTH.path == "badge.md"
    assert BOTH.value(("tag", 1)) == Span("issuer.md", 4, 14, 1)
    assert BOTH.key(("governance", "owner")) == Span("issuer.md", 5, 18, 5)
    assert BOTH.key(("tag",)) == Span("issuer.md", 4, 5, 3)


def test_a_field_of_its_own_stands_in_its_own_file() -> None:
    assert BOTH.value(("name",)) == Span("badge.md", 1, 7, 1)
    assert BOTH.value(()) == OWN.value(())


def test_a_field_that_nobody_wrote_stands_nowhere() -> None:
    assert ("license",) not in BOTH.values and ("license",) not in BOTH.keys
    assert BOTH.value(("license",)) == OWN.value(())
    assert ("defaults",) not in BOTH.keys


def test_the_fields_of_a_record_are_counted_once_each() -> None:
    assert list(BOTH.keys) == [("name",), ("tag",), ("governance",), ("governance", "owner")]
    assert set(BOTH.values) == {(), *BOTH.keys, ("tag", 0), ("tag", 1)}
    assert (len(BOTH.keys), len(BOTH.values)) == (4, 7)


def test_a_part_of_a_file_is_found_under_both_of_its_names() -> None:
    for at in ((), ("entry",)):
        assert SECOND.value((*at, "keyword", 0)) == Span("skills.yaml", 4, 15, 1)
        assert SECOND.key((*at, "id")) == Span("skills.yaml", 3, 5, 2)
        assert SECOND.value(at) == LIST.value(("skills", 1))


def test_a_part_of_a_file_has_nothing_of_the_rest() -> None:
    assert {at[-1] for at in SECOND.keys} == {"id", "keyword"}
    assert len(SECOND.keys) == 4 and len(SECOND.values) == 8
    assert ("skills",) not in SECOND.keys


@pytest.mark.parametrize("marks", [OWN, BOTH, SECOND], ids=["own", "inherited", "part"])
def test_marks_survive_the_journey_to_another_process(marks: Marks) -> None:
    assert pickle.loads(pickle.dumps(marks)) == marks
