"""Parsing: case files of input and report, and the limits that no case file can hold."""

from __future__ import annotations

import json
import pickle
import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.core import yamlloader
from sitegen.core.diagnostics import Diagnostic, Span, has_errors
from sitegen.core.parse import CODES, MAX_BODY, MAX_FRONT_MATTER, parse, parse_yaml
from sitegen.core.report import as_text
from sitegen.core.source import Document, Marks, Source
from sitegen.core.yamlnodes import MAX_DEPTH, MAX_VALUES

CASES = Path(__file__).parent / "cases"
_BYTES = re.compile(rb"\xe2\x9f\xa6([0-9A-F ]+)\xe2\x9f\xa7")  # ⟦0D 0A⟧


class Case:
    """One case: a fact, a file's path and bytes, and what comes of it."""

    def __init__(self, title: str, path: str, content: bytes, expected: str) -> None:
        self.title = title
        self.path = path
        self.content = content
        self.expected = expected


def read_cases() -> Iterator[Case]:
    """Read the case files: a title, perhaps ``file: path``, and input and result between lines ``.``."""
    for file in sorted(CASES.glob("*.txt")):
        parts = re.split(r"^\.\n", file.read_text("utf-8"), flags=re.MULTILINE)
        assert len(parts) % 3 == 1, f"{file.name} has an odd line '.'"
        for head, text, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
            title, _, path = head.strip().partition("\nfile: ")
            content = _BYTES.sub(lambda match: bytes.fromhex(match[1].decode()), text.encode())
            yield Case(title, path or "food.md", content, expected)


ALL = list(read_cases())


def outcome(case: Case) -> str:
    """Return the report of a case and, below it, the document where there is one."""
    document, faults = parse(Source(case.path, case.content), "badge")
    text = as_text(faults, {case.path: case.content.decode("utf-8", "replace")})
    lines = [text] if text else []
    if document:
        lines.append(f"= {json.dumps(document.data, ensure_ascii=False)}")
        if document.body:
            lines.append(f"body on line {document.body_line}: {json.dumps(document.body, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("loader", [yamlloader.LOADER, yamlloader.PortableLoader], ids=["libyaml", "portable"])
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.title)
def test_case(case: Case, loader: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlloader, "LOADER", loader)
    assert outcome(case) == case.expected


