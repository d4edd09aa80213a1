"""Families of engraving that run around the medallion."""

from __future__ import annotations

import math
from functools import partial

from sitegen.artwork.lines import CORE, HERE, TAU, Line, at, fan, period, polar, ruled, turns
from sitegen.artwork.path import Circle, polyline, smooth
from sitegen.artwork.seed import Seed


def guilloche(seed: Seed, reach: float) -> list[Line]:
    """Rings of waves laid over turned copies of themselves, as on banknotes."""
    lobes, more = seed.whole("lobes", 8, 13), seed.whole("more", 2, 4)
    depth = seed.between("depth", 19, 27)
    lines: list[Line] = []
    for i, r in enumerate((148.0, 186.0, 222.0)):
        if r - depth < reach:
            k = lobes + i * more
            lines += ruled((polar(partial(_lobed, r, depth, k, 0.0), 5 * k),), turns(10, 360 / k), 5)
    return lines


def rosette(seed: Seed, reach: float) -> list[Line]:
    """A looping curve of the engraver's lathe, and its turned copies."""
    lobes = seed.whole("lobes", 7, 11)
    loop = seed.between("loop", 26, 34)
    lines: list[Line] = []
    for r, k in ((160.0, lobes), (205.0, lobes + 3)):
        if r - loop < reach:
            angles = [TAU * i / (8 * k) for i in range(8 * k)]
            wheel = [at(t, r) for t in angles]
            points = [
                (x + loop * math.sin(k * t), y + loop * math.cos(k * t))
                for t, (x, y) in zip(angles, wheel, strict=True)
            ]
            lines += ruled((smooth(points, closed=True),), turns(7, 360 / (k + 1)), 4)
    return lines


def petal(seed: Seed, reach: float) -> list[Line]:
    """Equal circles whose centres stand on a ring."""
    count = 2 * seed.whole("petals", 17, 25)
    r = seed.between("radius", 58, 76) + (reach - 200) * 0.6
    return ruled(Circle(0, -round(reach * 0.62), round(r)), turns(count), seed.pick("rule", (3, 4, 6)))


def orbit(seed: Seed, reach: float) -> list[Line]:
    """Ellipses about the centre, turned."""
    far, near = reach * seed.between("far", 1.02, 1.12), seed.between("near", 132, 140)
    points = [(far * math.cos(TAU * i / 24), near * math.sin(TAU * i / 24)) for i in range(24)]
    count = seed.whole("count", 18, 28)
    return ruled((smooth(points, closed=True),), turns(count, 180), seed.pick("rule", (3, 4, 5)))


def moire(seed: Seed, reach: float) -> list[Line]:
    """Two sets of rings with their centres apart, which beat against each other."""
    apart, angle = seed.between("apart", 30, 62), seed.between("angle", 0, math.pi)
    step = seed.between("step", 7.8, 9.0)
    lines = []
    for side in (-1, 1):
        x, y = side * apart * math.cos(angle), side * apart * math.sin(angle)
        for i in range(8, 40):
            if CORE - apart < i * step < reach + apart:
                lines.append(Line(Circle(round(x, 1), round(y, 1), round(i * step, 1)), HERE, i % 5 == 0))
    return lines


def burst(seed: Seed, reach: float) -> list[Line]:
    """Rays that end on a wave, with the wave repeated beyond them."""
    waves = seed.whole("waves", 8, 16)
    rays = round(176 / waves)
    depth, top = seed.between("depth", 30, 52), reach - 50
    span = TAU / waves

    def edge(t: float, beyond: float = 0.0) -> float:
        return top + beyond + depth * (0.5 + 0.5 * math.cos(waves * t))

    spokes = [polyline([at(t, CORE - 2), at(t, edge(t))]) for t in (span * i / rays for i in range(rays))]
    crests = [period(partial(edge, beyond=6 + 9 * i), span, 6) for i in range(7)]
    fine = (*spokes[1:], *crests[1:3], *crests[4:6])
    bold = (spokes[0], *crests[::3])
    return [Line(fine, turns(waves)), Line(bold, turns(waves), bold=True)]


