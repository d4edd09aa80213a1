"""Draw badge art on one page, to look at it: small and large, light, dark and grey, all families and signs.

    python tools/badge_sheet.py FOLDER

writes FOLDER/sheet.html and, for every badge on it, an SVG and a PNG.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sitegen.artwork import PICTOGRAMS, SHAPES, Artwork, oklch_to_srgb, png, svg
from sitegen.artwork.engraving import FAMILIES
from sitegen.artwork.engraving import family as engraved
from sitegen.artwork.seed import Seed

ISSUER = "Harbourside Institute of Technology"
TOPICS = {
    "health": (20, 0.135), "food": (50, 0.12), "ideas": (88, 0.098), "coast": (155, 0.115), "web": (200, 0.082),
    "data": (250, 0.13), "ai": (295, 0.135), "marine": (340, 0.135),
}  # fmt: skip
ROWS = (
    ("HIT-F-0117", "Food Safety Supervisor", "hexagon", "food", 3, "cloche", ""),
    ("HIT-F-0104", "Allergen Control", "circle", "food", 2, "wheat", ""),
    ("HIT-D-0201", "Data Literacy", "circle", "data", 3, "bars", ""),
    ("HIT-D-0214", "Data Storytelling", "hexagon", "data", 4, "story", ""),
    ("HIT-D-0222", "SQL for Analysts", "hexagon", "data", 4, "", "SQL"),
    ("HIT-D-0230", "Data and AI Practitioner", "shield", "data", 5, "", "DA"),
    ("HIT-A-0301", "AI Foundations", "hexagon", "ai", 4, "nodes", ""),
    ("HIT-A-0309", "Responsible AI at Work", "hexagon", "ai", 5, "eye", ""),
    ("HIT-H-0402", "Aged-Care Team Leader", "shield", "health", 5, "house-heart", ""),
    ("HIT-C-0510", "Coastal Restoration", "hexagon", "coast", 3, "dune", ""),
    ("HIT-C-0599", "Harbour Clean-up Volunteer", "tag", "coast", 0, "fish", ""),
    ("HIT-W-0612", "Accessible Front-end", "hexagon", "web", 4, "code", ""),
    ("HIT-I-0703", "Creative Thinking", "circle", "ideas", 2, "nine-dots", ""),
    ("HIT-M-0801", "Marine Radio Operator", "shield", "marine", 2, "signal", ""),
    ("HIT-I-0790", "Workplace Mentor of the Year", "seal", "ideas", 0, "", "WM"),
    ("HIT-D-0226", "Spreadsheet Modelling", "hexagon", "data", 4, "", "SM"),
    ("HIT-D-0240", "Workplace Project", "circle", "data", 5, "", "WP"),
    ("HIT-M-0812", "Small Vessel Skipper", "shield", "marine", 4, "anchor", ""),
)


def record(id: str, name: str, shape: str, topic: str, level: int, pictogram: str, initials: str) -> Artwork:
    """Return a sample badge."""
    hue, chroma = TOPICS[topic]
    marks = 10 if level else 0
    return Artwork(id, name, ISSUER, shape, hue, chroma, level, marks, pictogram, initials, "H", shape != "tag")


def samples() -> list[Artwork]:
    """Return the badges of the sample catalogue."""
    return [record(*row) for row in ROWS]


def families() -> list[Artwork]:
    """Return one badge for each family of engraving, in shapes and hues by turns."""
    out = []
    for i, family in enumerate(FAMILIES):
        id = next(id for id in (f"EX-{n:04}" for n in range(9999)) if engraved(Seed(id)) == family)
        shape, topic = SHAPES[i % len(SHAPES)], list(TOPICS)[i % len(TOPICS)]
        out.append(record(id, family.title(), shape, topic, 1 + i % 10, list(PICTOGRAMS)[i * 3 % 60], ""))
    return out


def signs() -> list[Artwork]:
    """Return one badge for each pictogram."""
    topics = list(TOPICS)
    return [
        record(f"PG-{i:03}", name.title(), SHAPES[i % 4], topics[i % len(topics)], 1 + i % 10, name, "")
        for i, name in enumerate(PICTOGRAMS)
    ]


def edges() -> list[Artwork]:
    """Return badges that put the recipe under strain."""
    one = record("EX-9001", "Care", "hexagon", "food", 3, "", "W")
    return [
        replace(one, name="Ab", issuer="Ng", id="1"),
        replace(
            one, shape="circle", name="Advanced certificate in the supervision of hazardous freight on inland waterways"
        ),
        replace(one, shape="seal", name="Introduction to " * 12, initials="WWW"),
        replace(one, shape="shield", name="食品安全", initials="食", mark="海"),
        replace(one, shape="tag", assessed=True, name="سلامة الغذاء", initials="", lit=4, marks=6),
        replace(
            one, shape="tag", assessed=False, name="Đặng Łódź Ünlü Žižkov", initials="ĐŽ", lit=4, marks=24, mark="NU"
        ),
        replace(one, chroma=0.0, initials="pH", lit=8, marks=8, mark="Q"),
        replace(one, shape="circle", assessed=False, hue=110, chroma=0.1, initials="AVA", mark="WA"),
    ]


def row(title: str, badges: Iterable[Artwork], width: int, style: str, dark: bool = False, ext: str = "svg") -> str:
    """Return one section of the page."""
    cells = ""
    for art in badges:
        plate = oklch_to_srgb(0.295 if dark else 0.905, 0.045 if dark else 0.04, art.hue)
        pad = width * 9 // 100
        cells += f'<img src="{name(art)}.{ext}" width="{width + 2 * pad}" style="background:{plate};padding:{pad}px">'
    return f'<h2>{title}</h2><div style="{style}">{cells}</div>'


def name(art: Artwork) -> str:
    """Return the name of a badge's files, which differs between any two badges."""
    return f"{art.id}-{art.shape}-{hashlib.sha256(repr(art).encode()).hexdigest()[:6]}"


def main(folder: Path) -> None:
    """Write the page and its pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for art in {*samples(), *families(), *signs(), *edges()}:
        (folder / f"{name(art)}.svg").write_bytes(svg(art))
        (folder / f"{name(art)}.png").write_bytes(png(art))
    night = "background:#101519;padding:10px"
    grey = "filter:grayscale(1)"
    pages = {
        "sheet": row("At 90 px, light", samples(), 90, "") + row("Dark", samples(), 90, night, dark=True)
        + row("Greyscale", samples(), 90, grey) + row("At 400 px", samples()[8:15], 400, ""),
        "families": row("Families at 90 px", families(), 90, "") + row("Families", families(), 300, ""),
        "signs": row("Pictograms at 90 px, PNG", signs(), 90, "", ext="png") + row("Pictograms", signs(), 200, ""),
        "edges": row("Under strain", edges(), 400, "")
        + row("The same as PNG", edges(), 400, night, dark=True, ext="png"),
    }  # fmt: skip
    for page, body in pages.items():
        css = "*{box-sizing:border-box}body{margin:20px;font:15px sans-serif}div{display:flex;flex-wrap:wrap;gap:8px}"
        (folder / f"{page}.html").write_text(f"<!doctype html><meta charset=utf-8><style>{css}</style>{body}", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
