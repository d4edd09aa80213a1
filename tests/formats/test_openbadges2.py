from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.core.output import Format
from sitegen.formats import openbadges2
from sitegen.formats.jsonld import dump
from tests.formats.planned import FORMATS, HTML, IMAGES, planned, written
from tests.making import badge

BASE = "https://badges.academy.example"

FRAMEWORK = """\
name: Academy skills
description: What the academy teaches.
skills:
  - {id: pass-tests, name: Pass tests, statement: Make every test pass, code: AC-1}
  - {id: write-tests, name: Write tests, statement: Say what must be true}
"""

FULL = """\
---
name: Tester
description: Tests things, "well" & truly.
issuer: academy
badgeKind: participation
version: "2"
inLanguage: en-AU
tag: [testing, craft]
requirement:
  - {name: Write a test, description: It must be able to fail.}
  - {name: Write another, optional: true}
skill: [pass-tests]
learningOutcome: [{text: Say what must be true, skill: [write-tests, pass-tests]}]
level: [EQF 3, AQF 3]
alignment:
  - targetName: Unit 5
    targetUrl: https://units.example/5
    targetFramework: Units
    targetCode: U5
    targetType: CFItem
endorsement:
  - {endorser: Critic, endorsementComment: Good.}
  - {endorser: Friend, endorsementComment: Very good., id: "https://friend.example/said.json"}
supersedes: tester-1
---
Sit [the course](/courses/testing/).
"""

FILES = {
    "badges/tester.md": FULL,
    "badges/tester-1.md": badge("Tester", version="'1'", status="superseded"),
    "frameworks/skills.yaml": FRAMEWORK,
}


def only(formats: tuple[Format, ...], *names: str) -> tuple[Format, ...]:
    return tuple(f for f in formats if f.name in names)


@pytest.fixture(scope="module")
def full() -> Any:
    return written(planned(FILES), "openbadges2", "badge:tester")


def alone(**fields: str) -> Any:
    return written(planned({"badges/a.md": badge(**fields)}), "openbadges2", "badge:a")


def issuer_of(base_url: str, hosts: str = "") -> Any:
    text = "---\nname: Other\nurl: https://other.example/\nemail: a@other.example\ndescription: An issuer.\n"
    site = planned(
        {"issuers/other.md": f"{text}{hosts}---\n"},
        base_url=base_url,
    )
    return written(site, "openbadges2", "issuer:other")


