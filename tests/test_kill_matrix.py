"""A build that is killed at any of its calls of the file system, while somebody reads two pages that name each other.

Readers see the old site or the new one, and the next build makes what a clean build makes. Publishing by itself is
killed at every call in tests/shell/test_publish_faults.py; here it is the whole program: what it keeps for the next
build, what it writes between publishing and remembering, and its workers.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import pytest

from sitegen.build import Options, build
from sitegen.shell.publish import MANIFEST
from tests.changing import DAY, cleanly, differing, in_memory, make, templates_kept, tree
from tests.killing import apart, counting, die, ended, killed_at

BADGE, COURSE = "badges/safe-kitchen/index.html", "courses/safe-kitchen/index.html"
"""Both show the name of the badge, in which the number of the build stands."""

NUMBER = re.compile(rb"Edition \d{6}")


@dataclass(frozen=True)
class Scene:
    """A change to the site, given its number; how it is built, and how far apart the calls are that end it."""

    change: Callable[[Path, int], None]
    step: int
    least: int
    """How many times it has to be killed, at the least."""
    jobs: int = 1
    reading: bool = True


def renamed(site: Path, number: int) -> None:
    path = site / "content/badges/safe-kitchen.md"
    path.write_text(re.sub(r"(?m)^name: .*$", f"name: Edition {number:06}", path.read_text()))


def restyled(site: Path, number: int) -> None:
    """Change what every page shows, too."""
    renamed(site, number)
    settings = site / "sitegen.yaml"
    settings.write_text(re.sub(r"(?m)^description: .*$", f"description: Edition {number:06}.", settings.read_text()))


def added_or_deleted(site: Path, number: int) -> None:
    """Take a badge away with its picture, or bring it back, and change a name."""
    renamed(site, number)
    for name, content in (
        ("guest.md", GUEST),
        ("img/guest.png", (site / "content/badges/img/open-day.png").read_bytes()),
    ):
        path = site / "content/badges" / name
        if path.exists():
            path.unlink()
        else:
            path.write_bytes(content)


GUEST = b"""---
name: Guest
description: Came as a guest.
issuer: academy
badgeKind: participation
image: {id: img/guest.png, caption: A plate on a table}
---
Be there.
"""


def from_nothing(site: Path, number: int) -> None:
    """Take away the output and all that a build keeps."""
    renamed(site, number)
    for path in [site / ".sitegen", *site.parent.glob("output"), *site.parent.glob(".output*")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


SCENES = {
    "edit": Scene(renamed, 3, 100),
    "every page": Scene(restyled, 12, 25),
    "deletion": Scene(added_or_deleted, 7, 40),
    "first": Scene(from_nothing, 12, 25, reading=False),
    "workers": Scene(restyled, 3, 10, jobs=2),
}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Path]:
    with in_memory(tmp_path) as folder, templates_kept():
        yield folder


def made(site: Path, jobs: int = 1) -> list[str]:
    """Build, and return the codes of what was told."""
    result = build(site, Options(output=site.parent / "output", today=DAY, jobs=jobs))
    return [told.code for told in result.diagnostics]


def numberless(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files without the number of their build; the list of them is held to what it lists, and left out."""
    listed = json.loads(files.get(MANIFEST, b'{"files": {}}'))["files"]
    for name, digest in listed.items():
        assert blake2b(files[name], digest_size=16).hexdigest() == digest, name
    assert listed.keys() == files.keys() - {MANIFEST}
    return {name: NUMBER.sub(b"Edition N", body) for name, body in files.items() if name != MANIFEST}


def editions(files: dict[str, bytes]) -> set[bytes]:
    """The numbers of the builds that files are from."""
    return {found for body in files.values() for found in NUMBER.findall(body)}


@pytest.fixture
def reader(base: Path) -> Iterator[Callable[[], None]]:
    """Somebody who reads the two pages over and over, in a process of their own."""
    stop, parent, children = base / "stop", os.getpid(), list[int]()

    def look() -> None:
        while not stop.exists() and os.getppid() == parent:
            one, two, again = ((base / "output" / page).read_bytes() for page in (BADGE, COURSE, BADGE))
            numbers = [NUMBER.search(page) for page in (one, two, again)]
            assert all(numbers), "a page is empty or cut short"
            time.sleep(0.0003)  # a reader that never pauses takes a core for itself
            assert one != again or numbers[0][0] == numbers[1][0], "the pages are of two builds"  # type: ignore[index]

    yield lambda: children.append(apart(look))
    stop.touch()
    for child in children:
        assert not ended(child)


@pytest.mark.parametrize("name", SCENES)
def test_killed_at_any_call_readers_see_one_build_and_the_next_build_is_clean(
    base: Path, name: str, reader: Callable[[], None]
) -> None:
    scene, site, output = SCENES[name], make(base / "site"), base / "output"
    renamed(site, 0)
    assert made(site) == []
    if scene.reading:
        reader()
    clean: dict[frozenset[str], dict[str, bytes]] = {}
    number, at, stopped = 0, 1, True
    while stopped:
        number += 1
        before = tree(output)
        scene.change(site, number)
        stopped = _killed(scene, site, at)
        if scene.reading or output.exists():
            there = tree(output)
            assert there == before or editions(there) == {b"Edition %06d" % number}, f"killed before call {at}"
            numberless(there)
        assert made(site) == []
        sources = frozenset(tree(site / "content"))
        if sources not in clean:
            clean[sources] = numberless(cleanly(site, base / "clean")[1])
        there = tree(output)
        assert differing(numberless(there), clean[sources]) == [], f"after a kill before call {at}"
        assert editions(there) == {b"Edition %06d" % number}
        at += scene.step
    assert number > scene.least
    left = {path.name for path in base.glob(".output*")}
    assert left <= {".output.sitegen-lock", ".output.sitegen-state", ".output.sitegen-spare"}


def _killed(scene: Scene, site: Path, at: int) -> bool:
    """End a build before a call, or with several workers each of them before its own; say whether it was reached."""
    if scene.jobs == 1:
        return killed_at(lambda: made(site), at)
    told = site.parent / "told"

    def work() -> None:
        build_itself = os.getpid()
        with counting(at, die, lambda: os.getpid() != build_itself):
            codes = made(site, scene.jobs)
        assert codes in ([], ["worker-died"]), codes
        told.write_text(" ".join(codes))

    assert not ended(apart(work))
    return told.read_text() != ""
