"""Cards: what pages that list records keep of each, and that they read nothing else of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sitegen.core.site import Site, TracedSite
from sitegen.formats.html.cards import badge_facts, card, course_row, departures, skill_facts, starts, tile
from sitegen.formats.html.scope import Scope, scope_of
from tests.formats.htmlsite import FULL, page, site
from tests.making import badge, course

TODAY = date(2027, 1, 10)
TOPICS = [{"id": "food", "name": "Food", "hue": 50}, {"id": "care", "name": "Care", "hue": 200}]
CONTENT = {
    "badges/a.md": badge("A", topic="food", level="[AQF 3]", datePublished="2026-01-01"),
    "badges/b.md": badge("B", topic="care", achievementType="License"),
    "courses/dated.md": course("Dated", topic="food", awards="[a]", offerings="[{startDate: 2027-02-15}]"),
    "courses/any-time.md": course("Any time", awards="[b]", offerings="[{name: On your own}]"),
    "courses/none.md": course("None"),
}
LISTS = ("home", "catalogue", "badges", "courses", "topic:food")


def scope(content: dict[str, str] | None = None, today: date = TODAY) -> Scope:
    return scope_of(site(CONTENT if content is None else content, topics=TOPICS, today=today))


def reads_of(made: Site, key: str) -> set[str]:
    with made.reads.apart() as noted:
        card(made, key)
    return noted


def traced(content: dict[str, str], today: date = TODAY) -> Site:
    made = site(content, topics=TOPICS, today=today)
    return TracedSite(made.config, made.catalogue, made.theme, made.today, made.files, made.pictures, made.urls)


@pytest.mark.parametrize("subject", LISTS)
def test_a_page_of_many_records_reads_none_of_their_badges_and_courses(subject: str) -> None:
    made = site(CONTENT, topics=TOPICS)
    with made.reads.apart() as noted:
        page(made, subject)
    assert [name for name in noted if name.startswith(("record badge:", "record course:", "text "))] == []
    assert [name for name in noted if name.startswith("once sitegen.formats.html.cards:card ")]


@pytest.mark.parametrize("subject", LISTS)
def test_a_page_of_texts_that_were_kept_is_the_same(subject: str) -> None:
    before = site(CONTENT, topics=TOPICS)
    expected = page(before, subject)
    kept = {name: once.value for name, once in before.known.items() if ":card" in name}
    again = site(CONTENT, topics=TOPICS)
    asked: list[str] = []

    def recall(name: str) -> str | None:
        asked.append(name)
        return kept.get(name)

    object.__setattr__(again, "recall", recall)
    assert page(again, subject) == expected
    assert set(asked) == set(kept)
    assert not [name for name in again.known if ":card" in name]


def test_only_a_course_with_days_asks_what_day_it_is() -> None:
    made = traced(CONTENT)
    asking = {key for key in made.catalogue.heads if "day" in reads_of(made, key)}
    assert asking == {"course:dated"}


def test_the_address_of_another_record_is_nothing_to_a_card() -> None:
    assert "address badge:b" not in reads_of(site(CONTENT, topics=TOPICS), "course:dated")


@pytest.mark.parametrize("key", ["issuer:academy", "framework:skills", "page:about"])
def test_a_kind_without_cards_has_an_empty_one(key: str) -> None:
    assert card(site(FULL), key) == ""


def test_facts_are_those_of_the_record() -> None:
    here = scope()
    assert (badge_facts(here, "badge:a").shape, badge_facts(here, "badge:a").framework) == ("tag", "AQF")
    assert (badge_facts(here, "badge:b").shape, badge_facts(here, "badge:b").framework) == ("shield", "")
    full = scope_of(site(FULL))
    assert [skill_facts(full, f"skill:{one}").code for one in ("control-hazards", "keep-cool")] == ["S-1", ""]


def test_a_card_is_no_card_of_another_kind() -> None:
    with pytest.raises(ValueError, match="this is no Row"):
        course_row(scope(), "badge:a")
    with pytest.raises(ValueError, match="this is no Tile"):
        tile(scope(), "course:none")


def test_there_is_no_card_of_a_record_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        tile(scope(), "badge:gone")


def test_a_run_that_is_cancelled_or_over_is_no_start() -> None:
    runs = "[{startDate: 2027-01-09}, {startDate: 2027-01-10}, {startDate: 2027-03-01, status: cancelled}]"
    here = scope({"courses/c.md": course("C", offerings=runs)})
    assert [start.day for start, _ in starts(here, ["course:c"])] == ["2027-01-10"]


def test_departures_are_by_day_and_then_by_name() -> None:
    run = "[{startDate: 2027-03-01}]"
    content = {
        "courses/z.md": course("Aa", offerings=run),
        "courses/a.md": course("Zz", offerings=run),
        "courses/m.md": course("Mm", offerings="[{startDate: 2027-02-01}, {startDate: 2027-04-01}]"),
    }
    here = scope(content)
    found = departures(here, starts(here, ["course:a", "course:m", "course:z"]), 3)
    assert [(one.machine, one.name) for one in found] == [
        ("2027-02-01", "Mm"),
        ("2027-03-01", "Aa"),
        ("2027-03-01", "Zz"),
    ]
    assert departures(here, (), 3) == ()


def test_the_day_changes_the_card_of_a_course_whose_run_is_then_over() -> None:
    made = site(CONTENT, topics=TOPICS)
    later = replace(made, today=date(2027, 2, 16))
    assert card(made, "course:dated") != card(later, "course:dated")
    assert card(made, "course:any-time") == card(later, "course:any-time")
