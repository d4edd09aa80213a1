"""Pages as really served: the Nu HTML checker on every one, and every JSON-LD block against schema.org."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from sitegen.formats.schemaorg import blocks
from tests.formats.planned import planned
from tests.making import badge
from tests.served import badges
from tests.served.conftest import _need
from tests.served.hosts import Hosts
from tests.tools.vocabulary import Vocabulary


class Scripts(HTMLParser):
    """Collects the JSON-LD of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and ("type", "application/ld+json") in attrs
        if self._inside:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.blocks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"


@pytest.fixture(scope="session")
def pages(hosts: Hosts) -> dict[str, str]:
    """Address and text of every page, as the server sends it."""
    found = {}
    for file in sorted(hosts.site.rglob("*.html")):
        path = file.relative_to(hosts.site).as_posix().removesuffix("index.html")
        answer = hosts.get(f"{badges.BASE_URL}/{path}")
        assert (answer.status, answer.media_type) == (200, "text/html"), path
        found[f"{badges.BASE_URL}/{path}"] = answer.body.decode()
    return found


@pytest.fixture(scope="session")
def linked_data(pages: dict[str, str]) -> dict[str, list[Any]]:
    """The JSON-LD of every page."""
    found = {}
    for url, text in pages.items():
        parser = Scripts()
        parser.feed(text)
        found[url] = [json.loads(block) for block in parser.blocks]
    return found


def test_an_address_that_is_not_there_is_answered_with_the_page_for_that(hosts: Hosts, pages: dict[str, str]) -> None:
    answer = hosts.get(f"{badges.BASE_URL}/nothing/here/")
    assert (answer.status, answer.media_type) == (404, "text/html")
    assert answer.body.decode() == pages[f"{badges.BASE_URL}/404.html"]


def test_every_page_is_html_without_a_fault(built: Path, tools: Path, tmp_path: Path) -> None:
    _need("java", shutil.which("java"))
    wrong = tmp_path / "below" / "wrong.html"
    wrong.parent.mkdir()
    wrong.write_text("<!doctype html><html lang=en><title>Wrong</title><p id=a><p id=a><img src=a.png>")
    command = ["java", "-jar", "node_modules/vnu-jar/build/dist/vnu.jar", "--format", "json", "--skip-non-html"]
    done = subprocess.run(
        [*command, str(built), str(tmp_path)], cwd=tools / "npm", capture_output=True, text=True, check=False
    )
    said = [m for m in json.loads(done.stderr)["messages"] if m["type"] != "info" or m.get("subType") == "warning"]
    found = [f"{m['url'].partition('/output/')[2] or m['url']}:{m.get('lastLine')} {m['message']}" for m in said]
    assert len([line for line in found if "wrong.html" in line]) >= 2, "the checker must find what is wrong"
    assert [line for line in found if "wrong.html" not in line] == []


def test_every_block_is_schema_org_and_says_only_what_the_vocabulary_has(
    linked_data: dict[str, list[Any]], vocabulary: Vocabulary
) -> None:
    assert sum(map(len, linked_data.values())) > 50
    for url, found in linked_data.items():
        for block in found:
            assert block["@context"] == "https://schema.org", url
            assert list(vocabulary.faults(block)) == [], url


@pytest.mark.parametrize(
    ("folder", "types"),
    [
        ("badges", {"EducationalOccupationalCredential"}),
        ("courses", {"Course"}),
        ("pathways", {"EducationalOccupationalProgram"}),
        ("issuers", {"EducationalOrganization", "Organization"}),
        ("skills", {"DefinedTerm"}),
        ("frameworks", {"DefinedTermSet"}),
    ],
)
def test_the_page_of_a_record_says_in_data_what_it_is(
    linked_data: dict[str, list[Any]], folder: str, types: set[str]
) -> None:
    below = f"{badges.BASE_URL}/{folder}/"
    records = [url for url in linked_data if url.startswith(below) and url != below]
    assert records
    for url in records:
        assert [b["@type"] for b in linked_data[url] if b.get("@id") == url and b["@type"] in types], url


def test_every_address_of_ours_in_the_data_is_served(hosts: Hosts, linked_data: dict[str, list[Any]]) -> None:
    ours = {found.partition("#")[0] for blocks in linked_data.values() for found in _addresses(blocks)}
    assert {url: status for url in sorted(ours) if (status := hosts.get(url).status) != 200} == {}


