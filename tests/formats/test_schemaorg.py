from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sitegen.core.site import Site
from sitegen.formats.schemaorg import blocks, breadcrumbs, listing, website
from tests.formats.planned import planned
from tests.making import badge, course, pathway

BASE = "https://badges.academy.example"


def said(site: Site, subject: str) -> Any:
    (block,) = blocks(site.catalogue.get(subject), site)
    return block


def of_course(**fields: str) -> Any:
    return said(planned({"courses/a.md": course(**fields)}), "course:a")


def instance(offering: str, **fields: str) -> Any:
    (only,) = of_course(offerings=f"[{offering}]", **fields)["hasCourseInstance"]
    return only


def test_every_block_is_schema_org_and_names_its_page() -> None:
    block = of_course()
    assert block["@context"] == "https://schema.org"
    assert block["@type"] == "Course"
    assert block["@id"] == block["url"] == f"{BASE}/courses/a/"


@pytest.mark.parametrize(
    ("written", "zone", "said"),
    [
        ("2027-02-15 18:00", "Australia/Adelaide", "2027-02-15T18:00:00+10:30"),
        ("2027-07-15 18:00", "Australia/Adelaide", "2027-07-15T18:00:00+09:30"),
        ("2027-02-15 18:00", "UTC", "2027-02-15T18:00:00+00:00"),
        ("2027-02-15", "Australia/Adelaide", "2027-02-15"),
    ],
)
def test_a_time_has_the_offset_that_its_zone_has_on_that_day(written: str, zone: str, said: str) -> None:
    assert instance(f"{{startDate: '{written}', timezone: {zone}}}")["startDate"] == said


def test_a_time_without_a_zone_of_its_own_is_in_the_site_s_zone() -> None:
    text = course(offerings="[{startDate: '2027-02-15 18:00'}]")
    site = planned({"courses/a.md": text}, timezone="Pacific/Auckland")
    assert said(site, "course:a")["hasCourseInstance"][0]["startDate"] == "2027-02-15T18:00:00+13:00"


def test_an_offering_that_is_over_is_not_announced() -> None:
    text = course(offerings="[{startDate: 2026-02-15}, {startDate: 2027-02-15}]")
    site = planned({"courses/a.md": text}, today=date(2027, 1, 1))
    assert [i["startDate"] for i in said(site, "course:a")["hasCourseInstance"]] == ["2027-02-15"]


def test_no_price_is_made_up() -> None:
    block = of_course(offerings="[{startDate: 2027-02-15, enrolUrl: 'https://lms.example/1'}]")
    assert "offers" not in block
    assert "isAccessibleForFree" not in block
    assert "offers" not in block["hasCourseInstance"][0]


def test_a_price_and_its_concessions_are_offers() -> None:
    price = "{amount: 240, currency: AUD, concession: [{name: Card holders, amount: 60}, {name: Staff, amount: 0}]}"
    block = of_course(price=price)
    assert block["isAccessibleForFree"] is False
    assert block["offers"] == [
        {"@type": "Offer", "category": "Paid", "price": 240, "priceCurrency": "AUD"},
        {"@type": "Offer", "name": "Card holders", "category": "Paid", "price": 60, "priceCurrency": "AUD"},
        {"@type": "Offer", "name": "Staff", "category": "Free", "price": 0, "priceCurrency": "AUD"},
    ]


def test_a_free_course_is_free_in_no_currency() -> None:
    block = of_course(price="Free")
    assert block["isAccessibleForFree"] is True
    assert block["offers"] == [{"@type": "Offer", "category": "Free", "price": 0}]


@pytest.mark.parametrize(
    ("offering", "availability"),
    [
        ("{startDate: 2027-02-15}", "InStock"),
        ("{startDate: 2027-02-15, status: full}", "SoldOut"),
        ("{startDate: 2027-02-15, placesLeft: 0, status: full}", "SoldOut"),
        ("{startDate: 2027-02-15, enrolmentStart: 2027-02-01}", None),
        ("{startDate: 2027-02-15, enrolmentEnd: 2027-01-09}", None),
        ("{startDate: 2027-02-15, enrolmentEnd: 2027-01-10}", "InStock"),
        ("{startDate: 2027-02-15, status: cancelled}", None),
    ],
)
def test_a_run_is_in_stock_only_while_one_can_enrol(offering: str, availability: str | None) -> None:
    (offer,) = instance(offering, price="Free")["offers"]
    assert offer.get("availability") == (f"https://schema.org/{availability}" if availability else None)


