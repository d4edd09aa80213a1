from __future__ import annotations

import pytest

from sitegen.core.link import Absent
from tests.making import badge, catalogue, config, course, linked_up, load, pathway, told


def test_backlinks_say_who_refers_and_in_which_field() -> None:
    linked, found = catalogue({"badges/a.md": badge(), "courses/c.md": course(awards="[a]")})
    assert found == []
    assert linked.backlinks["badge:a"] == (("course:c", "awards"),)
    assert [c.slug for c in linked.referring("badge:a", "course", "awards")] == ["c"]
    assert linked.referring("badge:a", "course", "coursePrerequisites") == ()


def test_an_unknown_reference_names_the_nearest_id() -> None:
    _, found = catalogue({"badges/food-safety.md": badge(), "courses/c.md": course(awards="[food-safty]")})
    assert told(found) == ["content/courses/c.md:5:10 unknown-reference"]
    assert found[0].hint == "did you mean 'food-safety'?"


def test_a_web_address_may_stand_for_a_badge_of_somebody_else() -> None:
    _, found = catalogue({"courses/c.md": course(awards="[https://other.example/badge]")})
    assert found == []


def test_a_web_address_cannot_stand_for_the_issuer() -> None:
    _, found = catalogue({"badges/a.md": badge(issuer="https://other.example/issuer.json")})
    assert told(found) == ["content/badges/a.md:3:9 reference-is-a-url"]


def test_two_files_with_one_id_are_an_error_that_names_both() -> None:
    _, found = catalogue({"badges/a.md": badge(), "badges/more/a.md": badge()})
    assert told(found) == ["content/badges/more/a.md:1:1 duplicate-id"]
    assert "content/badges/a.md" in found[0].message


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"badges/a.md": badge(prerequisite="[b]"), "badges/b.md": badge(prerequisite="[a]")}, "a → b → a"),
        ({"badges/a.md": badge(supersedes="a")}, "a → a"),
        (
            {
                "badges/a.md": badge(stacksTowards="[b]"),
                "badges/b.md": badge(stacksTowards="[c]"),
                "badges/c.md": badge(stacksTowards="[a]"),
            },
            "a → b → c → a",
        ),
        (
            {"courses/a.md": course(coursePrerequisites="[b]"), "courses/b.md": course(coursePrerequisites="[a]")},
            "a → b → a",
        ),
    ],
)
def test_a_circle_is_an_error_that_prints_its_path(files: dict[str, str], path: str) -> None:
    _, found = catalogue(files)
    assert [d.code for d in found] == ["cycle"]
    assert path in found[0].message


def test_a_diamond_is_not_a_circle() -> None:
    _, found = catalogue(
        {
            "badges/a.md": badge(prerequisite="[b, c]"),
            "badges/b.md": badge(prerequisite="[d]"),
            "badges/c.md": badge(prerequisite="[d]"),
            "badges/d.md": badge(),
        }
    )
    assert found == []


def test_a_thousand_prerequisites_in_a_row_do_not_exhaust_the_stack() -> None:
    files = {f"badges/b{n}.md": badge(prerequisite=f"[b{n + 1}]") for n in range(1500)}
    _, found = catalogue({**files, "badges/b1500.md": badge()})
    assert found == []


def test_pathways_inside_each_other_are_a_circle() -> None:
    _, found = catalogue(
        {
            "badges/x.md": badge(),
            "pathways/a.md": pathway("- pathway: b\n- badge: x"),
            "pathways/b.md": pathway("- pathway: a\n- badge: x"),
        }
    )
    assert [d.code for d in found] == ["cycle"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("topic", "fod", "unknown-topic"),
        ("level", "[AQF 11]", "unknown-level"),
        ("level", "[AQQF 3]", "unknown-level-framework"),
        ("level", "[CEFR B3]", "unknown-level"),
    ],
)
def test_words_outside_a_vocabulary_are_errors(field: str, value: str, code: str) -> None:
    _, found = catalogue({"badges/a.md": badge(**{field: value})})
    assert [d.code for d in found] == [code]


def test_open_creds_hours_need_the_seven_levels_of_the_site() -> None:
    creds = {"courses/c.md": course(openCreds="{indicativeHours: 20 hours}")}
    _, found = catalogue(creds)
    assert [d.code for d in found] == ["no-hours-levels"]
    seven = ["2.5 hours", "8 hours", "20 hours", "40 hours", "80 hours", "120 hours", "150 hours"]
    _, found = catalogue(creds, indicative_hours_levels=seven)
    assert found == []
    _, found = catalogue(
        {"courses/c.md": course(openCreds="{indicativeHours: 200 hours}")}, indicative_hours_levels=seven
    )
    assert [d.code for d in found] == ["hours-out-of-range"]


def test_of_a_badge_and_a_pathway_with_one_id_stacking_means_the_pathway() -> None:
    files = {"badges/a.md": badge(stacksTowards="[a]"), "badges/b.md": badge()}
    _, found = catalogue({**files, "pathways/a.md": pathway("- badge: a\n- badge: b")})
    assert found == []
    _, found = catalogue(files)
    assert [d.code for d in found] == ["cycle"]


def test_the_skills_of_a_file_that_could_not_be_read_are_not_missed() -> None:
    records, _ = load({"badges/a.md": badge(skill="[plan]", prerequisite="[gone]")})
    _, found = linked_up(records, config(), Absent(broken={"framework:skills", "skill:*"}))
    assert told(found) == ["content/badges/a.md:7:16 unknown-reference"]
