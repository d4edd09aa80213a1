from __future__ import annotations

import pytest

from sitegen.core.diagnostics import Diagnostic
from sitegen.core.settings import check_defaults, settings
from sitegen.core.source import Source
from tests.making import BY_NAME, ISSUER, load, told

TEXT = "name: Small\nbase_url: https://x.example\ndescription: For tests.\n"


def read(text: str, base_url: str | None = None) -> list[Diagnostic]:
    return settings(Source("sitegen.yaml", text.encode()), base_url)[2]


@pytest.mark.parametrize(
    "address",
    ["https://x.example", "https://x.example:8443/a/b.c/", "https://münchen.example/~me", "http://localhost:8000/cat"],
)
def test_an_address_of_a_site_is_a_host_and_folders(address: str) -> None:
    assert read(TEXT, address) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://[example", "https://x.example:999999", "https://x;}evil", 'https://x"y', "https://x.example/../y",
        "https://x.example/.", "https://x.example//a", "http://x.example", "https://a@x.example", "https://",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(address: str) -> None:
    assert [d.code for d in read(TEXT, address)] == ["bad-value"]
    assert told(read(TEXT.replace("https://x.example", f"'{address}'"))) == ["sitegen.yaml:2:11 bad-value"]


def test_an_unknown_setting_with_brackets_is_told_in_its_place() -> None:
    assert told(read(TEXT + "topics[]: x\n")) == ["sitegen.yaml:4:1 unknown-field"]


def test_misspelt_defaults_of_an_issuer_are_told() -> None:
    defaults = "defaults:\n  bagde: {validFor: 5 years}\n  badge: {validfor: 5 years, x-own: 1}\n  page: {menu: main}\n"
    records, found = load({"issuers/academy.md": ISSUER.replace("---\n", f"---\n{defaults}", 1)})
    assert found == []
    found = list(check_defaults(records[0], records[0].marks, BY_NAME.values()))
    assert told(found) == [
        "content/issuers/academy.md:3:3 unknown-field",
        "content/issuers/academy.md:4:11 unknown-field",
        "content/issuers/academy.md:5:3 unknown-field",
    ]
    assert [d.hint for d in found[:2]] == ["did you mean 'badge'?", "did you mean 'validFor'?"]
    assert found[2].message == "there is no kind 'page' that has an issuer"
