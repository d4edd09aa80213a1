"""Writing the files of a generated site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from bench.catalogue import PICTURES, Item
from bench.pictures import picture

THEME = Path(__file__).parents[1] / "sitegen" / "themes" / "default"
"""The built-in theme: the peers are given its style sheets and fonts."""


def write(path: Path, text: str) -> None:
    """Write ``text``, and make the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_items(pictures: Path, items: Iterable[Item], art: bool, place: Callable[[Item], tuple[Path, str]]) -> None:
    """Write every item where ``place`` says, with the text it gives; and the pictures, unless they are to be drawn."""
    if not art:
        pictures.mkdir(parents=True)
        for number in range(PICTURES):
            (pictures / f"plate-{number}.png").write_bytes(picture(number))
    for item in items:
        write(*place(item))
