"""Outlines made of lines and Bézier curves, and the few things one does to them.

Coordinates are in the units of the drawing, y downwards as in SVG. A segment is the tuple of its points
after the first: one for a line, two for a quadratic curve, three for a cubic.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Point = tuple[float, float]
Segment = tuple[Point, ...]


class Contour(NamedTuple):
    """One stroke of the pen: where it starts, its segments, and whether it returns to the start."""

    start: Point
    segments: tuple[Segment, ...]
    closed: bool = True


Path = tuple[Contour, ...]


class Circle(NamedTuple):
    """A whole circle, kept as such because both back ends draw it better than they draw its curves."""

    x: float
    y: float
    r: float


Geometry = Path | Circle


class Affine(NamedTuple):
    """A map of the plane: x' = a·x + c·y + e and y' = b·x + d·y + f, as in SVG's ``matrix()``."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float


def scaled(k: float, x: float = 0.0, y: float = 0.0) -> Affine:
    """Return the map that scales by ``k`` about the origin, then moves by ``x`` and ``y``."""
    return Affine(k, 0.0, 0.0, k, x, y)


def turned(degrees: float, x: float = 0.0, y: float = 0.0) -> Affine:
    """Return the map that turns clockwise about the origin, then moves by ``x`` and ``y``."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Affine(cos, sin, -sin, cos, x, y)


def after(outer: Affine, inner: Affine) -> Affine:
    """Return the map that applies ``inner`` first and ``outer`` to its result."""
    a, b, c, d, e, f = outer
    return Affine(
        a * inner.a + c * inner.b,
        b * inner.a + d * inner.b,
        a * inner.c + c * inner.d,
        b * inner.c + d * inner.d,
        a * inner.e + c * inner.f + e,
        b * inner.e + d * inner.f + f,
    )


def mapped(points: Iterable[Point], by: Affine) -> list[Point]:
    """Return the points where ``by`` takes them."""
    a, b, c, d, e, f = by
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in points]


def moved(path: Path, by: Affine) -> Path:
    """Return the path where ``by`` takes it."""
    return tuple(
        Contour(
            mapped((contour.start,), by)[0],
            tuple(tuple(mapped(segment, by)) for segment in contour.segments),
            contour.closed,
        )
        for contour in path
    )


def polyline(points: Sequence[Point], closed: bool = False) -> Contour:
    """Return straight lines through the points."""
    return Contour(points[0], tuple((point,) for point in points[1:]), closed)


def smooth(points: Sequence[Point], closed: bool = False) -> Contour:
    """Return a curve through the points, Catmull-Rom style, so that a few samples draw a wave."""
    n = len(points)
    if n < 3:
        return polyline(points, closed)
    segments = []
    for i in range(n if closed else n - 1):
        p1, p2 = points[i], points[(i + 1) % n]
        p0 = points[i - 1] if closed or i else p1
        p3 = points[(i + 2) % n] if closed or i + 2 < n else p2
        segments.append(
            (
                (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6),
                (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6),
                p2,
            )
        )
    return Contour(points[0], tuple(segments), closed)


def rounded(corners: Sequence[Point], radius: float) -> Contour:
    """Return the polygon with each corner cut ``radius`` along both its sides and bridged by a curve."""
    cuts = []
    for i, corner in enumerate(corners):
        before, behind = corners[i - 1], corners[(i + 1) % len(corners)]
        cuts.append((_toward(corner, before, radius), corner, _toward(corner, behind, radius)))
    segments: list[Segment] = []
    for i, (enter, corner, leave) in enumerate(cuts):
        segments += [(corner, leave)] if i == 0 else [(enter,), (corner, leave)]
    return Contour(cuts[0][0], tuple(segments), True)


def arc(x: float, y: float, r: float, start: float, end: float) -> Contour:
    """Return the arc about (x, y) between two clock angles, in degrees clockwise from twelve o'clock."""
    count = max(1, math.ceil(abs(end - start) / 105))
    step = math.radians(end - start) / count
    reach = r * 4 / 3 * math.tan(step / 4)
    angles = [math.radians(start) + step * i for i in range(count + 1)]
    points = [(x + r * math.sin(t), y - r * math.cos(t)) for t in angles]
    reaches = [(reach * math.cos(t), reach * math.sin(t)) for t in angles]
    segments = tuple(
        ((px + ux, py + uy), (qx - vx, qy - vy), (qx, qy))
        for (px, py), (ux, uy), (qx, qy), (vx, vy) in zip(points, reaches, points[1:], reaches[1:], strict=False)
    )
    return Contour(points[0], segments, False)


def backwards(contour: Contour) -> Contour:
    """Return the contour drawn the other way round, which makes a hole of it under the non-zero rule."""
    points = [contour.start, *(segment[-1] for segment in contour.segments)]
    segments = tuple((*segment[-2::-1], points[i]) for i, segment in reversed(tuple(enumerate(contour.segments))))
    return Contour(points[-1], segments, contour.closed)


def flattened(contour: Contour, step: float) -> list[Point]:
    """Return the contour as points that lie at most about ``step`` units apart on its curves."""
    points = [contour.start]
    here = contour.start
    for segment in contour.segments:
        if len(segment) > 1:
            size = sum(math.dist(p, q) for p, q in zip((here, *segment), segment, strict=False))
            points += _samples(here, segment, min(64, max(2, math.ceil(size / step))))
        points.append(segment[-1])
        here = segment[-1]
    return points


def area(points: Sequence[Point]) -> float:
    """Return the signed area inside the points: its sign tells which way round they run."""
    total = 0.0
    px, py = points[-1]
    for x, y in points:
        total += px * y - x * py
        px, py = x, y
    return total / 2


def _toward(start: Point, end: Point, distance: float) -> Point:
    share = distance / math.dist(start, end)
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def _samples(start: Point, segment: Segment, count: int) -> list[Point]:
    """Return the points strictly between the ends of a curve cut into ``count`` equal steps of t."""
    ts = [i / count for i in range(1, count)]
    x0, y0 = start
    if len(segment) == 2:
        (x1, y1), (x2, y2) = segment
        weights = [((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in ts]
        return [(a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2) for a, b, c in weights]
    (x1, y1), (x2, y2), (x3, y3) = segment
    out = []
    for t in ts:
        u = 1 - t
        w0, w1, w2, w3 = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        out.append((w0 * x0 + w1 * x1 + w2 * x2 + w3 * x3, w0 * y0 + w1 * y1 + w2 * y2 + w3 * y3))
    return out
