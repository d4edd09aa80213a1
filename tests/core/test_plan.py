from __future__ import annotations

import pytest

from sitegen.core.output import Format, Rendered, Route
from sitegen.core.plan import plan
from sitegen.core.site import Site
from tests.making import badge, catalogue, config


def fmt(*routes: tuple[str, str]) -> Format:
    def render(route: Route, site: Site) -> Rendered:
        return b"", ()

    made = [Route(url, "test", subject, "text/plain") for url, subject in routes]
    return Format("test", "For tests.", lambda _: made, render)


def planned(*routes: tuple[str, str], base_url: str = "https://x.example") -> tuple[Site, list[str]]:
    linked, _ = catalogue({"badges/a.md": badge(), "badges/b.md": badge()})
    site, _, found = plan(Site(config(base_url=base_url), linked), [fmt(*routes)])
    return site, [f"{d.code}: {d.message}" for d in found]


def test_every_address_can_be_looked_up_with_and_without_the_host() -> None:
    site, found = planned(("/badges/a/", "badge:a"), base_url="https://x.example/cat")
    assert found == []
    assert site.path("badge:a", "test") == "/cat/badges/a/"
    assert site.url("badge:a", "test") == "https://x.example/cat/badges/a/"
    assert site.url("badge:zzz", "test") is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/x/", "/x/"),
        ("/x/", "/x/index.html"),
        ("/x/", "/X/"),
        ("/café/", "/cafe\u0301/"),
        ("/straße/", "/STRASSE/"),
        ("/x", "/x/y.txt"),
    ],
)
def test_two_things_at_one_address_are_an_error_that_names_both(first: str, second: str) -> None:
    _, found = planned((first, "badge:a"), (second, "badge:b"))
    assert len(found) == 1
    assert found[0].startswith("url-collision")
    assert "content/badges/a.md" in found[0]
    assert "content/badges/b.md" in found[0]


@pytest.mark.parametrize("name", ["con", "NUL", "aux.txt", "a.", "a ", "..", "com1"])
def test_names_that_windows_cannot_hold_are_errors(name: str) -> None:
    _, found = planned((f"/{name}/", "badge:a"))
    assert [f.partition(":")[0] for f in found] == ["reserved-name"]


def test_a_name_of_more_than_255_bytes_is_an_error() -> None:
    _, found = planned((f"/{'é' * 128}/", "badge:a"))
    assert [f.partition(":")[0] for f in found] == ["name-too-long"]


@pytest.mark.parametrize("name", ["a\0b", "a\nb", "a\\b", "a\x7f", "caf\udce9"])
def test_names_that_no_address_can_have_are_errors(name: str) -> None:
    _, found = planned((f"/{name}/", "badge:a"))
    assert [f.partition(":")[0] for f in found] == ["reserved-name"]
