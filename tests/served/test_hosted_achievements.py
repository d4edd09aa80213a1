"""Open Badges 3.0 as really served: the official JSON Schemas, and JSON-LD in safe mode."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator

from tests.served import badges
from tests.served.hosts import Hosts

Check = Callable[[str, Any], list[str]]


@pytest.fixture(scope="session")
def check(tools: Path) -> Check:
    """Holds a document of a type to the official schema."""
    credential = json.loads((tools / "ob3" / "ob_v3p0_achievementcredential_schema.json").read_text())
    profile = json.loads((tools / "ob3" / "ob_v3p0_profile_schema.json").read_text())
    validators = {
        "Achievement": Draft201909Validator({"$ref": "#/$defs/Achievement", "$defs": credential["$defs"]}),
        "Profile": Draft201909Validator(profile),
    }
    return lambda kind, document: [
        f"{error.json_path}: {error.message}" for error in validators[kind].iter_errors(document)
    ]


@pytest.fixture(scope="session")
def documents(hosts: Hosts) -> dict[str, Any]:
    return {url: json.loads(hosts.get(url).body) for url in badges.achievements(hosts.site)}


def test_every_achievement_and_profile_passes_the_official_schema(
    hosts: Hosts, documents: dict[str, Any], check: Check
) -> None:
    kinds = badges.achievements(hosts.site)
    assert len(kinds) > 20
    assert {url: found for url, kind in kinds.items() if (found := check(kind, documents[url]))} == {}


@pytest.mark.parametrize(
    "change",
    [
        {"image": "https://a.example/a.png"},
        {"image": {"id": "https://a.example/a.png", "type": "Image", "author": "A"}},
        {"criteria": "https://a.example/"},
        {"creator": "https://a.example/profile.json"},
        {"version": 2},
        {"creditsAvailable": "2"},
        {"inLanguage": "en-au"},
        {"achievementType": "Microcredential"},
        {"related": ["https://a.example/b"]},
        {"otherIdentifier": [{"type": ["IdentifierEntry"], "identifier": "1", "identifierType": "name"}]},
        {
            "alignment": [
                {"type": ["Alignment"], "targetName": "A", "targetUrl": "https://a.example", "targetType": "A"}
            ]
        },
    ],
)
def test_the_schema_refuses_the_shapes_that_are_often_wrong(
    documents: dict[str, Any], check: Check, change: Any
) -> None:
    achievement = next(iter(documents.values()))
    assert check("Achievement", achievement) == []
    assert check("Achievement", {**achievement, **change}) != []


def test_no_term_is_dropped_when_a_document_is_read_as_json_ld(hosts: Hosts, expanded: dict[str, str | None]) -> None:
    assert {url: fault for url in badges.achievements(hosts.site) if (fault := expanded[url])} == {}


@pytest.mark.parametrize("what", ["tags for tag", "issuer for creator", "telephone for phone"])
def test_a_term_that_the_context_does_not_have_would_be_found(expanded: dict[str, str | None], what: str) -> None:
    assert what.partition(" ")[0] in (expanded[what] or "")


def test_every_document_is_json_ld_that_any_site_may_read_and_says_its_own_address(
    hosts: Hosts, documents: dict[str, Any]
) -> None:
    for url, document in documents.items():
        answer = hosts.get(url)
        assert (answer.status, answer.media_type) == (200, "application/ld+json"), url
        assert answer.headers["access-control-allow-origin"] == "*", url
        assert document["id"] == url


def test_the_two_editions_of_a_badge_name_each_other(hosts: Hosts, documents: dict[str, Any]) -> None:
    for url, kind in badges.achievements(hosts.site).items():
        if kind != "Achievement":
            continue
        (older,) = (r["id"] for r in documents[url]["related"] if r.get("version") == "Open Badges v2p0")
        related = json.loads(hosts.get(older).body)["related"]
        assert url in [r["id"] for r in related if r.get("version") == "Open Badges v3p0"]


def test_every_address_in_a_document_that_is_ours_is_served(hosts: Hosts, documents: dict[str, Any]) -> None:
    ours = {found.partition("#")[0] for document in documents.values() for found in _addresses(document)}
    assert {url: status for url in sorted(ours) if (status := hosts.get(url).status) != 200} == {}


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for held in value.values() for found in _addresses(held)]
    if isinstance(value, list):
        return [found for held in value for found in _addresses(held)]
    return [value] if isinstance(value, str) and value.startswith(badges.BASE_URL) and " " not in value else []
