from __future__ import annotations

import runpy
from collections.abc import Mapping
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path

import pytest

from sitegen.core.diagnostics import Diagnostic, Span
from sitegen.core.i18n import Language, language
from sitegen.formats import html
from sitegen.formats.html import environment
from sitegen.formats.html.stylesheet import stylesheet
from sitegen.shell.theme import read_theme
from tests.formats.htmlsite import built_in, page, pages, rendered, site, tree, with_templates, words
from tests.making import badge, told

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference" / "theme.md"
CONTENT = {"badges/a.md": badge("A badge of mine")}


def faults(own: Mapping[str, str], subject: str = "badge:a") -> list[Diagnostic]:
    """What a theme with these templates is told when a page is made."""
    return rendered(site(CONTENT, theme=with_templates(own)), subject)[1]


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("<p>\n{% if %}\n</p>", 2, "Expected an expression, got 'end of statement block'"),
        ("<p>\n\n{{ badge.name }", 3, "unexpected '}'"),
        ("{% for a in badge.answers %}", 1, "Unexpected end of template"),
        (
            "a\n{{ badge.nmae }}",
            2,
            "has no attribute 'nmae', while making badge 'A badge of mine' (content/badges/a.md)",
        ),
        ("a\nb\n{{ course.name }}", 3, "'course' is undefined, while making badge 'A badge of mine'"),
        ("{{ 1 + 'a' }}", 1, "TypeError"),
        ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError: division by zero"),
        ("\n{% include 'part/plat.html' %}", 2, "there is no template 'part/plat.html'"),
        ("{% extends 'bsae.html' %}", 1, "there is no template 'bsae.html'"),
        ("{% from 'part/plate.html' import palte %}\n{{ palte(1) }}", 2, "does not export the requested name 'palte'"),
        ("{% include 'page/badge.html' %}", 1, "RecursionError"),
        ("{{ ''.__class__.__mro__ }}", 1, "access to attribute '__class__' of 'str' object is unsafe"),
        ("{{ badge.view.__globals__ }}", 1, "has no attribute 'view'"),
        ("{{ badge.__class__ }}", 1, "access to attribute '__class__' of 'BadgeView' object is unsafe"),
        ("{% for i in range(10000000) %}{% endfor %}", 1, "Range too big"),
    ],
)
def test_a_fault_of_a_template_is_told_at_its_line_with_the_page_it_spoiled(
    template: str, line: int, message: str
) -> None:
    (fault,) = faults({"page/badge.html": template})
    assert fault.code == "template-error"
    assert fault.span is not None
    assert (fault.span.path, fault.span.line) == ("themes/own/templates/page/badge.html", line)
    assert message in fault.message
    assert fault.hint


def test_a_fault_in_a_part_is_told_in_the_part() -> None:
    (fault,) = faults({"part/answers.html": "{% macro answers(items) %}\n{{ items.nothing }}\n{% endmacro %}"})
    assert told([fault]) == ["themes/own/templates/part/answers.html:2:1 template-error"]
    assert "while making badge 'A badge of mine'" in fault.message


def test_a_fault_that_is_there_for_every_page_is_told_in_the_same_words() -> None:
    made = site(CONTENT, theme=with_templates({"part/footer.html": "{% if %}"}))
    subjects = [route.subject for route in made.urls.values() if route.media_type.startswith("text/html")]
    assert len({tuple(rendered(made, subject)[1]) for subject in subjects}) == 1


def test_a_missing_name_is_guessed() -> None:
    (fault,) = faults({"page/badge.html": "{% include 'part/plat.html' %}"})
    assert fault.hint == "did you mean 'part/plate.html'?"


def test_a_theme_without_the_template_of_a_page_is_told_so() -> None:
    kept = {name: text for name, text in built_in().templates.items() if not name.endswith("page/badge.html")}
    (fault,) = rendered(site(CONTENT, theme=replace(built_in(), templates=kept)), "badge:a")[1]
    assert fault.message.startswith("the theme 'default' has no template 'page/badge.html', needed for badge")


