from __future__ import annotations

import math
from itertools import pairwise

import pytest

from sitegen.artwork.display import Place
from sitegen.artwork.engraving import FAMILIES, engraving, family
from sitegen.artwork.lines import Line
from sitegen.artwork.path import Circle, Contour, flattened, mapped, turned
from sitegen.artwork.seed import Seed
from sitegen.artwork.silhouette import SILHOUETTES

IDS = [f"HIT-{n:04}" for n in range(400)]
REACHES = sorted({shape.reach for shape in SILHOUETTES.values()})


def points(line: Line) -> list[tuple[float, float]]:
    """Where a line goes, in all its places."""
    if isinstance(line.geometry, Circle):
        x, y, r = line.geometry
        here = [(x + r * math.sin(math.tau * i / 60), y - r * math.cos(math.tau * i / 60)) for i in range(60)]
    else:
        ends = [pair for contour in line.geometry for pair in pairwise(_around(contour))]
        here = [(a + (c - a) * i / 12, b + (d - b) * i / 12) for (a, b), (c, d) in ends for i in range(13)]
    return [there for place in line.places for there in mapped(here, turned(place.turn, place.x, place.y))]


def _around(contour: Contour) -> list[tuple[float, float]]:
    points = flattened(contour, 20)
    return [*points, points[0]] if contour.closed else points


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_has_fine_and_bold_lines_all_around_whatever_the_id(name: str) -> None:
    for reach in REACHES:
        for id in IDS[:4]:
            lines = FAMILIES[name](Seed(id), reach)
            assert {line.bold for line in lines} == {False, True}
            assert all(line.places for line in lines)
            where = [point for line in lines for point in points(line)]
            assert all(math.isfinite(x) and math.isfinite(y) for x, y in where)
            seen = [(x, y) for x, y in where if 136 < math.hypot(x, y) < 178]
            sectors = {int(math.degrees(math.atan2(y, x)) // 20) % 18 for x, y in seen}
            assert len(sectors) == 18, f"{id} leaves a gap"


@pytest.mark.parametrize("name", FAMILIES)
def test_two_ids_of_a_family_differ(name: str) -> None:
    assert len({repr(FAMILIES[name](Seed(id), 200)) for id in IDS[:8]}) > 4


def test_every_family_is_some_badges() -> None:
    assert {family(Seed(id)) for id in IDS} == set(FAMILIES)


def test_an_id_has_one_engraving() -> None:
    assert engraving(Seed("a"), 200) == engraving(Seed("a"), 200)


def test_a_further_family_would_leave_most_badges_as_they_are() -> None:
    names = tuple(FAMILIES)
    before = [Seed(id).pick("family", names) for id in IDS]
    behind = [Seed(id).pick("family", (*names, "new")) for id in IDS]
    changed = [new for old, new in zip(before, behind, strict=True) if old != new]
    assert set(changed) == {"new"}
    assert len(changed) < len(IDS) / 8


def test_seed_numbers_stay_in_their_range_and_reach_its_ends() -> None:
    wholes = {Seed(id).whole("n", 3, 6) for id in IDS}
    assert wholes == {3, 4, 5, 6}
    assert all(2.5 <= Seed(id).between("n", 2.5, 2.75) <= 2.75 for id in IDS)
    assert Seed("a").share("x") != Seed("a").share("y")


@pytest.mark.parametrize("id", ["", "日本", "\ud800", "a" * 10_000])
def test_any_id_seeds(id: str) -> None:
    assert 0 <= Seed(id).share("x") < 1


def test_a_place_defaults_to_where_the_line_is() -> None:
    assert Line(Circle(0, 0, 1)).places == (Place(),)
