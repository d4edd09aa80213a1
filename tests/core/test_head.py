from __future__ import annotations

import pytest

from sitegen.core.head import Entry, Head, Reference, head_of
from tests.making import badge, course, load, pathway


def head(text: str, path: str = "badges/a.md") -> Head:
    records, found = load({path: text})
    assert found == []
    return head_of(records[-1])


def test_a_head_has_what_lists_and_addresses_are_made_from() -> None:
    made = head(
        badge(
            "Été",
            topic="food",
            version="'2'",
            inLanguage="fr",
            datePublished="2026-02-01",
            dateModified="2026-03-01",
            image="{id: img/a.png, caption: A dome}",
        )
    )
    assert made[:11] == (
        "badge:a", "content/badges/a.md", "Été", "fr", "2", "published", True, "food", "img/a.png",
        "2026-02-01", "2026-03-01",
    )  # fmt: skip
    assert (made.kind, made.slug, made.order) == ("badge", "a", ("été", "badge:a"))
    assert made.entry == Entry("badge:a", "content/badges/a.md", "fr", "2", True, "food", "img/a.png")
    assert (made.entry.kind, made.entry.slug) == ("badge", "a")


def test_what_an_author_left_out_is_empty_and_not_none() -> None:
    made = head(badge())
    assert (made.version, made.topic, made.image, made.published, made.modified) == ("", "", "", "", "")


@pytest.mark.parametrize(
    ("text", "path", "listed"),
    [
        (course(), "courses/a.md", True),
        (course(status="archived"), "courses/a.md", False),
        (badge(badgeKind="engagement"), "badges/a.md", False),
        (badge(badgeKind="engagement", inCatalogue="true"), "badges/a.md", True),
        (badge(inCatalogue="false"), "badges/a.md", False),
    ],
)
def test_only_what_the_public_catalogue_shows_is_listed(text: str, path: str, listed: bool) -> None:
    assert head(text, path).listed is listed


def test_references_know_their_field_wherever_they_stand() -> None:
    made = head(pathway("- course: c\n- pathway: p"), "pathways/w.md")
    assert [(one.at, one.text, one.field) for one in made.references] == [
        (("steps", 0, "course"), "c", "steps"),
        (("steps", 1, "pathway"), "p", "steps"),
    ]


def test_the_field_of_a_skill_is_the_one_within_its_framework() -> None:
    assert Reference(("entry", "parent"), "cooking", ("skill",), False).field == "parent"
    assert Reference(("entry",), "cooking", ("skill",), False).field == "entry"
