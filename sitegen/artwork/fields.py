"""Families of engraving that run across the whole field."""

from __future__ import annotations

import math

from sitegen.artwork.display import Place
from sitegen.artwork.lines import HERE, TAU, Line, at, runs, seen, stack
from sitegen.artwork.path import Contour, Path, Point, arc, polyline, smooth
from sitegen.artwork.seed import Seed


def contour(seed: Seed, reach: float) -> list[Line]:
    """The height lines of a hill that stands off the centre."""
    x, y = seed.between("x", -80, 80), seed.between("y", -140, -60)
    p, q = seed.between("p", 0, TAU), seed.between("q", 0, TAU)
    lines = []
    for i in range(3, 36):
        r = i * 11.0
        swell = r**0.58
        count = min(27, 13 + i)
        points = []
        for j in range(count + 1):
            t = TAU * j / count
            edge = r + swell * (math.sin(3 * t + p) + 0.6 * math.sin(5 * t + q + r * 0.01))
            points.append((x + edge * math.cos(t), y + edge * math.sin(t)))
        pieces = tuple(smooth(run) for run in seen(points, reach))
        lines += [Line(pieces, HERE, i % 4 == 0)] if pieces else []
    return lines


def tide(seed: Seed, reach: float) -> list[Line]:
    """Waves of the sea, each a little behind the one above it."""
    length = seed.between("length", 120, 210)
    lag = seed.between("lag", 2.5, 9.0) * seed.pick("hand", (-1, 1))
    wave = _wave(reach, length, seed.between("height", 4.5, 8.0))
    return stack(wave, reach, lag, 8.4, seed.pick("rule", (4, 5)), wrap=length)


def weave(seed: Seed, reach: float) -> list[Line]:
    """Two sets of slanting waves, as warp and weft."""
    step, angle = seed.between("step", 11.5, 14.5), seed.between("angle", 36, 54)
    wave = _wave(reach, seed.between("length", 80, 130), seed.between("height", 2.2, 4.2))
    return stack(wave, reach, 0, step, 4, turn=angle) + stack(wave, reach, 0, step, 4, turn=-angle)


def herringbone(seed: Seed, reach: float) -> list[Line]:
    """Zigzags in rows."""
    half = seed.between("half", 16, 26)
    rise = half * seed.between("rise", 0.45, 0.9)
    count = int(reach / half) + 2
    zigzag = polyline([(half * i, rise / 2 if i % 2 else -rise / 2) for i in range(-count, count + 1)])
    turn = seed.pick("turn", (0.0, 30.0, 60.0, 90.0))
    return stack(zigzag, reach, 0, 8.6, seed.pick("rule", (3, 4, 5)), turn=turn)


def scales(seed: Seed, reach: float) -> list[Line]:
    """Rows of fans, each half hiding the row behind it."""
    r = seed.between("radius", 26, 33)
    rings = seed.whole("rings", 4, 5)
    count = math.ceil(reach / r / 2) + 1
    fine: list[Contour] = []
    bold: list[Contour] = []
    for i in range(1, rings + 1):
        for start, end in _uncovered(r * i / rings, r):
            kind = bold if i == rings else fine
            kind += [arc(2 * r * j, 0, r * i / rings, start, end) for j in range(-count, count + 1)]
    return _rows(tuple(fine), tuple(bold), reach, r, r / 2)


def comb(seed: Seed, reach: float) -> list[Line]:
    """A honeycomb, with a smaller cell in every third cell."""
    r = seed.between("radius", 15, 20)
    inner = r * seed.between("inner", 0.45, 0.7)
    half = math.sqrt(3) / 2 * r
    count = math.ceil(reach / half) + 2
    rim = polyline([(half * i, r / 2 if i % 2 else r) for i in range(-count, count + 1)])
    walls = [polyline([(half * i, r / 2), (half * i, -r / 2)]) for i in range(-count, count + 1) if i % 2]
    third = range(-(count // 6) * 3, count // 2 + 2, 3)
    corners = [at(TAU * j / 6, inner) for j in range(6)]
    cells = [polyline([(x + 2 * half * i, y) for x, y in corners], closed=True) for i in third]
    return _rows((rim, *walls), tuple(cells), reach, half, 1.5 * r)


def _rows(fine: Path, bold: Path, reach: float, dx: float, dy: float) -> list[Line]:
    """Return rows ``dy`` apart, of which every other is shifted by ``dx``."""
    rows = math.ceil(reach / dy) + 1
    places = tuple(Place(x=round(dx, 1) if i % 2 else 0.0, y=round(dy * i, 1)) for i in range(-rows, rows + 1))
    return [Line(fine, places), Line(bold, places, bold=True)]


def _uncovered(q: float, r: float) -> list[tuple[float, float]]:
    """Return the clock angles at which the arc of radius ``q`` of a fan shows between the fans before it."""
    covers = ((-r, r / 2), (r, r / 2), (0.0, r))

    def shows(angle: Point) -> bool:
        return all(math.dist(at(math.radians(angle[0]), q), cover) >= r for cover in covers)

    return [(run[0][0], run[-1][0]) for run in runs([(float(t), 0.0) for t in range(-90, 91)], shows)]


def _wave(reach: float, length: float, height: float) -> Contour:
    """Return a level wave that covers the shape wherever it is shifted by up to half its length."""
    quarter = length / 4
    count = math.ceil((reach + length / 2) / quarter)
    return smooth([(quarter * i, height * (0, 1, 0, -1)[i % 4]) for i in range(-count, count + 1)])
