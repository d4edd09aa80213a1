"""The drawing of a pathway as a transit map, laid out as plain numbers for a template to write as SVG.

Every word of it is in the list below it on the page, so it is hidden from screen readers and from phones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.formats.html.line import choice_text, option_name, terminus
from sitegen.formats.html.scope import Scope

WIDTH = 1216
EDGE = 24
LETTER = 9.4
"""Width of a letter of the labels on average, in units of the drawing, at 18 units to the em."""
LEAST_COLUMN = 118
"""Less room than this and names of stations run into one another."""
CURVES = 290
"""What a choice needs beside its longest name: the curves out and back."""
MOST_LANES = 5
LANE = 58
LINE_HEIGHT = 21


@dataclass(frozen=True, slots=True)
class Dot:
    """A station: ``kind`` is empty, choice, milestone, optional, external or small (on a branch)."""

    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """A name in lines, each with its own height; ``anchor`` is start, middle or end."""

    x: float
    anchor: str
    strong: bool
    lines: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class LineMap:
    """The drawing: a box, the trunk and branches as path data, stations, labels, and where the line ends.

    ``turned`` asks for the shapes to be mirrored; labels are in their places already.
    """

    width: int
    height: int
    turned: bool
    trunk: tuple[str, ...]
    branches: tuple[str, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    end_x: float
    end_y: float


def line_map(scope: Scope, pathway: Any) -> LineMap | None:
    """Draw a pathway, or return None where it is too long or its names are too wide to be read."""
    steps = pathway.steps
    widths = [_branches_width(scope, step) if step.of else 0 for step in steps]
    lanes = max((len(step.of) for step in steps), default=0)
    plain = sum(1 for width in widths if not width) + 1
    column = (WIDTH - 2 * EDGE - sum(widths)) / plain
    if column < LEAST_COLUMN or lanes > MOST_LANES:
        return None
    pen = _Pen(scope, max(190, lanes * LANE + 24), column)
    for step, width in zip(steps, widths, strict=True):
        if width:
            pen.choice(step, width)
        else:
            pen.stop(step)
    return pen.finish(pathway)


def _branches_width(scope: Scope, step: Any) -> float:
    """How much room a choice needs for the longest name on its branches."""
    longest = max(len(option_name(scope, option)) for option in step.of)
    return longest * LETTER + CURVES


class _Pen:
    """Draws from left to right, and turns the whole round at the end for languages that read the other way."""

    def __init__(self, scope: Scope, height: float, column: float) -> None:
        self.scope = scope
        self.height = height
        self.y = height / 2
        self.column = column
        self.x = EDGE + 12.0
        self.from_x = self.x
        self.trunk: list[str] = []
        self.branches: list[str] = []
        self.dots: list[Dot] = []
        self.labels: list[Label] = []

    def stop(self, step: Any) -> None:
        """Draw one station with its name above."""
        kind = "milestone" if step.milestone else "optional" if step.optional else "external" if step.credential else ""
        self.dots.append(Dot(kind, round(self.x, 1), round(self.y, 1)))
        lines = wrapped(option_name(self.scope, step), self.letters(self.column - 16), 3)
        self.label(lines, self.x - 12, self.y - 30 - (len(lines) - 1) * LINE_HEIGHT)
        self.x += self.column

    def choice(self, step: Any, width: float) -> None:
        """Draw a station that parts into branches, one for each option, and where they meet again."""
        start, end, y0 = self.x, self.x + width - 56, self.y
        self.trunk.append(f"M{self.from_x:.1f} {y0:.1f}H{start:.1f}")
        first, last = start + 84, end - 64
        for place, option in enumerate(step.of):
            y = y0 + (place - (len(step.of) - 1) / 2) * LANE
            out = f"M{start:.1f} {y0:.1f}C{start + 44:.1f} {y0:.1f} {start + 36:.1f} {y:.1f} {first:.1f} {y:.1f}"
            back = f"C{end - 16:.1f} {y:.1f} {end - 24:.1f} {y0:.1f} {end + 10:.1f} {y0:.1f}"
            self.branches.append(f"{out}H{last:.1f}{back}")
            self.dots.append(Dot("small", round(first + 14, 1), round(y, 1)))
            self.label((option_name(self.scope, option),), first + 30, y - 13)
        self.dots.append(Dot("choice", round(start, 1), round(y0, 1)))
        self.label((choice_text(self.scope, step),), start - 8, y0 + 46, anchor="end")
        self.from_x = end
        self.x += width

    def letters(self, width: float) -> int:
        """How many letters of a label go into a width."""
        return max(int(width / LETTER), 6)

    def label(self, lines: tuple[str, ...], x: float, y: float, *, anchor: str = "start", strong: bool = True) -> None:
        """Write lines below each other, the first at ``y``."""
        placed = tuple((round(y + i * LINE_HEIGHT, 1), line) for i, line in enumerate(lines))
        self.labels.append(Label(round(x, 1), anchor, strong, placed))

    def finish(self, pathway: Any) -> LineMap:
        """Draw the end of the line and what it is worth, and return the drawing."""
        end = float(WIDTH - EDGE)
        self.trunk.append(f"M{self.from_x:.1f} {self.y:.1f}H{end}")
        last = terminus(self.scope, pathway)
        name = wrapped(last.name, self.letters(self.column + 60), 3)
        note = wrapped(last.note, self.letters(self.column + 60), 2) if last.note else ()
        top = self.y - 40 - (len(name) + len(note) - 1) * LINE_HEIGHT
        self.label(name, end + 6, top, anchor="end")
        self.label(note, end + 6, top + len(name) * LINE_HEIGHT, anchor="end", strong=False)
        turned = self.scope.words.direction == "rtl"
        labels = [Label(WIDTH - one.x, one.anchor, one.strong, one.lines) if turned else one for one in self.labels]
        return LineMap(
            width=WIDTH,
            height=round(self.height),
            turned=turned,
            trunk=tuple(self.trunk),
            branches=tuple(self.branches),
            dots=tuple(self.dots),
            labels=tuple(one for one in labels if one.lines),
            end_x=end,
            end_y=round(self.y, 1),
        )


def wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Break a name into lines of about ``width`` letters; what does not fit in ``most`` lines ends in dots.

    The whole name is in the list below the drawing, so nothing is lost.
    """
    lines: list[str] = []
    for word in (one if len(one) <= width + 2 else one[:width] + "…" for one in text.split()):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) <= most:
        return tuple(lines)
    kept = lines[:most]
    return (*kept[:-1], kept[-1][: max(width - 1, 4)].rstrip(" ,;") + "…")
