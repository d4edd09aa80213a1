"""Markdown to safe HTML: text cases, hostile input, and what authors are told.

A case in ``markup_cases/*.txt`` is a title, the Markdown, the HTML it becomes, and the faults told of
it as ``line:column+length code``:

    === a title
    the Markdown
    --- html
    the HTML
    --- faults
    1:1+8 unsafe-html

``*`` stands for what depends on the release of Python, whose own HTML parser finds the tags in Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from sitegen.core.allowlist import CLASSES, REFERENCES, SCHEMES, TAGS, may_have, sanitise
from sitegen.core.converter import convert
from sitegen.core.diagnostics import Diagnostic, Severity
from sitegen.core.markup import Heading, faults, plain, to_html

PATH = "content/pages/about.md"


@dataclass
class Case:
    title: str
    text: str
    html: str
    faults: str


def read_cases() -> Iterator[Case]:
    for path in sorted((Path(__file__).parent / "markup_cases").glob("*.txt")):
        for block in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
            title, _, rest = block.partition("\n")
            text, _, rest = rest.partition("\n--- html\n")
            html, _, told = rest.partition("--- faults\n")
            yield Case(f"{path.stem}: {title}", text, html.rstrip("\n"), told.rstrip("\n"))


CASES = list(read_cases())


def short(found: list[Diagnostic]) -> str:
    spans = [(d.span, d.code) for d in found]
    return "\n".join(f"{s.line}:{s.column}+{s.length} {code}" for s, code in spans if s)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_text_becomes_this_html_and_its_author_is_told_this(case: Case) -> None:
    assert case.html in (to_html(case.text).html.rstrip("\n"), "*")
    assert case.faults in (short(faults(case.text, PATH)), "*")


def test_there_are_enough_hostile_cases_and_each_is_named_once() -> None:
    titles = [case.title for case in CASES]
    assert len(titles) == len(set(titles))
    assert sum(title.startswith("hostile: ") for title in titles) >= 40


@pytest.mark.parametrize("case", [case for case in CASES if case.title.startswith("hostile: ")], ids=lambda c: c.title)
def test_what_is_hostile_is_published_by_no_browser(case: Case) -> None:
    assert_allowed(to_html(case.text).html)


# What may be left of any text


def assert_allowed(html: str) -> None:
    """Hold HTML, read by another parser than the one that cleaned it, to the allow-list."""
    root = etree.fromstring(f"<html><body>{html}</body></html>".encode(), etree.HTMLParser(encoding="utf-8"))
    body = root.find("body")
    assert body is not None
    for element in body.iterdescendants():
        assert isinstance(element.tag, str), "a comment or an instruction was left"
        assert element.tag in TAGS, element.tag
        for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
            assert may_have(element.tag, name) or (element.tag, name, value) == ("a", "rel", "noopener"), name
            if name in ("href", "src"):
                assert_leads_nowhere_bad(value)
            elif name == "class":
                assert set(value.split()) <= CLASSES[element.tag]
            elif name == "id":
                assert not value.startswith("s-")
                assert not re.search(r"\s", value)


def assert_leads_nowhere_bad(address: str) -> None:
    # As browsers read it: without tabs and line ends, and with either slash (URL Standard, sections 4.1 and 4.4).
    read = re.sub("[\t\r\n]", "", address).strip("".join(map(chr, range(0x21)))).replace("\\", "/")
    assert not read.startswith("//")
    scheme = read.partition(":")[0].lower() if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", read) else ""
    assert scheme in {"", *SCHEMES, *REFERENCES}


PIECES = [
    *"< > </ /> \" ' = & ; : \\ / // ` `` ``` ~~~ * ** _ [ ] ( ) ]( ![ ][ { } {: # ## | - 1.".split(),
    *"[^1] [^1]: *[x]: [x]:".split(),
    *"&lt; &#106; &colon; &Tab; &NewLine; <!-- --> <![CDATA[ ]]> <? ?> <!DOCTYPE {{ }} {% %}".split(),
    *"x é 日本 s-x badge:a".split(),
    *"<a <img <base <p> <div> </div> <table> <td> <b> <details> <template> <noscript> <textarea> <title> <h1>".split(),
    *"<script> </script> <style> </style> <svg> </svg> <math> <mtext> <iframe>".split(),
    *"<select> <form> <xmp> <plaintext>".split(),
    *"href= src= style= id= class= onclick= onerror= data-source-place=1 //evil alert(1)".split(),
    *"javascript: JaVaScript: data: vbscript: http:// https:".split(),
    *("<a href=", "<div markdown=1>", "\x00", "\xa0", "\u2028", "\ufdd0", "\ue000", "\ue001"),
    *(" ", "  ", "    ", "\n", "\n\n", "\t", '"\n', "> ", "* ", ":   "),
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP | st.text(max_size=60))
def test_nothing_that_could_run_is_left_of_any_text(text: str) -> None:
    assert_allowed(to_html(text).html)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP)
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    once = sanitise(convert(text))
    assert sanitise(once) == once


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP, st.integers(1, 90))
def test_every_fault_of_any_text_stands_in_that_text(text: str, line: int) -> None:
    lines = text.split("\n")
    for fault in faults(text, PATH, line):
        assert fault.span
        assert fault.span.path == PATH
        assert 0 <= fault.span.line - line < len(lines)
        assert 1 <= fault.span.column <= len(lines[fault.span.line - line]) + 1
        assert fault.hint


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP)
def test_no_program_is_taken_out_without_a_word(text: str) -> None:
    before = etree.fromstring(f"<html><body><i>{convert(text)}</i></body></html>".encode(), etree.HTMLParser())
    dangerous = [
        element
        for element in before.iterdescendants("script", "iframe", "object", "a", "img")
        if element.tag not in ("a", "img") or (element.get("href") or "").lower().startswith("javascript:")
    ]
    if dangerous:
        assert {fault.severity for fault in faults(text, PATH)} >= {Severity.ERROR}


# Links


def test_every_address_goes_through_resolve_and_comes_out_escaped() -> None:
    seen = []

    def resolve(address: str) -> str:
        seen.append(address)
        return f'/x?a="&b=<{address}>'

    html = to_html(
        '[a](/p) ![b](i.png) <a href="badge:x">c</a> <me@example.org> [d][r]\n\n[r]: course:y', resolve=resolve
    ).html
    assert sorted(seen) == ["/p", "badge:x", "course:y", "i.png", "mailto:me@example.org"]
    assert '<a href="/x?a=&quot;&amp;b=&lt;/p&gt;">a</a>' in html
    assert_allowed(html)


def test_a_link_to_another_site_gives_it_no_hold_on_this_one() -> None:
    html = to_html("[a](https://x.example/) [b](HTTP://x.example/) [c](/c/)").html
    assert html.count('rel="noopener"') == 2
    assert '<a href="/c/">c</a>' in html


# Headings


@pytest.mark.parametrize(
    ("text", "base_level", "levels"),
    [
        ("## a\n\n### b", 2, [2, 3]),
        ("## a\n\n### b", 3, [3, 4]),
        ("# a\n\n## b", 2, [2, 3]),
        ("### a\n\n## b", 2, [3, 2]),
        ("###### a", 2, [2]),
        ("# a\n\n###### b", 3, [3, 6]),
        ("<h1>a</h1>\n\n## b", 2, [2, 3]),
        ("- # a\n\n> ## b", 2, [2, 3]),
    ],
)
def test_the_highest_heading_of_a_text_gets_the_level_its_page_has_room_for(
    text: str, base_level: int, levels: list[int]
) -> None:
    made = to_html(text, base_level=base_level)
    assert [heading.level for heading in made.headings] == levels
    assert [int(level) for level in re.findall(r"</h(\d)>", made.html)] == levels


def test_headings_are_told_with_their_anchors_and_their_words() -> None:
    text = "## One *two* `<b>` & three[^1]\n\n## 日本語\n\n## One\n\n## One\n\n## S bend {#s-bend}\n\n[^1]: Note.\n"
    assert to_html(text).headings == (
        Heading(2, "one-two-b-three", "One two <b> & three"),
        Heading(2, "日本語", "日本語"),
        Heading(2, "one", "One"),
        Heading(2, "one_1", "One"),
        Heading(2, "text-s-bend", "S bend"),
    )


def test_texts_do_not_know_of_each_other() -> None:
    first = to_html("## One[^1]\n\n[^1]: a\n\n[r]: /r\n\n*[HTML]: x")
    again = to_html("## One[^1]\n\n[^1]: a\n\nHTML [x][r]")
    assert again.headings == first.headings
    assert "abbr" not in again.html
    assert "[x][r]" in again.html


# Plain words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A **bold**, *clear* `word`.", "A bold, clear word."),
        ("# One\n\n* two\n* three\n\nfour  \nfive", "One two three four five"),
        ("[a link](/x/) & ![A chef](/a.png) <b>x</b>", "a link & A chef x"),
        ("Noted[^1].\n\n[^1]: A note.", "Noted. A note."),
        ("Safe &lt;b&gt; <script>alert(1)</script>", "Safe <b>"),
        ("", ""),
    ],
)
def test_plain_words_are_what_a_reader_hears(text: str, words: str) -> None:
    assert plain(text) == words


# What is too much

_NESTED = "\n".join("    " * depth + "* a" for depth in range(300))

PATHOLOGICAL = {
    "5,000 half links": "[a](<" * 5_000,
    "2,000 brackets": "[" * 2_000,
    "2,000 half images": "![" * 2_000,
    "2,000 brackets closed in code": "[`]`" * 2_000,
    "2,000 brackets closed by escapes": "[a\\]" * 2_000,
    "20,000 nested div": "<div>" * 20_000,
    "20,000 nested div and their ends": "<div>" * 20_000 + "</div>" * 20_000,
    "20,000 nested quotations": ">" * 20_000 + " a",
    "20,000 nested spaced quotations": "> " * 20_000 + "a",
    "3,000 lists in one line": "1. " * 3_000 + "a",
    "300 nested lists": _NESTED,
    "5,000 half tags": "<a " * 5_000,
    "5,000 CDATA": "<![CDATA[" * 5_000,
    "10,000 underlines": "===\n" * 10_000,
    "9,000 addresses": "[a]: \n" * 9_000,
    "6,000 abbreviations": "*[A]: b\n" * 6_000,
    "50,000 addresses": "\n".join(f"[a{n}]: /{n}" for n in range(50_000)),
    "5,000 footnotes": "[^a]: ]" * 5_000,
    "tabs behind a fence": "```" + "\t " * 30_000,
    "fences of every length": "\n".join("`" * n for n in range(3, 900)),
    "2 MB": "word " * 400_000,
    "2 MB without a space": "x" * 2_000_000,
    "100,000 links": "[a](b) " * 100_000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_what_would_take_a_converter_minutes_is_refused_at_once(text: str) -> None:
    begun = perf_counter()
    found = faults(text, PATH, 5)
    html = to_html(text).html
    assert perf_counter() - begun < 5
    assert [d.code for d in found] in (["markdown-too-large"], ["markdown-too-deep"])
    assert found[0].severity is Severity.ERROR
    assert found[0].span
    assert found[0].span.line >= 5
    assert_allowed(html)


SLOW_CODE = {
    "java": "a b " * 50,
    "csharp": "a",
    "autoit": " " * 200,
    "c": " ",
    "nothing": "x" * 500,
}


@pytest.mark.parametrize("language", SLOW_CODE)
def test_code_that_a_highlighter_would_chew_on_is_shown_without_colours(language: str) -> None:
    code = f"{SLOW_CODE[language]}\n" * 590
    begun = perf_counter()
    html = to_html(f"```{language}\n{code}```\n").html
    assert perf_counter() - begun < 5
    assert html.count("<span") == 1
    assert "<code>" in html


def test_long_texts_that_people_do_write_are_not_refused() -> None:
    section = "## Part {n}\n\n" + "Some *words* with a [link](/courses/x/) and `code`. " * 8 + "\n\n* one\n* two\n\n"
    table = "| a | b |\n|---|---|\n" + "| **x** | [y](/y/) |\n" * 200
    text = "".join(section.format(n=n) for n in range(200)) + table
    assert faults(text, PATH) == []
    assert len(to_html(text).headings) == 200


def test_a_line_deep_in_the_file_is_named_as_the_editor_counts() -> None:
    text = "Fine.\n\n" + "\n".join("    " * depth + "* a" for depth in range(120))
    (found,) = faults(text, PATH, 40)
    assert (found.code, found.span and found.span.line) == ("markdown-too-deep", 142)


# What an attribute of fenced code cannot do


@pytest.mark.parametrize(
    "header",
    [
        '{.python pygments_formatter="img" font_name="x"}',
        '{.python linenos="table" linenostart="x" style="y" full="1"}',
        '{.python #id onclick="x" cssclass="evil"}',
        '{.python use_pygments="false" onclick="x"}',
    ],
)
def test_fenced_code_takes_a_language_and_nothing_else(header: str) -> None:
    plain_html = to_html("```python\nx = 1\n```\n").html
    assert to_html(f"``` {header}\nx = 1\n```\n").html == plain_html
    assert 'class="mi"' in plain_html


# Warnings do not stop a build


def test_headings_and_harmless_html_are_warnings_and_the_rest_errors() -> None:
    text = (
        "# One\n\n### Three\n\n<center>x</center> <b class=y>z</b>\n\n<script>x</script> [a](javascript:b) ![](c.png)\n"
    )
    by_code = {d.code: d.severity.value for d in faults(text, PATH)}
    assert by_code == {
        "second-h1": "warning",
        "heading-jump": "warning",
        "dropped-html": "warning",
        "unsafe-html": "error",
        "unsafe-link": "error",
        "image-without-alt": "error",
    }


def test_faults_come_in_the_order_of_the_text_by_kind() -> None:
    found = faults("[a](javascript:b)\n\n<script>x</script>\n\n[c](data:d)\n", PATH, 7)
    lines = [d.span.line for d in found if d.span]
    assert lines == [7, 9, 11]
    assert all(before <= after for before, after in pairwise(lines))


def test_an_address_is_one_when_python_cannot_split_it() -> None:
    with pytest.raises(ValueError, match="Invalid IPv6"):
        urlsplit("http://[x")
    assert faults("[a](http://[x)", PATH) == []
