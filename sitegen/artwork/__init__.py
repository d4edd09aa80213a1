"""Badge art from a record: one pure function to SVG, another to PNG.

The same value gives the same bytes in any process. Nothing here reads a clock, a disk or the environment.
"""

from __future__ import annotations

from sitegen.artwork.colour import contrast_ratio, oklch_to_srgb
from sitegen.artwork.draw import picture
from sitegen.artwork.model import Artwork
from sitegen.artwork.pictograms import PICTOGRAMS
from sitegen.artwork.silhouette import SHAPES
from sitegen.artwork.vector import svg_bytes

__all__ = ["PICTOGRAMS", "SHAPES", "Artwork", "contrast_ratio", "oklch_to_srgb", "png", "svg"]


def svg(art: Artwork) -> bytes:
    """Return the badge as SVG: text as paths, no fonts, no scripts, nothing fetched."""
    return svg_bytes(picture(art))


def png(art: Artwork, size: int = 600) -> bytes:
    """Return the badge as a square PNG, ``size`` pixels wide, on a transparent ground."""
    from sitegen.artwork.raster import png_bytes  # noqa: PLC0415 - Pillow is loaded only where pixels are asked for

    return png_bytes(picture(art), size)
