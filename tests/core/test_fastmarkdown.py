"""The converter with cheaper inner loops makes what Python-Markdown makes as it comes."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown, __version__
from markdown.blockparser import BlockParser
from markdown.serializers import to_html_string

from sitegen.core import fastmarkdown
from sitegen.core.converter import _markdown
from sitegen.core.fastmarkdown import RELEASES, hastened
from tests.core.test_markup import SOUP as HOSTILE_SOUP
from tests.markdown_inputs import CORPUS, EXAMPLES, SOUP, mutations, stock
from tests.tools.install import install

FAST, STOCK = _markdown(), stock()


def html(markdown: Markdown, text: str) -> str:
    try:
        return markdown.reset().convert(text)
    except RecursionError:
        return "too deep"


def assert_the_same(text: str) -> None:
    assert html(FAST, text) == html(STOCK, text)


def test_the_installed_release_is_one_that_is_proven_by_the_tests_below() -> None:
    assert __version__ in RELEASES, (
        "Python-Markdown is another release now, and every text takes the slow way. Add it to RELEASES, "
        "and take out the older ones, if all tests here and of plainmarkdown pass with it"
    )


def test_every_construct_before_every_other_becomes_the_same() -> None:
    assert len(EXAMPLES) >= 600
    for text in EXAMPLES:
        assert_the_same(text)


def test_our_own_texts_become_the_same() -> None:
    for text in CORPUS:
        assert_the_same(text)


def test_the_examples_of_commonmark_become_the_same() -> None:
    specification = (install() / "npm/node_modules/commonmark-spec/spec.txt").read_text("utf-8")
    examples = re.findall(r"(?ms)^`{32} example\n(.*?)^\.\n.*?^`{32}$", specification)
    assert len(examples) >= 600
    for text in examples:
        assert_the_same(text.replace("→", "\t"))


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOUP | HOSTILE_SOUP | mutations() | st.text(max_size=60))
def test_any_text_becomes_the_same(text: str) -> None:
    assert_the_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "a\n{: hidden }",
        "a\n{: hidden=hidden data-x }",
        "# id\n\n# class",
        "<div markdown=1><script>a < b</script></div>",
        "<div markdown=1><!-- a --></div>",
        "*a*\x02klzzwxh:0000\x03",
    ],
)
def test_what_the_quick_writing_of_elements_does_not_know_is_written_as_it_comes(text: str) -> None:
    assert_the_same(text)


def test_a_release_that_nothing_was_compared_with_is_left_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastmarkdown, "PROVEN", False)
    markdown = hastened(Markdown())
    assert type(markdown.parser) is BlockParser
    assert markdown.serializer is to_html_string or markdown.serializer.__module__.startswith("markdown.")
    assert type(markdown.treeprocessors["inline"]).__module__ == "markdown.treeprocessors"
