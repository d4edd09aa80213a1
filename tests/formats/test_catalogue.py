from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rfc3339_validator import validate_rfc3339

from sitegen.core.catalogue import Catalogue
from sitegen.core.model import placed
from sitegen.core.output import Format, Route
from sitegen.core.plan import plan
from sitegen.core.site import Site
from sitegen.core.source import Marks
from sitegen.formats import catalogue, feeds, files, hosting, sitemap
from sitegen.formats.catalogue.schema import KINDS
from sitegen.kinds.course import Course
from tests.formats.planned import HTML, IMAGES
from tests.formats.whole import FORMATS, body, whole
from tests.making import badge, config, course, pathway

BASE = "https://badges.academy.example"

FRAMEWORK = """\
name: Academy skills
description: What the academy teaches.
publisher: academy
skills:
  - {id: pass-tests, name: Pass tests, statement: Make every test pass, code: AC-1, parent: write-tests}
  - {id: write-tests, name: Write tests, statement: Say what must be true, keyword: [craft]}
"""

COURSE = """\
---
name: Testing for all
description: How to test.
provider: academy
topic: food
awards: [tester, "https://elsewhere.example/badge"]
skill: [pass-tests]
learningOutcome: [{text: Say what must be true, skill: [write-tests, pass-tests]}]
volumeOfLearning: 20 hours 30 minutes
duration: 4 weeks
level: [AQF 3]
price: {amount: 240.50, currency: AUD, concession: [{name: Card holders, amount: "60"}]}
creditPoint: [{framework: ECTS, point: "1.10"}]
offerings:
  - {id: winter, startDate: 2027-06-07 18:00, endDate: 2027-07-05, timezone: Australia/Adelaide}
  - {startDate: 2027-01-11 09:00}
x-note: nobody else's business
---
Read [the badge](/badges/tester/).
"""

FULL = {
    "frameworks/skills.yaml": FRAMEWORK,
    "courses/testing.md": COURSE,
    "badges/tester.md": badge(
        "Tester",
        skill="[pass-tests]",
        prerequisite='[tester-1, "https://elsewhere.example/badge"]',
        supersedes="tester-1",
        artwork="{pictogram: star}",
        validFor="5 years",
        renewal="{description: Again}",
        stacksTowards="[path]",
        version="'2'",
    ),
    "badges/tester-1.md": badge("Tester", status="superseded"),
    "badges/fun.md": badge("Fun", badgeKind="engagement"),
    "badges/old-fun.md": badge("Old fun", badgeKind="engagement", status="archived"),
    "badges/secret.md": badge("Secret", inCatalogue="false"),
    "pathways/path.md": pathway(
        """
        - badge: tester-1
        - choose: any
          of: [{course: testing}, {credential: {name: Other, provider: Others}, volumeOfLearning: 20 minutes}]
        """,
        provider="academy",
        destination="{badge: tester}",
    ),
}


def read(site: Site, role: str = "", subject: str = "catalogue") -> Any:
    return json.loads(body(site, catalogue.FORMAT, subject, role))


def record(site: Site, kind: str, name: str) -> Any:
    return next(item for item in read(site)[kind] if item["id"] == name)


@pytest.fixture(scope="module")
def full() -> Site:
    return whole(FULL)


def test_the_catalogue_names_itself_and_holds_every_list_in_order(full: Site) -> None:
    whole_of_it = read(full)
    assert list(whole_of_it) == [
        "$schema", "name", "description", "url", "language", *KINDS, "topics"
    ]  # fmt: skip
    assert whole_of_it["$schema"] == f"{BASE}/catalogue.schema.json"
    assert whole_of_it["url"] == f"{BASE}/"


def test_a_record_has_the_models_own_keys_in_the_models_own_order(full: Site) -> None:
    keys = [key for key in record(full, "courses", "testing") if not key.endswith("Url")]
    own = [name for name in Course.model_fields if name in keys]
    assert keys == [own[0], "page", *own[1:], "body"]


def test_a_badge_says_where_its_files_are(full: Site) -> None:
    tester = record(full, "badges", "tester")
    assert tester["page"] == f"{BASE}/badges/tester/"
    assert tester["files"] == {
        "achievement": f"{BASE}/badges/tester/achievement.json",
        "badgeClass": f"{BASE}/badges/tester/badge.json",
        "image": f"{BASE}/badges/tester/image.png",
    }


def test_an_issuer_keeps_its_own_website_beside_its_page(full: Site) -> None:
    academy = record(full, "issuers", "academy")
    assert (academy["url"], academy["page"]) == ("https://academy.example/", f"{BASE}/issuers/academy/")
    assert academy["files"] == {
        "badges": f"{BASE}/issuers/academy/badges.json",
        "issuer": f"{BASE}/issuers/academy/issuer.json",
        "profile": f"{BASE}/issuers/academy/profile.json",
    }


