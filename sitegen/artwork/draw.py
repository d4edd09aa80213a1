"""From what a badge is to what is drawn: the recipe, from the back to the front."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from dataclasses import dataclass

from sitegen.artwork import lettering, microprint
from sitegen.artwork.colour import oklch_to_srgb
from sitegen.artwork.display import Clip, Copies, Item, Mark, Picture
from sitegen.artwork.engraving import engraving
from sitegen.artwork.model import Artwork
from sitegen.artwork.path import Affine, Circle, Geometry, arc, moved, polyline, scaled
from sitegen.artwork.pathdata import outline
from sitegen.artwork.pictograms import NEUTRAL, PICTOGRAMS
from sitegen.artwork.seed import Seed
from sitegen.artwork.silhouette import EYELET, SILHOUETTES, Silhouette

MIDDLE = 200.0
"""Everything is centred on this x."""

MEDALLION, LEVELS, PRINT, BAND = 95.0, 106.0, 119.4, 135.0
"""Radii: of the disc, of the level ring, of the small print's baseline, of the band that holds both."""

BRONZE = 18.0
"""Degrees towards red by which the shades of pure yellow turn: at its own hue they would be olive mud."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one badge, all from its hue but the gold of the level marks.

    From the edge inwards: ``deep`` outline, light ``edge``, ``field`` with ``fine`` and ``bold`` lines and the
    issuer's letters at the ``foot``, ``band`` with its ``letters`` and with ``lit`` and ``off`` level marks,
    ``disc`` with its ``sign``.
    """

    deep: str
    edge: str
    field: str
    fine: str
    bold: str
    band: str
    letters: str
    off: str
    lit: str
    disc: str
    sign: str
    foot: str


def palette(art: Artwork) -> Palette:
    """Return the colours: lightness goes by role, so that contrast holds at every hue."""
    strength = min(1.0, art.chroma / 0.11)

    def tone(lightness: float, chroma: float) -> str:
        return oklch_to_srgb(lightness, chroma * strength, art.hue)

    def shade(lightness: float, chroma: float) -> str:
        return oklch_to_srgb(lightness + 0.09 * lift, chroma * strength, art.hue - BRONZE * lift)

    lift = _yellowness(art.hue)
    deep, deeper, light = shade(0.37, 0.105), shade(0.27, 0.075), tone(0.985, 0.012)
    gold = oklch_to_srgb(0.88, 0.155, 95)
    disc, sign = light, deep
    if art.shape == "shield":
        disc, sign = deep, light
    elif art.shape == "seal":
        disc, sign = oklch_to_srgb(0.91, 0.10, 95), deeper
    return Palette(
        deep=deep,
        edge=light,
        field=deep if art.assessed else tone(0.93, 0.05),
        fine=tone(0.66 + 0.05 * lift, 0.11) if art.assessed else tone(0.70, 0.11),
        bold=tone(0.86, 0.13) if art.assessed else tone(0.50, 0.12),
        band=deeper if art.assessed else deep,
        letters=tone(0.93, 0.04),
        off=shade(0.50, 0.08),
        lit=gold,
        disc=disc,
        sign=sign,
        foot=light if art.assessed else deep,
    )


def _yellowness(hue: float) -> float:
    """Return how near a hue is to yellow, from 0 to 1."""
    apart = abs((hue - 96 + 180) % 360 - 180)
    return max(0.0, 1 - (apart / 40) ** 2)


def picture(art: Artwork) -> Picture:
    """Return the whole drawing of a badge."""
    shape, colours = SILHOUETTES[art.shape], palette(art)
    items = (
        *_ground(art, shape, colours),
        *_band(art, shape, colours),
        *_medallion(art, shape, colours),
        *_foot(art, shape, colours),
    )
    return Picture(
        key=_key(art.id),
        title=art.name,
        description=f"{art.issuer}, {art.id}",
        items=items,
    )


