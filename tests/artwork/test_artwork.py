from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from sitegen.artwork import PICTOGRAMS, SHAPES, Artwork, contrast_ratio, png, svg
from sitegen.artwork.draw import palette, picture
from sitegen.artwork.engraving import FAMILIES, family
from sitegen.artwork.pictograms import NEUTRAL
from sitegen.artwork.seed import Seed
from sitegen.core.images import check_badge_image, inspect

ART = Artwork(
    id="HIT-F-0117",
    name="Food Safety Supervisor",
    issuer="Harbourside Institute of Technology",
    shape="hexagon",
    hue=50,
    chroma=0.12,
    lit=3,
    marks=10,
    pictogram="cloche",
    initials="FS",
    mark="H",
    assessed=True,
)


def one_of_each_family() -> list[Artwork]:
    ids: dict[str, str] = {}
    for n in range(400):
        ids.setdefault(family(Seed(f"EX-{n}")), f"EX-{n}")
    return [replace(ART, id=ids[name], shape=SHAPES[i % 5], assessed=i % 3 > 0) for i, name in enumerate(FAMILIES)]


def test_every_pictogram_is_drawn_in_every_shape() -> None:
    for shape in SHAPES:
        pictures = {picture(replace(ART, shape=shape, pictogram=name)) for name in PICTOGRAMS}
        assert len(pictures) == len(PICTOGRAMS)


@pytest.mark.parametrize("name", PICTOGRAMS)
def test_a_pictogram_makes_a_safe_svg_and_a_png(name: str) -> None:
    art = replace(ART, pictogram=name, shape=SHAPES[len(name) % 5])
    facts, found = inspect("a.svg", svg(art))
    assert facts
    assert found == check_badge_image("a.svg", svg(art)) == []
    assert Image.open(io.BytesIO(png(art, 16))).size == (16, 16)


@pytest.mark.parametrize("art", one_of_each_family(), ids=lambda art: family(Seed(art.id)))
def test_files_stay_small(art: Artwork) -> None:
    assert len(svg(art)) < 19_000
    content = png(art)
    assert len(content) < 80_000
    assert Image.open(io.BytesIO(content)).size == (600, 600)


@given(
    st.builds(
        Artwork,
        id=st.text(max_size=40),
        name=st.text(max_size=200),
        issuer=st.text(max_size=80),
        shape=st.sampled_from(SHAPES),
        hue=st.floats(-400, 800),
        chroma=st.floats(0, 0.4),
        lit=st.integers(0, 5),
        marks=st.integers(5, 24),
        pictogram=st.sampled_from(["", *PICTOGRAMS]),
        initials=st.text(max_size=3),
        mark=st.text(max_size=2),
        assessed=st.booleans(),
    )
)
@settings(max_examples=60, deadline=None)
def test_any_words_in_any_script_make_a_picture(art: Artwork) -> None:
    content = svg(art)
    root = etree.fromstring(content)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {ref.removeprefix("#") for ref in root.xpath("//@href")} <= set(ids)
    assert not root.xpath("//*[local-name()='text' or local-name()='script' or local-name()='image']")
    assert inspect("a.svg", content)[1] == []
    assert png(art, 16)


def test_two_processes_draw_the_same_bytes() -> None:
    program = (
        "from dataclasses import replace; from hashlib import sha256; from sitegen.artwork import *;"
        f"art = {ART!r};"
        "print(sha256(svg(art) + b''.join(png(replace(art, shape=s), 90) for s in SHAPES)).hexdigest())"
    )
    outcomes = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale, zone in (("1", "C", "UTC"), ("2", "de_DE.UTF-8", "Asia/Tokyo"))
    }
    here = hashlib.sha256(svg(ART) + b"".join(png(replace(ART, shape=shape), 90) for shape in SHAPES))
    assert outcomes == {here.hexdigest().encode() + os.linesep.encode()}


