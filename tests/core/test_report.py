"""Reports: what a person, a program and GitHub are given of the same faults."""

from __future__ import annotations

import json
from unicodedata import combining, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.core.diagnostics import Diagnostic, Severity, Span, error, warning
from sitegen.core.report import as_github, as_json, as_text, did_you_mean

PATH = "content/badges/food-safety.md"


def excerpt(line: str, column: int, length: int = 1) -> tuple[str, str]:
    """Return the line and the carets of a report on a file with one line, both without the gutter."""
    fault = error("a-code", "wrong", Span(PATH, 1, column, length))
    _, shown, carets = as_text([fault], {PATH: line}).split("\n")
    assert shown.startswith("    1 |") and carets.startswith("      | ")
    return shown[8:], carets[8:]


def cells(text: str) -> int:
    """Count the columns of a terminal that text takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def test_a_fault_is_shown_with_its_line_its_place_and_what_to_do() -> None:
    fault = error("unknown-field", "unknown field 'criterea'", Span(PATH, 7, 1, 8), "did you mean 'criteria'?")
    text = "---\n" + "a: b\n" * 5 + "criterea: Pass the workplace assessment\n---\n"
    assert as_text([fault], {PATH: text}) == (
        "content/badges/food-safety.md:7:1: error[unknown-field]: unknown field 'criterea'\n"
        "    7 | criterea: Pass the workplace assessment\n"
        "      | ^^^^^^^^\n"
        "  hint: did you mean 'criteria'?"
    )


def test_faults_are_parted_by_an_empty_line() -> None:
    faults = [warning("b-code", "two", Span(PATH, 2, 3)), error("a-code", "one", hint="do this")]
    assert as_text(faults, {PATH: "first\nsecond"}) == (
        f"{PATH}:2:3: warning[b-code]: two\n    2 | second\n      |   ^\n\nerror[a-code]: one\n  hint: do this"
    )


def test_no_faults_are_no_text() -> None:
    assert (as_text([], {}), as_json([]), as_github([])) == ("", "[]", "")


@pytest.mark.parametrize(
    ("span", "texts"),
    [
        pytest.param(None, {PATH: "text"}, id="no place"),
        pytest.param(Span("other.md", 1), {PATH: "text"}, id="a file whose text is not at hand"),
        pytest.param(Span(PATH, 2), {PATH: "text"}, id="a line after the last"),
        pytest.param(Span(PATH, 0), {PATH: "text"}, id="line 0"),
        pytest.param(Span(PATH, 1), {PATH: " \n"}, id="an empty line"),
    ],
)
def test_a_fault_without_a_line_has_no_excerpt(span: Span | None, texts: dict[str, str]) -> None:
    report = as_text([Diagnostic("a-code", Severity.ERROR, "wrong", span)], texts)
    assert report.endswith("error[a-code]: wrong")
    assert "\n" not in report


def test_lines_end_where_an_editor_ends_them_and_a_byte_order_mark_is_none() -> None:
    text = "\ufeffone\rtwo\r\nthree\u2028still three\x0cstill\nfour"
    faults = [error("a-code", "wrong", Span(PATH, line, 1, 3)) for line in (1, 2, 3, 4)]
    shown = as_text(faults, {PATH: text}).split("\n")[1::4]
    assert shown == ["    1 | one", "    2 | two", "    3 | three<U+2028>still three<U+000C>still", "    4 | four"]


def test_high_line_numbers_keep_their_carets_in_line() -> None:
    report = as_text([error("a-code", "wrong", Span(PATH, 123456, 2))], {PATH: "\n" * 123455 + "abc"})
    assert report.split("\n")[1:] == ["123456 | abc", "       |  ^"]


@pytest.mark.parametrize(
    ("line", "column", "length", "shown", "carets"),
    [
        pytest.param("日本: x", 1, 2, "日本: x", "^^^^", id="wide characters under the caret"),
        pytest.param("日本: x", 5, 1, "日本: x", "      ^", id="wide characters before the caret"),
        pytest.param("cafe\u0301: x", 1, 5, "cafe\u0301: x", "^^^^", id="a combining accent has no width"),
        pytest.param("e\u0301e\u0301: x", 6, 1, "e\u0301e\u0301: x", "   ^", id="accents before the caret"),
        pytest.param("\tx: y", 2, 1, "    x: y", "    ^", id="a tab is four spaces"),
        pytest.param("\t\tx", 1, 2, "        x", "^^^^^^^^", id="tabs under the caret"),
        pytest.param("a\x1b[2Jb", 6, 1, "a<U+001B>[2Jb", "            ^", id="a terminal command is written out"),
        pytest.param("a\x00b", 2, 1, "a<U+0000>b", " ^^^^^^^^", id="a NUL is written out"),
        pytest.param("a\u202eb", 3, 1, "a<U+202E>b", "         ^", id="text does not turn round"),
        pytest.param("a\ud83db", 2, 1, "a<U+D83D>b", " ^^^^^^^^", id="half a character is written out"),
        pytest.param("title:", 7, 1, "title:", "      ^", id="a place after the end of the line"),
        pytest.param("abc", 9, 5, "abc", "        ^", id="a place beyond the end of the line"),
        pytest.param("abc", 2, 99, "abc", " ^^", id="carets end with the line"),
        pytest.param("abc", 1, 0, "abc", "^", id="there is always one caret"),
        pytest.param("abc", 0, 1, "abc", "^", id="column 0 is the first"),
    ],
)
def test_carets_stand_under_what_is_wrong(line: str, column: int, length: int, shown: str, carets: str) -> None:
    assert excerpt(line, column, length) == (shown, carets)


def test_a_line_of_a_hundred_columns_is_shown_whole() -> None:
    assert excerpt("x" * 100, 100) == ("x" * 100, " " * 99 + "^")


def test_a_long_line_is_shown_around_the_column() -> None:
    line = "a" * 300 + "HERE" + "b" * 300
    shown, carets = excerpt(line, 301, 4)
    assert shown == "…" + "a" * 40 + "HERE" + "b" * 54 + "…"
    assert carets == " " * 41 + "^^^^"


def test_a_long_line_is_cut_only_where_it_goes_on() -> None:
    assert excerpt("HERE" + "b" * 300, 1, 4) == ("HERE" + "b" * 94 + "…", "^^^^")
    assert excerpt("a" * 300 + "END", 301, 3) == ("…" + "a" * 40 + "END", " " * 41 + "^^^")


@given(
    st.text(st.sampled_from("ab\t日\u0301\x1b\x9b\u202e😀é"), min_size=1, max_size=400),
    st.integers(1, 400),
    st.integers(1, 400),
)
def test_a_line_is_never_wider_than_a_hundred_columns_and_holds_no_command(line: str, column: int, length: int) -> None:
    if line.strip():
        shown, carets = excerpt(line, min(column, len(line)), length)
        assert cells(shown) <= 100
        assert len(carets) <= 100
        assert not any(c in shown for c in "\t\x1b\x9b\u202e")
        assert carets.strip("^ ") == "" and carets.endswith("^")


def test_messages_hints_and_paths_hold_no_command_and_no_line_end() -> None:
    fault = error("a-code", "wrong \x1b[31m\nline", Span("a\x9b.md", 1), "do\r this")
    report = as_text([fault], {})
    assert report == "a<U+009B>.md:1:1: error[a-code]: wrong <U+001B>[31m<U+000A>line\n  hint: do<U+000D> this"


def test_json_has_every_part_of_a_fault() -> None:
    faults = [error("a-code", "wrong 'é'", Span(PATH, 7, 2, 3), "do this"), warning("b-code", "odd")]
    assert json.loads(as_json(faults)) == [
        {
            "code": "a-code",
            "severity": "error",
            "message": "wrong 'é'",
            "path": PATH,
            "line": 7,
            "column": 2,
            "length": 3,
            "hint": "do this",
        },
        {
            "code": "b-code",
            "severity": "warning",
            "message": "odd",
            "path": None,
            "line": None,
            "column": None,
            "length": None,
            "hint": None,
        },
    ]


def test_json_is_ascii_so_that_it_can_be_printed_anywhere() -> None:
    fault = error("a-code", "\x9b\u202e\ud83d", Span(PATH))
    assert as_json([fault]).isascii()
    assert json.loads(as_json([fault]))[0]["message"] == "\x9b\u202e\ud83d"


def test_a_github_annotation_names_file_line_column_and_code() -> None:
    fault = error("a-code", "wrong", Span(PATH, 7, 2, 3), "do this")
    assert as_github([fault, warning("b-code", "odd")]) == (
        f"::error file={PATH},line=7,col=2,title=a-code::wrong%0Ahint: do this\n::warning title=b-code::odd"
    )


def test_a_github_annotation_cannot_be_broken_out_of() -> None:
    fault = error("a-code", "100%: a,b\n::error::x\r", Span("a:b,c%\n::set-env.md", 1, 1))
    assert as_github([fault]) == (
        "::error file=a%3Ab%2Cc%25%0A%3A%3Aset-env.md,line=1,col=1,title=a-code::100%25: a,b<U+000A>::error::x<U+000D>"
    )


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("criterea", "criteria"),
        ("Title", "title"),
        ("TITEL", "title"),
        ("targetname", "targetName"),
        ("image-alt", "image_alt"),
        ("zzz", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_the_nearest_known_word_is_suggested(word: str, expected: str | None) -> None:
    assert did_you_mean(word, ["title", "criteria", "targetName", "image", "image_alt"]) == expected


def test_a_suggestion_does_not_depend_on_the_order_of_the_words() -> None:
    words = ["levels", "leveled", "Level", "level"]
    assert {did_you_mean("lvel", order) for order in (words, words[::-1])} == {"Level"}
    assert did_you_mean("word", []) is None
