from __future__ import annotations

from typing import Any

import pytest

from sitegen.formats import openbadges3
from tests.formats.planned import HTML, IMAGES, planned, written
from tests.making import badge

BASE = "https://badges.academy.example"

FULL = """\
---
name: Tester
description: Tests things.
issuer: academy
version: "2"
achievementType: MicroCredential
humanCode: T-2
fieldOfStudy: Testing
tag: [testing]
creditPoint: [{framework: ECTS, point: "1.5"}]
level: [EQF 3]
otherIdentifier:
  - {identifierType: sourcedId, identifier: T2}
  - {identifierType: National register (new), identifier: "7"}
  - {identifierType: ext:badge.number, identifier: "8"}
alignment:
  - {targetName: Unit 5, targetUrl: "https://units.example/5", targetType: CFItem}
qualityAssurance:
  - {name: Second marking, description: One in five., url: "https://academy.example/quality"}
  - {name: A talk over coffee}
assessment:
  - {name: A chat}
  - name: A plan
    rubric:
      level: [Not yet, Pass]
      passLevel: Pass
      criterion:
        - {name: Complete, level: [Gaps, Whole]}
supersedes: tester-1
---
Write a plan.
"""

FILES = {
    "badges/tester.md": FULL,
    "badges/tester-1.md": badge("Tester", version="'1'", status="superseded", inLanguage="en-AU"),
}

ISSUER = """\
---
name: Other
url: https://other.example/
email: a@other.example
telephone: "+61855501200"
description: An issuer.
address: {streetAddress: 1 Quay, addressLocality: Port, addressRegion: SA, postalCode: "5000", addressCountry: AU}
parentOrganization: {name: Group, url: "https://group.example/"}
otherIdentifier: [{identifierType: nationalIdentityNumber, identifier: "99"}]
---
"""


@pytest.fixture(scope="module")
def full() -> Any:
    return written(planned(FILES), "openbadges3", "badge:tester")


def alone(**fields: str) -> Any:
    return written(planned({"badges/a.md": badge(**fields)}), "openbadges3", "badge:a")


def test_an_achievement_says_what_its_record_says(full: Any) -> None:
    result = f"{BASE}/badges/tester/achievement.json#assessment-2-criterion-1"
    assert full == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"{BASE}/badges/tester/achievement.json",
        "type": ["Achievement"],
        "name": "Tester",
        "description": "Tests things.",
        "inLanguage": "en",
        "version": "2",
        "achievementType": "MicroCredential",
        "humanCode": "T-2",
        "fieldOfStudy": "Testing",
        "creditsAvailable": 1.5,
        "image": {
            "id": f"{BASE}/badges/tester/image.png",
            "type": "Image",
            "caption": "Badge art: a hexagon with the letters T, 3 of 8 level marks lit",
        },
        "criteria": {"id": f"{BASE}/badges/tester/", "narrative": "Write a plan."},
        "creator": {
            "id": f"{BASE}/issuers/academy/profile.json",
            "type": ["Profile"],
            "name": "Example Academy",
            "url": "https://academy.example/",
            "email": "badges@academy.example",
            "description": "A school that exists for tests.",
        },
        "tag": ["testing"],
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": "Unit 5",
                "targetUrl": "https://units.example/5",
                "targetType": "CFItem",
            },
            {
                "type": ["Alignment"],
                "targetName": "EQF 3",
                "targetUrl": "http://data.europa.eu/snb/eqf/3",
                "targetFramework": "European Qualifications Framework",
                "targetCode": "3",
                "targetType": "ext:EQF",
            },
            {
                "type": ["Alignment"],
                "targetName": "Second marking",
                "targetUrl": "https://academy.example/quality",
                "targetDescription": "One in five.",
                "targetType": "ext:QualityAssurance",
            },
        ],
        "resultDescription": [
            {
                "id": result,
                "type": ["ResultDescription"],
                "name": "A plan: Complete",
                "resultType": "RubricCriterionLevel",
                "requiredLevel": f"{result}-level-2",
                "rubricCriterionLevel": [
                    {
                        "id": f"{result}-level-1",
                        "type": ["RubricCriterionLevel"],
                        "name": "Not yet",
                        "level": "Not yet",
                        "description": "Gaps",
                    },
                    {
                        "id": f"{result}-level-2",
                        "type": ["RubricCriterionLevel"],
                        "name": "Pass",
                        "level": "Pass",
                        "description": "Whole",
                    },
                ],
            }
        ],
        "related": [
            {
                "type": ["Related"],
                "id": f"{BASE}/badges/tester-1/achievement.json",
                "inLanguage": "en-AU",
                "version": "1",
            },
            {
                "type": ["Related", "https://w3id.org/openbadges#BadgeClass"],
                "id": f"{BASE}/badges/tester/badge.json",
                "version": "Open Badges v2p0",
            },
        ],
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": "T2", "identifierType": "sourcedId"},
            {"type": "IdentifierEntry", "identifier": "7", "identifierType": "ext:National_register__new_"},
            {"type": "IdentifierEntry", "identifier": "8", "identifierType": "ext:badge.number"},
        ],
    }


