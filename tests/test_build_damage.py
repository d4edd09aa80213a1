"""Whatever happens to what a build keeps, the next one makes what a clean one makes."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import Options, Result, build

SMALL = Path(__file__).parent / "sites" / "small"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def built(site: Path) -> Result:
    result = build(site, Options(output=site / "output", jobs=1, today=date(2026, 1, 1)))
    assert not result.failed, result.diagnostics
    return result


def edit(site: Path, text: str) -> None:
    file = site / "content/badges/open-day.md"
    file.write_text(file.read_text().replace("name: ", f"name: {text} ", 1) + f"\n{text}\n")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was built twice, so that every file of its cache has more than one piece."""
    site = tmp_path_factory.mktemp("kept") / "site"
    shutil.copytree(SMALL, site, ignore=shutil.ignore_patterns("expected"))
    built(site)
    edit(site, "Second")
    built(site)
    return site


@pytest.fixture(scope="module")
def clean(kept: Path) -> dict[str, bytes]:
    """What a clean build makes of it after another edit."""
    site = kept.parent / "clean"
    shutil.copytree(kept, site, ignore=shutil.ignore_patterns(".sitegen", "output"))
    edit(site, "Third")
    built(site)
    return tree(site / "output")


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "x").write_text("x")


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def link(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.parent.parent / "sitegen.yaml")


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for at in range(0, len(content), 50):
        content[at] ^= 1
    file.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda file: file.write_bytes(b""),
    "half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "short": lambda file: file.write_bytes(file.read_bytes()[:-3]),
    "flipped": flipped,
    "noise": lambda file: file.write_bytes(random.Random(1).randbytes(4000)),
    "folder": folder,
    "pipe": pipe,
    "link": link,
}


@pytest.mark.parametrize(
    ("how", "start"),
    [
        *((how, "") for how in DAMAGE),
        ("gone", "records"),
        ("flipped", "records"),
        ("gone", "texts-"),
        ("half", "made-"),
    ],
)
def test_damage_costs_time_and_never_a_byte(
    kept: Path, clean: dict[str, bytes], tmp_path: Path, how: str, start: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(kept, site)
    settings = (site / "sitegen.yaml").read_bytes()
    harmed = [file for file in (site / ".sitegen").iterdir() if file.name.startswith(start) and file.name != "lock"]
    assert harmed
    for file in harmed:
        DAMAGE[how](file)
    edit(site, "Third")
    for _ in range(2):
        built(site)
        assert tree(site / "output") == clean
    assert (site / "sitegen.yaml").read_bytes() == settings
