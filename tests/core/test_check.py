from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from time import perf_counter

import pytest

from sitegen.core.check import check_links, check_site
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.output import Output, Route
from sitegen.core.pagefacts import PageFacts, page_facts
from sitegen.core.site import Site
from tests.making import badge, catalogue, config

HTML = "text/html; charset=utf-8"
FILES = (("/", "home", HTML), ("/badges/a/", "badge:a", HTML), ("/img/a.png", "file:img/a.png", "image/png"))


def faults_of(site: Site, pages: Sequence[PageFacts], drafts: Collection[str] = ()) -> list[Diagnostic]:
    """Check the links of all pages."""
    by_url = {page.url: page for page in pages}
    return check_links(site, by_url, by_url, drafts)


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
        "//elsewhere.example/", "/badges/a/?x=1#top", "/badges/a/index.html", "/%62adges/a/", " /badges/a/ ", "?q=a:b",
        "#TOP", "/#:~:text=Home", "/#start:~:text=Home", "/badges/./a/../a/", "HTTPS://elsewhere.example",
        "data:text/plain,x", "\n/badges/a/\t",
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
        ('<a href="/img/a.png/">x</a>', "dead-link", "leave out the slash at the end: /img/a.png"),
        ('<a href="/BADGES/A">x</a>', "dead-link", "capital and small letters count: /badges/a/"),
        ('<a href="badge:aa#x">x</a>', "dead-link", None),
        ('<a href="http://[x">x</a>', "dead-link", "correct the address"),
        ('<button formaction="/gone/">x</button>', "dead-link", None),
        ('<meta property="og:image" content="https://x.example/img/aa.png">', "dead-link", "did you mean /img/a.png?"),
        ('<svg><use href="/icons.svg#x"></use></svg>', "dead-asset", None),
        ('<img src="https://elsewhere.example/pixel.gif" alt="">', "external-asset", None),
        ('<p id="top">x</p>', "duplicate-id-in-page", None),
        ('<script type="application/ld+json">{"a": NaN}</script>', "broken-json-ld", None),
        ('<script type="application/ld+json"></script>', "broken-json-ld", None),
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


def test_a_stylesheet_may_bring_its_own_pictures_and_anchors() -> None:
    route = Route("/css/a.css", "files", "asset:a", "text/css")
    facts = page_facts(Output(route, b"a{background:url(#x)} b{src: url( 'b.woff2' ) } c{mask:url(\"/b.woff2\")}"))
    assert facts == PageFacts("/css/a.css", "asset:a", assets=("#x", "b.woff2", "/b.woff2"))


def test_other_files_have_no_facts() -> None:
    assert page_facts(Output(Route("/a.json", "openbadges2", "badge:a", "application/ld+json"), b"{}")) is None


def test_facts_hold_what_a_page_names_once_each() -> None:
    page = b"""<h1 id="a">x</h1><p id=b><p id=b>y</p><a href="/x/">1</a><a href="/x/">2</a><a href="">3</a><img
     src="a.png" srcset="a.png 1x, b,c.png 2x,d.png"><link rel="Canonical" href="/x/"><link rel="icon" href="/i.svg">"""
    assert page_facts(Output(Route("/", "html", "home", HTML), page)) == PageFacts(
        "/", "home", frozenset("ab"), ("/x/", ""), ("a.png", "b,c.png", "d.png", "/i.svg"), ("b",)
    )


def whole(urls: list[str], body: str) -> list[Diagnostic]:
    """Faults of a site whose pages all have this body."""
    linked, _ = catalogue({})
    routes = {("html", url, ""): Route(url, "html", f"x{url}", HTML) for url in urls}
    site = replace(Site(config(), linked), urls=routes)
    return check_site(site, [Output(route, body.encode()) for route in routes.values()])


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/gone/">x</a>',
        '<link rel="stylesheet" href="/gone.css">',
        '<script type="application/ld+json">{</script>',
        "<p id=x></p><p id=x></p>",
        '<a href="#gone">x</a>',
    ],
)
def test_what_stands_on_every_page_is_told_once(body: str) -> None:
    found = whole(["/", "/a/", "/b/"], body)
    assert len(found) == 1
    assert found[0].message.endswith("(on 3 pages, so probably in the theme)")
    assert "{" not in found[0].message.replace("property name", "")
    (alone,) = whole(["/a/"], body)
    assert alone.message.endswith("(on the page /a/)")