def test_addresses_stand_beside_the_ids_they_belong_to(full: Site) -> None:
    tester, testing = record(full, "badges", "tester"), record(full, "courses", "testing")
    assert (tester["issuer"], tester["issuerUrl"]) == ("academy", f"{BASE}/issuers/academy/")
    assert tester["prerequisiteUrl"] == [f"{BASE}/badges/tester-1/", "https://elsewhere.example/badge"]
    assert tester["supersedesUrl"] == f"{BASE}/badges/tester-1/"
    assert tester["stacksTowardsUrl"] == [f"{BASE}/pathways/path/"]
    assert testing["awards"] == ["tester", "https://elsewhere.example/badge"]
    assert testing["learningOutcome"][0]["skillUrl"] == [f"{BASE}/skills/write-tests/", f"{BASE}/skills/pass-tests/"]
    step = record(full, "pathways", "path")["steps"][1]["of"][0]
    assert (step["course"], step["courseUrl"]) == ("testing", f"{BASE}/courses/testing/")


def test_durations_are_iso_8601_and_numbers_are_numbers(full: Site) -> None:
    text = body(full, catalogue.FORMAT, "catalogue").decode()
    testing = record(full, "courses", "testing")
    assert (testing["volumeOfLearning"], testing["duration"]) == ("PT20H30M", "P4W")
    assert record(full, "badges", "tester")["validFor"] == "P5Y"
    assert '"amount": 240.5,' in text
    assert '"amount": 60\n' in text
    assert '"point": 1.1\n' in text


def test_a_time_leaves_with_its_distance_from_utc(full: Site) -> None:
    winter, summer = record(full, "courses", "testing")["offerings"]
    assert (winter["startDate"], winter["endDate"]) == ("2027-06-07T18:00:00+09:30", "2027-07-05")
    assert summer["startDate"] == "2027-01-11T09:00:00+00:00", "the site's own zone is UTC"
    assert validate_rfc3339(summer["startDate"])


def test_the_text_of_a_badge_is_its_criteria_and_that_of_a_course_its_body(full: Site) -> None:
    assert record(full, "badges", "tester")["criteria"] == {
        "id": f"{BASE}/badges/tester/",
        "narrative": "Take part in the whole day.",
    }
    assert record(full, "courses", "testing")["body"] == f"Read [the badge]({BASE}/badges/tester/)."


def test_a_pathway_comes_with_its_totals() -> None:
    steps = "- course: a\n- choose: any\n  of: [{course: b}, {course: c}]\n- course: d\n  optional: true"
    content = {
        "courses/a.md": course(
            volumeOfLearning="20 hours", duration="2 weeks", price="240 AUD", creditPoint="[{point: '1.5'}]"
        ),
        "courses/b.md": course(volumeOfLearning="20 minutes", duration="1 week", price="Free"),
        "courses/c.md": course(volumeOfLearning="10 hours", duration="3 weeks", price="99.95 AUD"),
        "courses/d.md": course(volumeOfLearning="5 hours", duration="1 week", price="10 AUD"),
        "pathways/p.md": pathway(steps),
    }
    assert record(whole(content), "pathways", "p")["totals"] == {
        "steps": 2,
        "volumeOfLearning": {"low": "PT20H20M", "high": "PT35H"},
        "duration": "P3W",
        "price": {"low": 240, "high": 349.95, "currency": "AUD"},
        "creditPoint": [{"framework": "credit points", "point": 1.5}],
    }


def test_a_total_that_would_mislead_is_left_out() -> None:
    content = {
        "courses/a.md": course(price="240 AUD"),
        "courses/b.md": course(price="10 NZD"),
        "pathways/p.md": pathway("- course: a\n- course: b"),
    }
    assert record(whole(content), "pathways", "p")["totals"] == {"steps": 2}


def test_a_framework_comes_with_its_skills_and_their_pages(full: Site) -> None:
    first, second = record(full, "frameworks", "skills")["skills"]
    assert first == {
        "id": "pass-tests",
        "page": f"{BASE}/skills/pass-tests/",
        "name": "Pass tests",
        "statement": "Make every test pass",
        "kind": "skill",
        "code": "AC-1",
        "parent": "write-tests",
        "parentUrl": f"{BASE}/skills/write-tests/",
    }
    assert second["keyword"] == ["craft"]


def test_topics_are_told_with_their_pages(full: Site) -> None:
    assert read(full)["topics"] == [
        {"id": "food", "page": f"{BASE}/topics/food/", "name": "Food", "letter": "F", "hue": 50}
    ]


def test_a_retired_record_stays_with_its_status(full: Site) -> None:
    assert record(full, "badges", "tester-1")["status"] == "superseded"


