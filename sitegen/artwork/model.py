"""What a badge's picture is made from."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sitegen.artwork.pictograms import PICTOGRAMS
from sitegen.artwork.silhouette import SHAPES

MOST_MARKS = 24
"""More level marks than this could not be counted on the ring."""


@dataclass(frozen=True, slots=True)
class Artwork:
    """Everything that a badge's generated picture depends on.

    - ``id``: the badge's identifier; the engraving grows from it and it ends the small print.
    - ``name``, ``issuer``: as set in the small print. Scripts without outlines here are left out.
    - ``shape``: one of ``SHAPES``, which stands for the kind of credential.
    - ``hue``: degrees on the OKLCH ring; ``chroma``: the most that hue carries at lightness .48.
    - ``lit`` of ``marks``: level ticks in gold of how many; 0 of 0 where a badge has no level.
    - ``pictogram``: a name in ``PICTOGRAMS``, or '' for ``initials``, one to three letters.
    - ``mark``: the issuer's one or two letters, at the foot.
    - ``assessed``: a deep field; without it a pale one, which tells taking part from having been judged.
    """

    id: str
    name: str
    issuer: str
    shape: str
    hue: float
    chroma: float
    lit: int
    marks: int
    pictogram: str
    initials: str
    mark: str
    assessed: bool

    def __post_init__(self) -> None:
        """Refuse what no drawing can be made of: a value here is the caller's, not an author's."""
        if self.shape not in SHAPES:
            raise ValueError(f"unknown shape {self.shape!r}: use one of {', '.join(SHAPES)}")
        if self.pictogram and self.pictogram not in PICTOGRAMS:
            raise ValueError(f"unknown pictogram {self.pictogram!r}")
        if not 0 <= self.lit <= self.marks <= MOST_MARKS:
            raise ValueError(f"level marks run from 0 to {MOST_MARKS}, not {self.lit} of {self.marks}")
        if not (math.isfinite(self.hue) and math.isfinite(self.chroma) and self.chroma >= 0):
            raise ValueError(f"not a colour: hue {self.hue}, chroma {self.chroma}")