def test_every_code_is_explained_and_every_code_but_the_limits_has_a_case() -> None:
    reported = set(re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", "".join(case.expected for case in ALL)))
    limits = {"too-large", "line-too-long", "too-deep", "too-many-values"}
    assert reported | limits == set(CODES)
    assert all(title and not title.endswith(".") and text.endswith(".") for title, text in CODES.values())


def md(front: str, body: str = "") -> bytes:
    return f"---\n{front}\n---\n{body}".encode()


def codes(content: bytes, path: str = "food.md") -> list[str]:
    return [fault.code for fault in parse(Source(path, content), "badge")[1]]


def document_of(content: bytes) -> Document:
    document, faults = parse(Source("food.md", content), "badge")
    assert document and not faults
    return document


# Bytes that come near to a content file, so that most of them get past the first check.
_PIECES = st.sampled_from(
    ["a", "title", ": ", ":", "\n", "\n  ", "\n- ", "- ", '"', "'", "[", "]", "{", "}", ", ", " #", "&x ", "*x",
     "!t ", "|", ">-", "\t", "---", "\n---\n", "...", "%", "@", "`", "? ", "\\", "\\ud800", "~", "<<: ", "é",
     "e\u0301", "日", "\xa0", "\ufeff", "\u2028", "：", "“", " ", "0"]
)  # fmt: skip
_YAMLISH = st.lists(_PIECES, max_size=40).map("".join)
_BYTES_OF_FILES = st.binary(max_size=200) | _YAMLISH.map(str.encode) | _YAMLISH.map(md)


@given(_BYTES_OF_FILES, st.sampled_from(["food.md", "skills.yaml"]))
def test_any_bytes_give_a_document_or_an_error_within_the_file(content: bytes, path: str) -> None:
    document, faults = parse(Source(path, content), "badge")
    assert document is not None or has_errors(faults)
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = re.split(r"\r\n?|\n", text)
    for fault in faults:
        assert fault.code in CODES and fault.span and fault.hint
        assert 1 <= fault.span.line <= len(lines)
        assert 1 <= fault.span.column <= len(lines[fault.span.line - 1]) + 1
        assert fault.span.length >= 1
    assert as_text(faults, {path: text}).count("hint: ") >= len(faults)


@given(_YAMLISH, _YAMLISH, st.sampled_from(["\r\n", "\r"]), st.booleans())
def test_line_ends_and_byte_order_mark_change_nothing(front: str, body: str, end: str, mark: bool) -> None:
    plain = md(front, body)
    other = (b"\xef\xbb\xbf" if mark else b"") + plain.replace(b"\n", end.encode())
    assert parse(Source("food.md", plain), "badge") == parse(Source("food.md", other), "badge")


@given(st.dictionaries(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"])), st.text()))
def test_json_strings_come_back_as_they_were_or_are_refused(data: dict[str, str]) -> None:
    document, faults = parse(Source("food.md", md(json.dumps(data, ensure_ascii=False))), "badge")
    if not faults:
        assert document and document.data == {normal(key): normal(value) for key, value in data.items()}


def normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + last] * 9)}]\n" for last, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_MERGE_BOMB = "a: &a {x: 1}\n" + "".join(
    f"{name}: &{name} {{<<: [{', '.join(['*' + last] * 10)}], k{name}: 1}}\n"
    for last, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("a: " + "[" * 99_000, "too-deep", id="brackets"),
        pytest.param("a:\n" + " [\n" * 80_000, "too-deep", id="brackets on lines"),
        pytest.param("{" * 99_000, "too-deep", id="braces"),
        pytest.param("- " * 49_000, "too-deep", id="list items on one line"),
        pytest.param("? " * 49_000, "too-deep", id="keys in keys"),
        pytest.param("a:\n" + "".join(" " * n + "a:\n" for n in range(1, 700)), "too-deep", id="indentation"),
        pytest.param(_ALIAS_BOMB, "too-many-values", id="alias bomb"),
        pytest.param(_MERGE_BOMB, "too-many-values", id="merge bomb"),
        pytest.param("- a\n" * 60_000, "too-many-values", id="a long list"),
        pytest.param("a: @x\n" * 40_000, "needs-quotes", id="a fault on every line"),
        pytest.param("\ta: b\n" * 30_000, "tab-indent", id="a tab on every line"),
        pytest.param('a: "' + "\\q" * 49_000 + '"', "bad-escape", id="bad escapes"),
        pytest.param("%\n" * 120_000, "yaml-directive", id="directives"),
        pytest.param("a: x" + " " * 98_000 + "b: c", "unquoted-colon", id="white space"),
    ],
)
def test_what_is_made_to_exhaust_a_reader_ends_fast_with_an_error(text: str, code: str) -> None:
    began = time.perf_counter()
    assert codes(md(text))[0] == code
    assert time.perf_counter() - began < 1


def test_100_000_brackets_on_a_line_are_too_long_for_a_line() -> None:
    assert codes(md("[" * 100_001)) == ["line-too-long"]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_any_number_of_brackets_in_quotes_is_text(quote: str) -> None:
    lines = "\n".join(["[" * 50_000] * 2)
    began = time.perf_counter()
    assert document_of(md(f"a: {quote}{lines}{quote}")).data == {"a": lines.replace("\n", " ")}
    assert document_of(md(f"a: |\n  {'[' * 99_000}")).data == {"a": "[" * 99_000 + "\n"}
    assert time.perf_counter() - began < 1