def test_a_badge_says_all_that_its_record_says(full: Any) -> None:
    assert full == {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": f"{BASE}/badges/tester/badge.json",
        "@language": "en-AU",
        "version": "2",
        "name": "Tester",
        "description": 'Tests things, "well" & truly.',
        "image": {
            "type": "schema:ImageObject",
            "id": f"{BASE}/badges/tester/image.png",
            "caption": "Badge art: a tag with the letters T, 3 of 8 level marks lit",
        },
        "criteria": {
            "id": f"{BASE}/badges/tester/",
            "narrative": "1. Write a test: It must be able to fail.\n2. Write another (optional)\n\n"
            f"Sit [the course]({BASE}/courses/testing/).",
        },
        "issuer": f"{BASE}/issuers/academy/issuer.json",
        "tags": ["testing", "craft"],
        "alignment": [
            {
                "targetName": "Unit 5",
                "targetUrl": "https://units.example/5",
                "targetFramework": "Units",
                "targetCode": "U5",
            },
            {
                "targetName": "Pass tests",
                "targetUrl": f"{BASE}/skills/pass-tests/",
                "targetDescription": "Make every test pass",
                "targetFramework": "Academy skills",
                "targetCode": "AC-1",
            },
            {
                "targetName": "Write tests",
                "targetUrl": f"{BASE}/skills/write-tests/",
                "targetDescription": "Say what must be true",
                "targetFramework": "Academy skills",
            },
            {
                "targetName": "EQF 3",
                "targetUrl": "http://data.europa.eu/snb/eqf/3",
                "targetFramework": "European Qualifications Framework",
                "targetCode": "3",
            },
        ],
        "related": [
            {"type": "BadgeClass", "id": f"{BASE}/badges/tester-1/badge.json", "version": "1"},
            {
                "type": ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"],
                "id": f"{BASE}/badges/tester/achievement.json",
                "version": "Open Badges v3p0",
            },
        ],
        "endorsement": ["https://friend.example/said.json"],
    }


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("[x](/courses/testing/)", f"[x]({BASE}/cat/courses/testing/)"),
        ("[x](badge:tester)", f"[x]({BASE}/cat/badges/tester/)"),
        ("[x](../badges/tester.md#how)", f"[x]({BASE}/cat/badges/tester/#how)"),
        ("[x](#how)", f"[x]({BASE}/cat/badges/a/#how)"),
        ("![x](</a.png>)", f"![x](<{BASE}/cat/a.png>)"),
        ("[x][1]\n\n[1]: /courses/testing/", f"[x][1]\n\n[1]: {BASE}/cat/courses/testing/"),
        ('<a href="/courses/testing/">x</a>', f'<a href="{BASE}/cat/courses/testing/">x</a>'),
        ("[x](https://other.example/a)", "[x](https://other.example/a)"),
        ("[x](//other.example/a)", "[x](//other.example/a)"),
        ("[x](mailto:a@other.example)", "[x](mailto:a@other.example)"),
        ("Read 1/2 of (a/b).", "Read 1/2 of (a/b)."),
    ],
)
def test_links_in_the_narrative_work_anywhere(link: str, leads_to: str) -> None:
    text = badge().replace("Take part in the whole day.", link)
    site = planned({**FILES, "badges/a.md": text}, base_url=f"{BASE}/cat")
    assert written(site, "openbadges2", "badge:a")["criteria"]["narrative"] == leads_to


def test_an_issuer_says_all_that_its_record_says() -> None:
    assert written(planned({}), "openbadges2", "issuer:academy") == {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Issuer",
        "id": f"{BASE}/issuers/academy/issuer.json",
        "@language": "en",
        "name": "Example Academy",
        "description": "A school that exists for tests.",
        "url": "https://academy.example/",
        "email": "badges@academy.example",
        "verification": {
            "type": "VerificationObject",
            "allowedOrigins": ["badges.academy.example", "lms.academy.example"],
        },
        "related": [
            {
                "type": ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile"],
                "id": f"{BASE}/issuers/academy/profile.json",
                "version": "Open Badges v3p0",
            }
        ],
    }


def test_what_a_badge_does_not_say_is_not_written() -> None:
    assert list(alone()) == [
        "@context", "type", "id", "@language", "name", "description", "image", "criteria", "issuer", "related",
    ]  # fmt: skip


def test_the_old_edition_names_the_new_one() -> None:
    old = written(planned(FILES), "openbadges2", "badge:tester-1")
    assert old["related"][0] == {"type": "BadgeClass", "id": f"{BASE}/badges/tester/badge.json", "version": "2"}


def test_a_superseded_badge_keeps_its_file_but_is_not_listed() -> None:
    route = planned(FILES).route("openbadges2", "badge:tester-1")
    assert route is not None
    assert (route.url, route.listed, route.media_type) == ("/badges/tester-1/badge.json", False, "application/ld+json")


@pytest.mark.parametrize(
    ("base_url", "hosts", "allowed"),
    [
        ("https://a.example", "assertionHosts: [lms.example.org]\n", ["a.example", "lms.example.org"]),
        ("https://a.example/catalogue", "", ["a.example"]),
        ("https://lms.example.org", "assertionHosts: [lms.example.org]\n", ["lms.example.org"]),
        ("https://a.example:8443", "assertionHosts: [lms.example.org]\n", ["lms.example.org"]),
        ("http://127.0.0.1:8000", "assertionHosts: [lms.example.org]\n", ["lms.example.org"]),
    ],
)
def test_allowed_origins_are_bare_host_names(base_url: str, hosts: str, allowed: list[str]) -> None:
    assert issuer_of(base_url, hosts)["verification"]["allowedOrigins"] == allowed


