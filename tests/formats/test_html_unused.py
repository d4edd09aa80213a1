"""Slips in a theme that would change nothing and be found by nobody, and where faults of theme.yaml are told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.core.diagnostics import Diagnostic, Span
from sitegen.core.site import Site
from sitegen.formats import html
from sitegen.shell.theme import read_theme
from tests.formats.htmlsite import rendered, site
from tests.making import badge, told

CONTENT = {"badges/a.md": badge("A badge of mine"), "badges/b.md": badge("Another")}


def brand(root: Path, files: Mapping[str, str]) -> Site:
    """A site with a theme of its own, as its author writes it."""
    for name, text in files.items():
        path = root / "themes" / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root / "themes" / "own").mkdir(parents=True, exist_ok=True)
    theme, found = read_theme(root, "own", Span("sitegen.yaml"))
    assert not found, told(found)
    return site(CONTENT, theme=theme)


def faults(root: Path, files: Mapping[str, str]) -> list[Diagnostic]:
    made = brand(root, files)
    return list(html.FORMAT.render(made.urls["html", "topics-css", ""], made)[1])


@pytest.mark.parametrize(
    ("files", "place", "message", "hint"),
    [
        (
            {"theme.yaml": "name: Own\ncolors:\n  ink: 0.2 0 0\n"},
            "themes/own/theme.yaml:2:1",
            "nothing uses the setting 'colors'",
            "did you mean 'colours'?",
        ),
        (
            {"theme.yaml": "colours:\n  paper: {light: 1 0 0, dark: 0.1 0 0}\n  lnik: 0.2 0 0\n"},
            "themes/own/theme.yaml:3:3",
            "colours: no stylesheet uses 'lnik'",
            "did you mean 'link'?",
        ),
        (
            {"theme.yaml": "topic:\n  plat: {light: 0.9 0.04, dark: 0.3 0.04}\n"},
            "themes/own/theme.yaml:2:3",
            "topic: no stylesheet uses 'plat'",
            "did you mean 'plate'?",
        ),
        (
            {"theme.yaml": "tokens:\n  corners: 3px\n"},
            "themes/own/theme.yaml:2:3",
            "tokens: no stylesheet uses 'corners'",
            "did you mean 'corner'?",
        ),
        (
            {"templates/base.html": '{% extends "default/base.html" %}\n\n{% block foter %}x{% endblock %}\n'},
            "themes/own/templates/base.html:3:1",
            "the block 'foter' is in no template that this one extends, so it is never shown",
            "did you mean 'footer'?",
        ),
        (
            {"templates/page/bagde.html": "Ours."},
            "themes/own/templates/page/bagde.html:1:1",
            "no page uses the template 'page/bagde.html'",
            "did you mean 'page/badge.html'?",
        ),
    ],
)
def test_a_slip_that_would_change_nothing_is_told_with_a_guess(
    tmp_path: Path, files: Mapping[str, str], place: str, message: str, hint: str
) -> None:
    (fault,) = faults(tmp_path, files)
    assert told([fault]) == [f"{place} unused-in-theme"]
    assert (fault.severity, fault.message, fault.hint) == ("warning", message, hint)


@pytest.mark.parametrize(
    "files",
    [
        {"theme.yaml": "slogan: Learn\n", "templates/part/brand.html": "{{ site.theme.slogan }}"},
        {
            "theme.yaml": "colours: {mine: 0.5 0 0}\nstylesheets: [css/site.css, own.css]\n",
            "static/own.css": "p { color: var(--mine) }",
        },
        {
            "templates/base.html": '{% extends "default/base.html" %}'
            "{% block main %}{% block new %}{% endblock %}{% endblock %}"
        },
        {"templates/part/brand.html": '{% include "part/ours.html" %}', "templates/part/ours.html": "Ours"},
        {
            "templates/part/brand.html": '{% include "part/" ~ page.kind ~ ".html" %}',
            "templates/part/home.html": "Ours",
        },
        {"templates/page/home.html": '{% extends "default/page/home.html" %}{% block footer %}Ours{% endblock %}'},
        {},
    ],
)
def test_what_a_theme_brings_and_uses_itself_is_no_slip(tmp_path: Path, files: Mapping[str, str]) -> None:
    assert faults(tmp_path, files) == []


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ("name: Own\ncolours:\n  ink2: {light: 0.7 0.02 240, dark: 0.78 0.014 230}\n", "3:3 low-contrast"),
        ("colours:\n  link: {light: red, dark: 0.9 0 0}\n", "2:3 theme-colour"),
        ("tokens:\n  corner: 1px;\n", "2:3 theme-token"),
        ("stylesheets:\n  - css/site.css\n  - css/sit.css\n", "3:5 theme-file"),
        ("name: Own\nprint: css/prnt.css\n", "2:1 theme-file"),
    ],
)
def test_a_fault_of_theme_yaml_is_told_at_its_line(tmp_path: Path, settings: str, place: str) -> None:
    assert set(told(faults(tmp_path, {"theme.yaml": settings}))) == {f"themes/own/theme.yaml:{place}"}


@pytest.mark.parametrize("name", ["page/badge.html", "base.html"])
def test_a_template_that_extends_itself_is_told_once_and_how_to_mean_the_one_below(tmp_path: Path, name: str) -> None:
    made = brand(tmp_path, {f"templates/{name}": f'{{# Ours. #}}\n{{% extends "{name}" %}}'})
    found = {fault for key in ("badge:a", "badge:b") for fault in rendered(made, key)[1]}
    (fault,) = found
    assert told([fault]) == [f"themes/own/templates/{name}:2:1 template-error"]
    assert fault.message == f"'{name}' extends itself"
    assert fault.hint == f'write {{% extends "default/{name}" %}} for the one below'


def test_templates_that_extend_each_other_are_told_once(tmp_path: Path) -> None:
    files = {
        "templates/page/badge.html": '{% extends "part/ours.html" %}',
        "templates/part/ours.html": '{% extends "page/badge.html" %}',
    }
    made = brand(tmp_path, files)
    (fault,) = {fault for key in ("badge:a", "badge:b") for fault in rendered(made, key)[1]}
    assert fault.message == "'page/badge.html' extends itself by way of others"
