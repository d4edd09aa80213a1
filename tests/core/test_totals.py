from __future__ import annotations

from decimal import Decimal
from typing import Any

from sitegen.core.totals import Range, Totals, totals
from tests.making import badge, catalogue, course, pathway

FILES = {
    "badges/a.md": badge(),
    "badges/b.md": badge(volumeOfLearning="10 hours", creditPoint="[{framework: ECTS, point: 1}]"),
    "badges/c.md": badge(volumeOfLearning="30 hours"),
    "courses/teaches-a.md": course(awards="[a]", volumeOfLearning="20 hours", price="240 AUD", duration="4 weeks"),
    "courses/also-a.md": course(awards="[a]", volumeOfLearning="25 hours", price="Free", duration="2 weeks"),
    "courses/dear.md": course(volumeOfLearning="8 hours", price="100 EUR", duration="1 week"),
}


def of(steps: str) -> Totals:
    linked, found = catalogue({**FILES, "pathways/p.md": pathway(steps)})
    assert found == []
    record: Any = linked.get("pathway:p")
    return totals(record, linked)


def test_hours_of_a_badge_are_those_of_the_courses_that_award_it() -> None:
    assert of("- badge: a\n- badge: b").hours == Range(Decimal(30), Decimal(35))


def test_a_choice_counts_its_lightest_and_its_heaviest_options() -> None:
    result = of("- badge: a\n- {choose: 1, of: [{badge: b}, {badge: c}]}")
    assert result.hours == Range(Decimal(30), Decimal(55))
    assert result.steps == 2


def test_an_optional_step_counts_only_towards_the_most() -> None:
    assert of("- badge: b\n- {badge: c, optional: true}").hours == Range(Decimal(10), Decimal(40))


def test_the_shortest_time_takes_the_quickest_courses_one_after_another() -> None:
    duration = of("- badge: a\n- course: dear").duration
    assert duration is not None
    assert duration.iso == "P3W"


def test_a_step_without_hours_leaves_no_total_rather_than_a_wrong_one() -> None:
    assert of("- badge: b\n- {credential: {name: First aid, provider: Anyone}}").hours is None


def test_an_external_step_can_state_its_own_hours() -> None:
    result = of("- badge: b\n- {credential: {name: First aid, provider: Anyone}, volumeOfLearning: 8 hours}")
    assert result.hours == Range(Decimal(18), Decimal(18))


def test_prices_in_two_currencies_are_not_added() -> None:
    result = of("- badge: a\n- course: dear")
    assert result.price is None
    assert result.currency is None


def test_credit_points_of_needed_steps_are_added_by_system() -> None:
    result = of("- badge: b\n- badge: a")
    assert [(c.framework, c.point) for c in result.credits] == [("ECTS", Decimal(1))]


def test_a_pathway_inside_a_pathway_counts_as_a_whole() -> None:
    linked, _ = catalogue(
        {
            **FILES,
            "pathways/inner.md": pathway("- badge: b\n- badge: c"),
            "pathways/outer.md": pathway("- pathway: inner\n- course: dear"),
        }
    )
    record: Any = linked.get("pathway:outer")
    assert totals(record, linked).hours == Range(Decimal(48), Decimal(48))


def test_the_sums_of_a_pathway_may_be_larger_than_any_one_course() -> None:
    largest = course(duration="1000000 hours", creditPoint="[{framework: ECTS, point: 1000000}]")
    linked, found = catalogue(
        {"courses/x.md": largest, "courses/y.md": largest, "pathways/p.md": pathway("- course: x\n- course: y")}
    )
    assert found == []
    record: Any = linked.get("pathway:p")
    result = totals(record, linked)
    assert result.duration is not None
    assert result.duration.iso == "PT2000000H"
    assert [str(credit) for credit in result.credits] == ["2000000 ECTS"]


def test_pathways_that_share_inner_ones_are_added_up_once() -> None:
    """With each inner pathway added up anew for each that holds it, 60 levels would take for ever."""
    files = {f"pathways/p{n}.md": pathway(f"- pathway: p{n + 1}\n- pathway: p{n + 2}") for n in range(60)}
    ends = {f"pathways/p{n}.md": pathway("- badge: b\n- badge: c") for n in (60, 61)}
    linked, found = catalogue({**FILES, **files, **ends})
    assert found == []
    record: Any = linked.get("pathway:p58")
    assert totals(record, linked).hours == Range(Decimal(120), Decimal(120))
    first: Any = linked.get("pathway:p0")
    assert totals(first, linked).hours is not None
