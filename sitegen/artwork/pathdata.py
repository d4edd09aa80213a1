"""Reading SVG path data (SVG 2, section 9.3), as the pictograms and the shield are written in it."""

from __future__ import annotations

import math
import re
from functools import cache

from sitegen.artwork.path import Contour, Path, Point, Segment

_TOKEN = re.compile(r"[MLHVCSQAZ]|-?(?:\d+\.?\d*|\.\d+)")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}


@cache
def outline(data: str) -> Path:
    """Return the path that absolute SVG path data describes.

    Only our own drawings are read with it: absolute M, L, H, V, C, S, Q, A (circular) and Z.
    """
    contours: list[Contour] = []
    start: Point = (0.0, 0.0)
    segments: list[Segment] = []
    for command, numbers in _commands(data):
        if command in "MZ":
            if segments:
                contours.append(Contour(start, tuple(segments), command == "Z"))
            segments = []
            start = (numbers[0], numbers[1]) if command == "M" else start
        else:
            here = segments[-1][-1] if segments else start
            segments += _segments(command, numbers, here, segments[-1] if segments else ())
    if segments:
        contours.append(Contour(start, tuple(segments), False))
    return tuple(contours)


def _commands(data: str) -> list[tuple[str, list[float]]]:
    tokens = _TOKEN.findall(data)
    out: list[tuple[str, list[float]]] = []
    at, command = 0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        count = _COUNT[command]
        out.append((command, [float(token) for token in tokens[at : at + count]]))
        at += count
    return out


def _segments(command: str, n: list[float], here: Point, previous: Segment) -> list[Segment]:
    if command == "H":
        return [((n[0], here[1]),)]
    if command == "V":
        return [((here[0], n[0]),)]
    if command == "A":
        return _arc(here, n[0], large=n[3] != 0, clockwise=n[4] != 0, end=(n[5], n[6]))
    points = tuple(zip(n[::2], n[1::2], strict=True))
    if command == "S":
        handle = previous[1] if len(previous) == 3 else here
        return [((2 * here[0] - handle[0], 2 * here[1] - handle[1]), *points)]
    return [points]


def _arc(start: Point, radius: float, *, large: bool, clockwise: bool, end: Point) -> list[Segment]:
    """Return a circular arc as cubics; a radius too small for the chord grows to fit, as SVG says."""
    chord = math.dist(start, end)
    r = max(radius, chord / 2)
    height = math.sqrt(max(0.0, r * r - chord * chord / 4))
    side = height / chord * (-1 if large == clockwise else 1)
    cx = (start[0] + end[0]) / 2 - (end[1] - start[1]) * side
    cy = (start[1] + end[1]) / 2 + (end[0] - start[0]) * side
    first = math.atan2(start[1] - cy, start[0] - cx)
    sweep = math.atan2(end[1] - cy, end[0] - cx) - first
    if clockwise and sweep <= 0:
        sweep += 2 * math.pi
    if not clockwise and sweep >= 0:
        sweep -= 2 * math.pi
    count = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / count
    reach = r * 4 / 3 * math.tan(step / 4)
    out: list[Segment] = []
    for i in range(count):
        t0, t1 = first + step * i, first + step * (i + 1)
        p0 = (cx + r * math.cos(t0), cy + r * math.sin(t0))
        p1 = (cx + r * math.cos(t1), cy + r * math.sin(t1))
        out.append(
            (
                (p0[0] - reach * math.sin(t0), p0[1] + reach * math.cos(t0)),
                (p1[0] + reach * math.sin(t1), p1[1] - reach * math.cos(t1)),
                p1 if i < count - 1 else end,
            )
        )
    return out