def test_an_address_without_a_beginning_is_read_from_its_own_page() -> None:
    linked, _ = catalogue({})
    routes = {("html", url, ""): Route(url, "html", url, HTML) for url in ("/", "/a/", "/a/b/")}
    site = replace(Site(config(), linked), urls=routes)
    facts = [PageFacts("/", "/", links=("a/", "?x=1:2")), PageFacts("/a/", "/a/", links=("b/", "../a/", "?x=1:2#gone"))]
    assert faults_of(site, [*facts, PageFacts("/a/b/", "/a/b/", links=("a/",))])[0].message.startswith(
        "the link ?x=1:2#gone"
    )
    assert [d.code for d in faults_of(site, [*facts, PageFacts("/a/b/", "/a/b/", links=("a/",))])] == [
        "dead-anchor",
        "dead-link",
    ]


def test_a_reference_that_is_nearly_right_is_told_the_nearest() -> None:
    linked, _ = catalogue({"badges/safe-kitchen.md": badge()})
    site = replace(Site(config(), linked), urls={("html", "home", ""): Route("/", "html", "home", HTML)})
    found = faults_of(site, [PageFacts("/", "home", links=("badge:safe-kichen#x", "course:safe-kichen"))])
    assert [d.hint for d in found] == ["did you mean badge:safe-kitchen?", "correct the address"]


@pytest.mark.parametrize(
    "link", ["/badges/soon/", "/badges/soon", "/badges/soon/#x", "badge:soon", "../../badges/soon/"]
)
def test_a_link_to_a_draft_says_that_it_is_one(link: str) -> None:
    linked, _ = catalogue({"badges/a.md": badge()})
    site = replace(Site(config(), linked), urls={("html", "badge:a", ""): Route("/badges/a/", "html", "badge:a", HTML)})
    (found,) = faults_of(site, [PageFacts("/badges/a/", "badge:a", links=(link,))], {"badge:soon"})
    assert found.hint == "that is not published yet: publish it (status: published), or take the link out"
    (unknown,) = faults_of(site, [PageFacts("/badges/a/", "badge:a", links=(link,))])
    assert "published" not in (unknown.hint or "")


def test_a_page_that_is_a_draft_is_one_too() -> None:
    linked, _ = catalogue({})
    site = replace(Site(config(), linked), urls={("html", "home", ""): Route("/", "html", "home", HTML)})
    (found,) = faults_of(site, [PageFacts("/", "home", links=("/terms/",))], {"page:terms"})
    assert "not published yet" in (found.hint or "")


def test_the_place_in_the_front_matter_is_named_when_the_link_stands_there() -> None:
    text = badge(description="Look at [the rules](/rulez/).", represents="skill")
    linked, _ = catalogue({"badges/a.md": text})
    routes = {("html", "badge:a", ""): Route("/badges/a/", "html", "badge:a", HTML)}
    site = replace(Site(config(base_url="https://x.example/cat"), linked), urls=routes)
    (found,) = check_site(site, [Output(r, b'<a href="/cat/rulez/">x</a>') for r in routes.values()])
    assert found.span
    assert text.split("\n")[found.span.line - 1].startswith("description:")
    assert found.span.line == 4


def test_hundreds_of_pages_with_dead_links_of_their_own_are_checked_in_no_time() -> None:
    linked, _ = catalogue({})
    urls = [f"/badges/badge-{n}/" for n in range(1_500)]
    site = replace(Site(config(), linked), urls={("html", u, ""): Route(u, "html", u, HTML) for u in urls})
    facts = [PageFacts(u, u, links=(*urls[:40], f"/badges/bagde-{n}/")) for n, u in enumerate(urls)]
    begun = perf_counter()
    found = faults_of(site, facts)
    assert perf_counter() - begun < 10
    assert len(found) == 1_500
    assert found[7].hint == "did you mean /badges/badge-7/?"
    assert found[-1].hint == "correct the address"
