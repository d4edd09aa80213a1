from __future__ import annotations

import pytest

from sitegen.core.diagnostics import Span
from sitegen.core.parse import parse
from sitegen.core.source import Marks, Source
from sitegen.core.validate import Defaults, validate
from tests.making import BY_NAME, badge, course, load, told


def only(text: str, kind: str = "badge") -> tuple[str, str, str | None]:
    """The one fault in a file: its place, message and hint."""
    folder = BY_NAME[kind].folder
    _, found = load({f"{folder}/x.md": text})
    assert len(found) == 1, found
    return told(found)[0], found[0].message, found[0].hint


def test_a_right_file_becomes_a_record_that_knows_its_place() -> None:
    records, found = load({"badges/a.md": badge("First badge", tag="[one, two]")})
    assert found == []
    record = records[1]
    assert (record.key, record.name, record.tag) == ("badge:a", "First badge", ("one", "two"))
    assert record.span("tag", 1) == Span("content/badges/a.md", 6, 12, 3)
    assert record.body == "Take part in the whole day.\n"


def test_an_id_of_its_own_stands_in_for_the_file_name() -> None:
    records, _ = load({"badges/whatever.md": badge(id="chosen")})
    assert records[1].key == "badge:chosen"


@pytest.mark.parametrize(
    ("fields", "place", "message", "hint"),
    [
        ({"criterea": "x"}, "6:1 unknown-field", "unknown field 'criterea'", "the Markdown below the closing ---"),
        (
            {"zzz": "x"},
            "6:1 unknown-field",
            "unknown field 'zzz'",
            "'sitegen explain badge' lists the fields there are",
        ),
        ({"descripton": "x"}, "6:1 unknown-field", "unknown field 'descripton'", "did you mean 'description'?"),
        ({"tags[]": "x"}, "6:1 unknown-field", "unknown field 'tags[]'", "write tag: [one, two]"),
        ({"artwork": "{'a[0]': x}"}, "6:11 unknown-field", "unknown field 'a[0]'", "known fields here: shape"),
        ({"issuer": ""}, "3:1 empty-field", "'issuer' has no value", "Who awards it, by id. For example"),
        ({"badgeKind": "micro"}, "5:12 not-one-of", "badgeKind: 'micro' is not one", "use one of: micro-credential"),
        (
            {"tag": "food, safety"},
            "6:6 not-a-list",
            "each item stands on its own line after a hyphen",
            "tag: [food safety",
        ),
        ({"requirement": "''"}, "6:14 not-a-list", "after a hyphen; found ''", None),
        ({"requirement": "• one"}, "6:14 not-a-list", "write a hyphen and a space in place of '•'", None),
        ({"name": "[a]"}, "2:7 text-expected", "name: this is plain text; found a list", None),
        ({"renewal": "soon"}, "6:10 not-a-group", "this is a group of fields", "renewal: {description:"),
        ({"datePublished": "2026-02-30"}, "6:16 bad-date", "not a day of the calendar", "datePublished: 2026-02-01"),
        ({"datePublished": "29 Feb 2025"}, "6:16 bad-value", "written year-month-day", None),
        ({"validFor": "for ever"}, "6:11 bad-value", "'for ever' is not a duration", "validFor: 5 years"),
        ({"volumeOfLearning": "6 weeks"}, "6:19 bad-value", "counts hours of study", None),
        ({"inLanguage": "en_US"}, "6:13 bad-value", "a language is a tag like en", None),
        ({"achievementType": "Bagde"}, "6:18 bad-value", "not in the Open Badges 3.0 list", None),
        ({"creditPoint": "[{point: six}]"}, "6:23 not-a-number", "'six' is not a number", None),
        ({"creditPoint": "[{point: -1}]"}, "6:23 bad-value", "'-1' is not more than 0", None),
        ({"creditPoint": "[{point: 1e-99}]"}, "6:23 bad-value", "has more than 6 digits after the point", None),
        ({"alignment": "[{targetName: x}]"}, "6:13 missing-field", "'alignment[1].targetUrl' is missing", None),
        ({"alignment": "[{targetName: x, targetUrl: y.example}]"}, "6:40 bad-value", "starts with https://", None),
        ({"represents": "joy"}, "6:13 not-one-of", "'joy' is not one of the choices", "accomplishment, skill"),
    ],
)
def test_each_fault_has_its_place_its_message_and_a_hint(
    fields: dict[str, str], place: str, message: str, hint: str | None
) -> None:
    told_place, told_message, told_hint = only(badge(**fields) if "name" not in fields else badge(fields["name"]))
    assert told_place == f"content/badges/x.md:{place}"
    assert message in told_message
    assert hint is None or hint in (told_hint or "")


