from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image as Pillow

from sitegen.artwork import PICTOGRAMS, Artwork, svg
from sitegen.core.images import ImageFacts
from sitegen.core.plan import plan
from sitegen.core.site import Picture, Site
from sitegen.formats import images
from sitegen.formats.images import artwork_of, faults, initials, shape_of
from sitegen.kinds.achievement import ACHIEVEMENT_TYPES
from tests.formats.planned import planned
from tests.making import badge, course

FORMATS = (images.FORMAT,)
PNG = ImageFacts("image/png", "png", 400, 400, True)
JPEG = ImageFacts("image/jpeg", "jpg", 800, 450, False)
EVERY_BYTE = bytes(range(256))


def site(content: Mapping[str, str], pictures: Mapping[str, ImageFacts] | None = None, **config: Any) -> Site:
    found = {path: Picture(path, lambda: EVERY_BYTE, facts) for path, facts in (pictures or {}).items()}
    of, _, wrong = plan(replace(planned(content, formats=(), **config), pictures=found), FORMATS)
    assert not wrong
    return of


def made(of: Site) -> dict[str, str]:
    return {route.url: route.media_type for route in of.urls.values()}


def one(**fields: str) -> Any:
    """A single badge."""
    return site({"badges/b.md": badge(**fields)}).catalogue.records["badge:b"]


def art(content: Mapping[str, str] | None = None, **fields: str) -> Artwork:
    of = site({"badges/b.md": badge(fields.pop("name", "A badge"), **fields), **(content or {})})
    return artwork_of(of.catalogue.records["badge:b"], of)


def test_an_authors_picture_is_published_byte_for_byte() -> None:
    of = site(
        {
            "badges/b.md": badge(image="{id: img/b.png, caption: A star}"),
            "courses/c.md": course(image="{id: ../shared/kitchen.JPEG, caption: A kitchen}"),
            "pages/about.md": "---\nname: About\ndescription: x\nimage: {id: /harbour.jpg, caption: A harbour}\n---\n",
        },
        {"content/badges/img/b.png": PNG, "content/shared/kitchen.JPEG": JPEG, "static/harbour.jpg": JPEG},
    )
    assert made(of) == {
        "/badges/b/image.png": "image/png",
        "/courses/c/image.jpg": "image/jpeg",
        "/about/image.jpg": "image/jpeg",
    }
    assert {images.FORMAT.render(route, of)[0] for route in of.urls.values()} == {EVERY_BYTE}


def test_only_a_badge_without_a_picture_gets_one_made() -> None:
    of = site({"badges/b.md": badge(), "courses/c.md": course()})
    assert made(of) == {"/badges/b/image.png": "image/png", "/badges/b/image.svg": "image/svg+xml"}
    png, drawn = of.route("images", "badge:b", "image"), of.route("images", "badge:b", "svg")
    assert png
    assert drawn
    assert Pillow.open(io.BytesIO(images.FORMAT.render(png, of)[0])).size == (600, 600)
    assert etree.fromstring(images.FORMAT.render(drawn, of)[0]).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_badge_whose_picture_is_missing_still_has_one_for_its_files_to_name() -> None:
    of = site({"badges/b.md": badge(image="{id: gone.png, caption: A star}")})
    assert "/badges/b/image.png" in made(of)
    assert made(site({"courses/c.md": course(image="{id: gone.png, caption: A kitchen}")})) == {}


def test_the_pictures_of_retired_badges_stay_but_are_not_listed() -> None:
    of = site({"badges/b.md": badge(status="archived"), "badges/c.md": badge()})
    assert {route.subject: route.listed for route in of.urls.values()} == {"badge:b": False, "badge:c": True}


def test_artwork_says_what_the_record_says() -> None:
    drawn = art(
        name="Food safety supervisor",
        topic="food",
        badgeKind="micro-credential",
        achievementType="Certification",
        assessment="[{name: Observed shift}]",
        level="[AQF 3, EQF 4]",
        artwork="{pictogram: cloche}",
    )
    assert drawn == Artwork(
        id="b",
        name="Food safety supervisor",
        issuer="Example Academy",
        shape="shield",
        hue=50,
        chroma=drawn.chroma,
        lit=3,
        marks=10,
        pictogram="cloche",
        initials="",
        mark="E",
        assessed=True,
    )
    assert 0.12 < drawn.chroma < 0.135, "what sRGB can show of that hue"


@pytest.mark.parametrize(
    ("kind", "achievement", "expected"),
    [
        ("micro-credential", "License", "shield"),
        ("micro-credential", "QualityAssuranceCredential", "shield"),
        ("micro-credential", "CertificateOfCompletion", "circle"),
        ("micro-credential", "MasterDegree", "circle"),
        ("micro-credential", "LearningProgram", "circle"),
        ("micro-credential", "Membership", "seal"),
        ("micro-credential", "MicroCredential", "hexagon"),
        ("micro-credential", "ext:OurOwn", "hexagon"),
        ("participation", "Badge", "tag"),
        ("engagement", "Badge", "tag"),
        ("engagement", "Award", "seal"),
    ],
)
def test_the_shape_stands_for_the_kind(kind: str, achievement: str, expected: str) -> None:
    found = one(badgeKind=kind, achievementType=f"'{achievement}'", assessment="[{name: Test}]")
    assert shape_of(found) == expected


