"""The outlines of the badge, one for each kind of credential, at any inset from the edge."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sitegen.artwork.path import (
    Affine,
    Circle,
    Contour,
    Path,
    Point,
    Segment,
    arc,
    backwards,
    moved,
    rounded,
    smooth,
)
from sitegen.artwork.pathdata import outline

EYELET = Circle(200.0, 44.0, 12.0)
"""The hole of the tag: nothing is drawn there, so that what lies behind shows."""

_SHIELD = (
    "M200 8C236 30 292 40 350 37Q362 37 363 49C371 186 340 312 208 390Q200 394 192 390"
    "C60 312 29 186 37 49Q38 37 50 37C108 40 164 30 200 8Z"
)


@dataclass(frozen=True, slots=True)
class Silhouette:
    """A shape: its outline ``inset`` units inside the edge, and where things sit in it.

    ``middle`` is the height of the medallion's centre, ``foot`` that of the issuer's mark, ``reach`` how
    far the shape extends from the medallion's centre: engraving further out would not be seen.
    """

    outline: Callable[[float], Path]
    middle: float
    foot: float
    reach: float


def _hexagon(inset: float) -> Path:
    r = 196 - inset / math.cos(math.pi / 6)
    corners = [(200 + r * math.sin(math.pi / 3 * i), 200 - r * math.cos(math.pi / 3 * i)) for i in range(6)]
    return (rounded(corners, max(8.0, 26 - inset * 0.55)),)


def _shield(inset: float) -> Path:
    across, down = (163 - inset) / 163, (191 - inset * 1.12) / 191
    return moved(outline(_SHIELD), Affine(across, 0, 0, down, 200 - 200 * across, 194 - 194 * down))


def _circle(inset: float) -> Path:
    ring = arc(200, 200, 192 - inset, 0, 360)
    return (Contour(ring.start, ring.segments, True),)


def _seal(inset: float) -> Path:
    """Return 24 scallops; further in they become a wave, as the valleys of a true inset grow round."""
    lobes, crest = 24, 194 - inset
    if not inset:
        half = math.pi / lobes
        valley = crest - 8.5
        rise, chord = crest - valley * math.cos(half), 2 * valley * math.sin(half)
        r = (chord * chord / 4 + rise * rise) / (2 * rise)
        sweep = math.degrees(math.asin(chord / 2 / r))
        segments: list[Segment] = []
        for i in range(lobes):
            t = 2 * math.pi * (i + 0.5) / lobes
            x, y = 200 + (crest - r) * math.sin(t), 200 - (crest - r) * math.cos(t)
            lobe = arc(x, y, r, math.degrees(t) - sweep, math.degrees(t) + sweep)
            segments += lobe.segments
        return (Contour((200.0, 200.0 - valley), tuple(segments), True),)
    depth = max(2.0, 8.8 - inset * 0.22)
    points: list[Point] = []
    for i in range(2 * lobes):
        t, radius = math.pi * i / lobes, crest if i % 2 else crest - depth
        points.append((200 + radius * math.sin(t), 200 - radius * math.cos(t)))
    return (smooth(points, closed=True),)


def _tag(inset: float) -> Path:
    near, far = 54 + inset, 346 - inset
    cut = inset * math.tan(math.pi / 8)
    corners = [(128 + cut, 6 + inset), (272 - cut, 6 + inset), (far, 78 + cut), (far, 395 - inset)]
    corners += [(near, 395 - inset), (near, 78 + cut)]
    eyelet = arc(EYELET.x, EYELET.y, EYELET.r, 0, 360)
    return (rounded(corners, max(6.0, 20 - inset * 0.7)), backwards(Contour(eyelet.start, eyelet.segments, True)))


SILHOUETTES: Mapping[str, Silhouette] = MappingProxyType(
    {
        "hexagon": Silhouette(_hexagon, 196, 350, 200),
        "shield": Silhouette(_shield, 182, 344, 216),
        "circle": Silhouette(_circle, 196, 352, 200),
        "seal": Silhouette(_seal, 196, 350, 200),
        "tag": Silhouette(_tag, 209, 360, 240),
    }
)

SHAPES: tuple[str, ...] = tuple(SILHOUETTES)
"""hexagon: micro-credential; shield: certification or licence; circle: course completion; seal: award or
membership; tag: participation."""
