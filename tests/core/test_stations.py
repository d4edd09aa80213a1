from __future__ import annotations

from tests.making import badge, catalogue, pathway, told

BADGES = {f"badges/{name}.md": badge() for name in "abcd"}


def found_in(steps: str, **fields: str) -> list[str]:
    _, found = catalogue({**BADGES, "pathways/p.md": pathway(steps, **fields)})
    return [f"{d.code}: {d.message}" for d in found]


def test_steps_in_order_are_right() -> None:
    assert found_in("- {id: one, badge: a}\n- {badge: b, precededBy: [one]}") == []


def test_a_step_after_one_that_does_not_exist_dangles() -> None:
    assert found_in("- {id: one, badge: a}\n- {id: two, badge: b, precededBy: [oen]}") == [
        "dangling-step: 'two' comes after 'oen', but no step has that id"
    ]


def test_steps_that_wait_for_each_other_are_a_circle_told_once() -> None:
    steps = """
    - {id: one, badge: a, precededBy: [three]}
    - {id: two, badge: b, precededBy: [one]}
    - {id: three, badge: c, precededBy: [two]}
    """
    assert found_in(steps) == ["cycle: steps wait for each other in a circle: one → three → two → one"]


def test_a_step_before_the_one_it_waits_for_cannot_be_reached() -> None:
    assert found_in("- {id: one, badge: a, precededBy: [two]}\n- {id: two, badge: b}") == [
        "unreachable-step: 'one' cannot be reached: it stands before the step it waits for (two → one)"
    ]


def test_a_needed_step_after_an_optional_one_cannot_be_reached() -> None:
    assert found_in("- {id: one, badge: a, optional: true}\n- {id: two, badge: b, precededBy: [one]}") == [
        "unreachable-step: 'two' cannot be reached if somebody leaves out an optional step (one → two)"
    ]


def test_a_step_that_needs_the_badge_at_the_end_cannot_be_reached() -> None:
    _, found = catalogue(
        {
            **BADGES,
            "badges/end.md": badge(),
            "badges/first.md": badge(prerequisite="[middle]"),
            "badges/middle.md": badge(prerequisite="[end]"),
            "pathways/p.md": pathway("- badge: first\n- badge: a", destination="{badge: end}"),
        }
    )
    assert [d.message for d in found] == ["'first' needs the badge that this pathway ends with: first → middle → end"]
    assert told(found)[0].startswith("content/pathways/p.md:6:")


def test_the_same_badge_twice_is_an_error() -> None:
    assert found_in("- badge: a\n- {choose: 1, of: [{badge: b}, {badge: a}]}") == [
        "repeated-step: 'a' stands in this pathway twice: steps 1 and 2"
    ]


def test_two_steps_with_one_id_are_an_error() -> None:
    assert found_in("- {id: one, badge: a}\n- {id: one, badge: b}") == [
        "duplicate-step-id: two steps have the id 'one'"
    ]


def test_a_choice_of_more_than_there_is_cannot_be_made() -> None:
    assert found_in("- badge: a\n- {choose: 3, of: [{badge: b}, {badge: c}]}") == [
        "bad-value: steps[2]: choose: 3 asks for more than the 2 options below it"
    ]


def test_a_step_holds_exactly_one_thing() -> None:
    assert found_in("- {badge: a, course: b}\n- badge: c") == [
        "bad-value: steps[1]: a step names exactly one of badge, course, pathway or credential; "
        "this one has badge and course"
    ]
