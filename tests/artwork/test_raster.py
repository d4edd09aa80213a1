from __future__ import annotations

import io

import pytest
from PIL import Image

from sitegen.artwork.display import Clip, Copies, Mark, Picture, Place
from sitegen.artwork.path import Circle, arc, backwards, polyline
from sitegen.artwork.pathdata import outline
from sitegen.artwork.raster import png_bytes

RED, BLUE, GREEN = "#cc0000", "#0000cc", "#00cc00"
Pixel = tuple[int, int, int, int]
CLEAR = 0
INK = {RED: (204, 0, 0, 255), BLUE: (0, 0, 204, 255), GREEN: (0, 204, 0, 255)}


def box(left: float, top: float, right: float, bottom: float) -> Mark:
    return Mark((polyline([(left, top), (right, top), (right, bottom), (left, bottom)], closed=True),), RED)


def drawn(*items: Mark | Copies | Clip, size: int = 400) -> Image.Image:
    image = Image.open(io.BytesIO(png_bytes(Picture("k", "T", "D", items), size)))
    assert image.size == (size, size)
    return image.convert("RGBA")


def at(image: Image.Image, x: int, y: int) -> Pixel:
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel  # type: ignore[return-value]


def test_what_is_drawn_last_is_in_front_and_the_rest_is_transparent() -> None:
    image = drawn(box(100, 100, 300, 300), Mark(Circle(200, 200, 40), BLUE))
    assert at(image, 110, 110) == INK[RED]
    assert at(image, 200, 200) == INK[BLUE]
    assert at(image, 50, 50)[3] == CLEAR


def test_an_edge_between_pixels_is_half_transparent_in_its_own_colour() -> None:
    image = drawn(box(100.5, 100, 300, 300))
    red, green, blue, alpha = at(image, 100, 200)
    assert (red, green, blue) == INK[RED][:3]
    assert 100 <= alpha <= 155


def test_a_contour_the_other_way_round_is_a_hole_and_one_the_same_way_is_not() -> None:
    outer, inner = arc(200, 200, 100, 0, 360), arc(200, 200, 50, 0, 360)
    holed = drawn(Mark((outer, backwards(inner)), RED))
    assert at(holed, 200, 200)[3] == CLEAR
    assert at(holed, 275, 200) == INK[RED]
    assert at(drawn(Mark((outer, inner), RED)), 200, 200) == INK[RED]


def test_contours_side_by_side_are_both_ink_whichever_way_they_run() -> None:
    image = drawn(Mark((arc(100, 200, 50, 0, 360), backwards(arc(300, 200, 40, 0, 360))), RED))
    assert at(image, 100, 200) == at(image, 300, 200) == INK[RED]


def test_ink_within_a_hole_is_ink() -> None:
    rings = (arc(200, 200, 150, 0, 360), backwards(arc(200, 200, 100, 0, 360)), arc(200, 200, 50, 0, 360))
    image = drawn(Mark(rings, RED))
    assert [at(image, 200 + d, 200)[3] for d in (0, 75, 125, 175)] == [255, 0, 255, 0]


def test_a_clip_shows_its_items_inside_its_outline_only() -> None:
    window = (polyline([(150, 150), (250, 150), (250, 250), (150, 250)], closed=True),)
    image = drawn(box(50, 50, 350, 350), Clip(window, (Mark(Circle(200, 200, 190), BLUE),)))
    assert at(image, 200, 200) == INK[BLUE]
    assert at(image, 100, 100) == INK[RED]
    assert at(image, 20, 200)[3] == CLEAR


def test_copies_are_turned_about_their_origin() -> None:
    dot = Copies(Circle(0, -1000, 100), tuple(Place(turn=t) for t in (0, 90, 180)), RED, x=200, y=200, unit=0.1)
    image = drawn(dot)
    assert [at(image, x, y)[3] for x, y in ((200, 100), (300, 200), (200, 300), (100, 200))] == [255, 255, 255, 0]


def test_thick_lines_end_square_and_meet_in_a_mitre() -> None:
    image = drawn(Mark(outline("M100 300L100 100L300 100"), RED, 40))
    assert at(image, 82, 82) == INK[RED]
    assert at(image, 298, 118) == INK[RED]
    assert at(image, 302, 100)[3] == CLEAR
    assert at(image, 140, 140)[3] == CLEAR


def test_a_closed_thick_line_has_all_its_corners() -> None:
    image = drawn(Mark(outline("M100 100L300 100L300 300L100 300Z"), RED, 40))
    assert all(at(image, x, y) == INK[RED] for x in (82, 317) for y in (82, 317))
    assert at(image, 200, 200)[3] == CLEAR


def test_thin_lines_and_rings_are_drawn() -> None:
    image = drawn(Mark(outline("M10 200L390 200"), RED, 2), Mark(Circle(200, 200, 100), BLUE, 4))
    assert at(image, 50, 200) == INK[RED]
    assert at(image, 200, 100) == INK[BLUE]
    assert at(image, 200, 150)[3] == CLEAR


def test_a_line_without_length_leaves_nothing_and_breaks_nothing() -> None:
    assert at(drawn(box(0, 0, 9, 9), Mark(outline("M50 50L50 50"), BLUE, 20)), 50, 50)[3] == CLEAR


@pytest.mark.parametrize("size", [16, 90, 401, 1200])
def test_a_picture_comes_in_the_size_asked_for(size: int) -> None:
    assert at(drawn(box(0, 0, 400, 400), size=size), size // 2, size // 2) == INK[RED]


@pytest.mark.parametrize("size", [0, 15, 2401, -600])
def test_a_size_beyond_reason_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="pixels wide"):
        png_bytes(Picture("k", "T", "D", (box(0, 0, 9, 9),)), size)
