from __future__ import annotations

import re

import pytest
from lxml import etree

from sitegen.artwork.display import Clip, Copies, Mark, Picture, Place
from sitegen.artwork.path import Circle, polyline
from sitegen.artwork.pathdata import outline
from sitegen.artwork.vector import path_data, svg_bytes

BOX = (polyline([(1, 1), (3, 1), (3, 3), (1, 3)], closed=True),)


def written(*items: Mark | Copies | Clip, title: str = "T", description: str = "D") -> str:
    text = svg_bytes(Picture("k", title, description, items)).decode()
    etree.fromstring(text.encode())
    return re.sub(r"^<svg.*?</desc>|</svg>\n$", "", text, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("data", "short"),
    [
        ("M1 2L3 4", "m1 2l2 2"),
        ("M1 2L3 4L5 5", "m1 2l2 2 2 1"),
        ("M1 2L3 2L3 5Z", "m1 2h2v3z"),
        ("M0 0L0 0L5 0", "m0 0h5"),
        ("M0.25 0.5L-0.25 1", "m.2.5l-.4.5"),
        ("M0 0C0 5 5 5 5 0S10 -5 10 0", "m0 0c0 5 5 5 5 0s5-5 5 0"),
        ("M0 0Q5 5 10 0Q15 -5 20 0", "m0 0q5 5 10 0t10 0"),
        ("M0 0Q5 5 10 0Q15 -9 20 0", "m0 0q5 5 10 0 5-9 10 0"),
        ("M0 0L1 1ZM5 5L6 6Z", "m0 0l1 1zm5 5l1 1z"),
        ("M0 0L1 1M5 5L6 6", "m0 0l1 1m4 4l1 1"),
    ],
)
def test_path_data_is_as_short_as_it_can_be(data: str, short: str) -> None:
    assert path_data(outline(data), 1).replace(" .", ".") == short


def test_rounding_does_not_add_up_along_a_path() -> None:
    steps = "".join(f"L{n * 1.04} {n * 1.04}" for n in range(1, 101))
    numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", path_data(outline("M0 0" + steps), 1))]
    assert sum(numbers[::2]) == pytest.approx(104, abs=0.05)


def test_a_mark_is_filled_or_stroked() -> None:
    assert written(Mark(BOX, "#112233")) == '<path d="m1 1h2v2h-2z" fill="#112233"/>'
    stroked = '<circle cx="5" cy="6" r="7" fill="none" stroke="#112233" stroke-width="1.5"/>'
    assert written(Mark(Circle(5, 6, 7), "#112233", 1.5)) == stroked


def test_copies_share_one_definition() -> None:
    places = (Place(), Place(turn=90), Place(x=5, y=-0.5), Place(45, 1, 2))
    body = written(Copies(BOX, places, "#112233", x=200, y=196, unit=0.05))
    assert body == (
        '<defs><path id="ka" d="m1 1h2v2h-2z"/></defs>'
        '<g transform="translate(200 196)scale(.05)" fill="#112233"><use href="#ka"/>'
        '<use href="#ka" transform="rotate(90)"/><use href="#ka" transform="translate(5 -.5)"/>'
        '<use href="#ka" transform="translate(1 2)rotate(45)"/></g>'
    )


def test_copies_of_one_frame_and_colour_share_a_group() -> None:
    one = Copies(BOX, (Place(turn=1), Place(turn=2)), "#112233", 1)
    other = Copies(Circle(0, 0, 3), (Place(),), "#112233", 1)
    assert written(one, other, Copies(BOX, (Place(),), "#445566", 1)).count("<g") == 2


def test_a_clip_and_its_outline_drawn_again_share_the_path() -> None:
    body = written(Clip(BOX, (Mark(Circle(0, 0, 3), "#112233"),)), Mark(BOX, "#112233", 1))
    assert body.count("m1 1h2") == 1
    assert '<clipPath id="kb"><use href="#ka"/></clipPath>' in body
    assert '<g clip-path="url(#kb)">' in body


def test_words_are_escaped() -> None:
    text = svg_bytes(Picture("k", "<script>&\"'", "]]></desc>", ())).decode()
    assert '<title id="k">&lt;script&gt;&amp;"\'</title><desc>]]&gt;&lt;/desc&gt;</desc>' in text


@pytest.mark.parametrize("bad", ["\0", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_xml_forbids_are_left_out(bad: str) -> None:
    root = etree.fromstring(svg_bytes(Picture("k", f"a{bad}b", bad, ())))
    assert [child.text for child in root] == ["ab", None]
