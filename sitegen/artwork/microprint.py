"""The ring of small print: the name at the top, then the issuer, then the id, closing the circle exactly."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

from sitegen.artwork import lettering
from sitegen.artwork.display import Copies, Place
from sitegen.artwork.path import Affine, Path, moved

UNIT = 1 / 20
"""Letters are written in twentieths of a unit, as whole numbers."""

LARGEST, USUAL, SMALLEST = 11.8, 10.4, 7.4
"""Sizes of the letters, in units."""

TIGHT, EASY = 0.045, 0.13
"""How far letters may and should stand apart beyond their own width, in ems."""

LONGEST = 400
"""No text of more characters could be set, however small: the rest need not be looked at."""

DOT = " · "
BEADS = "·"


@dataclass(frozen=True, slots=True)
class Setting:
    """The words of the ring, the part of them that is centred at the top, their size and tracking."""

    text: str
    head: str
    size: float
    tracking: float


def ring(name: str, issuer: str, id: str, x: float, y: float, r: float, colour: str) -> tuple[Copies, ...]:
    """Return the small print around (x, y) with its baseline at ``r``."""
    setting = fitted(name, issuer, id, 2 * math.pi * (r + USUAL * 0.34))
    places: dict[str, list[Place]] = {}
    around = lettering.width(setting.text, "print") + setting.tracking * len(setting.text)
    head = lettering.width(setting.head, "print") + setting.tracking * (len(setting.head) - 1)
    pen = -head / 2
    for char in setting.text:
        advance = lettering.glyph(char, "print").advance / lettering.EM
        if char != " ":
            places.setdefault(char, []).append(Place(turn=round(360 * (pen + advance / 2) / around % 360, 2)))
        pen += advance + setting.tracking
    size = setting.size / UNIT / lettering.EM
    return tuple(
        Copies(_standing(char, size, r / UNIT), tuple(where), colour, x=x, y=y, unit=UNIT)
        for char, where in places.items()
    )


def fitted(name: str, issuer: str, id: str, around: float) -> Setting:
    """Return the words that close a circle ``around`` units long.

    A short text goes round several times. A long one is set smaller; then the id, then the issuer is left
    out, and at last the name is cut at a word. A name in a script without outlines gives way to what can be
    set, the id at the least; where nothing can be set, there is a ring of beads.
    """
    parts = [text for text in map(_capitals, (name, issuer, id)) if text] or [BEADS]
    head = parts[0]
    for count in range(len(parts), 0, -1):
        setting = _closed(DOT.join(parts[:count]) + DOT, head, around)
        if setting:
            return setting
    while True:
        head = head.rpartition(" ")[0].rstrip(" ,;:–—-") or head[: len(head) * 3 // 4]
        setting = _closed(head + "…" + DOT, head + "…", around)
        if setting:
            return setting


def _closed(text: str, head: str, around: float) -> Setting | None:
    natural = lettering.width(text, "print")
    times = max(1, int(around / USUAL / (natural + TIGHT * len(text))))
    text, natural = text * times, natural * times
    tightest = around / (natural + TIGHT * len(text))
    size = min(tightest, LARGEST, max(USUAL, around / (natural + EASY * len(text))))
    return Setting(text, head, size, (around / size - natural) / len(text)) if size >= SMALLEST else None


def _capitals(text: str) -> str:
    """Return the text as it is set, or '' where a letter or figure of it has no outline.

    Signs without an outline, emoji among them, are left out: the words are whole without them.
    """
    out = ""
    for char in unicodedata.normalize("NFC", text[:LONGEST]):
        capital = char.upper() if lettering.settable(char.upper(), "print") else char
        if lettering.settable(capital, "print"):
            out += capital
        elif unicodedata.category(char)[0] in "LMN":
            return ""
        elif unicodedata.category(char) != "Cf":
            out += " "
    return " ".join(out.split())


def _standing(char: str, size: float, r: float) -> Path:
    """Return a letter standing at the top of the ring, upright, its middle at twelve o'clock."""
    shape = lettering.glyph(char, "print")
    return moved(shape.path, Affine(size, 0, 0, size, -shape.advance / 2 * size, -r))