def rays(seed: Seed, reach: float) -> list[Line]:
    """Wavering rays, all alike."""
    swing = seed.between("swing", 3.5, 8) * seed.pick("hand", (-1, 1))
    waves = seed.between("waves", 0.9, 2.2)
    span = reach + 6 - CORE
    steps = [i / 8 for i in range(9)]
    points = [(swing * math.sin(TAU * waves * s) * (0.4 + 0.6 * s), -(CORE + span * s)) for s in steps]
    return fan(smooth(points), seed.whole("count", 84, 114), seed.pick("rule", (4, 5, 6)))


def vortex(seed: Seed, reach: float) -> list[Line]:
    """Spirals to the left and to the right, crossing like the seeds of a sunflower."""
    count = seed.whole("count", 40, 54)
    lines: list[Line] = []
    for hand, twist in ((1, seed.between("twist", 46, 70)), (-1, seed.between("return", 22, 60))):
        steps = [i / 6 for i in range(7)]
        spiral = [at(math.radians(hand * twist * s), CORE * ((reach + 4) / CORE) ** s) for s in steps]
        lines += fan(smooth(spiral), count, seed.pick("rule", (4, 5, 6)))
    return lines


def strings(seed: Seed, reach: float) -> list[Line]:
    """Straight threads from rim to rim, whose envelope is a circle."""
    lines: list[Line] = []
    count = seed.whole("count", 44, 60)
    for share, near in ((1, seed.between("near", 132, 140)), (2, seed.between("far", 158, 170))):
        half = math.sqrt((reach + 4) ** 2 - near * near)
        lines += fan(polyline([(-half, -near), (half, -near)]), count // share, 4)
    return lines


def whirl(seed: Seed, reach: float) -> list[Line]:
    """Polygons within polygons, each a little further turned."""
    sides = seed.whole("sides", 3, 6)
    twist = seed.between("twist", 2.2, 4.2) * seed.pick("hand", (-1, 1)) * 6 / sides
    first, lines = seed.between("first", 0, 360), []
    inner = CORE - 6
    for i in range(40):
        far = inner / math.cos(math.pi / sides)
        if inner > reach:
            break
        corners = [at(math.radians(first + twist * i) + TAU * j / sides, far) for j in range(sides)]
        lines.append(Line((polyline(corners, closed=True),), HERE, i % 4 == 0))
        inner += 5.2
    return lines


def braid(seed: Seed, reach: float) -> list[Line]:
    """Bands of threads that weave around the ring."""
    lines: list[Line] = []
    k = seed.whole("lobes", 9, 14)
    for i, r in enumerate((146.0, 178.0, 210.0)):
        if r - 17 > reach:
            break
        lobes = k + 3 * i

        inner, core, outer = (
            [period(partial(_lobed, r + gap, 14.5, lobes, phase / 3), TAU / lobes, 4) for phase in range(3)]
            for gap in (-2.8, 0.0, 2.8)
        )
        lines.append(Line((*inner, *outer), turns(lobes)))
        lines.append(Line(tuple(core), turns(lobes), bold=True))
        lines.append(Line(Circle(0, 0, r + 16)))
    return lines


def ripple(seed: Seed, reach: float) -> list[Line]:
    """Rings around three drops."""
    lines = []
    first = seed.between("angle", 0, TAU)
    for i in range(3):
        t = first + TAU * i / 3 + seed.between(f"shift {i}", -0.25, 0.25)
        x, y = at(t, reach * seed.between(f"far {i}", 0.74, 0.9))
        for j in range(1, int(reach * 0.95 / 8.4) + 1):
            lines.append(Line(Circle(round(x, 1), round(y, 1), round(8.4 * j, 1)), HERE, j % 4 == 0))
    return lines


def _lobed(r: float, depth: float, lobes: int, phase: float, t: float) -> float:
    """Return the distance from the centre, at the angle ``t``, of a wave with so many lobes around it."""
    return r + depth * math.cos(lobes * t + TAU * phase)
