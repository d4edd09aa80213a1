"""Write sitegen/artwork/glyphs.py: the outlines that badge art is lettered with.

    npm pack @fontsource-variable/archivo && tar xzf fontsource-variable-archivo-*.tgz
    python tools/make_glyphs.py package

Two cuts of Archivo (SIL Open Font Licence 1.1) are taken out of the variable font: a wide one of middle
weight for the small print, which is set in capitals, and a narrow heavy one for initials. A glyph is a line
of text: code point in hex, advance in thousandths of the em, then its outline. ``=45`` begins with the
outline of the glyph 45; then ``l`` stands before a point on the curve, ``q`` before a control point, both
relative to the point before, y upwards, and ``z`` ends a contour.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PACKAGE = Path(__file__).resolve().parent.parent / "sitegen" / "artwork"
SUBSETS = ("latin", "latin-ext", "vietnamese")
CUTS = {"PRINT": {"wght": 620, "wdth": 106}, "INITIALS": {"wght": 760, "wdth": 92}}
PUNCTUATION = "–—‘’‚“”„†•…′″‹›⁄€™−ʼẞȘșȚț"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Contour = tuple[tuple[int, int, bool], ...]

HEADER = '''# ruff: noqa: E501 - one line is one glyph
"""Outlines of the letters on badge art, as text: written by tools/make_glyphs.py, read by lettering.py.

{copyright}
Taken from Archivo, which is under the SIL Open Font Licence, Version 1.1: so is this file. The licence
stands beside it in OFL.txt. The form of the lines is described in tools/make_glyphs.py.
"""

from __future__ import annotations

CAP_HEIGHT = {cap}
"""Height of a capital, in thousandths of the em."""
'''


def wanted() -> list[str]:
    """Return the characters to take: Basic Latin to Latin Extended-A, Vietnamese, and punctuation."""
    ranges = [*range(0x20, 0x7F), *range(0xA1, 0x180), *range(0x1EA0, 0x1EFA), 0x1A0, 0x1A1, 0x1AF, 0x1B0]
    return [chr(code) for code in ranges if code != 0xAD] + list(PUNCTUATION)


def contours(font: Any, name: str) -> tuple[Contour, ...]:
    """Return a glyph's contours as (x, y, on the curve)."""
    glyph = font["glyf"][name]
    if glyph.numberOfContours == 0:
        return ()
    points, ends, flags = glyph.getCoordinates(font["glyf"])
    out, first = [], 0
    for end in ends:
        rows = [
            (int(x), int(y), bool(f & 1)) for (x, y), f in zip(points[first : end + 1], flags[first:], strict=False)
        ]
        on = next(i for i, row in enumerate(rows) if row[2])
        out.append(tuple(rows[on:] + rows[:on]))
        first = end + 1
    return tuple(out)


def encoded(shape: tuple[Contour, ...]) -> str:
    """Return contours in the notation of the module's docstring."""
    text, px, py = "", 0, 0
    for contour in shape:
        for x, y, on in contour:
            dx, dy = x - px, y - py
            text += f"{'l' if on else 'q'}{dx}{'' if dy < 0 else ' '}{dy}"
            px, py = x, y
        text += "z"
    return text


def line(char: str, glyphs: dict[str, tuple[int, tuple[Contour, ...]]]) -> str:
    """Return the line for one character, built on its base letter where that saves anything."""
    advance, shape = glyphs[char]
    base = unicodedata.normalize("NFD", char)[0]
    if base != char and base in glyphs and set(glyphs[base][1]) <= set(shape):
        rest = tuple(contour for contour in shape if contour not in glyphs[base][1])
        return f"{ord(char):x} {advance} ={ord(base):x}{encoded(rest)}"
    return f"{ord(char):x} {advance} {encoded(shape)}".rstrip()


def kerning(font: Any) -> dict[str, int]:
    """Return the pairs of capitals that the font sets closer or wider, from its GPOS ``kern`` feature."""
    table, names = font["GPOS"].table, {font.getBestCmap()[ord(c)]: c for c in CAPITALS}
    features = [f.Feature for f in table.FeatureList.FeatureRecord if f.FeatureTag == "kern"]
    out: dict[str, int] = {}
    for index in sorted({i for feature in features for i in feature.LookupListIndex}):
        for sub in table.LookupList.Lookup[index].SubTable:
            pairs = getattr(sub, "ExtSubTable", sub)
            for left in names.keys() & set(pairs.Coverage.glyphs):
                for right, letter in names.items():
                    value = pair_value(pairs, left, right)
                    if value:
                        out.setdefault(names[left] + letter, value)
    # The font pulls X into L by 186, which makes them touch: a slip among its class values.
    return {pair: value for pair, value in sorted(out.items()) if value > -130}


def pair_value(pairs: Any, left: str, right: str) -> int:
    """Return what one GPOS pair table adds to the advance of ``left`` before ``right``."""
    if pairs.Format == 1:
        records = pairs.PairSet[pairs.Coverage.glyphs.index(left)].PairValueRecord
        found = next((r.Value1 for r in records if r.SecondGlyph == right), None)
    else:
        row = pairs.Class1Record[pairs.ClassDef1.classDefs.get(left, 0)]
        found = row.Class2Record[pairs.ClassDef2.classDefs.get(right, 0)].Value1
    return int(getattr(found, "XAdvance", 0) or 0)


def main(package: Path) -> None:
    """Read the npm package at ``package`` and write the module and the licence."""
    fonts = {
        cut: [
            instantiateVariableFont(TTFont(package / f"files/archivo-{name}-standard-normal.woff2"), axes)
            for name in SUBSETS
        ]
        for cut, axes in CUTS.items()
    }
    copyright_line = (package / "LICENSE").read_text("utf-8").splitlines()[0].split(" Archivo-Italic")[0]
    text = HEADER.format(copyright=copyright_line, cap=fonts["PRINT"][0]["OS/2"].sCapHeight)
    for cut, parts in fonts.items():
        glyphs: dict[str, tuple[int, tuple[Contour, ...]]] = {}
        for char in wanted():
            for font in parts:
                name = font.getBestCmap().get(ord(char))
                if name:
                    glyphs.setdefault(char, (font["hmtx"][name][0], contours(font, name)))
        # The small print is set in capitals; the micro sign is kept, as its capital is Greek.
        kept = [c for c in sorted(glyphs) if cut != "PRINT" or c == c.upper() or not set(c.upper()) <= glyphs.keys()]
        text += f'\n{cut} = """\\\n' + "".join(line(c, glyphs) + "\n" for c in kept) + '"""\n'
        print(cut, len(kept), "glyphs; missing:", "".join(c for c in wanted() if c not in glyphs))
    pairs = kerning(fonts["INITIALS"][0])
    text += "\nKERNING = " + repr(" ".join(f"{pair}{value}" for pair, value in pairs.items())).replace("'", '"') + "\n"
    text += '"""Pairs of capitals among the initials and what their distance changes by."""\n'
    (PACKAGE / "glyphs.py").write_text(text, "utf-8")
    (PACKAGE / "OFL.txt").write_text((package / "LICENSE").read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
