"""What has to be known about a generator to measure it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.catalogue import slug_of

REPOSITORY = Path(__file__).parents[2]
EDITION = "Edition 1"
"""Stands in the footer of every page of every peer; the edit of a partial raises the number."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator. Functions take the folder of its tools, that of the site, or both.

    ``courses`` and ``badges`` are patterns of an item's file; ``caches`` are what it keeps beside its output.
    """

    name: str
    title: str
    command: Callable[[Path, Path], list[str]]
    serve: Callable[[Path, Path, int], list[str]]
    version: Callable[[Path], list[str]]
    generate: Callable[[Path, int, bool], None]
    installed: Callable[[Path], bool]
    install: Callable[[Path], None]
    output: str
    courses: str
    badges: str
    partial: str
    config: str
    caches: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def edit(self, site: Path, scenario: str, turn: int, pairs: int) -> None:
        """Make the edit of ``scenario``: another item at each turn, another text at each turn."""
        if scenario in EDITS:
            EDITS[scenario](self, site, turn, pairs)

    def forget(self, site: Path) -> None:
        """Remove the output and every cache, so that the next build is a cold one."""
        for pattern in (self.output, *self.caches):
            for path in site.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _rewrite(path: Path, pattern: str, text: str) -> None:
    before = path.read_text(encoding="utf-8")
    after = re.sub(pattern, text, before, count=1, flags=re.MULTILINE)
    if after == before:
        raise ValueError(f"the edit of {path.name} changes nothing")
    path.write_text(after, encoding="utf-8")


def _page(peer: Peer, site: Path, turn: int, pairs: int) -> None:
    path = site / peer.courses.format(slug_of("course", _item(turn, pairs)))
    path.write_text(f"{path.read_text(encoding='utf-8')}\nAdded on turn {turn}.\n", encoding="utf-8")


def _badge(peer: Peer, site: Path, turn: int, pairs: int) -> None:
    path = site / peer.badges.format(slug_of("badge", _item(turn, pairs)))
    _rewrite(path, r"^(name|title): .*", rf"\1: Renamed badge {turn}")


def _partial(peer: Peer, site: Path, turn: int, _: int) -> None:
    _rewrite(site / peer.partial, r"Edition \d+", f"Edition {turn + 2}")


def _config(peer: Peer, site: Path, turn: int, _: int) -> None:
    _rewrite(site / peer.config, r"Bench catalogue( \d+)?", f"Bench catalogue {turn + 2}")


def _item(turn: int, pairs: int) -> int:
    # Spread over the catalogue, so that no two turns meet on one listing page by chance.
    return (turn * 7919 + 11) % pairs


EDITS: Mapping[str, Callable[[Peer, Path, int, int], None]] = {
    "page": _page,
    "badge": _badge,
    "partial": _partial,
    "config": _config,
}
