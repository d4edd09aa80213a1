"""Publishing under a disk that fails, a process that is killed and a power cut, at every single call.

Each page of these sites bears the number of its build, so that a mixture of two builds shows.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sitegen.shell.publish import MANIFEST, Published, StageError, open_stage, prepare_spare
from tests.shell.disk import Disk, cut_the_power, killed

Files = dict[str, str]


def pages(number: int, *more: str) -> Files:
    """A site of two pages that name each other's build, a few that never change, and some more of this build."""
    site = {"a/index.html": f"{number} a", "b/index.html": f"{number} b"}
    site |= {f"kept/{i}/index.html": f"kept {i}" for i in range(3)}
    return site | {name: f"{number} {name}" for name in more}


def go(files: Files, root: Path) -> tuple[Published | None, list[str]]:
    """Publish as the engine does: render only what is not there yet."""
    with open_stage(root / "output", root) as (stage, faults):
        if stage is None:
            return None, [f.code for f in faults]
        there = stage.recorded()
        digests = {}
        for name, text in files.items():
            staged = stage.put(name, text.encode()) if there.get(name) != hexed(text) else there[name]
            digests[name] = staged
        done, found = stage.commit(digests)
        return done, [f.code for f in found]


def hexed(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file and link of a folder; a folder that is empty as None would be."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name] = b"(empty)"
    return found


def expected(files: Files, foreign: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a folder holds after a clean publish, worked out without the writer."""
    digests = {name: hexed(text) for name, text in sorted(files.items())}
    manifest = (json.dumps({"sitegen": 1, "files": digests}, indent=0) + "\n").encode()
    return {**{name: text.encode() for name, text in files.items()}, MANIFEST: manifest, **foreign}


def check_modes(output: Path) -> None:
    """Everything of these sites can be read by a web server."""
    for path in [output, *output.rglob("*")]:
        mode = stat.S_IMODE(path.lstat().st_mode)
        assert path.is_symlink() or mode == (0o755 if path.is_dir() else 0o644), path


@dataclass
class Case:
    """A publish in which something happens: the site before it and after it, and what else is there."""

    before: Callable[[int], Files]
    after: Callable[[int], Files]
    prepare: Callable[[Path], object] = str
    foreign: dict[str, bytes] = field(default_factory=dict)
    reading: bool = True


def lose(*names: str) -> Callable[[Path], None]:
    """Take away some of the helpers beside the output folder."""

    def take(root: Path) -> None:
        for name in names:
            path = root / f".output.sitegen-{name}"
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    return take


def add_foreign(root: Path) -> None:
    (root / "output/.well-known").mkdir(exist_ok=True)
    (root / "output/.well-known/security.txt").write_text("mine")
    (root / "output/linked").unlink(missing_ok=True)
    (root / "output/linked").symlink_to("a")


def first(root: Path) -> None:
    lose("state", "spare")(root)
    shutil.rmtree(root / "output")


CASES = {
    "small": Case(pages, pages, lambda root: prepare_spare(root / "output")),
    "spare behind": Case(pages, pages),
    "no spare": Case(pages, pages, lose("spare")),
    "no state": Case(pages, pages, lose("state")),
    "removing": Case(
        lambda n: pages(n, "old/deep/index.html", "old/x.json", "turns/index.html", "turned"),
        lambda n: pages(n, "new/deep/index.html", "turns", "turned/index.html"),
    ),
    "foreign": Case(
        pages, pages, add_foreign, {".well-known/security.txt": b"mine", "linked": b"-> a"},
    ),
    "first": Case(pages, pages, first, reading=False),
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """A site's folder, in memory where that can be had: hundreds of publishes wait for a disk too long."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as folder:
        Path(folder, "site").mkdir()
        yield Path(folder, "site")


class Scene:
    """Plays a case again and again in one folder, so that each round begins with what the last one left."""

    def __init__(self, case: Case, root: Path) -> None:
        self.case, self.root, self.number = case, root, 0
        self.output = root / "output"

    def set(self) -> tuple[Files, Files]:
        """Publish the site as it is before; whatever the last round left must not be in the way."""
        self.number += 2
        before, after = self.case.before(self.number), self.case.after(self.number + 1)
        done, faults = go(before, self.root)
        assert done is not None, faults
        left = {path.name for path in self.root.iterdir()}
        assert left <= {"output", ".output.sitegen-lock", ".output.sitegen-state", ".output.sitegen-spare"}
        there = tree(self.output)
        kept = {name: body for name, body in self.case.foreign.items() if name in there}
        assert there == expected(before, kept)
        check_modes(self.output)
        self.case.prepare(self.root)
        return before, after

    def holds(self, files: Files) -> bool:
        there = tree(self.output) if self.output.exists() else {}
        if not self.case.reading and not there:
            return True
        return there == expected(files, self.case.foreign)


@pytest.fixture
def reader(root: Path) -> Iterator[Callable[[], None]]:
    """Somebody who reads two pages of one build over and over, in a process of their own."""
    stop, parent = root.parent / "stop", os.getpid()
    children: list[int] = []

    def start() -> None:
        child = os.fork()
        if child:
            children.append(child)
            return
        fault = 0
        try:
            while not stop.exists() and os.getppid() == parent and not fault:
                fault = mixture(root / "output")
        finally:
            os._exit(fault or (0 if stop.exists() else 99))

    yield start
    stop.touch()
    for child in children:
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0, "a reader saw a missing, empty or mixed page"


def mixture(output: Path) -> int:
    """Read A, B, A: where both As are of one build, B is of that build too."""
    try:
        one, two, again = [(output / f"{page}/index.html").read_text() for page in ("a", "b", "a")]
    except OSError:
        return 1
    if not one or not two or not again:
        return 2
    return 3 if one == again and one.split()[0] != two.split()[0] else 0


@pytest.mark.parametrize("name", [name for name in CASES if name != "spare behind"])
def test_killed_at_any_call_the_old_site_or_the_new_one_stands(
    root: Path, name: str, reader: Callable[[], None]
) -> None:
    scene, report, at, stopped = Scene(CASES[name], root), root.parent / "report", 0, True
    while stopped:
        at += 1
        before, after = scene.set()
        if at == 1 and scene.case.reading:
            reader()
        stopped = killed(partial(go, after, root), at, report)
        assert scene.holds(after) or (stopped and scene.holds(before)), f"killed before call {at}"
        if at % 2:
            cut_the_power(root, report, root / "output")
    assert at > 20


def test_killed_while_the_spare_is_made_nothing_is_lost(root: Path) -> None:
    for prepare in (lose("spare"), str):
        scene, report, at, stopped = Scene(Case(pages, pages, prepare), root), root.parent / "report", 0, True
        while stopped:
            at += 1
            before, after = scene.set()
            stopped = killed(partial(prepare_spare, root / "output"), at, report)
            assert scene.holds(before), f"killed before call {at}"
            cut_the_power(root, report, root / "output")
            assert go(after, root)[0] is not None
            assert scene.holds(after)
        assert at > 10


@pytest.mark.parametrize("name", CASES)
def test_a_disk_that_fails_at_any_call_leaves_the_old_site_and_says_so(root: Path, name: str) -> None:
    scene, at, failed = Scene(CASES[name], root), 0, [""]

    def fail(call: str) -> None:
        failed.append(call)
        fault = (errno.ENOSPC, errno.EIO, errno.EROFS)[at % 3]
        raise OSError(fault, os.strerror(fault))

    while failed:
        at, failed[:] = at + 1, []
        before, after = scene.set()
        with Disk(at, fail).attached():
            done, faults = go_or_told(after, root)
        assert faults == ([] if done else ["cannot-publish"])
        assert scene.holds(after if done else before), f"call {at}, {failed}, failed"
    assert at > 20


def go_or_told(files: Files, root: Path) -> tuple[Published | None, list[str]]:
    """Publish, where a file that could not be staged is told like any other fault."""
    try:
        return go(files, root)
    except StageError as problem:
        return None, [problem.told.code]
