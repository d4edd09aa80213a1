"""What is written in one pass is what the converter and the cleaning make of the same text, or nothing."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.core import plainmarkdown
from sitegen.core.allowlist import is_safe, renamed, sanitise
from sitegen.core.converter import convert
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.markup import Markup, faults, to_html
from sitegen.core.plainmarkdown import ADDRESS, read
from tests.markdown_inputs import CORPUS, EXAMPLES, PLAIN_SOUP, PROJECT, SOUP, as_it_comes, mutations

PATH = "content/pages/about.md"
CASES = [path.read_text("utf-8") for path in sorted((Path(__file__).parent / "markup_cases").glob("*.txt"))]
CASE_TEXTS = [block.partition("\n")[2].partition("\n--- html\n")[0] for case in CASES for block in case.split("\n=== ")]


def resolve(address: str) -> str:
    return f'/x?a="&b=<{address}>' if address.startswith("/") else address


def made(text: str) -> tuple[Markup, Markup, list[Diagnostic]]:
    return to_html(text), to_html(text, base_level=3, resolve=resolve), faults(text, PATH, 7)


def assert_the_same(text: str) -> None:
    """A text that is not plain takes the same way both times, which would be no comparison."""
    if read(text) is None:
        return
    quickly = made(text)
    with as_it_comes():
        assert made(text) == quickly


def test_every_construct_before_every_other_becomes_what_the_converter_makes_of_it() -> None:
    plain = [text for text in EXAMPLES if read(text) is not None]
    assert len(plain) >= 600
    for text in plain:
        assert_the_same(text)


def test_our_own_texts_are_plain_and_become_what_the_converter_makes_of_them() -> None:
    content = [text for text in CORPUS if read(text) is not None]
    assert len(content) > len(CORPUS) / 2
    sample = [path.read_text("utf-8").split("\n---\n", 1)[1] for path in (PROJECT / "content").rglob("*.md")]
    assert all(read(text) is not None for text in sample)
    for text in content:
        assert_the_same(text)


@pytest.mark.parametrize("text", CASE_TEXTS)
def test_what_the_cleaning_strips_is_stripped_here_too(text: str) -> None:
    assert_the_same(text)


QUICK = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(SOUP | PLAIN_SOUP | mutations() | st.text(max_size=40))
def test_any_text_becomes_what_the_converter_makes_of_it(text: str) -> None:
    assert_the_same(text)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_regex(ADDRESS, fullmatch=True))
def test_every_address_that_is_taken_as_it_is_would_be_left_as_it_is(address: str) -> None:
    kept = f"#{renamed(address[1:])}" if address.startswith("#") else address
    assert is_safe(address)
    assert sanitise(f'<a href="{address}">a</a>').startswith(f'<a href="{kept}"')
    assert sanitise(f'<img alt="a" src="{address}">') == f'<img alt="a" src="{kept}">'


STRANGE = {
    "HTML": "<b>a</b>",
    "a script": "a\n\n<script>alert(1)</script>",
    "an entity": "&lt;b&gt;",
    "an entity by number": "&#106;",
    "an escape": "\\*a\\*",
    "an attribute list": "## a {#b}",
    "a link that runs a program": "[a](javascript:alert(1))",
    "a link to an unknown scheme": "[a](data:text/html,b)",
    "a link to a host without a scheme": "[a](//evil.example)",
    "a link with a backslash": "[a](/\\evil.example)",
    "a link with a host that is none": "[a](https://1.2.3)",
    "a link with a title": '[a](/b "c")',
    "a link by name": "[a][b]\n\n[b]: /c",
    "a note": "a[^1]\n\n[^1]: b",
    "an abbreviation": "HTML\n\n*[HTML]: b",
    "a table of contents": "[TOC]\n\n## a",
    "a list in a quotation": "> a\n> - b",
    "a quotation that is no longer marked": "> a\nb",
    "a list in a list": "- a\n    - b",
    "indented code": "a\n\n    b",
    "a title that is underlined": "a\n===",
    "a definition": "a\n: b",
    "a forced end of a line": "a  \nb",
    "a list that begins with another number": "4. a",
    "a list below a heading and a sentence": "## a\nb\n- c",
    "a list below what looks like an abbreviation": "*[a](/b)*\n- c",
    "a fence without an end": "```\na",
    "a fence in a fence": "```\n   ```\n```",
    "marks without partners": "a * b",
    "marks in marks": "**a *b* c**",
    "a picture without words": "![](/a.png)",
    "a picture in a heading": "## ![a](/b.png)",
    "a tab": "a\tb",
    "a control character": "a\x02b",
    "half a pair of surrogates": "a\ud800",
    "a noncharacter": "a\ufdd0",
    "a mark that the checks travel by": "a\ue000",
}  # fmt: skip


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_what_might_mean_something_else_is_left_to_the_converter(text: str) -> None:
    assert read(text) is None


def test_a_release_that_nothing_was_compared_with_converts_everything_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    html = to_html("A *word*").html
    monkeypatch.setattr(plainmarkdown, "PROVEN", False)
    assert read("A *word*") is None
    assert to_html("A *word*").html == html


def test_code_is_written_once_and_only_for_a_text_that_is_plain() -> None:
    seen: list[str] = []

    def code(fenced: str) -> str:
        seen.append(fenced)
        return sanitise(convert(fenced))

    assert read("a\n\n```py\nx = 1\n```\n\n<b>", code=code) is None
    assert seen == []
    plain = read("a\n\n```py\nx = 1 # <b>\n```\n\nb", code=code)
    assert seen == ["```py\nx = 1 # <b>\n```"]
    assert plain is not None
    assert "&lt;b&gt;" in plain.html(0)


LONG = {
    "backticks": "`" * 50_000,
    "half code": "`a " * 50_000,
    "half stress": "*a " * 50_000,
    "half strong": "**a" * 50_000,
    "half links": "[a](" * 50_000,
    "half stress of links": "*" + "[a](/b) " * 20_000,
    "quotations": "> a\n\n" * 5_000,
    "brackets": "[" * 50_000,
    "half hosts": f"[a](https://{'a.' * 50_000}",
    "spaces": f"## a{' ' * 50_000}#",
    "headings": "## a\n\n" * 5_000,
    "items": "- a\n" * 50_000,
    "fences": "```\na\n" * 5_000,
    "half dividers": f"|a|\n|{'-' * 50_000}",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_no_text_is_read_for_long(text: str) -> None:
    begun = perf_counter()
    read(text)
    assert perf_counter() - begun < 5
