"""``sitegen explain`` knows codes, kinds, settings and fields, and says what was meant when it does not."""

from __future__ import annotations

import pytest

from sitegen.core.kind import Kind
from sitegen.core.model import REQUIRED, Record, field
from sitegen.kinds import KINDS
from sitegen.reference.explain import explain, suggestions


def told(name: str) -> str:
    text = explain(name)
    assert text is not None
    return text


def test_a_code_is_explained_with_what_to_do() -> None:
    text = told("unknown-field")
    assert text.startswith("unknown-field\n")
    assert "x-" in text


def test_a_kind_lists_its_fields_with_the_needed_ones_first() -> None:
    text = told("badge")
    assert text.index("issuer") < text.index("alternateName")


def test_the_settings_are_listed_like_a_kind() -> None:
    assert "base_url" in told("settings")


def test_a_field_is_explained_with_its_type_an_example_and_its_terms() -> None:
    assert told("course.offerings.startDate").splitlines() == [
        "course.offerings.startDate",
        "  First day, or first meeting with its local time. None when one can start any time.",
        "",
        "  Takes    a date, or a date and time",
        "  Needed   no",
        "",
        "  Example:",
        "    startDate: 2027-02-15 18:00",
        "",
        "  In the standards:",
        "    schema.org: startDate",
    ]


def test_a_group_names_the_fields_inside_it() -> None:
    text = told("badge.assessment.rubric")
    assert "  Fields inside:" in text
    assert "passLevel" in text
    assert "criterion.name" not in text


def test_a_field_without_its_kind_is_explained_for_every_kind_that_has_it() -> None:
    text = told("assessment")
    assert "badge.assessment\n" in text
    assert "course.assessment\n" in text


def test_kinds_that_mean_the_same_by_a_field_share_one_explanation() -> None:
    text = told("assessment.rubric")
    assert text.startswith("badge.assessment.rubric\ncourse.assessment.rubric\n")
    assert text.count("passLevel: Pass") == 1


def test_a_field_can_be_found_by_the_end_of_its_name() -> None:
    assert told("startDate").startswith("course.offerings.startDate\n")


def test_a_top_level_field_is_meant_before_one_inside_a_group() -> None:
    assert "offerings.price" not in told("course.price").splitlines()[0]
    assert "steps.price" not in told("price")


def test_a_colon_after_the_name_is_forgiven() -> None:
    assert explain("base_url:") == explain("base_url")


@pytest.mark.parametrize("name", ["", ".", "xyzzy", "badge.", "badge.offerings", "course.offerings.badge", "unknown"])
def test_a_name_that_means_nothing_has_no_explanation(name: str) -> None:
    assert explain(name) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("unknow-field", "unknown-field"),
        ("badge.asessment", "badge.assessment"),
        ("Course", "course"),
        ("basurl", "base_url"),
        ("offerings.start", "offerings.startDate"),
    ],
)
def test_a_slip_of_the_pen_leads_to_what_was_meant(typed: str, meant: str) -> None:
    assert explain(typed) is None
    assert meant in suggestions(typed)


def test_nonsense_leads_nowhere() -> None:
    assert suggestions("xyzzyplugh") == ()


def test_lines_fit_a_terminal() -> None:
    for name in (*(kind.name for kind in KINDS), "settings", "achievementType", "no-criteria"):
        for line in told(name).splitlines():
            assert len(line) <= 100, line


def test_a_kind_of_the_sites_own_is_explained_too() -> None:
    class Venue(Record):
        seats: int = field("How many people fit in.", "40", REQUIRED)

    kinds = (*KINDS, Kind(name="venue", folder="venues", model=Venue, summary="A place."))
    text = explain("venue.seats", kinds)
    assert text is not None
    assert "a whole number" in text
    assert "venue" in suggestions("vennue", kinds)