def test_an_svg_needs_neither_pillow_nor_fonttools() -> None:
    program = (
        f"import sys; from sitegen.artwork import *; svg({ART!r}); print({{'PIL', 'fontTools'}} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "set()"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("assessed", [True, False])
def test_contrast_holds_at_every_hue(shape: str, assessed: bool) -> None:
    for hue in range(0, 360, 4):
        for chroma in (0.0, 0.06, 0.135):
            colours = palette(replace(ART, shape=shape, assessed=assessed, hue=hue, chroma=chroma))
            for one, other in (
                (colours.sign, colours.disc),
                (colours.letters, colours.band),
                (colours.foot, colours.field),
                (colours.lit, colours.band),
                (colours.edge, colours.deep),
            ):
                assert contrast_ratio(one, other) >= 4.5, (hue, chroma, one, other)


def test_a_badge_that_is_not_assessed_is_pale() -> None:
    deep, pale = palette(ART), palette(replace(ART, assessed=False))
    assert contrast_ratio(deep.field, "#ffffff") > 7
    assert contrast_ratio(pale.field, "#ffffff") < 2


def test_each_part_of_a_badge_shows() -> None:
    changes = [
        {"id": "HIT-F-0118"}, {"name": "Food Safety"}, {"issuer": "Eastmark Ports"}, {"shape": "shield"},
        {"hue": 51}, {"chroma": 0.05}, {"lit": 4}, {"marks": 8}, {"pictogram": "fish"}, {"pictogram": ""},
        {"mark": "E"}, {"assessed": False},
    ]  # fmt: skip
    drawings = {svg(replace(ART, **change)) for change in ({}, *changes)}  # type: ignore[arg-type]
    assert len(drawings) == len(changes) + 1


def test_a_pictogram_hides_the_initials() -> None:
    assert svg(ART) == svg(replace(ART, initials="XY"))
    assert svg(replace(ART, pictogram="")) != svg(replace(ART, pictogram="", initials="XY"))


@pytest.mark.parametrize("initials", ["", "  ", "食", "سل", "🍎", "A食"])
def test_initials_that_cannot_be_set_give_way_to_a_neutral_pictogram(initials: str) -> None:
    drawn = svg(replace(ART, pictogram="", initials=initials))
    assert drawn in {svg(replace(ART, pictogram=name)) for name in NEUTRAL}


def test_an_issuer_mark_that_cannot_be_set_becomes_a_lozenge() -> None:
    assert svg(replace(ART, mark="海")) == svg(replace(ART, mark="")) != svg(ART)


def test_lit_marks_are_counted_out_in_gold() -> None:
    gold = palette(ART).lit
    for lit, marks in ((1, 10), (5, 5), (24, 24)):
        (path,) = re.findall(
            rf'<path d="([^"]*)" fill="none" stroke="{gold}"', svg(replace(ART, lit=lit, marks=marks)).decode()
        )
        assert path.count("m") == lit


def test_without_a_level_the_ring_is_whole_and_nothing_is_gold() -> None:
    assert palette(ART).lit.encode() not in svg(replace(ART, lit=0, marks=0))
    assert palette(ART).lit.encode() not in svg(replace(ART, lit=0))


def test_ids_inside_two_badges_differ_so_that_both_can_stand_in_a_page() -> None:
    ids = [set(etree.fromstring(svg(replace(ART, id=id))).xpath("//@id")) for id in ("a", "b")]
    assert not ids[0] & ids[1]


def test_the_title_is_the_name_and_is_escaped() -> None:
    root = etree.fromstring(svg(replace(ART, name="Fish & <chips>")))
    assert root[0].text == "Fish & <chips>"
    assert root.get("aria-labelledby") == root[0].get("id")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_png_is_transparent_around_the_shape_and_solid_within(shape: str) -> None:
    image = Image.open(io.BytesIO(png(replace(ART, shape=shape), 200))).convert("RGBA")
    alpha = image.getchannel("A")
    assert [alpha.getpixel(corner) for corner in ((0, 0), (199, 0), (0, 199), (199, 199))] == [0, 0, 0, 0]
    assert alpha.getpixel((100, 100)) == 255
    assert (alpha.getpixel((100, 22)) == 0) == (shape == "tag")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"shape": "star"}, "unknown shape"),
        ({"pictogram": "unicorn"}, "unknown pictogram"),
        ({"lit": 11}, "level marks"),
        ({"lit": -1}, "level marks"),
        ({"marks": 25}, "level marks"),
        ({"hue": float("nan")}, "not a colour"),
        ({"chroma": float("inf")}, "not a colour"),
        ({"chroma": -0.1}, "not a colour"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_once(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(ART, **change)  # type: ignore[arg-type]


def test_there_are_pictograms_enough_and_each_fits_its_box() -> None:
    assert len(PICTOGRAMS) >= 60
    assert list(PICTOGRAMS) == sorted(PICTOGRAMS)
    assert set(NEUTRAL) <= set(PICTOGRAMS)
