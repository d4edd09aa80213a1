"""Images that records name, found by their heads."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sitegen.core.diagnostics import error
from sitegen.core.head import head_of
from sitegen.core.images import ImageFacts
from sitegen.core.pictures import Looked, check_caption, gather, look
from sitegen.core.site import Picture
from tests.making import badge, course, load, told

IMAGE = "{{id: {}, caption: A dome}}"
FACTS = ImageFacts("image/png", ".png", 600, 600, True)
GOOD = Looked(FACTS)
POOR = Looked(FACTS, (error("image-odd", "for anything"),), (error("image-small", "for a badge"),))
BAD = Looked(None, (error("not-an-image", "no"),))


def gathered(files: Mapping[str, str], images: Mapping[str, Looked]) -> tuple[dict[str, Picture], list[str], list[str]]:
    """Pictures, what was told, and whose marks were asked for."""
    records, found = load(files)
    assert found == []
    marks = {record.key: record.marks for record in records}
    asked: list[str] = []

    def places(head: object) -> object:
        key = head.key  # type: ignore[attr-defined]  # it is a head
        asked.append(key)
        return marks[key]

    pictures, faults = gather(map(head_of, records), images, images.__getitem__, lambda path: path.encode(), places)  # type: ignore[arg-type]  # a head
    return pictures, told(faults), asked


def test_an_image_is_found_from_the_folder_of_the_record() -> None:
    files = {
        "badges/a.md": badge(image=IMAGE.format("img/a.png")),
        "courses/c.md": course(image=IMAGE.format("/b.png")),
    }
    pictures, found, asked = gathered(files, {"content/badges/img/a.png": GOOD, "static/b.png": GOOD})
    assert found == []
    assert {path: picture.content for path, picture in pictures.items()} == {
        "content/badges/img/a.png": b"content/badges/img/a.png",
        "static/b.png": b"static/b.png",
    }
    assert asked == []  # marks are read again from a file: only a fault is worth it


def test_an_image_that_nobody_names_is_not_looked_at() -> None:
    assert gathered({"badges/a.md": badge()}, {"content/badges/a.png": BAD}) == ({}, [], [])


@pytest.mark.parametrize(
    ("files", "looked", "codes", "held"),
    [
        ({"badges/a.md": badge(image=IMAGE.format("a.png"))}, POOR, [":0:0 image-odd", ":0:0 image-small"], 1),
        ({"courses/a.md": course(image=IMAGE.format("../badges/a.png"))}, POOR, [":0:0 image-odd"], 1),
        ({"badges/a.md": badge(image=IMAGE.format("a.png"))}, BAD, [":0:0 not-an-image"], 0),
    ],
)
def test_an_image_is_held_to_what_it_is_used_for(
    files: dict[str, str], looked: Looked, codes: list[str], held: int
) -> None:
    pictures, found, _ = gathered(files, {"content/badges/a.png": looked})
    assert (found, len(pictures)) == (codes, held)


@pytest.mark.parametrize(
    ("name", "code"), [("A.png", "image-case"), ("aa.png", "missing-image"), ("../a.png", "missing-image")]
)
def test_an_image_that_is_not_there_is_told_where_it_is_named(name: str, code: str) -> None:
    pictures, found, asked = gathered({"badges/x.md": badge(image=IMAGE.format(name))}, {"content/badges/a.png": GOOD})
    assert (pictures, found, asked) == ({}, [f"content/badges/x.md:6:13 {code}"], ["badge:x"])


def test_bytes_that_are_no_image_are_told() -> None:
    seen = look("content/badges/a.png", b"not an image")
    assert seen.facts is None
    assert seen.faults


@pytest.mark.parametrize(("caption", "says"), [("A dome", 0), ("BADGE", 1), ("Logo", 1), ("FIRST AID", 1)])
def test_a_caption_says_more_than_the_name(caption: str, says: int) -> None:
    records, _ = load({"badges/a.md": badge("First aid", image=f"{{id: a.png, caption: {caption}}}")})
    assert len(list(check_caption(records[-1]))) == says