def test_depth_up_to_the_limit_is_read() -> None:
    most = MAX_DEPTH - 1  # the fields of the file are the first level
    assert codes(md("a: " + "[" * most + "]" * most)) == []
    assert codes(md("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)) == ["too-deep"]


@pytest.mark.parametrize("loader", [yamlloader.LOADER, yamlloader.PortableLoader], ids=["libyaml", "portable"])
@pytest.mark.parametrize(
    ("front", "line", "column"),
    [
        ("a: " + "[" * 2_000, 2, 3 + MAX_DEPTH),
        ("a: " + "[" * 2_000 + "]" * 2_000, 2, 3 + MAX_DEPTH),
        ("{" * 2_000, 2, 1 + MAX_DEPTH),
        ("a: b\nc: " + "[{" * 2_000, 3, 3 + MAX_DEPTH),
        ("a:\n" + " [\n" * 2_000, 2 + MAX_DEPTH, 2),
    ],
    ids=["open", "closed", "braces", "both", "on lines"],
)
def test_the_first_level_too_many_is_pointed_at_whatever_limit_libyaml_has_itself(
    front: str, line: int, column: int, loader: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yamlloader, "LOADER", loader)
    faults = parse(Source("food.md", md(front)), "badge")[1]
    assert [(fault.code, fault.span) for fault in faults] == [("too-deep", Span("food.md", line, column))]


def test_values_up_to_the_limit_are_read_and_repeats_count() -> None:
    most = MAX_VALUES - 2  # the list and the fields around it
    assert codes(("a:\n" + "- x\n" * most).encode(), "a.yaml") == []
    assert codes(("a:\n" + "- x\n" * (most + 1)).encode(), "a.yaml") == ["too-many-values"]
    half = MAX_VALUES // 2
    assert codes(("a: &a\n" + "- x\n" * half + "b: *a\n").encode(), "a.yaml") == ["too-many-values"]


def test_sizes_up_to_the_limit_are_read() -> None:
    line = "# " + "x" * 97 + "\n"
    front = line * (MAX_FRONT_MATTER // 100)
    assert codes(md(front)) == []
    assert codes(md(front + line)) == ["too-large"]
    body = line * (MAX_BODY // 100)
    assert codes(md("", body)) == []
    assert codes(md("", body + line)) == ["too-large"]
    assert codes(("a: b\n" + body + line).encode(), "a.yaml") == ["too-large"]
    assert codes(b"x" * 3_000_000) == ["too-large"]
    assert codes(md("", "x" * 100_001)) == ["line-too-long"]


def test_an_invisible_character_is_reported_once_with_its_count_and_ten_kinds_at_most() -> None:
    controls = "".join(map(chr, range(0x80, 0x90)))
    faults = parse(Source("food.md", md("", controls * 2)), "badge")[1]
    assert [fault.code for fault in faults] == ["control-character"] * 10
    assert all(fault.message.endswith(", 2 times") for fault in faults)


def spans(marks: Marks) -> tuple[dict[str, tuple[int, int, int]], dict[str, tuple[int, int, int]]]:
    keys = {".".join(map(str, at)): (s.line, s.column, s.length) for at, s in marks.keys.items()}
    values = {".".join(map(str, at)): (s.line, s.column, s.length) for at, s in marks.values.items()}
    return keys, values


def test_every_key_and_value_has_a_place() -> None:
    front = """title: Café 日本
tags: [a, bb]
none:
'q': "x"
text: |
  one
list:
  - k: two words # why
    m: a
      b"""
    keys, values = spans(document_of(md(front)).marks)
    assert keys == {
        "title": (2, 1, 5),
        "tags": (3, 1, 4),
        "none": (4, 1, 4),
        "q": (5, 1, 3),
        "text": (6, 1, 4),
        "list": (8, 1, 4),
        "list.0.k": (9, 5, 1),
        "list.0.m": (10, 5, 1),
    }
    assert values == {
        "": (1, 1, 3),
        "title": (2, 8, 7),
        "tags": (3, 7, 7),
        "tags.0": (3, 8, 1),
        "tags.1": (3, 11, 2),
        "none": (4, 6, 1),
        "q": (5, 6, 3),
        "text": (6, 7, 1),
        "list": (9, 3, 20),
        "list.0": (9, 5, 18),
        "list.0.k": (9, 8, 9),
        "list.0.m": (10, 8, 1),
    }


def test_a_repeated_value_stands_where_it_is_repeated_and_what_is_in_it_where_it_is_written() -> None:
    marks = document_of(md("a: &a {x: 1}\nb: *a\nc:\n  <<: *a\n  y: 2")).marks
    keys, values = spans(marks)
    assert (values["b"], keys["b.x"], values["b.x"]) == ((3, 4, 2), (2, 8, 1), (2, 11, 1))
    assert (keys["c.x"], values["c.x"], keys["c.y"]) == ((2, 8, 1), (2, 11, 1), (6, 3, 1))
    assert "c.<<" not in keys
    assert (len(marks.keys), len(marks.values)) == (len(keys), len(values))


def test_a_place_that_does_not_exist_is_that_of_the_nearest_around_it() -> None:
    marks = document_of(md("list:\n  - k: v")).marks
    assert marks.value(("list", 0, "missing")) == marks.value(("list", 0))
    assert marks.key(("list", 0, "missing")) == marks.value(("list", 0))
    assert marks.value(("list", 9, "k")).line == 3
    assert marks.value(("title",)).line == 1
    assert ("list", "0") not in marks.values and (0,) not in marks.keys and () not in marks.keys


def test_a_good_file_is_read_for_its_places_only_when_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_of(md("a: b\nc: [d]"))
    asked: list[str] = []

    def loader(text: str) -> object:
        asked.append(text)
        return yamlloader.PortableLoader(text)

    monkeypatch.setattr(yamlloader, "LOADER", loader)
    assert (document.marks.path, asked) == ("food.md", [])
    assert document.marks.value(("c", 0)).line == 3
    assert document.marks.key(("a",)).line == 2
    assert asked == ["a: b\nc: [d]\n"]


def test_the_places_of_a_file_with_faults_are_those_of_the_text_as_it_was_mended() -> None:
    document, faults = parse(Source("food.md", md("a: @b\nc:d\ne: f")), "badge")
    assert document and [fault.code for fault in faults] == ["needs-quotes", "missing-space"]
    assert [document.marks.value((name,)).line for name in "ace"] == [2, 3, 4]


def test_a_config_file_gives_its_data_and_places() -> None:
    data, marks, faults = parse_yaml(Source("sitegen.yaml", b"# ours\nname: Riverside\n"))
    assert (data, faults) == ({"name": "Riverside"}, [])
    assert (marks.value(("name",)).line, marks.value(()).path) == (2, "sitegen.yaml")


def test_a_config_file_with_mistakes_has_no_places_but_the_file() -> None:
    data, marks, faults = parse_yaml(Source("sitegen.yaml", b"- a\n"))
    assert (data, [fault.code for fault in faults]) == (None, ["not-a-mapping"])
    assert marks.value(("name",)).path == "sitegen.yaml"


def test_a_document_survives_the_journey_to_another_process() -> None:
    document = document_of(md("a: &a {x: 1}\nb: [*a]", "Text."))
    assert pickle.loads(pickle.dumps(document)) == document


def test_long_names_are_shortened_in_messages() -> None:
    name = "n" * 900
    for front in (f"{name}: 1\n{name}: 2", f"a: *{name}", f"a: !{name} b", f"a: b #{name}"):
        faults: list[Diagnostic] = parse(Source("food.md", md(front)), "badge")[1]
        assert len(faults) == 1
        assert len(faults[0].message) < 200
