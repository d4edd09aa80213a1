"""Which family of engraving a badge has: its id decides."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sitegen.artwork import fields, rings
from sitegen.artwork.lines import Family, Line
from sitegen.artwork.seed import Seed

FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "braid": rings.braid,
        "burst": rings.burst,
        "comb": fields.comb,
        "contour": fields.contour,
        "guilloche": rings.guilloche,
        "herringbone": fields.herringbone,
        "moire": rings.moire,
        "orbit": rings.orbit,
        "petal": rings.petal,
        "rays": rings.rays,
        "ripple": rings.ripple,
        "rosette": rings.rosette,
        "scales": fields.scales,
        "strings": rings.strings,
        "tide": fields.tide,
        "vortex": rings.vortex,
        "weave": fields.weave,
        "whirl": rings.whirl,
    }
)


def family(seed: Seed) -> str:
    """Return the name of the family that an id falls to."""
    return seed.pick("family", tuple(FAMILIES))


def engraving(seed: Seed, reach: float) -> list[Line]:
    """Return the lines of the badge whose id ``seed`` holds, about the medallion's centre."""
    return FAMILIES[family(seed)](seed, reach)
