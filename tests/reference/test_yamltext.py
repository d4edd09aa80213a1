"""Examples are written as YAML that reads back as what it was."""

from __future__ import annotations

import pytest
import yaml

from sitegen.reference.yamltext import lines, scalar


@pytest.mark.parametrize("text", ["Food safety", "en-AU", "a#b", "https://example.org/a?b=c", "40 hours", "don't"])
def test_plain_words_need_no_quotes(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "First: aid",
        "a #b",
        "- item",
        "#tag",
        "",
        " edge ",
        "null",
        "[a]",
        '"q"',
        "two\nlines",
        "tab\t",
        "?",
        "@x",
        "k:",
    ],
)
def test_words_that_yaml_would_misread_are_quoted(text: str) -> None:
    written = scalar(text)
    assert written.startswith('"')
    assert yaml.safe_load(f"key: {written}") == {"key": text}


def test_short_lists_of_text_stand_on_one_line() -> None:
    assert lines("tag", ["a", "b"]) == ["tag: [a, b]"]


def test_a_comma_inside_a_list_item_is_quoted() -> None:
    assert lines("tag", ["a, b", "c"]) == ['tag: ["a, b", c]']


def test_groups_in_a_list_stand_below_their_hyphen() -> None:
    assert lines("steps", [{"badge": "a", "price": {"amount": "1"}}]) == [
        "steps:",
        "  - badge: a",
        "    price:",
        "      amount: 1",
    ]


def test_long_lists_stand_on_a_line_for_each_item() -> None:
    assert lines("tag", ["word" * 9, "word" * 9, "word" * 9])[0] == "tag:"


def test_what_is_empty_stands_as_empty() -> None:
    assert lines("defaults", {}) == ["defaults: {}"]
    assert lines("tag", []) == ["tag: []"]
