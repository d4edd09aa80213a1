"""Setting text as outlines: initials on a line, small print around a circle."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from sitegen.artwork import glyphs
from sitegen.artwork.path import Affine, Contour, Path, Point, Segment, moved

EM = 1000.0
"""Outlines and advances are in thousandths of the em, the unit of the font."""

CAP_HEIGHT = glyphs.CAP_HEIGHT / EM

_CUTS = {"print": glyphs.PRINT, "initials": glyphs.INITIALS}
_POINT = re.compile(r"([lq])(-?\d+) ?(-?\d+)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter: how far it moves the pen, and its outline with the baseline at 0 and y downwards."""

    advance: float
    path: Path


@dataclass(frozen=True, slots=True)
class Line:
    """A word set on a line: its outline in ems from the left end of the baseline, and its width in ems."""

    path: Path
    width: float


def settable(text: str, cut: str) -> bool:
    """Say whether every character of the text has an outline, and at least one of them is seen."""
    table = _table(cut)
    text = unicodedata.normalize("NFC", text)
    return bool(text.strip()) and all(char in table for char in text)


@cache
def glyph(char: str, cut: str) -> Glyph:
    """Return the outline of a character that has one."""
    advance, shape = _table(cut)[char]
    if not shape.startswith("="):
        return Glyph(advance, _contours(shape))
    code, start, marks = shape[1:].partition("l")
    return Glyph(advance, glyph(chr(int(code, 16)), cut).path + _contours(start + marks))


def width(text: str, cut: str) -> float:
    """Return how wide the text is in ems, without any tracking."""
    return sum(glyph(char, cut).advance for char in text) / EM


@cache
def line(text: str) -> Line:
    """Return initials set on a line, with the font's own kerning between capitals."""
    text = unicodedata.normalize("NFC", text)
    pairs = _kerning()
    x = 0.0
    path: Path = ()
    for i, char in enumerate(text):
        x += pairs.get(text[i - 1 : i + 1], 0) if i else 0
        path += moved(glyph(char, "initials").path, Affine(1 / EM, 0, 0, 1 / EM, x / EM, 0))
        x += glyph(char, "initials").advance
    return Line(path, x / EM)


@cache
def _table(cut: str) -> dict[str, tuple[int, str]]:
    out = {}
    for row in _CUTS[cut].splitlines():
        code, advance, *shape = row.split(" ", 2)
        out[chr(int(code, 16))] = (int(advance), shape[0] if shape else "")
    return out


@cache
def _kerning() -> dict[str, int]:
    return {entry[:2]: int(entry[2:]) for entry in glyphs.KERNING.split()}


def _contours(shape: str) -> Path:
    out = []
    x = y = 0
    for contour in shape.split("z")[:-1]:
        points: list[tuple[bool, Point]] = []
        for kind, dx, dy in _POINT.findall(contour):
            x, y = x + int(dx), y + int(dy)
            points.append((kind == "l", (float(x), float(-y))))
        out.append(_quadratic(points))
    return tuple(out)


def _quadratic(points: list[tuple[bool, Point]]) -> Contour:
    """Return the contour, with the points on the curve that TrueType leaves out between two controls."""
    start = points[0][1]
    segments: list[Segment] = []
    control: Point | None = None
    for on, point in [*points[1:], (True, start)]:
        if on:
            segments.append((control, point) if control else (point,))
            control = None
        else:
            if control:
                middle = ((control[0] + point[0]) / 2, (control[1] + point[1]) / 2)
                segments.append((control, middle))
            control = point
    if len(segments[-1]) == 1:
        segments.pop()
    return Contour(start, tuple(segments), True)
