from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rfc3339_validator import validate_rfc3339

from sitegen.core.catalogue import Catalogue
from sitegen.core.model import placed
from sitegen.core.plan import plan
from sitegen.core.site import Site
from sitegen.core.source import Marks
from sitegen.formats import feeds
from sitegen.formats.feeds import ATOM, MOST, fit, moment
from sitegen.kinds.course import Course
from tests.formats.planned import HTML, IMAGES
from tests.formats.whole import body, whole
from tests.making import badge, config, course, pathway

FORMATS = (HTML, IMAGES, feeds.FORMAT)
BASE = "https://badges.academy.example"


def atom(site: Site) -> etree._Element:
    return etree.fromstring(body(site, feeds.FORMAT, "feed", "atom"))


def told(element: etree._Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(f"{{{ATOM}}}{name}")]


def entries(site: Site) -> list[etree._Element]:
    return list(atom(site).findall(f"{{{ATOM}}}entry"))


def json_feed(site: Site) -> Any:
    return json.loads(body(site, feeds.FORMAT, "feed", "json"))


def feed_of(content: dict[str, str], **settings: Any) -> Site:
    return whole(content, formats=FORMATS, **settings)


FULL = {
    "badges/b.md": badge("Tester", datePublished="2026-02-01", dateModified="2026-08-04", topic="food", tag="[craft]"),
    "courses/c.md": course("Testing", datePublished="2026-03-01", inLanguage="mi"),
}


def test_atom_has_what_rfc_4287_requires() -> None:
    site = feed_of(FULL, timezone="Australia/Adelaide", owner="academy")
    feed = atom(site)
    assert told(feed, "id") == [f"{BASE}/feed.xml"]
    assert told(feed, "title") == ["Test catalogue"]
    assert told(feed, "updated") == ["2026-08-04T00:00:00+09:30"]
    assert [told(author, "name") for author in feed.findall(f"{{{ATOM}}}author")] == [["Example Academy"]]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{{{ATOM}}}link")}
    assert links == {"self": f"{BASE}/feed.xml", "alternate": f"{BASE}/"}


def test_an_entry_tells_of_one_record() -> None:
    first, second = entries(feed_of(FULL, timezone="Australia/Adelaide"))
    assert told(first, "id") == [f"{BASE}/badges/b/"]
    assert told(first, "title") == ["Tester"]
    assert told(first, "published") == ["2026-02-01T00:00:00+10:30"], "summer time"
    assert told(first, "updated") == ["2026-08-04T00:00:00+09:30"], "winter time"
    assert told(first, "summary") == ["Shows that a test passed."]
    assert [c.get("term") for c in first.findall(f"{{{ATOM}}}category")] == ["badge", "Food", "craft"]
    assert [link.get("href") for link in first.findall(f"{{{ATOM}}}link")] == [f"{BASE}/badges/b/"]
    assert second.get("{http://www.w3.org/XML/1998/namespace}lang") == "mi"


