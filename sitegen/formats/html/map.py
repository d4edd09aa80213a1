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
MOST_COLUMNS = 8
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
    """The drawing: a box, the trunk and branches as path data, stations, labels, and where the line ends."""

    width: int
    height: int
    trunk: tuple[str, ...]
    branches: tuple[str, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    end_x: float
    end_y: float


def line_map(scope: Scope, pathway: Any) -> LineMap | None:
    """Draw a pathway, or return None where it is too long or too wide to be read."""
    steps = pathway.steps
    lanes = max((len(step.of) for step in steps), default=0)
    columns = sum(2 if step.of else 1 for step in steps) + 1
    if columns > MOST_COLUMNS or lanes > MOST_LANES:
        return None
    height = max(190, lanes * LANE + 24)
    pen = _Pen(scope, height / 2 if lanes else 96.0, (WIDTH - 2 * EDGE) / columns)
    for step in steps:
        if step.of:
            pen.choice(step)
        else:
            pen.stop(step)
    return pen.finish(pathway, height)


class _Pen:
    """Draws from left to right; a choice takes two columns, everything else one."""

    def __init__(self, scope: Scope, middle: float, column: float) -> None:
        self.scope = scope
        self.y = middle
        self.column = column
        self.x = EDGE + 12.0
        self.from_x = self.x
        self.trunk: list[str] = []
        self.branches: list[str] = []
        self.dots: list[Dot] = []
        self.labels: list[Label] = []

    def stop(self, step: Any) -> None:
        kind = "milestone" if step.milestone else "optional" if step.optional else "external" if step.credential else ""
        self.dots.append(Dot(kind, round(self.x, 1), round(self.y, 1)))
        self.label(option_name(self.scope, step), self.x - 12, self.y - 30, self.column - 16)
        self.x += self.column

    def choice(self, step: Any) -> None:
        count, start, end = len(step.of), self.x, self.x + 2 * self.column - 56
        self.trunk.append(f"M{self.from_x:.1f} {self.y:.1f}H{start:.1f}")
        inner_start, inner_end = start + 84, end - 64
        for place, option in enumerate(step.of):
            y = self.y + (place - (count - 1) / 2) * LANE
            self.branches.append(
                f"M{start:.1f} {self.y:.1f}C{start + 44:.1f} {self.y:.1f} {start + 36:.1f} {y:.1f} {inner_start:.1f} {y:.1f}"
                f"H{inner_end:.1f}C{end - 16:.1f} {y:.1f} {end - 24:.1f} {self.y:.1f} {end + 10:.1f} {self.y:.1f}"
            )
            self.dots.append(Dot("small", round(inner_start + 14, 1), round(y, 1)))
            name = option_name(self.scope, option)
            self.label(name, inner_start + 30, y - 13, inner_end - inner_start - 20, most=1)
        self.dots.append(Dot("choice", round(start, 1), round(self.y, 1)))
        text = choice_text(self.scope, step)
        self.label(text, start + 12, self.y + 46, self.column - 16, anchor="end", below=True)
        self.from_x = end
        self.x += 2 * self.column

    def label(
        self, text: str, x: float, y: float, width: float, *, anchor: str = "start", most: int = 3, below: bool = False
    ) -> None:
        """Write a name in lines that end at ``y``, or begin there when it stands below the line."""
        lines = wrapped(text, max(int(width / LETTER), 6), most)
        first = y if below else y - (len(lines) - 1) * LINE_HEIGHT
        placed = tuple((round(first + i * LINE_HEIGHT, 1), line) for i, line in enumerate(lines))
        self.labels.append(Label(round(x, 1), anchor, True, placed))

    def finish(self, pathway: Any, height: int) -> LineMap:
        end = WIDTH - EDGE
        self.trunk.append(f"M{self.from_x:.1f} {self.y:.1f}H{end}")
        last = terminus(self.scope, pathway)
        note = wrapped(last.note, int((self.column + 40) / LETTER), 2) if last.note else ()
        self.label(last.name, end + 6, self.y - 40 - len(note) * LINE_HEIGHT, self.column + 60, anchor="end")
        top = self.y - 40 - (len(note) - 1) * LINE_HEIGHT
        lines = tuple((round(top + i * LINE_HEIGHT, 1), line) for i, line in enumerate(note))
        if lines:
            self.labels.append(Label(end + 6, "end", False, lines))
        parts = (self.trunk, self.branches, self.dots, self.labels)
        return LineMap(WIDTH, height, *(tuple(part) for part in parts), end, round(self.y, 1))  # type: ignore[arg-type]


def wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Break a name into lines of about ``width`` letters; what does not fit in ``most`` lines ends in dots.

    The whole name is in the list below the drawing, so nothing is lost.
    """
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) <= most:
        return tuple(lines)
    kept = lines[:most]
    return (*kept[:-1], kept[-1][: max(width - 1, 4)].rstrip(" ,;") + "…")