def test_the_vocabulary_finds_terms_that_are_not_there(vocabulary: Vocabulary) -> None:
    block = {"@type": "Course", "name": "A", "price": 3, "teaches": {"@type": "Offer"}, "timeRequired": 4}
    assert list(vocabulary.faults(block)) == [
        ": Course has no term 'price'",
        ".teaches: {'@type': 'Offer'} is none of DefinedTerm, Text, IdReference",
        ".timeRequired: 4 is none of Duration",
    ]
    assert list(vocabulary.faults({"@type": "Curse"})) == [": no type 'Curse'"]


EVERYTHING = {
    "badges/b.md": badge("Bee", validFor="5 years", renewal="{description: Again}", level="[AQF 3]", topic="food")
    + "\n",
    "courses/first.md": "---\nname: First\nprovider: academy\ndescription: D.\n---\n",
    "courses/c.md": """\
---
name: Everything
provider: academy
description: A course that says all there is to say.
alternateName: [All]
courseCode: C-1
topic: food
tag: [a, b]
version: "2"
inLanguage: en-AU
license: https://creativecommons.org/licenses/by/4.0/
datePublished: 2026-01-01
dateModified: 2026-02-01
otherIdentifier: [{identifierType: sourcedId, identifier: "1"}]
developedWith: [{name: Partner, url: "https://partner.example/"}]
awards: [b, "https://other.example/badge.json"]
certificate: [{name: Statement, description: Two units., kind: statement}]
learningOutcome: [{text: Do it, skill: [x]}]
skill: [x]
alignment: [{targetName: U, targetUrl: "https://u.example/1", targetFramework: U, targetDescription: About U}]
syllabus: [{name: Part, description: First., volumeOfLearning: 2 hours}]
volumeOfLearning: 20 hours
duration: 4 weeks
level: [AQF 3]
creditPoint: [{framework: ECTS, point: "1.5"}]
mode: [blended]
audience: [Employed worker]
coursePrerequisites: [first, "https://other.example/course/"]
entryRequirement: Year 10
price: {amount: 240, currency: AUD, note: Two instalments., financialAid: "https://a.example/aid",
  concession: [{name: Card holders, amount: 60}]}
accessibility: Step-free.
offerings:
  - id: feb
    name: Evenings
    startDate: 2027-02-15 18:00
    endDate: 2027-03-15
    timezone: Australia/Adelaide
    schedule: Mondays
    mode: onsite
    location: {name: Kitchen, address: 1 Quay, url: "https://a.example/kitchen"}
    price: 255 AUD
    enrolmentStart: 2026-12-01
    enrolmentEnd: 2027-02-08
    enrolUrl: https://lms.example/1
    capacity: 16
    placesLeft: 6
  - {startDate: 2027-05-01, status: cancelled}
  - {mode: online}
---
""",
    "pathways/p.md": """\
---
name: Path
description: Leads on.
provider: academy
occupation: [Cook]
steps:
  - badge: b
  - course: first
destination:
  badge: b
  qualification: {name: Diploma, provider: Uni, code: D1, url: "https://uni.example/", level: [AQF 5],
    policyUrl: "https://uni.example/credit"}
---
""",
    "frameworks/f.yaml": """\
name: Skills
description: A list.
publisher: academy
url: https://skills.example/
version: "1"
skills: [{id: x, name: X, statement: Do x, code: S1, exactMatch: ["https://esco.example/x"]}]
""",
    "issuers/i.md": """\
---
name: Institute
legalName: Institute Ltd
url: https://i.example/
email: a@i.example
telephone: "+61855501200"
description: Teaches.
providerCategory: [Higher Education]
address: {streetAddress: 1 Quay, addressLocality: Port, addressRegion: SA, postalCode: "5000", addressCountry: AU}
accreditation: [{name: Licence, accreditingAgent: Regulator, identifier: "9", validUntil: 2029-01-01}]
foundingDate: "1974"
parentOrganization: {name: Group, url: "https://group.example/"}
sameAs: [https://register.example/i]
tag: [courses]
assertionHosts: [lms.i.example]
---
""",
    "pages/about.md": "---\nname: About\ndescription: About us.\ntag: [a]\ntopic: food\n---\nText.\n",
}


def test_a_site_that_says_everything_says_it_in_the_vocabulary(vocabulary: Vocabulary) -> None:
    site = planned(EVERYTHING, today=date(2027, 1, 10))
    for record in site.catalogue.records.values():
        for block in blocks(record, site):
            assert list(vocabulary.faults(block)) == [], record.key
    (course,) = blocks(site.catalogue.get("course:c"), site)
    assert len(course) > 30


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for held in value.values() if isinstance(value, dict) else value:
            yield from _addresses(held)
    elif isinstance(value, str) and value.startswith(badges.BASE_URL) and " " not in value:
        yield value