def test_a_cancelled_run_says_so() -> None:
    assert instance("{startDate: 2027-02-15, status: cancelled}")["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize(
    ("mode", "words", "attendance"),
    [
        ("online", ["Online"], "Online"),
        ("workplace", ["Onsite"], "Offline"),
        ("blended", ["Blended"], "Mixed"),
    ],
)
def test_a_mode_is_said_in_the_words_of_schema_org(mode: str, words: list[str], attendance: str) -> None:
    run = instance(f"{{startDate: 2027-02-15, mode: {mode}}}")
    assert run["courseMode"] == words
    assert run["eventAttendanceMode"] == f"https://schema.org/{attendance}EventAttendanceMode"


def test_a_course_with_two_modes_does_not_pick_one_for_its_run() -> None:
    run = instance("{startDate: 2027-02-15}", mode="[online, onsite]")
    assert run["courseMode"] == ["Online", "Onsite"]
    assert "eventAttendanceMode" not in run


def test_a_badge_of_this_site_is_a_node_and_one_of_another_site_is_its_address() -> None:
    text = course(awards="[b, 'https://other.example/badge.json']", certificate="[{name: Paper}]")
    block = said(planned({"courses/a.md": text, "badges/b.md": badge("Bee")}), "course:a")
    own, other, paper = block["educationalCredentialAwarded"]
    assert own == {
        "@type": "EducationalOccupationalCredential",
        "@id": f"{BASE}/badges/b/",
        "url": f"{BASE}/badges/b/",
        "name": "Bee",
    }
    assert other == "https://other.example/badge.json"
    assert paper["name"] == "Paper"


@pytest.mark.parametrize(("entry", "said"), [("None", None), ("None.", None), ("Year 10", ["Year 10"])])
def test_nothing_to_bring_is_no_prerequisite(entry: str, said: list[str] | None) -> None:
    assert of_course(entryRequirement=entry).get("coursePrerequisites") == said


def test_a_pathway_has_the_courses_of_its_badges_and_of_the_pathways_in_it() -> None:
    files = {
        "badges/b.md": badge(),
        "courses/gives-b.md": course("Gives b", awards="[b]"),
        "courses/direct.md": course("Direct"),
        "courses/old.md": course("Old", awards="[b]", status="archived"),
        "pathways/inner.md": pathway("- badge: b\n- course: direct"),
        "pathways/outer.md": pathway("- pathway: inner\n- course: direct", destination="{badge: b}"),
    }
    block = said(planned(files), "pathway:outer")
    assert [c["name"] for c in block["hasCourse"]] == ["Direct", "Gives b"]
    assert block["educationalCredentialAwarded"][0]["name"] == "A badge"


def test_an_issuer_s_url_is_its_own_website_and_its_page_here_is_its_id() -> None:
    block = said(planned({}), "issuer:academy")
    assert (block["@type"], block["url"]) == ("Organization", "https://academy.example/")
    assert block["@id"] == block["mainEntityOfPage"] == f"{BASE}/issuers/academy/"


def test_a_skill_is_a_term_of_its_framework() -> None:
    framework = "name: S\ndescription: D.\nskills: [{id: x, name: X, statement: Do x, code: S1}]\n"
    site = planned({"frameworks/s.yaml": framework})
    skill = said(site, "skill:x")
    assert (skill["@type"], skill["termCode"]) == ("DefinedTerm", "S1")
    assert skill["inDefinedTermSet"]["@id"] == f"{BASE}/frameworks/s/"
    assert [t["@id"] for t in said(site, "framework:s")["hasDefinedTerm"]] == [f"{BASE}/skills/x/"]


def test_a_list_keeps_the_order_of_the_page() -> None:
    site = planned({"courses/a.md": course("Zed"), "courses/b.md": course("Ay")})
    block = listing(["course:a", "course:b"], site)
    assert block["numberOfItems"] == 2
    assert [(i["position"], i["url"]) for i in block["itemListElement"]] == [
        (1, f"{BASE}/courses/a/"),
        (2, f"{BASE}/courses/b/"),
    ]


def test_breadcrumbs_are_absolute_with_the_base_path_once() -> None:
    site = planned({}, base_url="https://academy.example/cat")
    trail = [("Home", "/cat/"), ("Badges", "/cat/badges/")]
    assert [i["item"] for i in breadcrumbs(trail, site)["itemListElement"]] == [
        "https://academy.example/cat/",
        "https://academy.example/cat/badges/",
    ]


def test_the_website_is_published_by_its_owner() -> None:
    site = planned({}, owner="academy")
    assert website(site)["publisher"]["name"] == "Example Academy"
    assert "publisher" not in website(planned({}))


def test_a_run_is_known_by_its_row_on_the_page_of_the_course() -> None:
    assert instance("{id: feb, startDate: 2027-02-15}")["@id"] == f"{BASE}/courses/a/#s-run-feb"
    assert "@id" not in instance("{startDate: 2027-02-15}")
