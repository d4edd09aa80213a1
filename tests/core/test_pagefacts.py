from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.core.output import Output, Route
from sitegen.core.pagefacts import PageFacts, _parsed, _plain, page_facts

ROUTE = Route("/x/", "html", "x", "text/html; charset=utf-8")
HEAD = "<!doctype html>\n<html lang='en'>".replace("'", '"')


def facts(text: str) -> PageFacts:
    found = page_facts(Output(ROUTE, text.encode()))
    assert found is not None
    return found


def is_plain(text: str) -> bool:
    return _plain(ROUTE, text.encode()) is not None


@pytest.mark.parametrize(
    "written",
    [
        '<a href="/a/">a</a>',
        '<p id="a">x</p><p id="a">y</p>',
        '<a\n  href=" /a/?x=1&amp;y=2 "\n  id="q&#39;s">z</a>',
        '<img src="/a.png" srcset="/b.png 2x, /c.png 3x" alt="a > b" hidden>'.replace(" > ", " "),
        '<meta property="og:url" content="https://x.example/">',
        '<link rel="preload stylesheet" href="/a.css"><link rel="canonical" href="/b/">',
        '<svg viewBox="0 0 1 1"><use href="#sign"/></svg>',
        '<script type="application/ld+json">{"a": "b > c"}</script>',
        '<script type="application/ld+json">{"a": NaN}</script>',
        "<title>Fish &amp; chips</title>",
    ],
)
def test_a_page_of_plain_shape_has_the_facts_that_a_parser_finds(written: str) -> None:
    text = HEAD + written
    assert is_plain(text)
    assert facts(text) == _parsed(ROUTE, text.encode())


@pytest.mark.parametrize(
    "written",
    [
        "<a href='/a/'>a</a>",
        "<a href=/a/>a</a>",
        '<A HREF="/a/">a</A>',
        '<a/href="/a/">a</a>',
        '<!-- <a href="/a/"> -->',
        '<p title="<a href=">x</p>',
        '</p x="<b id="y">">',
        '<a href="/a/" href="/b/">a</a>',
        '<a href="/?a=1&copy=2">a</a>',
        '<a href="/a\tb/">a</a>',
        '<script>if (1 < 2) document.write("<p id=a>")</script>',
        '<script type="application/ld+json">{"a": "<b>"}</script>',
        '<title/><a href="/a/">a</a>',
        '<textarea><a href="/a/"></textarea>',
        '<iframe src="/a/"><p id="a"></iframe>',
        '<p>x</p><body id="late">',
        '<p>x</p><body srcset="/late.png">',
        "<p>a\0b</p>",
        "a < b",
        '<a href="/a/"',
    ],
)
def test_a_page_of_any_other_shape_is_left_to_the_parser(written: str) -> None:
    text = HEAD + written
    assert not is_plain(text)
    assert facts(text) == _parsed(ROUTE, text.encode())


def test_a_page_that_is_no_text_is_left_to_the_parser() -> None:
    body = HEAD.encode() + b'<a href="/caf\xe9/">a</a>'
    assert _plain(ROUTE, body) is None
    assert page_facts(Output(ROUTE, body)) == _parsed(ROUTE, body)


def test_a_fragment_without_a_doctype_is_left_to_the_parser() -> None:
    assert not is_plain('<p id="a">a</p>')


VALUES = st.sampled_from(
    ["/a/", "/b/#c", "#s", "x y", "&amp;", "&#39;q", "&copy", "&lt;b&gt;", "é", "", " /pad/ ", "a,b 2x, c", "\n/l/"]
)
NAMES = st.sampled_from("id href src class srcset content property rel type data-id HREF viewBox hidden data".split())
TAGS = st.sampled_from("p a img link meta script style title body html head svg use form td textarea iframe P".split())
ATTRIBUTES = st.one_of(
    st.builds('{}="{}"'.format, NAMES, VALUES),
    st.builds('{}="{}"'.format, NAMES, VALUES),
    NAMES,
    st.builds("{}='{}'".format, NAMES, VALUES),
    st.builds("{}=a".format, NAMES),
)
OPENING = st.builds(
    lambda tag, gap, attributes, end: f"<{tag}{''.join(gap + one for one in attributes)}{end}>",
    TAGS,
    st.sampled_from([" ", " ", "\n", "\t", "/"]),
    st.lists(ATTRIBUTES, max_size=3),
    st.sampled_from(["", "", " ", "/"]),
)
ODD = st.sampled_from(
    ["<!-- c -->", "</p x=\"<a href='q'>\">", "a < b", "<", "</", "<>", "\r", "\0", "&copy; ", '<p id="1"<a href="2">']
)
RAW = st.builds(
    '<script type="application/ld+json">{}</script>'.format, st.sampled_from(["{}", "{", "NaN", '"<a href=q>"', " "])
)
PAGES = st.lists(st.one_of(OPENING, OPENING, TAGS.map("</{}>".format), ODD, RAW, st.text(max_size=4)), max_size=8)


@settings(max_examples=1_000, deadline=None)
@given(PAGES)
def test_whatever_is_read_without_a_parser_is_what_the_parser_reads(parts: list[str]) -> None:
    body = ("<!doctype html>" + "".join(parts)).encode("utf-8", "replace")
    found = _plain(ROUTE, body)
    assert found is None or found == _parsed(ROUTE, body)
