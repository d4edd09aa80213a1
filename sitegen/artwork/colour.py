"""Colours by lightness, chroma and hue, and the contrast between two of them.

Every colour of the art and of a theme is stated in OKLCH, where equal numbers look equally strong, and
leaves here as sRGB hex. The matrices are Björn Ottosson's, https://bottosson.github.io/posts/oklab/,
which CSS Color 4, section 9.2, adopts. Contrast is that of WCAG 2.2, success criterion 1.4.3.
"""

from __future__ import annotations

import math
from functools import cache

Rgb = tuple[float, float, float]

_EDGE = 5e-4
"""How far outside 0 to 1 a linear channel may fall and still count as sRGB: less than half a step of 255."""


def oklch_to_srgb(lightness: float, chroma: float, hue: float) -> str:
    """Return ``#rrggbb`` for an OKLCH colour, giving up chroma where sRGB cannot show it.

    ``lightness`` runs from 0 (black) to 1 (white), ``chroma`` from 0 (grey) to about 0.37, ``hue`` is in
    degrees. Lightness and hue are kept, as text contrast rests on the first and meaning on the second.
    """
    lightness, chroma = min(1.0, max(0.0, lightness)), max(0.0, chroma)
    if not _shown(lightness, chroma, hue):
        chroma = min(chroma, chroma_ceiling(lightness, hue))
    channels = _linear(lightness, chroma, hue)
    return "#" + "".join(f"{round(255 * _encoded(channel)):02x}" for channel in channels)


@cache
def chroma_ceiling(lightness: float, hue: float) -> float:
    """Return the highest chroma that sRGB can show at this lightness and hue."""
    low, high = 0.0, 0.4
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if _shown(lightness, middle, hue) else (low, middle)
    return low


def relative_luminance(colour: str) -> float:
    """Return how light ``#rrggbb`` is, from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    red, green, blue = (_decoded(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """Return the WCAG 2.2 contrast of two ``#rrggbb`` colours, from 1 to 21, in either order."""
    darker, lighter = sorted((relative_luminance(one), relative_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _shown(lightness: float, chroma: float, hue: float) -> bool:
    return all(-_EDGE <= channel <= 1 + _EDGE for channel in _linear(lightness, chroma, hue))


def _linear(lightness: float, chroma: float, hue: float) -> Rgb:
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encoded(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
