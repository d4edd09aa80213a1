"""The display list as SVG: paths only, shared by ``<use>``, with ids that no other badge has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from sitegen.artwork.display import SIDE, Copies, Item, Mark, Picture, Place
from sitegen.artwork.path import Circle, Contour, Geometry, Path, Point

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

SLACK = 1
"""How far, in the last digit, a handle may be off for the shorter smooth commands to be used."""


def svg_bytes(picture: Picture) -> bytes:
    """Return the picture as an SVG file that can stand alone or be set into a page."""
    writer = _Writer(picture.key)
    body = writer.items(picture.items)
    defs = f"<defs>{''.join(writer.defs)}</defs>" if writer.defs else ""
    side = f"{SIDE:.0f}"
    key = picture.key
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        f'aria-labelledby="{key}"><title id="{key}">{_escaped(picture.title)}</title>'
        f"<desc>{_escaped(picture.description)}</desc>{defs}{body}</svg>\n"
    )
    return text.encode("utf-8")


class _Writer:
    """Writes items, and keeps what they share."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.defs: list[str] = []
        self.ids: dict[tuple[str, str], str] = {}

    def items(self, items: Iterable[Item]) -> str:
        """Write items in order, copies of one frame and paint in one group."""
        return "".join(self.group(group, list(members)) for group, members in groupby(items, _group))

    def group(self, group: str, members: list[Item]) -> str:
        inside = "".join(map(self.item, members))
        return f"<g{group}>{inside}</g>" if group else inside

    def item(self, item: Item) -> str:
        if isinstance(item, Copies):
            return self.copies(item)
        if isinstance(item, Mark):
            paint = _paint(item.colour, item.width)
            known = self.ids.get(("", _element(item.geometry, 1, "")))
            return f'<use href="#{known}"{paint}/>' if known else _element(item.geometry, 1, paint)
        outline = self.shared("", _element(item.outline, 1, ""))
        clip = self.shared("clip", f'<use href="#{outline}"/>')
        return f'<g clip-path="url(#{clip})">{self.items(item.items)}</g>'

    def copies(self, item: Copies) -> str:
        element = _element(item.geometry, 1 if item.unit == 1 else 0, "")
        if item.places == (Place(),):
            return element
        name = self.shared("", element)
        return "".join(f'<use href="#{name}"{_place(place)}/>' for place in item.places)

    def shared(self, kind: str, element: str) -> str:
        """Return the id of an element among the definitions, adding it the first time."""
        if (kind, element) not in self.ids:
            name = self.key + _letters(len(self.ids))
            self.ids[kind, element] = name
            named = element.replace(" ", f' id="{name}" ', 1)
            self.defs.append(f'<clipPath id="{name}">{element}</clipPath>' if kind else named)
        return self.ids[kind, element]


def path_data(path: Path, digits: int) -> str:
    """Return SVG path data, relative, rounded to ``digits`` decimals without the error adding up."""
    writer = _Pen(digits)
    for contour in path:
        writer.contour(contour)
    return "".join(writer.out)


class _Pen:
    """Writes path data in whole steps of the last digit."""

    def __init__(self, digits: int) -> None:
        self.grain = 10**digits
        self.out: list[str] = []
        self.here = (0, 0)
        self.command = ""

    def contour(self, contour: Contour) -> None:
        start = self.at(contour.start)
        self.emit("m", [start])
        self.here = start
        handle: tuple[int, tuple[int, int]] | None = None
        for segment in contour.segments:
            points = [self.at(point) for point in segment]
            handle = self.segment(points, handle)
        if contour.closed:
            self.out.append("z")
            self.command = "z"
            self.here = start

    def segment(
        self, points: list[tuple[int, int]], handle: tuple[int, tuple[int, int]] | None
    ) -> tuple[int, tuple[int, int]]:
        """Write one segment; return its degree and where the next handle would mirror its last."""
        degree, end = len(points), points[-1]
        smooth = handle is not None and handle[0] == degree and _near(handle[1], points[0])
        if degree == 1:
            self.straight(end)
        elif degree == 2:
            self.emit("t", [end]) if smooth else self.emit("q", points)
        else:
            self.emit("s", points[1:]) if smooth else self.emit("c", points)
        self.here = end
        if degree == 1:
            return (1, end)
        # SVG mirrors the handle it worked out, not the one we had in mind: follow it.
        last = handle[1] if smooth and degree == 2 and handle else points[-2]
        return (degree, (2 * end[0] - last[0], 2 * end[1] - last[1]))

    def straight(self, end: tuple[int, int]) -> None:
        dx, dy = end[0] - self.here[0], end[1] - self.here[1]
        if dx and dy:
            self.emit("l", [end])
        elif dx:
            self.numbers("h", [dx])
        elif dy:
            self.numbers("v", [dy])

    def emit(self, command: str, points: Iterable[tuple[int, int]]) -> None:
        self.numbers(command, [n for x, y in points for n in (x - self.here[0], y - self.here[1])])

    def numbers(self, command: str, numbers: list[int]) -> None:
        text = "" if command == self.command and command != "m" else command
        fresh = bool(text)
        for number in numbers:
            digits = self.decimal(number)
            text += digits if fresh or digits[0] == "-" else " " + digits
            fresh = False
        self.out.append(text)
        self.command = command

    def decimal(self, number: int) -> str:
        return _short(number / self.grain)

    def at(self, point: Point) -> tuple[int, int]:
        return (round(point[0] * self.grain), round(point[1] * self.grain))


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] - other[0]) <= SLACK and abs(one[1] - other[1]) <= SLACK


def _element(geometry: Geometry, digits: int, paint: str) -> str:
    if isinstance(geometry, Circle):
        at = "".join(f' {n}="{_short(round(v, 2))}"' for n, v in (("cx", geometry.x), ("cy", geometry.y)) if v)
        return f'<circle{at} r="{_short(round(geometry.r, 2))}"{paint}/>'
    return f'<path d="{path_data(geometry, digits)}"{paint}/>'


def _paint(colour: str, width: float) -> str:
    if width:
        return f' fill="none" stroke="{colour}" stroke-width="{_short(round(width, 2))}"'
    return f' fill="{colour}"'


def _group(item: Item) -> str:
    """Return the attributes of the group that copies stand in, or nothing for what stands alone."""
    if not isinstance(item, Copies):
        return ""
    return _transform([("translate", (item.x, item.y)), ("scale", (item.unit,))]) + _paint(item.colour, item.width)


def _place(place: Place) -> str:
    return _transform([("translate", (place.x, place.y)), ("rotate", (place.turn,))])


def _transform(steps: list[tuple[str, tuple[float, ...]]]) -> str:
    idle = {"translate": (0, 0), "rotate": (0,), "scale": (1,)}
    used = [f"{step}({' '.join(map(_short, values))})" for step, values in steps if values != idle[step]]
    return f' transform="{"".join(used)}"' if used else ""


def _short(number: float) -> str:
    """Return a number as SVG takes it at its shortest: no trailing zeros, no zero before the point."""
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    text = text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
    return "0" if text in ("", "-", "-0") else text


def _letters(number: int) -> str:
    return chr(97 + number % 26) + (str(number // 26) if number >= 26 else "")


def _escaped(text: str) -> str:
    """Return text for XML, without the characters that XML 1.0, section 2.2, does not allow."""
    allowed = _FORBIDDEN.sub("", text)
    return allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
