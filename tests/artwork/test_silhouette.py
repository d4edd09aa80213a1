from __future__ import annotations

from itertools import pairwise

import pytest

from sitegen.artwork.path import area, flattened
from sitegen.artwork.silhouette import EYELET, SHAPES, SILHOUETTES

INSETS = (0.0, 4.4, 11.0, 19.0)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_inset_lies_within_the_one_before(shape: str) -> None:
    rings = [flattened(SILHOUETTES[shape].outline(inset)[0], 1) for inset in INSETS]
    for outer, inner in pairwise(rings):
        assert abs(area(inner)) < abs(area(outer))
        assert min(x for x, _ in inner) > min(x for x, _ in outer)
        assert max(y for _, y in inner) < max(y for _, y in outer)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_fills_the_square_and_is_the_same_on_both_sides(shape: str) -> None:
    points = flattened(SILHOUETTES[shape].outline(0)[0], 1)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    assert min(xs) + max(xs) == pytest.approx(400, abs=0.5)
    assert 0 <= min(ys) <= 12
    assert 388 <= max(ys) <= 400


@pytest.mark.parametrize("shape", SHAPES)
def test_band_and_foot_lie_within_the_shape(shape: str) -> None:
    silhouette = SILHOUETTES[shape]
    ys = [y for _, y in flattened(silhouette.outline(11)[0], 1)]
    assert min(ys) < silhouette.middle - 135
    assert silhouette.foot + 12 < max(ys)


def test_the_eyelet_of_a_tag_is_a_hole_of_one_size() -> None:
    for inset in INSETS:
        outer, hole = (flattened(contour, 1) for contour in SILHOUETTES["tag"].outline(inset))
        assert area(outer) * area(hole) < 0
        assert max(x for x, _ in hole) == pytest.approx(EYELET.x + EYELET.r)
