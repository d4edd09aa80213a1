"""The documents that the validators are asked about: what the site publishes, what others host, and broken ones."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.served.hosts import Hosts

BASE_URL = "https://credentials.harbourside.example"
STRANGER = "lms.stranger.example"
"""A host that no issuer allows."""

LEARNER = "learner@example.org"


def definitions(site: Path) -> dict[str, str]:
    """Address and type of every BadgeClass and Issuer of a built site."""
    return {
        **{_url(site, file): "BadgeClass" for file in sorted(site.glob("badges/*/badge.json"))},
        **{_url(site, file): "Issuer" for file in sorted(site.glob("issuers/*/issuer.json"))},
    }


def achievements(site: Path) -> dict[str, str]:
    """Address and type of every Achievement and Profile of a built site."""
    return {
        **{_url(site, file): "Achievement" for file in sorted(site.glob("badges/*/achievement.json"))},
        **{_url(site, file): "Profile" for file in sorted(site.glob("issuers/*/profile.json"))},
    }


def other_hosts(site: Path) -> list[str]:
    """The hosts of the learning systems and endorsers that the site names, and a stranger."""
    named = {STRANGER}
    for file in site.glob("issuers/*/issuer.json"):
        named.update(json.loads(file.read_text())["verification"]["allowedOrigins"])
    for file in site.glob("badges/*/badge.json"):
        named.update(urlsplit(url).netloc for url in json.loads(file.read_text()).get("endorsement", ()))
    return sorted(named - {urlsplit(BASE_URL).netloc})


def assertions(hosts: Hosts) -> list[str]:
    """Issue every badge from every learning system of its issuer, and host the endorsements that badges name."""
    urls = []
    for url, kind in definitions(hosts.site).items():
        if kind != "BadgeClass":
            continue
        badge = _read(hosts, url)
        for endorsement in badge.get("endorsement", ()):
            hosts.publish(endorsement, _endorsement(endorsement, url, badge["issuer"]))
        origins = _read(hosts, badge["issuer"])["verification"]["allowedOrigins"]
        for host in origins:
            if host in hosts.others:
                urls.append(issue(hosts, host, url))
    return urls


def issue(hosts: Hosts, host: str, badge: str) -> str:
    """Put an assertion of a badge on a host, as a learning system would, and return its address."""
    name = hashlib.sha256(f"{host} {badge}".encode()).hexdigest()[:12]
    url = f"https://{host}/assertions/{name}.json"
    return hosts.publish(
        url,
        {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "id": url,
            "recipient": {
                "type": "email",
                "hashed": True,
                "salt": "salt",
                "identity": f"sha256${hashlib.sha256(f'{LEARNER}salt'.encode()).hexdigest()}",
            },
            "badge": badge,
            "issuedOn": "2024-03-08T09:30:00+10:30",
            "verification": {"type": "HostedBadge"},
        },
    )


def broken(hosts: Hosts) -> dict[str, str]:
    """Documents that must be refused, by what is wrong with them."""
    url = next(iter(definitions(hosts.site)))
    elsewhere = f"https://{STRANGER}/broken"
    badge = _read(hosts, url)
    lost = {**badge, "issuer": f"{BASE_URL}/issuers/nobody/issuer.json"}
    return {
        "issued by a stranger": issue(hosts, STRANGER, url),
        "no image": _broken(hosts, f"{elsewhere}/no-image.json", {k: v for k, v in badge.items() if k != "image"}),
        "no criteria": _broken(hosts, f"{elsewhere}/no-criteria.json", {**badge, "criteria": ""}),
        "relative alignment": _broken(
            hosts, f"{elsewhere}/relative.json", {**badge, "alignment": [{"targetName": "A", "targetUrl": "skills/a"}]}
        ),
        "language in the context": _broken(
            hosts, f"{elsewhere}/language.json", {**badge, "@context": [badge["@context"], {"@language": "en"}]}
        ),
        "issuer is not there": _broken(hosts, f"{elsewhere}/issuer.json", lost),
    }


def misspelt(hosts: Hosts) -> dict[str, Any]:
    """Documents with a key that no vocabulary has, by what is wrong with them."""
    badge = _read(hosts, next(iter(definitions(hosts.site))))
    achievement = _read(hosts, next(iter(achievements(hosts.site))))
    return {
        "criterea": {**badge, "criterea": "Take part"},
        "tags for tag": {**achievement, "tags": ["food"]},
        "issuer for creator": {**achievement, "issuer": achievement["creator"]},
        "telephone for phone": {
            **achievement["creator"],
            "@context": achievement["@context"],
            "telephone": "+611234567",
        },
    }


def _broken(hosts: Hosts, url: str, document: Any) -> str:
    return hosts.publish(url, {**document, "id": url})


def _endorsement(url: str, badge: str, issuer: str) -> dict[str, Any]:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Endorsement",
        "id": url,
        "issuer": issuer,
        "issuedOn": "2026-07-01T00:00:00Z",
        "claim": {"id": badge, "endorsementComment": "We ask for it."},
        "verification": {"type": "HostedBadge"},
    }


def _read(hosts: Hosts, url: str) -> Any:
    return json.loads(hosts.get(url).body)


def _url(site: Path, file: Path) -> str:
    return f"{BASE_URL}/{file.relative_to(site).as_posix()}"
