from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sitegen.core.catalogue import Catalogue
from sitegen.core.facts import (
    certifying,
    coverage,
    editions,
    moment,
    newest,
    next_offering,
    six_answers,
    skills_of,
    teaching,
    upcoming,
)
from tests.making import badge, catalogue, course

OFFERINGS = """
  - {id: past, startDate: 2027-01-01, endDate: 2027-02-01}
  - {id: running, startDate: 2027-02-20, endDate: 2027-04-01}
  - {id: full, startDate: 2027-03-10, status: full}
  - {id: open, startDate: 2027-03-20}
  - {id: any-time}
  - {id: late, startDate: 2027-05-01}
"""


def course_with(offerings: str) -> Any:
    linked, found = catalogue({"courses/c.md": course(offerings=offerings)})
    assert found == []
    return linked.get("course:c")


def test_offerings_that_are_over_are_left_out_and_those_without_a_date_come_last() -> None:
    ahead = upcoming(course_with(OFFERINGS), date(2027, 3, 1))
    assert [o.id for o in ahead] == ["running", "full", "open", "late", "any-time"]


@pytest.mark.parametrize(
    ("today", "wanted"), [(date(2027, 3, 1), "open"), (date(2027, 4, 1), "late"), (date(2028, 1, 1), "any-time")]
)
def test_the_next_offering_is_the_first_ahead_that_takes_people(today: date, wanted: str) -> None:
    assert next_offering(course_with(OFFERINGS), today).id == wanted


def test_a_course_whose_dates_are_over_has_no_next_offering() -> None:
    assert next_offering(course_with("[{startDate: 2020-01-01}]"), date(2027, 1, 1)) is None


def test_a_day_begins_at_midnight_in_its_zone() -> None:
    assert moment(date(2027, 2, 15), "Australia/Adelaide").isoformat() == "2027-02-15T00:00:00+10:30"


def some() -> Catalogue:
    linked, found = catalogue(
        {
            "badges/one.md": badge(datePublished="2026-01-01"),
            "badges/two.md": badge(supersedes="one", datePublished="2026-03-01"),
            "badges/three.md": badge(supersedes="two", skill="[s]", learningOutcome="[{text: t, skill: [s]}]"),
            "frameworks/f.yaml": "name: F\ndescription: d\nskills:\n  - {id: s, name: S, statement: Does it.}\n",
        }
    )
    assert found == []
    return linked


@pytest.mark.parametrize("start", ["one", "two", "three"])
def test_every_edition_knows_the_whole_line(start: str) -> None:
    linked = some()
    assert [b.slug for b in editions(linked.get(f"badge:{start}"), linked)] == ["one", "two", "three"]


def test_a_skill_named_twice_is_certified_once() -> None:
    linked = some()
    assert [s.slug for s in skills_of(linked.get("badge:three"), linked)] == ["s"]
    assert [b.slug for b in certifying("skill:s", linked)] == ["three"]


def test_what_has_no_date_is_not_new() -> None:
    linked = some()
    assert newest(linked.of("badge").keys, linked) == ("badge:two", "badge:one")


def test_a_badge_answers_all_six_questions_and_leaves_the_holder_to_the_assertion() -> None:
    linked = some()
    answers = six_answers(linked.get("badge:one"), linked)
    assert [a.question for a in answers] == ["represents", "earned", "issuer", "evidence", "validity", "holder"]
    assert answers[2].text == "Example Academy"
    assert answers[5].stated_by == "assertion"


def test_how_much_covers_a_skill_counts_what_certifies_and_teaches_it_once() -> None:
    linked, _ = catalogue(
        {
            "badges/a.md": badge("A", skill="[s]", learningOutcome="[{text: Do it, skill: [s]}]"),
            "badges/b.md": badge("B", skill="[s]", status="archived"),
            "courses/c.md": course("C", skill="[s]"),
            "courses/d.md": course("D", skill="[s]", status="archived"),
            "frameworks/f.yaml": (
                "name: F\ndescription: What we teach.\npublisher: academy\n"
                "skills: [{id: s, name: S, statement: Do it.}, {id: t, name: T, statement: Or not., parent: s}]\n"
            ),
        }
    )
    assert (
        coverage("skill:s", linked) == (len(certifying("skill:s", linked)), len(teaching("skill:s", linked))) == (1, 1)
    )
    assert coverage("skill:t", linked) == (0, 0)