def _key(id: str) -> str:
    """Return six letters and figures that stand for an id."""
    number = int.from_bytes(hashlib.sha256(id.encode("utf-8", "backslashreplace")).digest()[:6], "big")
    figures = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "a" + "".join(figures[number // 36**i % 36] for i in range(5))


def _ground(art: Artwork, shape: Silhouette, colours: Palette) -> tuple[Item, ...]:
    """Return the edge, the light band that saves it on dark, and the engraved field."""
    lines = engraving(Seed(art.id), shape.reach)
    fine, bold = (
        [
            Copies(line.geometry, line.places, colour, width, x=MIDDLE, y=shape.middle)
            for line in lines
            if line.bold == kind
        ]
        for kind, colour, width in ((False, colours.fine, 1.3), (True, colours.bold, 1.7))
    )
    items: list[Item] = [Mark(shape.outline(0), colours.deep)]
    if art.shape != "tag" or art.assessed:
        items.append(Mark(shape.outline(4.4), colours.edge))
    items += [
        Mark(shape.outline(11), colours.field),
        Clip(shape.outline(19), (*fine, *bold)),
        Mark(shape.outline(19), colours.bold, 1.6),
    ]
    if art.shape == "tag":
        items.append(Mark(Circle(EYELET.x, EYELET.y, EYELET.r + 4), colours.foot, 8))
    return tuple(items)


def _band(art: Artwork, shape: Silhouette, colours: Palette) -> tuple[Item, ...]:
    """Return the small print and the level ring, on a band of their own."""
    x, y = MIDDLE, shape.middle
    items: list[Item] = [
        Mark(Circle(x, y, BAND + 0.5), colours.bold),
        Mark(Circle(x, y, BAND - 1.5), colours.band),
        *microprint.ring(art.name, art.issuer, art.id, x, y, PRINT, colours.letters),
    ]
    if not art.marks:
        return (*items, Mark(Circle(x, y, LEVELS), colours.off, 4))
    each = 360 / art.marks
    gap = min(7.0, each * 0.3)
    spans = [(180 + each * i + gap / 2, 180 + each * (i + 1) - gap / 2) for i in range(art.marks)]
    ticks = [arc(x, y, LEVELS, *span) for span in spans]
    lit, off = tuple(ticks[: art.lit]), tuple(ticks[art.lit :])
    items += [Mark(off, colours.off, 4)] if off else []
    items += [Mark(lit, colours.lit, 11)] if lit else []
    return tuple(items)


def _medallion(art: Artwork, shape: Silhouette, colours: Palette) -> tuple[Item, ...]:
    """Return the disc with the pictogram or the initials."""
    x, y = MIDDLE, shape.middle
    ringed = art.shape in ("shield", "seal")
    items: list[Item] = [Mark(Circle(x, y, MEDALLION), colours.disc)]
    if ringed:
        items.append(Mark(Circle(x, y, MEDALLION - 6), colours.sign, 2))
    initials = unicodedata.normalize("NFC", art.initials.strip())
    if not art.pictogram and lettering.settable(initials, "initials"):
        return (*items, _word(initials, x, y, 76.0 if ringed else 83.0, 86.0, colours.sign))
    name = art.pictogram or Seed(art.id).pick("pictogram", NEUTRAL)
    k = 1.16 if ringed else 1.28
    return (*items, *_pictogram(name, x, y, k, colours))


def _pictogram(name: str, x: float, y: float, k: float, colours: Palette) -> tuple[Mark, ...]:
    """Return a pictogram with its middle at (x, y), its box ``100 * k`` units wide."""
    marks = []
    for part in PICTOGRAMS[name]:
        geometry: Geometry
        if isinstance(part.shape, Circle):
            geometry = Circle(x + (part.shape.x - 50) * k, y + (part.shape.y - 50) * k, part.shape.r * k)
        else:
            geometry = moved(outline(part.shape), scaled(k, x - 50 * k, y - 50 * k))
        marks.append(Mark(geometry, colours.sign if part.ink else colours.disc, part.width * k))
    return tuple(marks)


def _foot(art: Artwork, shape: Silhouette, colours: Palette) -> tuple[Item, ...]:
    """Return the issuer's letters in a cleared disc, or a lozenge where they cannot be set."""
    x, y = MIDDLE, shape.foot
    clear = 15.5 if art.shape == "tag" else 24.0
    letters = unicodedata.normalize("NFC", art.mark.strip())
    disc = Mark(Circle(x, y, clear), colours.field)
    if lettering.settable(letters, "initials"):
        return (disc, _word(letters, x, y, clear * 0.82, clear * 0.95, colours.foot))
    half = clear * 0.5
    lozenge = polyline([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], closed=True)
    return (disc, Mark((lozenge,), colours.foot))


def _word(text: str, x: float, y: float, r: float, tallest: float, colour: str) -> Mark:
    """Return a word as large as a circle of radius ``r`` holds, capitals at most ``tallest`` units high."""
    set_in_ems = lettering.line(text)
    half = math.hypot(set_in_ems.width / 2, lettering.CAP_HEIGHT / 2)
    size = min(r / half, tallest / lettering.CAP_HEIGHT)
    by = Affine(size, 0, 0, size, x - set_in_ems.width / 2 * size, y + lettering.CAP_HEIGHT / 2 * size)
    return Mark(moved(set_in_ems.path, by), colour)
