"""Write the web fonts of the built-in theme and of the sample theme.

    npm pack @fontsource-variable/archivo @fontsource-variable/brygada-1918 @fontsource-variable/source-sans-3
    for f in fontsource-variable-*.tgz; do mkdir "${f%.tgz}" && tar xzf "$f" -C "${f%.tgz}"; done
    python tools/make_fonts.py .

Each font is cut down to the characters, the part of its axes and the features that the stylesheets use, and
written as woff2 with its licence (SIL Open Font Licence 1.1) beside it. The names of the files say which
characters they hold; the stylesheets give the same ranges to ``unicode-range``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT / "sitegen" / "themes" / "default" / "static" / "fonts"
SAMPLE = ROOT / "themes" / "harbourside" / "static" / "fonts"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum", "pnum"]
LATIN = "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2002-200F,U+2010-2015"
LATIN += ",U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2191,U+2193"
LATIN += ",U+2212,U+2215"
LATIN_EXT = "U+0100-0130,U+0132-0151,U+0154-024F,U+0259,U+02B9-02C5,U+02C7-02CC,U+1E00-1EFF,U+20A0-20AB,U+20AD-20C0"
MOST_BYTES = 90_000


@dataclass(frozen=True)
class Cut:
    """One font file to write: from which package, with which characters and axes, to where."""

    package: str
    source: str
    characters: str
    axes: dict[str, tuple[float, float]]
    target: Path


CUTS = (
    Cut("archivo", "archivo-latin-standard-normal", LATIN, {"wght": (400, 760), "wdth": (92, 100)}, DEFAULT),
    Cut("archivo", "archivo-latin-ext-standard-normal", LATIN_EXT, {"wght": (400, 760), "wdth": (92, 100)}, DEFAULT),
    Cut("brygada-1918", "brygada-1918-latin-wght-normal", LATIN, {"wght": (400, 600)}, SAMPLE),
    Cut("source-sans-3", "source-sans-3-latin-wght-normal", LATIN, {"wght": (400, 700)}, SAMPLE),
)


def ranges(text: str) -> list[int]:
    """Return the code points that a CSS ``unicode-range`` names."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def cut(folder: Path, spec: Cut) -> Path:
    """Write one font and return its path."""
    font = TTFont(folder / "files" / f"{spec.source}.woff2", recalcTimestamp=False)
    options = subset.Options(layout_features=FEATURES, hinting=False, desubroutinize=True, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=ranges(spec.characters))
    subsetter.subset(font)
    font = instantiateVariableFont(font, spec.axes)
    name = spec.source.replace("-standard-normal", "").replace("-wght-normal", "")
    path = spec.target / f"{name}.woff2"
    path.parent.mkdir(parents=True, exist_ok=True)
    font.flavor = "woff2"
    font.save(path)
    return path


def main(packages: Path) -> None:
    """Write every font below ``packages``, where the npm packages were unpacked."""
    for spec in CUTS:
        folder = next(packages.glob(f"fontsource-variable-{spec.package}-*/package"))
        path = cut(folder, spec)
        (spec.target / f"OFL-{spec.package}.txt").write_text((folder / "LICENSE").read_text("utf-8"), "utf-8")
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}: {size} bytes{'' if size <= MOST_BYTES else ', too large'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
