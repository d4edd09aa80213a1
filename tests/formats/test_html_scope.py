from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.core.markup import plain
from sitegen.formats.html import scope
from sitegen.formats.html.scope import one_line


@pytest.mark.parametrize(
    "text",
    [
        "Run a safe kitchen.",
        "It is ours; it isn't theirs (yet), two  spaces.",
        "A caf\u00e9 \u2013 or two",
        "1. One",
        "- one",
        "a *b* `c` [d](/e/) <b>f</b> &amp; g",
        "A title\n===",
        "# A title",
        "snake_case_name and __init__",
        "",
        "a" * 2000,
    ],
)
def test_a_text_in_one_line_is_what_its_markdown_says(text: str) -> None:
    assert one_line(text) == plain(text)


@settings(max_examples=200, deadline=None)
@given(st.text("aZ\u00e91 .,;:()'\u2019-_*#&<\n", max_size=12))
def test_a_sentence_that_is_not_converted_is_one_that_converting_leaves_alone(text: str) -> None:
    assert one_line(text) == plain(text)


def test_a_sentence_without_mark_up_is_not_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "plain", lambda _: "converted")
    assert one_line("Run a safe kitchen.") == "Run a safe kitchen."
    assert one_line("Run a *safe* kitchen.") == "converted"
