from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sitegen.artwork.colour import chroma_ceiling
from sitegen.core.diagnostics import Diagnostic
from sitegen.formats import html
from sitegen.formats.html.stylesheet import stylesheet
from tests.formats.htmlsite import built_in, site

OKLCH = re.compile(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)")


def colours(settings: Mapping[str, Any] | None = None, **config: object) -> tuple[str, list[Diagnostic]]:
    """The stylesheet of a site whose theme says something else here and there."""
    base = dict(built_in().settings)
    for key, value in (settings or {}).items():
        base[key] = {**base[key], **value} if isinstance(value, dict) else value
    theme = replace(built_in(), name="own", settings=base)
    return stylesheet(replace(site({}, **config), theme=theme))


def codes(found: list[Diagnostic]) -> list[str]:
    return [fault.code for fault in found]


def test_the_built_in_theme_is_without_fault() -> None:
    assert colours()[1] == []


@pytest.mark.parametrize("hue", range(0, 360, 10))
def test_a_topic_of_any_hue_can_be_read_in_light_and_in_dark(hue: int) -> None:
    assert colours(topics=[{"id": "any", "name": "Any", "hue": hue}])[1] == []


@pytest.mark.parametrize("hue", [0, 20, 60, 110, 200, 264, 330])
def test_chroma_stays_within_what_a_screen_can_show(hue: int) -> None:
    css, _ = colours(topics=[{"id": "any", "name": "Any", "hue": hue}])
    for lightness, chroma, own in OKLCH.findall(css[css.index(".t-any") :]):
        assert float(own) == hue
        assert float(chroma) <= chroma_ceiling(float(lightness), hue) + 1e-6


def test_each_topic_has_a_class_of_its_own_and_the_rest_is_grey() -> None:
    css, _ = colours(
        topics=[{"id": "food", "name": "Food", "hue": 50}, {"id": "web-design", "name": "Web", "hue": 200}]
    )
    assert re.findall(r"^(\S+)\{", css, re.MULTILINE) == [":root", ":root,.t-none", ".t-food", ".t-web-design"]


def test_browsers_that_know_no_light_dark_get_plain_colours_first() -> None:
    css, _ = colours()
    assert css.index("--paper:#") < css.index("@supports (color:light-dark(#000,#fff))")


def test_the_stylesheet_is_named_after_what_is_in_it() -> None:
    def address(**settings: object) -> str:
        return next(r.url for r in html.FORMAT.routes(site({}, **settings)) if r.subject == "topics-css")

    other = address(topics=[{"id": "food", "name": "Food", "hue": 51}])
    assert address() == address() != other
    assert re.fullmatch(r"/assets/[0-9a-f]{12}/topics\.css", other)


def test_a_colour_of_a_brand_that_cannot_be_read_is_told_with_its_contrast() -> None:
    css, found = colours({"colours": {"ink2": {"light": "0.7 0.02 240", "dark": "0.78 0.014 230"}}})
    assert set(codes(found)) == {"low-contrast"}
    assert found[0].message == "the theme 'own': ink2 on paper has a contrast of 2.6 in light, and needs 4.5"
    assert "--ink2" in css


@pytest.mark.parametrize(
    "colour",
    ["", "red", "#123456", "0.2 0.03", "0.2 0.03 240 1", "2 0.03 240", "0.2 0.9 240", "0.2 0.03 1e9", "-0.2 0.03 240"],
)
def test_a_colour_that_is_not_one_is_told_with_an_example(colour: str) -> None:
    css, found = colours({"colours": {"mine": {"light": colour, "dark": "0.2 0.03 240"}}})
    assert codes(found) == ["theme-colour"]
    assert "'mine' has no light colour" in found[0].message
    assert "mine: {light: 0.22 0.03 240" in (found[0].hint or "")
    assert "--mine" not in css


def test_one_colour_may_serve_light_and_dark() -> None:
    css, found = colours({"colours": {"mine": "0.5 0.05 240"}})
    assert found == []
    assert "--mine:light-dark(oklch(0.5 0.05 240),oklch(0.5 0.05 240))" in css


@pytest.mark.parametrize(
    ("name", "value"),
    [("a", "1px;} body{display:none"), ("a}b", "1px"), ("a", "</style>"), ("A", "1px"), ("a", "\\9"), ("a", ["1px"])],
)
def test_a_token_cannot_break_out_of_its_rule(name: str, value: Any) -> None:
    css, found = colours({"tokens": {name: value}})
    assert codes(found) == ["theme-token"]
    assert css.count("{") == css.count("}")
    assert "display:none" not in css


def test_a_token_of_a_brand_is_said_after_those_below_it() -> None:
    assert "--corner:3px;" in colours({"tokens": {"corner": "3px"}})[0]


def test_a_file_that_the_theme_names_and_does_not_have_is_told_with_a_guess() -> None:
    _, found = colours({"stylesheets": ["css/sit.css"], "icon": "nothing.ico"})
    assert codes(found) == ["theme-file", "theme-file"]
    assert found[0].hint == "did you mean 'css/site.css'?"


def test_a_theme_without_settings_still_gives_a_stylesheet() -> None:
    bare = replace(site({}), theme=replace(built_in(), settings={}))
    assert stylesheet(bare)[1] == []
