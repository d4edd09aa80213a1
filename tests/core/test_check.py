from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.core.check import check_site
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.output import Output, Route
from sitegen.core.site import Site
from tests.making import badge, catalogue, config

HTML = "text/html; charset=utf-8"
FILES = (("/", "home", HTML), ("/badges/a/", "badge:a", HTML), ("/img/a.png", "file:img/a.png", "image/png"))


def checked(body: str, base_url: str = "https://x.example", url: str = "/badges/a/") -> list[Diagnostic]:
    """Faults of a page with this body in a site of a home page, a badge with an anchor 'top', and an image."""
    linked, _ = catalogue({"badges/a.md": badge()})
    routes = {("html", subject, ""): Route(address, "html", subject, kind) for address, subject, kind in FILES}
    site = replace(Site(config(base_url=base_url), linked), urls=routes)
    pages = {
        "/": '<html><body><h1 id="start">Home</h1></body></html>',
        "/badges/a/": '<html><body><h1 id="top">A</h1></body></html>',
    }
    pages[url] = f'<html><body><h1 id="top">A</h1>{body}</body></html>'
    return check_site(site, [Output(r, pages.get(r.url, "").encode()) for r in routes.values()])


@pytest.mark.parametrize(
    "link",
    [
        "/", "/badges/a/", "/badges/a/#top", "#top", "#", "../a/", "../../", "./", "?q=1", "/#start",
        "https://x.example/badges/a/#top", "https://elsewhere.example/nothing", "mailto:a@b.example", "tel:+61",
        "//elsewhere.example/", "/badges/a/?x=1#top",
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_no_fault(link: str) -> None:
    assert checked(f'<a href="{link}">x</a>') == []


@pytest.mark.parametrize(
    ("body", "code", "hint"),
    [
        ('<a href="/badges/b/">x</a>', "dead-link", "did you mean /badges/a/?"),
        ('<a href="/badges/a">x</a>', "dead-link", "add the slash at the end: /badges/a/"),
        ('<a href="/Badges/A/">x</a>', "dead-link", "capital and small letters count: /badges/a/"),
        ('<a href="../b/">x</a>', "dead-link", "did you mean /badges/a/?"),
        ('<a href="https://x.example/gone/">x</a>', "dead-link", None),
        ('<a href="badge:gone">x</a>', "dead-link", None),
        ('<a href="#topp">x</a>', "dead-anchor", "did you mean '#top'?"),
        ('<a href="/#top">x</a>', "dead-anchor", None),
        ('<img src="/img/b.png" alt="x">', "dead-asset", "did you mean /img/a.png?"),
        ('<img srcset="/img/a.png 1x, /img/c.png 2x" alt="x">', "dead-asset", None),
        ('<link rel="stylesheet" href="/gone.css">', "dead-asset", None),
        ('<script src="/gone.js"></script>', "dead-asset", None),
        ('<form action="/gone/"></form>', "dead-link", None),
        ('<p id="top">x</p>', "duplicate-id-in-page", None),
        ('<script type="application/ld+json">{"a": </script>', "broken-json-ld", None),
    ],
)
def test_what_is_dead_is_told_with_the_page_and_a_way_out(body: str, code: str, hint: str | None) -> None:
    found = checked(body)
    assert [d.code for d in found] == [code]
    assert "/badges/a/" in found[0].message
    assert hint is None or found[0].hint == hint


@pytest.mark.parametrize(
    ("link", "faults"),
    [
        ("/cat/badges/a/", 0),
        ("/badges/a/", 1),
        ("/cat", 0),
        ("https://x.example/cat/badges/a/", 0),
        ("https://x.example/catalogue/", 0),
    ],
)
def test_below_a_base_path_only_addresses_below_it_are_ours(link: str, faults: int) -> None:
    found = checked(f'<a href="{link}">x</a>', base_url="https://x.example/cat")
    assert len(found) == faults


def test_a_host_that_begins_like_ours_is_not_ours() -> None:
    assert checked('<a href="https://x.example.evil.example/gone/">x</a>') == []


def test_json_ld_that_parses_is_no_fault() -> None:
    assert checked('<script type="application/ld+json">{"a": "\\u003c/script>"}</script>') == []


def test_the_place_in_the_markdown_is_named_when_the_author_wrote_the_link() -> None:
    linked, _ = catalogue({"badges/a.md": badge() + "\nSee [this](badge:gone) and\n[that](/gone/ 'title').\n"})
    routes = {("html", "badge:a", ""): Route("/badges/a/", "html", "badge:a", HTML)}
    site = replace(Site(config(base_url="https://x.example/cat"), linked), urls=routes)
    page = b'<a href="badge:gone">this</a> <a href="/cat/gone/">that</a>'
    found = check_site(site, [Output(r, page) for r in routes.values()])
    places = sorted((d.span.line, d.span.column, d.span.length) for d in found if d.span)
    assert places == [(9, 12, 10), (10, 8, 6)]


def test_an_image_that_a_stylesheet_names_must_be_there() -> None:
    linked, _ = catalogue({})
    route = Route("/css/a.css", "files", "asset:a", "text/css; charset=utf-8")
    site = replace(Site(config(), linked), urls={("files", "asset:a", ""): route})
    found = check_site(site, [Output(route, b"a{background:url('../img/gone.png')} b{src:url(data:x)}")])
    assert [d.code for d in found] == ["dead-asset"]