def test_an_error_of_our_own_is_not_blamed_on_the_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    made = site(CONTENT)

    def broken(*_: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr(environment, "environment", broken)
    with pytest.raises(RuntimeError, match="ours"):
        html.FORMAT.render(made.urls["html", "badge:a", ""], made)


def test_a_refining_theme_fills_one_block_and_keeps_the_rest() -> None:
    own = '{% extends "default/page/badge.html" %}\n{% block takes %}<p id="s-own">Ours.</p>{{ super() }}{% endblock %}'
    root = tree(page(site(CONTENT, theme=with_templates({"page/badge.html": own})), "badge:a"))
    assert words(root.xpath("//*[@id='s-own']/following-sibling::section[1]//h2")[0]) == "What it takes"
    assert words(root.find(".//h1")) == "A badge of mine"


def test_a_refining_theme_changes_a_part_on_every_page() -> None:
    made = site(CONTENT, theme=with_templates({"part/brand.html": "<b>Our brand</b>"}))
    for subject in ("home", "badge:a", "not-found"):
        assert words(tree(page(made, subject)).xpath("//a[@class='brand']")[0]) == "Our brand"


def test_a_refining_theme_puts_something_into_the_head_of_every_page() -> None:
    head = '{% block head %}<meta name="own" content="{{ site.theme.name }}">{% endblock %}'
    own = '{% extends "default/base.html" %}' + head
    made = site(CONTENT, theme=with_templates({"base.html": own}, name="Ours"))
    assert tree(page(made, "home")).xpath("//meta[@name='own']/@content") == ["Ours"]


DOCUMENTED_BLOCKS = {
    "base.html": {
        "title", "styles", "social", "head", "masthead", "crumbs", "main", "footer", "scripts",
    },
    "page/home.html": {"hero", "search", "lines", "board", "ways", "new", "shapes", "issuers", "empty"},
    "page/catalogue.html": {"search", "facets", "group", "empty"},
    "page/badge.html": {"first", "sections", "takes", "verify", "issuers"},
    "page/course.html": {"top", "rail", "contents", "sections", "after"},
    "page/pathway.html": {"map", "rail", "stops", "after"},
}  # fmt: skip


@pytest.mark.parametrize("template", DOCUMENTED_BLOCKS)
def test_every_documented_block_is_there_to_be_filled(template: str) -> None:
    made = site(CONTENT)
    words_ = html.scope_of(made).words
    assert DOCUMENTED_BLOCKS[template] <= set(environment.environment(made.theme, words_).get_template(template).blocks)


def test_the_reference_names_every_template_and_every_block() -> None:
    reference = REFERENCE.read_text("utf-8")
    names = [name for name in built_in().templates if not name.startswith("default/")]
    assert [name for name in names if f"`{name}`" not in reference] == []
    made = site(CONTENT)
    env = environment.environment(made.theme, html.scope_of(made).words)
    blocks = {block for name in names for block in env.get_template(name).blocks}
    assert [block for block in sorted(blocks) if f"`{block}`" not in reference] == []


def test_the_reference_lists_every_field_that_templates_are_given() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "make_theme_reference.py"))
    text = REFERENCE.read_text("utf-8")
    assert tool["written"](text) == text, "run tools/make_theme_reference.py"


def test_text_is_escaped_unless_it_is_the_clean_html_of_an_author() -> None:
    own = "{{ badge.name }} {{ badge.criteria }} {{ badge.criteria|safe }}"
    text = page(site({"badges/a.md": badge("'a < b'")}, theme=with_templates({"page/badge.html": own})), "badge:a")
    assert text == "a &lt; b &lt;p&gt;Take part in the whole day.&lt;/p&gt; <p>Take part in the whole day.</p>"


def test_words_of_the_interface_can_be_translated() -> None:
    class Shouting(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    loud = Language("en", language("en").locale, Shouting())
    plural = "{% trans n=2 %}{{ n }} a{% pluralize %}{{ n }} b{% endtrans %}"
    own = '{% trans %}Skip to\n  content{% endtrans %} {{ _("Menu") }} ' + plural
    theme = with_templates({"x.html": own})
    assert environment.render(theme, loud, "x.html", "x", {}) == ("SKIP TO CONTENT MENU 2 b", [])


def test_the_sample_brand_is_small_readable_and_makes_every_page() -> None:
    theme, found = read_theme(ROOT, "harbourside", Span("sitegen.yaml"))
    assert found == []
    assert len((ROOT / "themes" / "harbourside" / "theme.yaml").read_text("utf-8").splitlines()) < 50
    made = site(theme=theme)
    assert stylesheet(made)[1] == []
    for subject, text in pages(made).items():
        assert "<b>Harbourside</b> Institute of Technology" in text, subject