@pytest.mark.parametrize("base_url", ["http://localhost:8000", "https://intranet", "https://10.0.0.7"])
def test_a_host_that_validators_refuse_is_left_to_their_default(base_url: str) -> None:
    assert "verification" not in issuer_of(base_url)


def test_an_author_s_alignment_wins_over_a_skill_with_the_same_address() -> None:
    same = f"[{{targetName: Mine, targetUrl: '{BASE}/skills/pass-tests/'}}]"
    text = badge(skill="[pass-tests]", alignment=same)
    site = planned({"badges/a.md": text, "frameworks/skills.yaml": FRAMEWORK})
    assert [a["targetName"] for a in written(site, "openbadges2", "badge:a")["alignment"]] == ["Mine"]


def test_a_level_without_an_address_of_its_own_is_no_alignment() -> None:
    assert "alignment" not in alone(level="[AQF 3]")


def test_the_address_of_a_level_is_fit_for_a_url() -> None:
    ladder = {"id": "L", "name": "Ladder", "levels": ["4+", "5 b"], "uri": "https://ladder.example/{level}"}
    site = planned({"badges/a.md": badge(level="[L 4+, L 5 b]")}, level_frameworks=[ladder])
    urls = [a["targetUrl"] for a in written(site, "openbadges2", "badge:a")["alignment"]]
    assert urls == ["https://ladder.example/4%2B", "https://ladder.example/5%20b"]


def test_without_pages_there_is_a_narrative_and_no_address_to_a_page_that_is_not_made() -> None:
    site = planned(FILES, formats=only(FORMATS, "images", "openbadges2"))
    document = written(site, "openbadges2", "badge:tester")
    assert set(document["criteria"]) == {"narrative"}
    assert [a["targetName"] for a in document["alignment"]] == ["Unit 5", "EQF 3"]


def test_without_open_badges_3_nothing_points_to_its_files() -> None:
    site = planned({"badges/a.md": badge()}, formats=(HTML, IMAGES, openbadges2.FORMAT))
    assert "related" not in written(site, "openbadges2", "badge:a")


def test_the_caption_is_the_author_s() -> None:
    site = planned({"badges/a.md": badge(image="{id: a.png, caption: A bell}")})
    assert written(site, "openbadges2", "badge:a")["image"]["caption"] == "A bell"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"artwork": "{shape: seal, pictogram: anchor}"}, "Badge art: a seal with the sign 'anchor'"),
        ({"artwork": "{initials: QX}"}, "Badge art: a tag with the letters QX"),
    ],
)
def test_generated_art_is_said_in_words(fields: dict[str, str], words: str) -> None:
    assert alone(**fields)["image"]["caption"] == words


def test_the_address_has_the_base_path_in_it() -> None:
    site = planned({"badges/a.md": badge()}, base_url="https://academy.example/catalogue/")
    document = written(site, "openbadges2", "badge:a")
    assert document["id"] == "https://academy.example/catalogue/badges/a/badge.json"
    assert document["issuer"] == "https://academy.example/catalogue/issuers/academy/issuer.json"


def test_text_that_looks_like_an_html_entity_survives_software_that_decodes_entities() -> None:
    body = dump({"name": "R&D &quot;x&quot; & https://a.example/?a=1&copy=2"})
    assert b"&q" not in body
    assert b"&c" not in body
    assert json.loads(body) == {"name": "R&D &quot;x&quot; & https://a.example/?a=1&copy=2"}


def test_json_is_written_the_same_way_every_time() -> None:
    assert dump({"b": "Ünïcode", "a": [1]}) == '{\n  "b": "Ünïcode",\n  "a": [\n    1\n  ]\n}\n'.encode()
    with pytest.raises(ValueError, match="JSON"):
        dump({"a": float("nan")})
