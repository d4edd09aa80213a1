from __future__ import annotations

import math

import pytest

from sitegen.artwork.path import (
    Circle,
    Contour,
    after,
    arc,
    area,
    backwards,
    flattened,
    mapped,
    moved,
    polyline,
    rounded,
    scaled,
    smooth,
    turned,
)
from sitegen.artwork.pathdata import outline

SQUARE = polyline([(0, 0), (10, 0), (10, 10), (0, 10)], closed=True)


def test_a_smooth_curve_passes_through_its_points() -> None:
    points = [(0.0, 0.0), (10.0, 5.0), (20.0, 0.0), (30.0, -5.0)]
    curve = smooth(points)
    assert [curve.start, *(segment[-1] for segment in curve.segments)] == points
    assert len(smooth(points, closed=True).segments) == 4


def test_two_points_make_a_line_and_no_curve() -> None:
    assert smooth([(0, 0), (1, 1)]) == polyline([(0, 0), (1, 1)])


def test_a_quarter_turn_is_clockwise() -> None:
    ((x, y),) = mapped([(1, 0)], turned(90))
    assert x == pytest.approx(0)
    assert y == pytest.approx(1)


def test_maps_apply_from_the_inside_out() -> None:
    both = after(scaled(2, 1, 0), turned(90, 5, 0))
    assert mapped([(1, 0)], both)[0] == pytest.approx((11, 2))


def test_an_arc_stays_on_its_circle() -> None:
    points = flattened(arc(50, 60, 20, -30, 240), 1)
    assert all(math.dist(point, (50, 60)) == pytest.approx(20, abs=0.02) for point in points)
    assert points[0] == pytest.approx((50 + 20 * math.sin(math.radians(-30)), 60 - 20 * math.cos(math.radians(-30))))


def test_a_contour_drawn_backwards_winds_the_other_way_over_the_same_points() -> None:
    ring = arc(0, 0, 10, 0, 360)
    there, back = flattened(Contour(*ring[:2], True), 1), flattened(backwards(Contour(*ring[:2], True)), 1)
    assert area(there) == pytest.approx(-area(back))
    assert [pytest.approx(point, abs=1e-6) for point in reversed(there)] == back


def test_lines_run_backwards_too() -> None:
    assert backwards(SQUARE) == polyline([(0, 10), (10, 10), (10, 0), (0, 0)], closed=True)


def test_rounded_corners_stay_inside_the_polygon() -> None:
    points = flattened(rounded([(0, 0), (100, 0), (100, 100), (0, 100)], 20), 2)
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in points)
    assert 0.98 * (10_000 - 4 * 20 * 20 / 6) < abs(area(points)) < 10_000


def test_a_moved_path_moves_every_point() -> None:
    (contour,) = moved((SQUARE,), scaled(2, 1, 1))
    assert contour == polyline([(1, 1), (21, 1), (21, 21), (1, 21)], closed=True)


@pytest.mark.parametrize(
    ("data", "points"),
    [
        ("M1 2L3 4 5 6", [(1, 2), (3, 4), (5, 6)]),
        ("M1 2H9V-3.5", [(1, 2), (9, 2), (9, -3.5)]),
        ("M0 0Q5 5 10 0", [(0, 0), (10, 0)]),
        ("M0 0C0 5 5 5 5 0S10-5 10 0", [(0, 0), (5, 0), (10, 0)]),
    ],
)
def test_path_data_is_read_as_svg_reads_it(data: str, points: list[tuple[float, float]]) -> None:
    (contour,) = outline(data)
    assert [contour.start, *(segment[-1] for segment in contour.segments)] == points
    assert not contour.closed


def test_a_smooth_cubic_mirrors_the_handle_before_it() -> None:
    (contour,) = outline("M0 0C0 5 4 6 5 0S10 -5 10 0")
    assert contour.segments[1][0] == (6, -6)
    assert outline("M1 1S2 2 3 3")[0].segments[0][0] == (1, 1)


@pytest.mark.parametrize(
    ("data", "middle"),
    [
        ("M10 0A10 10 0 0 1 0 10", (0, 0)),
        ("M10 0A10 10 0 1 0 0 10", (0, 0)),
        ("M10 0A10 10 0 0 0 0 10", (10, 10)),
        ("M10 0A10 10 0 1 1 0 10", (10, 10)),
        ("M0 0A1 1 0 0 1 20 0", (10, 0)),
    ],
)
def test_an_arc_turns_about_the_middle_that_svg_gives_it(data: str, middle: tuple[float, float]) -> None:
    points = flattened(outline(data)[0], 0.5)
    assert all(math.dist(point, middle) == pytest.approx(10, abs=0.02) for point in points)


def test_several_contours_are_kept_apart() -> None:
    assert [contour.closed for contour in outline("M0 0L1 1ZM2 2L3 3M4 4L5 5Z")] == [True, False, True]


def test_a_circle_is_no_path() -> None:
    assert not isinstance(Circle(1, 2, 3)[0], Contour)
