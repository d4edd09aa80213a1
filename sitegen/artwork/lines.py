"""What families of engraving are made of: lines about the medallion's centre, and their repetition."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sitegen.artwork.display import Place
from sitegen.artwork.path import Affine, Contour, Geometry, Path, Point, moved, scaled, smooth, turned
from sitegen.artwork.seed import Seed

CORE = 130.0
"""The medallion and its band hide everything nearer to the centre than this."""

TAU = 2 * math.pi
HERE = (Place(),)


class Line(NamedTuple):
    """A line or several, in as many places as given; bold ones are lighter and a little wider."""

    geometry: Geometry
    places: tuple[Place, ...] = HERE
    bold: bool = False


Family = Callable[[Seed, float], list[Line]]
"""From a seed, and from how far the shape reaches, to the lines."""


def at(t: float, r: float) -> Point:
    """Return the point at an angle, in radians clockwise from twelve o'clock, and a distance."""
    return (r * math.sin(t), -r * math.cos(t))


def polar(radius: Callable[[float], float], count: int) -> Contour:
    """Return the closed curve whose distance from the centre is a function of the angle."""
    angles = [TAU * i / count for i in range(count)]
    return smooth([at(t, radius(t)) for t in angles], closed=True)


def period(radius: Callable[[float], float], span: float, steps: int) -> Contour:
    """Return the first ``span`` radians of a curve whose distance from the centre repeats after them.

    It is cut out of three such spans, so that its ends meet those of its neighbours without a corner.
    """
    whole = smooth([at(span * i / steps, radius(span * i / steps)) for i in range(-steps, 2 * steps + 1)])
    return Contour(whole.segments[steps - 1][-1], whole.segments[steps : 2 * steps], False)


def turns(count: int, whole: float = 360.0) -> tuple[Place, ...]:
    """Return ``count`` places, evenly turned about the centre over ``whole`` degrees."""
    return tuple(Place(turn=round(whole * i / count, 2)) for i in range(count))


def ruled(geometry: Geometry, places: Sequence[Place], every: int) -> list[Line]:
    """Return the geometry in all places, every so many of them bold."""
    fine = tuple(place for i, place in enumerate(places) if i % every)
    return [Line(geometry, fine), Line(geometry, tuple(places[::every]), bold=True)]


def fan(contour: Contour, count: int, every: int) -> list[Line]:
    """Return about ``count`` copies turned about the centre, every so many of them bold.

    A bold one and the fine ones after it make a sector, so that a file repeats sectors and not lines.
    """
    sectors = max(1, round(count / every))
    step = 360 / sectors / every
    fine = _copies(contour, [turned(step * i) for i in range(1, every)])
    return [Line(fine, turns(sectors)), Line((contour,), turns(sectors), bold=True)]


def stack(
    contour: Contour, reach: float, dx: float, dy: float, every: int, wrap: float = 0.0, turn: float = 0.0
) -> list[Line]:
    """Return copies of a level line from the top of the shape to its foot, every so many of them bold.

    Each is ``dy`` below the one before and ``dx`` beside it, less whole lengths of ``wrap``, after which the
    line repeats itself; ``turn`` slants them all.
    """
    fine = _copies(contour, [scaled(1, dx * i, dy * i) for i in range(1, every)])
    rows = math.ceil(reach / dy / every)
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    places = []
    for i in range(-rows, rows):
        x, y = dx * every * i, dy * every * i
        x -= wrap * round(x / wrap) if wrap else 0
        places.append(Place(round(turn, 2), round(x * cos - y * sin, 1), round(x * sin + y * cos, 1)))
    return [Line(fine, tuple(places)), Line((contour,), tuple(places), bold=True)]


def runs(points: Iterable[Point], kept: Callable[[Point], bool]) -> list[list[Point]]:
    """Return the unbroken runs of points that are kept, of two points at least."""
    found: list[list[Point]] = [[]]
    for point in points:
        if kept(point):
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [run for run in found if len(run) > 1]


def seen(points: Iterable[Point], reach: float) -> list[list[Point]]:
    """Return the runs of a line that neither the medallion nor the edge of the shape hides."""
    return runs(points, lambda p: CORE - 12 < math.hypot(*p) < reach + 12)


def _copies(contour: Contour, maps: Iterable[Affine]) -> Path:
    return tuple(moved((contour,), by)[0] for by in maps)