def test_all_faults_of_a_file_are_told_in_one_run() -> None:
    _, found = load({"courses/c.md": course(price="cheap", mode="[onlin]", offerings="[{capacity: -1}]", colour="red")})
    assert told(found) == [
        "content/courses/c.md:5:8 bad-value",
        "content/courses/c.md:6:8 not-one-of",
        "content/courses/c.md:7:24 bad-value",
        "content/courses/c.md:8:1 unknown-field",
    ]


def test_a_time_that_is_a_list_is_one_fault() -> None:
    _, found = load({"courses/c.md": course(offerings="[{startDate: [2027-02-15]}]")})
    assert told(found) == ["content/courses/c.md:5:25 bad-value"]
    assert "offerings[1].startDate: this is a day or time; write 2027-02-15" in found[0].message


def test_a_page_of_text_in_a_field_of_one_word_is_not_shown_all_of_it() -> None:
    _, message, _ = only(badge(represents="x" * 50_000))
    assert len(message) < 1_100
    assert message.startswith("represents: 'xxx")
    assert message.endswith("is not one of the choices")


def test_spaces_around_an_id_are_no_part_of_it() -> None:
    records, found = load({"badges/a.md": badge(id="' padded '")})
    assert found == []
    assert records[1].key == "badge:padded"


def test_a_file_name_that_cannot_be_an_address_is_an_error_with_a_proposal() -> None:
    _, found = load({"badges/Food Safety.md": badge()})
    assert told(found) == ["content/badges/Food Safety.md:1:1 bad-id"]
    assert "rename the file to food-safety.md" in (found[0].hint or "")


def test_keys_of_the_authors_own_are_kept_aside() -> None:
    records, found = load({"badges/a.md": badge(**{"x-code": "7", "renewal": "{description: d, x-note: n}"})})
    assert found == []
    assert records[1].extra == {"x-code": "7", "renewal.x-note": "n"}


def test_country_codes_and_versions_stay_as_they_are_written() -> None:
    records, found = load({"badges/a.md": badge(version="1.10", humanCode="007", tag="[NO, on, 12:30]")})
    assert found == []
    record = records[1]
    assert (record.version, record.model_dump()["humanCode"], record.tag) == ("1.10", "007", ("NO", "on", "12:30"))


def inherit(text: str, *layers: dict[str, object]) -> tuple[object, list[str]]:
    document, _ = parse(Source("content/badges/a.md", text.encode()), "badge")
    assert document is not None
    defaults = tuple(
        Defaults(values, Marks(f"layer{n}", values={(key,): Span(f"layer{n}", 9) for key in values}))  # type: ignore[arg-type]
        for n, values in enumerate(layers)
    )
    records, found = validate(document, BY_NAME["badge"], defaults)
    return (records[0] if records else None), told(found)


def test_the_nearest_default_wins_and_the_file_wins_over_all() -> None:
    record, found = inherit(
        badge(version="own"),
        {"version": "issuer", "fieldOfStudy": "issuer"},
        {"fieldOfStudy": "site", "humanCode": "site"},
    )
    assert found == []
    assert [getattr(record, name) for name in ("version", "fieldOfStudy", "humanCode")] == ["own", "issuer", "site"]


def test_a_fault_in_a_default_is_placed_where_the_default_is_written() -> None:
    _, found = inherit(badge(), {"validFor": "soon"})
    assert found == ["layer0:9:1 bad-value"]


def test_a_key_left_empty_on_purpose_does_not_inherit() -> None:
    record, found = inherit(badge(version=""), {"version": "issuer"})
    assert found == []
    assert getattr(record, "version") is None  # noqa: B009 - an object to the type checker