def test_a_profile_says_what_its_record_says() -> None:
    assert written(planned({"issuers/other.md": ISSUER}), "openbadges3", "issuer:other") == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"{BASE}/issuers/other/profile.json",
        "type": ["Profile"],
        "name": "Other",
        "url": "https://other.example/",
        "email": "a@other.example",
        "phone": "+61855501200",
        "description": "An issuer.",
        "address": {
            "type": ["Address"],
            "streetAddress": "1 Quay",
            "addressLocality": "Port",
            "addressRegion": "SA",
            "postalCode": "5000",
            "addressCountryCode": "AU",
        },
        "parentOrg": {
            "id": "https://group.example/",
            "type": ["Profile"],
            "name": "Group",
            "url": "https://group.example/",
        },
        "otherIdentifier": [
            {
                "type": "IdentifierEntry",
                "identifier": f"{BASE}/issuers/other/issuer.json",
                "identifierType": "identifier",
            },
            {"type": "IdentifierEntry", "identifier": "99", "identifierType": "nationalIdentityNumber"},
        ],
    }


def test_what_a_badge_does_not_say_is_not_written() -> None:
    assert set(alone()) == {
        "@context", "id", "type", "name", "description", "inLanguage", "achievementType", "image", "criteria",
        "creator", "related",
    }  # fmt: skip


def test_a_parent_without_an_address_is_left_out_since_a_profile_must_have_an_id() -> None:
    text = ISSUER.replace(', url: "https://group.example/"', "")
    assert "parentOrg" not in written(planned({"issuers/other.md": text}), "openbadges3", "issuer:other")


def test_two_credit_systems_make_no_one_number() -> None:
    both = "[{framework: ECTS, point: 2}, {framework: CPD, point: 8}]"
    assert "creditsAvailable" not in alone(creditPoint=both)
    assert alone(creditPoint="[{framework: ECTS, point: 2}]")["creditsAvailable"] == 2


def test_an_image_has_no_key_but_the_three_that_the_schema_allows() -> None:
    assert set(alone(image="{id: a.png, caption: A bell}")["image"]) == {"id", "type", "caption"}


def test_a_result_names_the_level_that_passes_and_that_level_is_listed(full: Any) -> None:
    for result in full["resultDescription"]:
        assert result["requiredLevel"] in [level["id"] for level in result["rubricCriterionLevel"]]


def test_without_open_badges_2_nothing_points_to_its_files() -> None:
    site = planned({"badges/a.md": badge()}, formats=(HTML, IMAGES, openbadges3.FORMAT))
    assert "related" not in written(site, "openbadges3", "badge:a")
    assert "otherIdentifier" not in written(site, "openbadges3", "issuer:academy")
