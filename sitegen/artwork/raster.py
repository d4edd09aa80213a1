"""The display list as PNG, by way of Pillow.

Everything is flat colour, so the drawing is made in palette numbers, several times too large, and only the
reduction to the size asked for mixes colours. That takes a quarter of the memory and time of drawing in RGBA.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from itertools import pairwise

from PIL import Image, ImageDraw

from sitegen.artwork.display import SIDE, Clip, Copies, Item, Mark, Picture
from sitegen.artwork.path import Affine, Circle, Path, Point, after, area, flattened, mapped, scaled

LARGEST = 2400
"""The widest picture, in pixels, and about how wide the enlarged drawing of a smaller one is."""

OPAQUE, EDGE = 240, 16
"""How many of a PNG's 256 colours are opaque, and how many are steps of transparency at the edge."""

FINE = 3.0
"""Lines up to this many units wide are drawn without mitres, which nobody would see."""

COARSE, CLOSE = 3.0, 1.5
"""Length, in units, of the straight pieces that stand for a curve: of a line, of a filled shape."""

Ring = tuple[list[Point], bool]
"""A closed run of points, and whether it is ink or a hole."""


def png_bytes(picture: Picture, size: int) -> bytes:
    """Return the picture as a PNG of ``size`` by ``size`` pixels, transparent where nothing is drawn."""
    if not 16 <= size <= LARGEST:
        raise ValueError(f"a picture is 16 to {LARGEST} pixels wide, not {size}")
    times = min(8, max(2, LARGEST // size))
    canvas = _Canvas(size * times, _colours(picture.items))
    for item in picture.items:
        canvas.draw(item)
    return _encoded(canvas.image, canvas.colours, times)


class _Canvas:
    """The enlarged drawing: one byte a pixel, which is the number of a colour, 0 for none."""

    def __init__(self, side: int, colours: tuple[str, ...]) -> None:
        self.scale = side / SIDE
        self.colours = colours
        self.image = Image.new("L", (side, side), 0)
        self.pen = ImageDraw.Draw(self.image)

    def draw(self, item: Item) -> None:
        """Draw one item over what is there."""
        whole = scaled(self.scale)
        if isinstance(item, Clip):
            self.clip(item)
            return
        number = self.colours.index(item.colour) + 1
        places = [after(whole, item.affine(place)) for place in item.places] if isinstance(item, Copies) else [whole]
        if isinstance(item.geometry, Circle):
            self.circle(item.geometry, places, number, item.width * self.scale)
        elif item.width:
            self.stroke(item.geometry, places, number, item)
        else:
            self.fill(item.geometry, places, number)

    def clip(self, clip: Clip) -> None:
        """Draw the clip's items on a copy, and take over what lies inside its outline."""
        below = self.image
        self.image = below.copy()
        self.pen = ImageDraw.Draw(self.image)
        for item in clip.items:
            self.draw(item)
        box, mask = _stencil(_rings(clip.outline, CLOSE), scaled(self.scale))
        below.paste(self.image.crop(box), box, mask)
        self.image, self.pen = below, ImageDraw.Draw(below)

    def circle(self, circle: Circle, places: Iterable[Affine], number: int, width: float) -> None:
        for place in places:
            ((x, y),) = mapped(((circle.x, circle.y),), place)
            r = circle.r * _growth(place) + width / 2
            box = (x - r, y - r, x + r - 1, y + r - 1)
            if width:
                self.pen.ellipse(box, outline=number, width=round(width))
            else:
                self.pen.ellipse(box, fill=number)

    def fill(self, path: Path, places: list[Affine], number: int) -> None:
        """Fill a path; where it has several contours through a stencil, so that holes show what is behind."""
        rings = _rings(path, CLOSE * self.scale / _growth(places[0]))
        for place in places:
            if len(rings) == 1:
                self.pen.polygon(mapped(rings[0][0], place), fill=number)
            else:
                box, mask = _stencil(rings, place)
                self.image.paste(number, box, mask)

    def stroke(self, path: Path, places: list[Affine], number: int, item: Mark | Copies) -> None:
        width = item.width * self.scale
        for contour in path:
            points = flattened(contour, COARSE * self.scale / _growth(places[0]))
            if contour.closed:
                points.append(points[0])
            for place in places:
                there = mapped(points, place)
                if item.width <= FINE:
                    self.pen.line(there, fill=number, width=max(1, round(width)))
                    continue
                for quad in _mitred(there, contour.closed, width / 2):
                    self.pen.polygon(quad, fill=number)


def _encoded(image: Image.Image, colours: tuple[str, ...], times: int) -> bytes:
    """Return a drawing in palette numbers, reduced, as a PNG with a palette.

    As only flat colours are mixed, some 200 colours hold almost every picture exactly. Only the edge is
    partly transparent, and it has one colour, the first: a short ramp of that follows the others.
    """
    palette = b"".join(bytes.fromhex(colour[1:]) for colour in (colours[0], *colours))
    alpha = image.point([0] + [255] * 255).reduce(times)
    image.putpalette(palette)
    small = image.convert("RGB").reduce(times).quantize(OPAQUE, method=Image.Quantize.MAXCOVERAGE)
    shades = small.getpalette() or []
    shades += [0] * (3 * OPAQUE - len(shades))
    step = [OPAQUE + min(EDGE - 1, round(a / 255 * EDGE)) for a in range(256)]
    small.paste(alpha.point(step), mask=alpha.point([255] * 255 + [0]))
    small.putpalette([*shades, *list(palette[:3]) * EDGE])
    out = io.BytesIO()
    small.save(out, "PNG", transparency=bytes([255] * OPAQUE + [round(255 * i / EDGE) for i in range(EDGE)]))
    return out.getvalue()


def _colours(items: Iterable[Item]) -> tuple[str, ...]:
    """Return every colour once, in the order of their first use."""
    found: dict[str, None] = {}
    for item in items:
        inner = _colours(item.items) if isinstance(item, Clip) else (item.colour,)
        found.update(dict.fromkeys(inner))
    return tuple(found)


def _growth(by: Affine) -> float:
    return math.hypot(by.a, by.b)


def _rings(path: Path, step: float) -> list[Ring]:
    """Return the contours as points, the large before the small, and which of them are ink.

    Under the non-zero rule a contour is a hole where it undoes the windings of those around it.
    """
    rings = [flattened(contour, step) for contour in path]
    if len(rings) == 1:
        return [(rings[0], True)]
    sized = sorted(((area(ring), ring) for ring in rings), key=lambda pair: -abs(pair[0]))
    signs = [(1 if size > 0 else -1, ring) for size, ring in sized]
    return [
        (ring, sign + sum(s * _inside(ring[0], other) for s, other in signs if other is not ring) != 0)
        for sign, ring in signs
    ]


def _inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    inside = False
    for (px, py), (qx, qy) in pairwise([*ring, ring[0]]):
        if (py > y) != (qy > y) and x < px + (y - py) * (qx - px) / (qy - py):
            inside = not inside
    return inside


def _stencil(rings: list[Ring], place: Affine) -> tuple[tuple[int, int, int, int], Image.Image]:
    """Return a mask of where the contours leave ink, and the box of the drawing that it covers."""
    there = [(mapped(points, place), inked) for points, inked in rings]
    xs = [x for points, _ in there for x, _ in points]
    ys = [y for points, _ in there for _, y in points]
    left, top = math.floor(min(xs)), math.floor(min(ys))
    box = (left, top, math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1)
    mask = Image.new("1", (box[2] - left, box[3] - top), 0)
    pen = ImageDraw.Draw(mask)
    for points, inked in there:
        pen.polygon([(x - left, y - top) for x, y in points], fill=int(inked))
    return box, mask


def _mitred(points: list[Point], closed: bool, half: float) -> list[list[Point]]:
    """Return a thick line as quadrilaterals that meet in mitres at its corners, with butt ends."""
    points = [p for i, p in enumerate(points) if i == 0 or math.dist(p, points[i - 1]) > 1e-6]
    normals: list[Point] = []
    for (ax, ay), (bx, by) in pairwise(points):
        size = math.hypot(bx - ax, by - ay)
        normals.append(((ay - by) / size * half, (bx - ax) / size * half))
    sides: list[Point] = []
    for i in range(len(points) if normals else 0):
        before = normals[i - 1] if i or closed else normals[0]
        behind = normals[i] if i < len(normals) else normals[0 if closed else -1]
        mx, my = before[0] + behind[0], before[1] + behind[1]
        share = 2 * half * half / max(mx * mx + my * my, half * half / 4)
        sides.append((mx * share, my * share))
    return [
        [(ax + sx, ay + sy), (bx + tx, by + ty), (bx - tx, by - ty), (ax - sx, ay - sy)]
        for ((ax, ay), (bx, by)), ((sx, sy), (tx, ty)) in zip(pairwise(points), pairwise(sides), strict=True)
    ]
