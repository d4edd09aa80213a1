"""Templates that are compiled the short way make what Jinja's own code makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

import pytest
from jinja2 import Environment, Template
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from sitegen.core.i18n import Language, language
from sitegen.formats.html import environment, lists, pages
from sitegen.formats.html.compiled import KNOWN, escape_text
from tests.formats.htmlsite import FULL, site, with_templates
from tests.formats.htmlsite import pages as rendered_pages

WORDS = language("en-AU")


class Stock(ImmutableSandboxedEnvironment):
    """The environment as it would be without any of the short ways."""

    def __init__(self, words: Language, **options: Any) -> None:
        del words
        super().__init__(**options)


def with_stock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ThemeEnvironment", Stock)
    environment._environment.cache_clear()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    environment._environment.cache_clear()
    yield
    environment._environment.cache_clear()


def filled(text: str, values: Mapping[str, Any], parts: Mapping[str, str]) -> tuple[str, list[str]]:
    theme = with_templates({"x.html": text, **parts})
    made, found = environment.render(theme, WORDS, "x.html", "x", values)
    return made, [f"{fault.span and fault.span.line}: {fault.message}" for fault in found]


def test_this_release_of_jinja_is_one_that_is_known() -> None:
    assert KNOWN
    assert environment.ThemeEnvironment.code_generator_class is not CodeGenerator


def test_every_page_is_the_same_as_jinja_alone_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    short = rendered_pages(site(FULL))
    with_stock(monkeypatch)
    assert len(short) > 20
    assert rendered_pages(site(FULL)) == short


@dataclass(frozen=True, slots=True)
class Foreign:
    """A value that is no view of ours."""

    name: str

    def shout(self) -> str:
        return self.name.upper()


GREET = (
    "{% macro hi(name, mark='!', *rest, **more) %}{{ name }}{{ mark }}{{ rest|length }}{{ more|length }}{% endmacro %}"
)
PAIR = "{% macro pair(a, b='b') %}<i>{{ a }}{{ b }}</i>{% endmacro %}"
BOX = "{% macro box(title) %}<div>{{ title }}{{ caller() }}</div>{% endmacro %}"
PARTS = {"part/own.html": GREET + PAIR + BOX}
IMPORT = "{% from 'part/own.html' import hi, pair, box %}"
VALUES = {
    "text": "a < b & 'c'",
    "safe": Markup("<b>x</b>"),
    "number": 0,
    "none": None,
    "items": ("a", "b"),
    "mapping": {"a": "<1>", "items": 2},
    "sign": lists.Sign("t", "<T>", "T", "t-t", "/t/"),
    "foreign": Foreign("n"),
}


@pytest.mark.parametrize(
    "text",
    [
        "{{ text }} {{ safe }} {{ number }} {{ none }} {{ items }} {{ 1.5 }}",
        "{{ sign.name }} {{ sign.letter }}\n{{ sign.nothing }}",
        "{{ foreign.name }} {{ foreign.shout() }}",
        "{{ mapping.a }} {{ mapping.items }} {{ mapping['items'] }} {{ mapping.none is defined }}",
        "{{ sign.__class__ }}",
        "{{ text.__class__.__mro__ }}",
        "{{ '{0.__class__}'.format(text) }}",
        "{{ safe.format(1) }} {{ '{}'.format(text) }}",
        "{{ nothing }}",
        "{{ sign.name.nothing }}",
        IMPORT + "{{ hi('a') }}{{ hi('a', '?', 1, 2, x=3) }}{{ hi(name='<a>', mark=safe) }}{{ hi(mark='?') }}",
        IMPORT + "{{ pair('a') }}{{ pair(b='<', a='&') }}{{ pair(safe, b=none) }}",
        IMPORT + "{{ pair('a', a='b') }}",
        IMPORT + "{{ pair('a', c='b') }}",
        IMPORT + "{{ pair(1, 2, 3) }}",
        IMPORT + "\n{{ pair() }}",
        IMPORT + "{% call box('t') %}<p>{{ text }}</p>{% endcall %}",
        IMPORT + "{% call pair('t') %}x{% endcall %}",
        IMPORT + "{% for a in items %}{{ pair(a) }}{{ loop.first }}{{ loop.last }}{{ loop.index }}"
        "{{ loop.length }}{% endfor %}",
        "{% for a in items %}{{ loop.nothing }}{% endfor %}",
        "{% autoescape false %}{{ text }}{% trans a=text %}x {{ a }}{% endtrans %}{% endautoescape %}{{ text }}",
        "{% set x %}{{ text }}{% endset %}{{ x }}{% filter upper %}{{ text }}{% endfilter %}",
        "{% trans %}100% of it{% endtrans %} {% trans a=text, b=safe %}{{ a }} and {{ b }}{% endtrans %}",
        "{% trans n=2 %}{{ n }} a{% pluralize %}{{ n }} b{% endtrans %} {{ _('50%% <b>') }} {{ _('x %(a)s', a=text) }}",
        "{{ _('100% broken') }}",
        "{% trans a=nothing %}x {{ a }}{% endtrans %}",
        "{% macro gettext(x) %}own{{ x }}{% endmacro %}{% trans %}Menu{% endtrans %}",
        "{% import 'part/own.html' as _ %}{% trans %}Menu{% endtrans %}",
        "{% set _ = text %}{% trans %}Menu{% endtrans %}",
        "{{ text|replace(' ', '<') }}{{ safe|replace('x', '<') }}{{ text|replace('a', 'b', 1) }}"
        "{{ number|replace('0', '1') }}",
        "{{ items|listing }} {{ [safe]|listing }} {{ 1200|number }}",
        "{% if text %}{% block one %}{{ text }}{% endblock %}{% endif %}{{ self.one() }}",
        "{% include 'part/none.html' ignore missing %}{% include 'part/own.html' %}",
        "{% for i in range(10000000) %}{% endfor %}",
    ],
)
def test_a_template_makes_and_faults_as_jinja_alone_would_have_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short = filled(text, VALUES, PARTS)
    with_stock(monkeypatch)
    assert filled(text, VALUES, PARTS) == short


@pytest.mark.parametrize("text", ["", "plain", "a < b > c & 'd' \"e\"", "&amp;", "é\0"])
def test_text_is_escaped_as_jinja_escapes_it(text: str) -> None:
    assert escape_text(text) == str(Markup.escape(text))


def test_no_field_of_a_view_holds_something_to_call() -> None:
    views = [kind for module in (pages, lists) for kind in vars(module).values() if isinstance(kind, type)]
    own = [kind for kind in views if environment._fields(kind)]
    assert len(own) > 10
    assert [field for kind in own for field in fields(kind) if "Callable" in str(field.type)] == []
    assert all(field.default is MISSING or not callable(field.default) for kind in own for field in fields(kind))


def test_values_of_other_packages_are_no_views() -> None:
    assert environment._fields(Foreign) == frozenset()
    assert environment._fields(Macro) == frozenset()
    assert not issubclass(environment.ThemeEnvironment, Template)
    assert issubclass(environment.ThemeEnvironment, Environment)
