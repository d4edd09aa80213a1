"""Open Badges 2.0 as really served: 1EdTech's validator, and what it does not look at."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.served import badges
from tests.served.conftest import Verified
from tests.served.hosts import Hosts
from tests.served.strict import faults


def wrong(verified: Verified, urls: Any) -> dict[str, list[str]]:
    reports = [verified.reports[url] for url in urls]
    return {report["url"]: report["messages"] for report in reports if not report["valid"] or report["messages"]}


def test_every_badge_and_issuer_is_valid_by_itself(hosts: Hosts, verified: Verified) -> None:
    published = badges.definitions(hosts.site)
    assert len(published) > 20
    assert wrong(verified, published) == {}
    assert {url: verified.reports[url]["types"][url] for url in published} == published


def test_every_badge_verifies_when_a_learning_system_of_its_issuer_issues_it(hosts: Hosts, verified: Verified) -> None:
    issued = badges.assertions(hosts)
    assert len(issued) >= len(list(hosts.site.glob("badges/*/badge.json")))
    assert wrong(verified, issued) == {}
    assert {verified.reports[url]["types"][url] for url in issued} == {"Assertion"}


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("issued by a stranger", "not hosted in allowed origins"),
        ("no image", "image"),
        ("no criteria", "criteria"),
        ("relative alignment", "targetUrl"),
        ("language in the context", "name"),
        ("issuer is not there", "nobody"),
    ],
)
def test_the_validator_refuses_what_is_broken(hosts: Hosts, verified: Verified, what: str, message: str) -> None:
    report = verified.reports[badges.broken(hosts)[what]]
    assert not report["valid"]
    assert any(message in said for said in report["messages"]), report["messages"]


def test_every_badge_and_issuer_holds_what_the_validator_does_not_look_at(hosts: Hosts) -> None:
    found = {url: faults(hosts, url, kind) for url, kind in badges.definitions(hosts.site).items()}
    assert {url: fault for url, fault in found.items() if fault} == {}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"type": "badgeclass"}, "type is 'badgeclass'"),
        ({"id": "https://other.example/badge.json"}, "id is 'https://other.example/badge.json'"),
        ({"@context": "https://w3id.org/openbadges/v1"}, "wrong @context"),
        ({"image": {"id": f"{badges.BASE_URL}/badges/nothing.png"}}, "image: status 404"),
        ({"image": {"id": f"https://{badges.STRANGER}/photo.png"}}, "image: neither PNG nor SVG"),
        ({"image": None}, "no image"),
        ({"criteria": {}}, "no criteria narrative"),
        ({"criteria": {"id": f"{badges.BASE_URL}/none/", "narrative": "x"}}, "criteria page: 404 text/html"),
        ({"criteria": {"id": f"{badges.BASE_URL}/", "narrative": "[x](/y)"}}, "criteria narrative has a link"),
    ],
)
def test_a_broken_badge_does_not_hold(hosts: Hosts, change: Any, fault: str) -> None:
    badge = json.loads(hosts.get(next(iter(badges.definitions(hosts.site)))).body)
    hosts.publish(f"https://{badges.STRANGER}/photo.png", b"\xff\xd8\xff\xe0 a photo")
    url = f"https://{badges.STRANGER}/changed.json"
    hosts.publish(url, {**badge, "id": url, **change})
    assert [found for found in faults(hosts, url, "BadgeClass") if found.startswith(fault)]


@pytest.mark.parametrize("email", [None, "nobody", "a@localhost"])
def test_an_issuer_without_an_address_to_write_to_does_not_hold(hosts: Hosts, email: str | None) -> None:
    url = f"https://{badges.STRANGER}/issuer.json"
    issuer = json.loads(hosts.get(f"{badges.BASE_URL}/issuers/harbourside/issuer.json").body)
    hosts.publish(url, {**issuer, "id": url, "email": email})
    assert faults(hosts, url, "Issuer") == [f"e-mail is {email!r}"]


def test_a_badge_that_is_not_there_is_not_found_and_not_a_page_with_status_200(hosts: Hosts) -> None:
    assert faults(hosts, f"{badges.BASE_URL}/badges/none/badge.json", "BadgeClass") == ["status 404"]


def test_no_term_is_dropped_when_a_document_is_read_as_json_ld(hosts: Hosts, expanded: dict[str, str | None]) -> None:
    assert {url: fault for url in badges.definitions(hosts.site) if (fault := expanded[url])} == {}


def test_a_misspelt_term_would_be_found(expanded: dict[str, str | None]) -> None:
    assert "criterea" in (expanded["criterea"] or "")
