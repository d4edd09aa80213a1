from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.core.site import Site
from sitegen.core.theme import Theme
from sitegen.formats import files
from sitegen.formats.files import MEDIA_TYPES, UNKNOWN, digest, ending, media_type
from tests.making import config


def site(theme: Mapping[str, bytes] | None = None, static: Mapping[str, bytes] | None = None) -> Site:
    return Site(config(), theme=Theme("test", static=theme or {}), files=static or {})


def test_theme_files_live_below_a_digest_and_the_sites_own_at_the_top() -> None:
    of = site({"css/site.css": b"a{}"}, {"docs/plan.pdf": b"%PDF"})
    asset, own = files.FORMAT.routes(of)
    assert asset.url == f"/assets/{digest(of.theme.static)}/css/site.css"
    assert (asset.subject, asset.media_type) == ("asset:css/site.css", "text/css; charset=utf-8")
    assert (own.url, own.subject, own.media_type) == ("/docs/plan.pdf", "file:docs/plan.pdf", "application/pdf")


def test_every_byte_is_kept() -> None:
    every = bytes(range(256)) * 3
    of = site({"a.png": every}, {"b.svg": every})
    assert [files.FORMAT.render(route, of) for route in files.FORMAT.routes(of)] == [(every, ()), (every, ())]


def test_a_site_without_static_files_has_none() -> None:
    assert list(files.FORMAT.routes(site())) == []


def test_the_order_of_files_does_not_show() -> None:
    one, other = {"a.css": b"1", "b.css": b"2"}, {"b.css": b"2", "a.css": b"1"}
    assert list(files.FORMAT.routes(site(one, one))) == list(files.FORMAT.routes(site(other, other)))


@pytest.mark.parametrize(
    "changed",
    [
        {"a.css": b"x", "b.css": b"3"},
        {"a.css": b"x", "c.css": b"2"},
        {"a.css": b"x"},
        {"a.css": b"x", "b.css": b"2", "c": b""},
        {"a.css": b"xb.css", "": b"2"},
        {},
    ],
)
def test_any_change_to_the_theme_moves_all_its_files(changed: dict[str, bytes]) -> None:
    assert digest(changed) != digest({"a.css": b"x", "b.css": b"2"})


@given(st.dictionaries(st.text(), st.binary(), max_size=4))
def test_a_digest_is_twelve_hexadecimal_digits(found: dict[str, bytes]) -> None:
    assert len(digest(found)) == 12
    assert int(digest(found), 16) >= 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.JPG", "image/jpeg"),
        ("a.tar.woff2", "font/woff2"),
        ("CNAME", "text/plain; charset=utf-8"),
        (".well-known/apple-app-site-association", "application/json"),
        (".png", None),
        ("folder.png/readme", None),
        ("a.", None),
        ("a.constructor", None),
        ("", None),
    ],
)
def test_a_media_type_follows_from_the_name_alone(path: str, expected: str | None) -> None:
    assert media_type(path) == expected


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_every_media_type_is_one(name: str) -> None:
    assert re.fullmatch(r"(application|audio|font|image|text|video)/[a-z0-9.+-]+(; charset=utf-8)?", MEDIA_TYPES[name])
    assert re.fullmatch(r"[a-z0-9]+", name)


def test_text_is_said_to_be_utf_8() -> None:
    assert {m for m in MEDIA_TYPES.values() if m.startswith("text/")} == {
        m for m in MEDIA_TYPES.values() if m.endswith("; charset=utf-8")
    }


@pytest.mark.parametrize("path", ["notes.pages", "README", "a.b.c", ".hidden"])
def test_a_file_of_an_unknown_kind_is_published_and_said_to_be_unknown(path: str) -> None:
    of = site(static={path: b"x"})
    (route,) = files.FORMAT.routes(of)
    content, (fault,) = files.FORMAT.render(route, of)
    assert (content, route.media_type) == (b"x", UNKNOWN)
    assert (fault.code, fault.severity, fault.span and fault.span.path) == (
        "unknown-file-type",
        "warning",
        f"static/{path}",
    )


def test_an_unknown_theme_file_is_named_by_its_theme() -> None:
    of = site({"fonts/a.fnt": b"x"})
    (route,) = files.FORMAT.routes(of)
    _, (fault,) = files.FORMAT.render(route, of)
    assert "themes/test/static/fonts/a.fnt" in fault.message


def test_an_ending_is_what_follows_the_last_full_stop_of_the_name() -> None:
    assert [ending(p) for p in ("a.b.SVG", "a.b/c", ".x", "..x", "x.")] == ["svg", "", "", "", ""]