def test_what_is_kept_from_the_public_stays_out_retired_or_not(full: Site) -> None:
    assert [item["id"] for item in read(full)["badges"]] == ["tester", "tester-1"]
    assert [item["name"] for item in read(full, "badges", "issuer:academy")["badges"]] == ["Tester", "Tester"]


def test_a_published_engagement_badge_is_there_when_its_author_says_so() -> None:
    site = whole({"badges/fun.md": badge("Fun", badgeKind="engagement", inCatalogue="true")})
    assert [item["id"] for item in read(site)["badges"]] == ["fun"]


def test_notes_and_instructions_to_the_generator_stay_at_home(full: Site) -> None:
    text = body(full, catalogue.FORMAT, "catalogue").decode()
    assert "nobody else's business" not in text
    assert '"artwork"' not in text
    assert '"defaults"' not in text


def test_an_image_is_named_by_its_address_and_not_by_its_file() -> None:
    content = {"courses/c.md": course(image="{id: img/kitchen.png, caption: A kitchen}")}
    assert record(whole(content), "courses", "c")["image"] == {
        "id": f"{BASE}/courses/c/image.png",
        "caption": "A kitchen",
    }
    without = tuple(form for form in FORMATS if form is not IMAGES)
    assert "image" not in record(whole(content, formats=without), "courses", "c")


def test_the_file_of_a_new_format_is_named_after_it() -> None:
    def routes(site: Site) -> Iterator[Route]:
        for item in site.catalogue.of("badge"):
            yield Route(f"/badges/{item.slug}/x.ttl", "turtle", item.key, "text/turtle")
            yield Route(f"/badges/{item.slug}/y.ttl", "turtle", item.key, "text/turtle", "long")

    turtle = Format("turtle", "Made up for a test.", routes, HTML.render)
    found = record(whole({"badges/b.md": badge()}, formats=(turtle, catalogue.FORMAT)), "badges", "b")["files"]
    assert found == {"turtle": f"{BASE}/badges/b/x.ttl", "turtle-long": f"{BASE}/badges/b/y.ttl"}


def test_an_issuers_badges_are_told_as_a_learning_system_needs_them(full: Site) -> None:
    list_of_them = read(full, "badges", "issuer:academy")
    assert list_of_them["issuer"] == {
        "id": f"{BASE}/issuers/academy/issuer.json",
        "profile": f"{BASE}/issuers/academy/profile.json",
        "name": "Example Academy",
        "page": f"{BASE}/issuers/academy/",
    }
    assert list_of_them["badges"][0] == {
        "id": f"{BASE}/badges/tester/badge.json",
        "achievement": f"{BASE}/badges/tester/achievement.json",
        "name": "Tester",
        "description": "Shows that a test passed.",
        "criteria": {"id": f"{BASE}/badges/tester/", "narrative": "Take part in the whole day."},
        "image": f"{BASE}/badges/tester/image.png",
        "status": "published",
        "version": "2",
    }


def test_with_every_other_format_switched_off_only_what_is_known_is_said() -> None:
    site = whole(FULL, formats=(catalogue.FORMAT,))
    tester = record(site, "badges", "tester")
    assert "page" not in tester
    assert "files" not in tester
    assert "issuerUrl" not in tester
    assert tester["criteria"] == {"narrative": "Take part in the whole day."}
    assert "prerequisiteUrl" not in tester, "a list with a gap would no longer match the ids"
    assert read(site, "badges", "issuer:academy")["issuer"] == {"name": "Example Academy"}
    jsonschema.Draft202012Validator(read(site, "schema")).validate(read(site))


def any_course(**fields: Any) -> Site:
    own = {"name": "x", "description": "x", "provider": "academy"} | fields
    made = placed(Course.model_validate(own), slug="c", language="en", marks=Marks("content/courses/c.md"), body="x")
    formats = (HTML, feeds.FORMAT, sitemap.FORMAT, files.FORMAT, hosting.FORMAT, catalogue.FORMAT)
    site, _, faults = plan(Site(config(), Catalogue({made.key: made}), today=date(2027, 1, 1)), formats)
    assert not faults
    return site


@settings(deadline=None)
@given(st.text(min_size=1).map(lambda text: f"a{text}z"))
def test_any_text_survives_the_way_into_the_catalogue_and_out(name: str) -> None:
    site = any_course(name=name, description=name, tag=[name])
    testing = record(site, "courses", "c")
    kept = site.catalogue.records["course:c"].name
    assert (testing["name"], testing["description"], testing["tag"]) == (kept, kept, [kept])


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_any_price_survives_without_noise(amount: Decimal) -> None:
    text = body(any_course(price={"amount": str(amount), "currency": "AUD"}), catalogue.FORMAT, "catalogue").decode()
    said = json.loads(text, parse_float=Decimal, parse_int=Decimal)["courses"][0]["price"]["amount"]
    assert said == amount
