from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from sitegen.core.catalogue import Catalogue
from sitegen.core.model import Record, placed
from sitegen.core.output import Format, Route
from sitegen.core.plan import plan
from sitegen.core.site import Site
from sitegen.core.source import Marks
from sitegen.formats import files, sitemap
from sitegen.formats.sitemap import NAMESPACE
from sitegen.kinds.page import Page
from tests.formats.planned import HTML
from tests.formats.whole import MISSING, body, whole
from tests.making import badge, config, course

FORMATS = (HTML, MISSING, files.FORMAT, sitemap.FORMAT)
BASE = "https://badges.academy.example"


def listed(xml: bytes) -> dict[str, str | None]:
    """The addresses of a sitemap or of an index, each with its last change."""
    root = etree.fromstring(xml)
    return {entry.findtext(f"{{{NAMESPACE}}}loc") or "": entry.findtext(f"{{{NAMESPACE}}}lastmod") for entry in root}


def of_pages(count: int) -> Site:
    """A site of many pages, made without the work of reading them."""
    model = Page.model_construct(name="A page", description="It is one.", status="published", menu="none", order=1)
    records: dict[str, Record] = {}
    for number in range(count):
        page = placed(model.model_copy(), slug=f"p{number}", language="en", marks=Marks("p.md"))
        records[page.key] = page
    site, _, faults = plan(Site(config(topics=[]), Catalogue(records)), FORMATS)
    assert not faults
    return site


def test_every_listed_page_is_there_by_its_full_address() -> None:
    site = whole({"badges/b.md": badge(), "courses/c.md": course()}, formats=FORMATS)
    assert listed(body(site, sitemap.FORMAT, "sitemap")) == {
        f"{BASE}/": None,
        f"{BASE}/badges/b/": None,
        f"{BASE}/courses/c/": None,
        f"{BASE}/issuers/academy/": None,
        f"{BASE}/topics/food/": None,
    }


def test_files_that_are_not_pages_are_left_out() -> None:
    static = {"google123.html": b"x", "plan.pdf": b"x"}
    found = listed(body(whole({}, static=static, formats=FORMATS), sitemap.FORMAT, "sitemap"))
    assert not [url for url in found if "google" in url or "plan" in url]


def test_unlisted_pages_are_left_out() -> None:
    def hidden(site: Site) -> Iterator[Route]:
        for route in HTML.routes(site):
            yield replace(route, listed=route.subject != "badge:b")

    formats = (Format("html", "", hidden, HTML.render), MISSING, sitemap.FORMAT)
    found = listed(body(whole({"badges/b.md": badge()}, formats=formats), sitemap.FORMAT, "sitemap"))
    assert f"{BASE}/badges/b/" not in found
    assert f"{BASE}/404.html" not in found
    assert f"{BASE}/issuers/academy/" in found


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"datePublished": "2026-02-01"}, "2026-02-01"),
        ({"datePublished": "2026-02-01", "dateModified": "2026-08-04"}, "2026-08-04"),
        ({"datePublished": "2026-09-01", "dateModified": "2026-08-04"}, "2026-09-01"),
        ({"datePublished": "2026-02-01", "dateModified": "2099-01-01"}, "2026-02-01"),
        ({"dateModified": "2099-01-01"}, None),
    ],
)
def test_a_page_has_the_day_of_its_record_and_never_one_to_come(fields: dict[str, str], expected: str | None) -> None:
    site = whole({"badges/b.md": badge(**fields)}, formats=FORMATS, today=date(2027, 1, 1))
    assert listed(body(site, sitemap.FORMAT, "sitemap"))[f"{BASE}/badges/b/"] == expected


def test_addresses_are_escaped_as_xml_and_as_addresses() -> None:
    odd = Format("odd", "", lambda _: (Route("/a & <b>/é?/", "odd", "odd", "text/html"),), HTML.render)
    xml = body(whole({}, formats=(odd, sitemap.FORMAT)), sitemap.FORMAT, "sitemap")
    assert list(listed(xml)) == [f"{BASE}/a%20&%20%3Cb%3E/%C3%A9%3F/"]


def test_a_site_of_no_pages_has_a_sitemap_of_none() -> None:
    assert listed(body(whole({}, formats=(sitemap.FORMAT,)), sitemap.FORMAT, "sitemap")) == {}


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a sitemap held fifty addresses: fifty thousand pages would show no more, and take their time."""
    monkeypatch.setattr(sitemap, "MOST", 50)
    monkeypatch.setattr(sitemap, "_PLANNED", 40)


def test_a_sitemap_holds_fifty_thousand_addresses() -> None:
    assert sitemap.MOST == 50_000


@pytest.mark.parametrize(("pages", "parts"), [(40, 0), (41, 2), (70, 2), (71, 3), (200, 6)])
@pytest.mark.usefixtures("little")
def test_a_site_is_split_once_it_might_be_too_large(pages: int, parts: int) -> None:
    assert len(listed(body(of_pages(pages), sitemap.FORMAT, "sitemap"))) == (parts or pages + 1)


@pytest.mark.usefixtures("little")
def test_a_large_site_has_an_index_and_parts_that_hold_every_page_once() -> None:
    site = of_pages(60)
    index = listed(body(site, sitemap.FORMAT, "sitemap"))
    assert list(index) == [f"{BASE}/sitemap-1.xml", f"{BASE}/sitemap-2.xml"]
    parts = [listed(body(site, sitemap.FORMAT, "sitemap", role)) for role in ("1", "2")]
    assert all(len(part) <= 50 for part in parts)
    assert sorted([*parts[0], *parts[1]]) == sorted([f"{BASE}/", *(f"{BASE}/pages/p{n}/" for n in range(60))])


@pytest.mark.usefixtures("little")
def test_more_pages_than_were_planned_for_are_a_warning() -> None:
    def many(site: Site) -> Iterator[Route]:
        return (Route(f"/{number}/", "many", str(number), "text/html") for number in range(51))

    site = whole({}, formats=(Format("many", "", many, HTML.render), sitemap.FORMAT))
    route = site.route("sitemap", "sitemap")
    assert route
    xml, (fault,) = sitemap.FORMAT.render(route, site)
    assert (fault.code, fault.severity) == ("sitemap-too-long", "warning")
    assert "holds 50 addresses, and this one has 51" in fault.message
    assert len(listed(xml)) == 51


@pytest.mark.parametrize(("robots", "welcome"), [(True, True), (False, False)])
def test_robots_txt_says_who_is_welcome(robots: bool, welcome: bool) -> None:
    site = whole({}, formats=FORMATS, robots=robots, base_url="https://badges.academy.example/a")
    parser = RobotFileParser()
    text = body(site, sitemap.FORMAT, "robots").decode()
    parser.parse(text.splitlines())
    assert parser.can_fetch("AnyBot", "https://badges.academy.example/a/badges/") is welcome
    assert (parser.site_maps() == ["https://badges.academy.example/a/sitemap.xml"]) is welcome