def test_the_json_feed_says_the_same() -> None:
    feed = json_feed(feed_of(FULL, timezone="Australia/Adelaide", owner="academy"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["home_page_url"], feed["feed_url"]) == (
        "Test catalogue",
        f"{BASE}/",
        f"{BASE}/feed.json",
    )
    assert feed["items"][0] == {
        "id": f"{BASE}/badges/b/",
        "url": f"{BASE}/badges/b/",
        "title": "Tester",
        "content_text": "Shows that a test passed.",
        "image": f"{BASE}/badges/b/image.png",
        "date_published": "2026-02-01T00:00:00+10:30",
        "date_modified": "2026-08-04T00:00:00+09:30",
        "authors": [{"name": "Example Academy", "url": f"{BASE}/issuers/academy/"}],
        "tags": ["badge", "Food", "craft"],
        "language": "en",
    }
    assert [item["url"] for item in feed["items"]] == [told(e, "id")[0] for e in entries(feed_of(FULL))]


def test_newest_come_first_and_those_of_one_day_by_their_key() -> None:
    content = {
        "courses/z.md": course(datePublished="2026-05-05"),
        "courses/a.md": course(datePublished="2026-05-05"),
        "badges/m.md": badge(datePublished="2026-05-05"),
        "badges/old.md": badge(datePublished="2020-01-01"),
        "badges/changed.md": badge(datePublished="2019-01-01", dateModified="2026-06-01"),
        "pathways/p.md": pathway("- badge: m\n- course: a", datePublished="2026-05-06"),
    }
    slugs = [item["url"].removeprefix(BASE) for item in json_feed(feed_of(content))["items"]]
    assert slugs == ["/badges/changed/", "/pathways/p/", "/badges/m/", "/courses/a/", "/courses/z/", "/badges/old/"]


def test_only_the_fifty_newest_are_told() -> None:
    content = {f"badges/b{year}.md": badge(datePublished=f"{year}-01-01") for year in range(1950, 2020)}
    updated = [told(entry, "updated")[0][:4] for entry in entries(feed_of(content))]
    assert updated == [str(year) for year in range(2019, 2019 - MOST, -1)]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"datePublished": "2026-01-01", "status": "superseded"},
        {"datePublished": "2026-01-01", "badgeKind": "engagement"},
        {"datePublished": "2026-01-01", "inCatalogue": "false"},
        {"datePublished": "2027-01-11"},
        {"dateModified": "9999-12-31"},
    ],
    ids=["no day", "retired", "engagement", "kept out", "tomorrow", "the end of time"],
)
def test_what_is_not_news_is_not_told(fields: dict[str, str]) -> None:
    site = feed_of({"badges/b.md": badge(**fields)}, today=date(2027, 1, 10))
    assert entries(site) == []
    assert json_feed(site)["items"] == []


def test_a_day_still_to_come_does_not_hide_one_that_has_been() -> None:
    site = feed_of({"badges/b.md": badge(datePublished="2026-01-01", dateModified="2030-01-01")})
    assert told(entries(site)[0], "updated") == ["2026-01-01T00:00:00+00:00"]


def test_a_record_that_only_says_when_it_changed_claims_no_first_day() -> None:
    site = feed_of({"badges/b.md": badge(dateModified="2026-01-01")})
    assert told(entries(site)[0], "published") == []
    assert "date_published" not in json_feed(site)["items"][0]


def test_an_empty_feed_is_still_a_feed() -> None:
    feed = atom(feed_of({}))
    assert told(feed, "updated") == ["1970-01-01T00:00:00Z"]
    assert told(feed, "entry") == []


def test_without_pages_there_is_nothing_to_point_at() -> None:
    site = whole(FULL, formats=(feeds.FORMAT,))
    assert entries(site) == []
    assert json_feed(site)["home_page_url"] == f"{BASE}/"


@pytest.mark.parametrize("zone", ["UTC", "Australia/Adelaide", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata"])
@given(day=st.dates())
def test_midnight_is_always_an_rfc_3339_time_of_that_very_day(zone: str, day: date) -> None:
    text = moment(day, zone)
    assert validate_rfc3339(text), text
    assert datetime.fromisoformat(text).date() == day


def test_the_offset_of_a_day_before_standard_time_is_rounded_to_the_minute() -> None:
    assert moment(date(1850, 6, 1), "Australia/Adelaide") == "1850-06-01T00:00:00+09:14"


def named(name: str) -> Site:
    """A site of one course with any name at all, as a file could spell it with escapes."""
    made = Course.model_construct(
        **{field: info.get_default() for field, info in Course.model_fields.items()}
        | {"name": name, "description": name, "provider": "academy", "tag": (name,), "datePublished": date(2026, 1, 1)}
    )
    record = placed(made, slug="c", language="en", marks=Marks("content/courses/c.md"))
    site, _, faults = plan(Site(config(), Catalogue({record.key: record}), today=date(2027, 1, 1)), FORMATS)
    assert not faults
    return site


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_survives_the_way_into_a_feed_and_out(name: str) -> None:
    site = named(name)
    assert told(entries(site)[0], "title") == [fit(name)]
    assert told(entries(site)[0], "summary") == [fit(name)]
    assert json_feed(site)["items"][0].get("title", "") == fit(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x1bc\x7fd\x85e", "abcde"),
        ("lone \ud83d half", "lone  half"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("<b>&amp;</b> ]]> \u2028 \U0001f373", "<b>&amp;</b> ]]> \u2028 \U0001f373"),
    ],
)
def test_only_what_no_feed_can_hold_is_taken_out(text: str, expected: str) -> None:
    assert fit(text) == expected
