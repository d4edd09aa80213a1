"""What a format sees: addresses, pictures, values worked out once; and what is noted of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sitegen.core.catalogue import Catalogue
from sitegen.core.images import ImageFacts
from sitegen.core.output import Route
from sitegen.core.site import Picture, Site, TracedSite, kept, once, picture_path
from sitegen.core.urltable import UrlTable
from tests.making import badge, catalogue, config

PAGE = Route("/badges/a/", "html", "badge:a", "text/html")
DATA = Route("/badges/a/badge.json", "openbadges2", "badge:a", "application/json")
OTHER = Route("/badges/b/", "html", "badge:b", "text/html")

calls: list[str] = []


@once
def names_of(site: Site, kind: str) -> str:
    calls.append(kind)
    return ", ".join(record.name for record in site.catalogue.of(kind))


@once
def shouted(site: Site, kind: str) -> str:
    return site.once(names_of, kind).upper()


@kept
def part(site: Site, key: str) -> str:
    calls.append(key)
    return str(site.catalogue.one(key).name)


@once
def failing(site: Site) -> str:
    site.catalogue.get("badge:a")
    raise ZeroDivisionError


@pytest.fixture
def site() -> TracedSite:
    calls.clear()
    linked, found = catalogue({"badges/a.md": badge("Alpha"), "badges/b.md": badge("Bravo")})
    assert found == []
    facts = ImageFacts("image/png", ".png", 600, 600, True)
    pictures = {"content/badges/img/a.png": Picture("content/badges/img/a.png", lambda: b"PNG", facts)}
    return TracedSite(config(), linked, urls=UrlTable([PAGE, DATA, OTHER]), pictures=pictures)


def test_a_value_is_worked_out_once_however_many_ask(site: Site) -> None:
    assert [site.once(names_of, "badge") for _ in range(3)] == ["Alpha, Bravo"] * 3
    assert site.once(names_of, "course") == ""
    assert calls == ["badge", "course"]


def test_who_asks_depends_on_the_value_and_the_value_on_what_it_read(site: Site) -> None:
    name = f"once {__name__}:names_of badge"
    for _ in range(2):
        with site.reads.apart() as read:
            site.once(names_of, "badge")
        assert read == {name}
    assert site.known[name].reads == {"all badge", "record badge:a", "record badge:b"}


def test_a_value_may_depend_on_another(site: Site) -> None:
    assert site.once(shouted, "badge") == "ALPHA, BRAVO"
    assert site.known[f"once {__name__}:shouted badge"].reads == {f"once {__name__}:names_of badge"}


def test_a_value_that_fails_is_not_kept_and_listening_goes_on(site: Site) -> None:
    with site.reads.apart() as read:
        with pytest.raises(ZeroDivisionError):
            site.once(failing)
        site.catalogue.get("badge:b")
    assert site.known == {}
    assert read == {"record badge:b"}


def test_a_text_that_was_kept_is_recalled_and_noted(site: Site) -> None:
    name = f"once {__name__}:part badge:a"
    object.__setattr__(site, "recall", {name: "from before"}.get)
    with site.reads.apart() as read:
        assert site.once(part, "badge:a") == "from before"
        assert site.once(part, "badge:b") == "Bravo"
    assert calls == ["badge:b"]
    assert name in read


def test_a_value_that_is_only_worked_out_once_is_never_recalled(site: Site) -> None:
    object.__setattr__(site, "recall", lambda name: pytest.fail(f"{name} was recalled"))
    assert site.once(names_of, "badge") == "Alpha, Bravo"


def test_a_kept_text_that_is_empty_is_recalled_all_the_same(site: Site) -> None:
    object.__setattr__(site, "recall", lambda _: "")
    assert site.once(part, "badge:a") == ""
    assert calls == []


@pytest.mark.parametrize(
    ("ask", "noted"),
    [
        (lambda s: s.today, {"day"}),
        (lambda s: s.theme, {"theme"}),
        (lambda s: s.urls, {"addresses"}),
        (lambda s: s.pictures, {"pictures"}),
        (lambda s: s.config, set()),
        (lambda s: s.path("badge:a"), {"address badge:a"}),
        (lambda s: s.url("badge:z"), {"address badge:z"}),
        (lambda s: s.routes_of("badge:a"), {"address badge:a"}),
        (lambda s: s.badge_image(s.catalogue.one("badge:a")), {"record badge:a", "address badge:a"}),
        (lambda s: s.picture_at("content/badges/a.md", "img/a.png"), {"picture content/badges/img/a.png"}),
        (lambda s: s.picture_at("content/badges/a.md", "none.png"), {"picture content/badges/none.png"}),
        (lambda s: s.table, set()),
    ],
)
def test_what_is_read_of_a_site_is_noted(site: Site, ask: Callable[[Site], Any], noted: set[str]) -> None:
    with site.reads.apart() as read:
        ask(site)
    assert read == noted


def test_a_site_with_other_addresses_still_notes(site: TracedSite) -> None:
    other = replace(site, urls=UrlTable([OTHER]), today=date(2026, 1, 1))
    with other.reads.apart() as read:
        assert (other.today, list(other.urls)) == (date(2026, 1, 1), [("html", "badge:b", "")])
    assert read == {"day", "addresses"}
    assert (other.path("badge:a"), other.path("badge:b")) == (None, "/badges/b/")


def test_addresses_are_found_by_subject_and_by_key() -> None:
    table = UrlTable([OTHER, PAGE, DATA])
    assert table.of("badge:a") == (PAGE, DATA)
    assert table.of("badge:z") == ()
    assert table.find("openbadges2", "badge:a", "") == DATA
    assert table.find("openbadges2", "badge:a", "image") is None
    assert table["html", "badge:b", ""] == OTHER
    assert ("html", "badge:z", "") not in table
    assert (len(table), len(UrlTable())) == (3, 0)
    assert set(table) == {("html", "badge:a", ""), ("openbadges2", "badge:a", ""), ("html", "badge:b", "")}


def test_of_two_routes_with_one_key_the_later_holds() -> None:
    later = replace(PAGE, url="/other/")
    table = UrlTable([PAGE, later])
    assert (len(table), table["html", "badge:a", ""]) == (1, later)


def test_a_plain_mapping_of_addresses_does_as_well() -> None:
    site = Site(config(), Catalogue(), urls={("html", "badge:a", ""): PAGE})
    assert site.path("badge:a") == "/badges/a/"
    assert site.path("badge:b") is None


@pytest.mark.parametrize(
    ("record", "name", "path"),
    [
        ("content/badges/a.md", "img/a.png", "content/badges/img/a.png"),
        ("content/badges/a.md", "/img/a.png", "static/img/a.png"),
        ("content/badges/deep/a.md", "../a.png", "content/badges/a.png"),
        ("content/badges/a.md", "./img//./a.png", "content/badges/img/a.png"),
        ("content/badges/a.md", ".hidden.png", "content/badges/.hidden.png"),
        ("content/badges/a.md", "../../../../etc/passwd", "etc/passwd"),
        ("a.md", "a.png", "a.png"),
    ],
)
def test_the_path_of_a_picture_never_leaves_the_site(record: str, name: str, path: str) -> None:
    assert picture_path(record, name) == path