def test_an_author_may_wish_for_another_shape() -> None:
    assert shape_of(one(achievementType="License", artwork="{shape: seal}")) == "seal"


def test_every_shape_is_for_an_achievement_type_that_exists() -> None:
    assert set(images._SHAPES) <= set(ACHIEVEMENT_TYPES)


def test_without_a_topic_the_colour_grows_from_the_id_and_is_never_mud() -> None:
    of = site({f"badges/b{n}.md": badge() for n in range(120)})
    hues = [artwork_of(found, of).hue for found in of.catalogue.of("badge")]
    assert len(set(hues)) > 60
    assert all(0 <= hue < 360 and not 80 < hue < 110 for hue in hues)
    assert hues == [artwork_of(found, of).hue for found in of.catalogue.of("badge")]


def test_only_what_was_judged_has_a_deep_field() -> None:
    assert not art(badgeKind="participation").assessed
    assert art(badgeKind="micro-credential", assessment="[{name: Test}]").assessed


LEVELS = [
    {"id": "OUR", "name": "Our levels", "levels": ["Low", "High"]},
    {"id": "BIG", "name": "Big", "levels": [str(n) for n in range(25)]},
]


@pytest.mark.parametrize(
    ("level", "expected"),
    [("[OUR High]", (2, 2)), ("[BIG 7]", (0, 0)), ("[RQF Entry 2]", (2, 11)), ("[]", (0, 0))],
    ids=["the site's own", "more than a ring can show", "with words", "none"],
)
def test_the_ring_shows_the_first_level(level: str, expected: tuple[int, int]) -> None:
    of = site({"badges/b.md": badge(level=level)}, level_frameworks=LEVELS)
    drawn = artwork_of(of.catalogue.records["badge:b"], of)
    assert (drawn.lit, drawn.marks) == expected


def test_a_level_or_an_issuer_that_does_not_exist_is_not_drawn() -> None:
    """Both are errors of their own; the drawing of the same run must not fall over them."""
    of = site({"badges/b.md": badge(level="[AQF 3]")})
    found: Any = of.catalogue.records["badge:b"]
    lost = found.model_copy(update={"issuer": "nobody", "level": (found.level[0].model_copy(update={"level": "99"}),)})
    drawn = artwork_of(lost, of)
    assert (drawn.lit, drawn.marks, drawn.issuer, drawn.mark) == (0, 0, "", "")


def test_the_issuers_own_mark_stands_at_the_foot() -> None:
    own = "---\nname: Example Academy\nurl: https://a.example/\nemail: a@a.example\ndescription: x\nmark: XY\n---\n"
    assert art({"issuers/academy.md": own}).mark == "XY"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("{pictogram: star}", ("star", "")),
        ("{initials: FS}", ("", "FS")),
        ("{pictogram: star, initials: FS}", ("star", "")),
        ("{pictogram: spaceship, initials: FS}", ("", "FS")),
        ("{pictogram: spaceship}", ("", "BB")),
        ("{shape: seal}", ("", "BB")),
    ],
)
def test_a_pictogram_or_initials_stand_in_the_middle(wish: str, expected: tuple[str, str]) -> None:
    drawn = art(name="A better badge", artwork=wish)
    assert (drawn.pictogram, drawn.initials) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Food safety supervisor", "FS"),
        ("Introduction to the law", "IL"),
        ("The And", "TA"),
        ("Python 2", "P2"),
        ("Élan vital", "ÉV"),
        ("ßtraße", "S"),
        ("snake_case", "SC"),
        ("(C++) for all", "CA"),
        ("日本語", "日"),
        ("!!!", ""),
    ],
)
def test_initials_are_of_the_words_that_carry_meaning(name: str, expected: str) -> None:
    assert initials(name) == expected


@given(st.text())
def test_initials_of_any_name_are_two_letters_at_most(name: str) -> None:
    assert len(initials(name)) <= 2


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1).map(lambda text: f"a{text}z"))
def test_a_badge_of_any_name_is_drawn_and_keeps_its_name(name: str) -> None:
    of = site({"badges/b.md": badge()})
    named = of.catalogue.records["badge:b"].model_copy(update={"name": name})
    drawn = svg(artwork_of(named, of))
    title = etree.fromstring(drawn).findtext("{http://www.w3.org/2000/svg}title") or ""
    assert [c for c in title if c.isalnum()] == [c for c in name if c.isalnum()]


def test_a_pictogram_that_nobody_has_drawn_is_an_error_at_its_place() -> None:
    (fault,) = faults(one(artwork="{pictogram: clohce}"))
    assert (fault.code, fault.severity) == ("unknown-pictogram", "error")
    assert fault.message == "there is no pictogram 'clohce'"
    assert fault.span
    assert (fault.span.path, fault.span.line, fault.span.column) == ("content/badges/b.md", 6, 22)
    assert fault.hint
    assert fault.hint.startswith("did you mean 'cloche'? The pictograms are ")


def test_a_pictogram_like_no_other_is_answered_with_the_whole_list() -> None:
    (fault,) = faults(one(artwork="{pictogram: zzzzz}"))
    assert fault.hint == f"the pictograms are {', '.join(PICTOGRAMS)}"


@pytest.mark.parametrize("fields", [{}, {"artwork": "{pictogram: star}"}, {"artwork": "{shape: seal}"}])
def test_a_badge_that_wishes_for_nothing_odd_is_without_fault(fields: dict[str, str]) -> None:
    assert faults(one(**fields)) == []
