"""Random lives of an output folder: edits, other people's files, tampering, kills. It always equals a clean publish."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from sitegen.shell.outputcheck import inspect, spare_intact
from sitegen.shell.outputstate import load
from sitegen.shell.publish import MANIFEST, prepare_spare, recorded, untouched
from tests.shell.disk import cut_the_power, killed
from tests.shell.test_publish_faults import check_modes, expected, go, hexed, tree

OURS = ("index.html", "a", "a/index.html", "a/b.json", "c/d/e.html", "c/d", "c/f.html", "ü/index.html", "g h/i")
THEIRS = ("notes.txt", "a/mine.txt", "c/d/e.html", "x/y/z.txt", "a", "link")
SITES = st.dictionaries(st.sampled_from(OURS), st.sampled_from(["1", "2", "three"]), max_size=len(OURS))


def above(name: str) -> list[str]:
    """The folders on the way to a file."""
    return [parent.as_posix() for parent in Path(name).parents][:-1]


class Life(RuleBasedStateMachine):
    """One output folder, and a plain model of what it has to hold."""

    @initialize()
    def start(self) -> None:
        memory = Path("/dev/shm")
        self.base = Path(mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
        self.root = self.base / "site"
        self.output = self.root / "output"
        self.output.mkdir(parents=True)
        self.files: dict[str, str] = {}
        self.foreign: dict[str, bytes] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.base)

    def blocked(self, site: dict[str, str]) -> bool:
        ways = {folder for name in self.foreign for folder in above(name)}
        return any(
            name in self.foreign or name in ways or not self.foreign.keys().isdisjoint(above(name)) for name in site
        )

    def possible(self, site: dict[str, str]) -> dict[str, str]:
        """A site in which no file has the name of a folder."""
        ways = {folder for name in site for folder in above(name)}
        return {name: text for name, text in site.items() if name not in ways}

    @rule(site=SITES)
    def publish(self, site: dict[str, str]) -> None:
        self._publish(self.possible(site))

    @rule()
    def publish_again(self) -> None:
        self._publish(self.files)

    @rule(name=st.sampled_from(OURS), text=st.sampled_from(["1", "2", "three"]))
    def edit(self, name: str, text: str) -> None:
        self._publish(self.possible({**self.files, name: text}))

    def _publish(self, site: dict[str, str]) -> None:
        before = tree(self.output)
        done, faults = go(site, self.root)
        if self.blocked(site):
            assert (done, faults) == (None, ["foreign-file"])
            assert tree(self.output) == before
            return
        assert done is not None, faults
        assert done.written + done.unchanged == len(site)
        self.files = site
        assert tree(self.output) == expected(site, self.foreign)
        check_modes(self.output)
        assert recorded(self.output) == {name: hexed(text) for name, text in site.items()}
        assert untouched(self.output)
        self._check_record()

    def _check_record(self) -> None:
        """Every file and folder is as recorded, and the spare differs in no other name than those that are listed."""
        state = load(str(self.output))
        assert state is not None
        state.stamp = 0  # read everything
        seen = inspect(str(self.output), state)
        assert seen is not None
        assert not seen.altered
        assert not seen.strangers
        spare = self.root / ".output.sitegen-spare"
        if state.spare and spare_intact(str(spare), state):
            here, there = tree(self.output), tree(spare)
            names = here.keys() | there.keys()
            assert {name for name in names if here.get(name) != there.get(name)} <= state.differing

    @rule(site=SITES, at=st.integers(1, 120), power=st.booleans())
    def publish_and_be_killed(self, site: dict[str, str], at: int, power: bool) -> None:
        site = self.possible(site)
        before = tree(self.output)
        report = self.base / "report"
        killed(partial(go, site, self.root), at, report)
        there = tree(self.output)
        if there != before:
            assert there == expected(site, self.foreign)
            self.files = site
        if power:
            cut_the_power(self.root, report, self.output)

    @rule(name=st.sampled_from(THEIRS), text=st.sampled_from(["mine", "also mine"]))
    def somebody_adds_a_file(self, name: str, text: str) -> None:
        path = self.output / name
        if name in tree(self.output) and name not in self.foreign:
            return
        if path.is_dir() or any((self.output / way).is_file() for way in above(name)):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if name == "link":
            path.symlink_to(text)
            self.foreign[name] = b"-> " + text.encode()
        else:
            path.write_text(text)
            self.foreign[name] = text.encode()
        assert not untouched(self.output)

    @rule(name=st.sampled_from(THEIRS))
    def somebody_removes_a_file(self, name: str) -> None:
        if self.foreign.pop(name, None):
            (self.output / name).unlink()
            self._tidy(name)

    @rule(
        name=st.sampled_from(OURS), way=st.sampled_from(["gone", "written", "same size", "replaced", "cut", "closed"])
    )
    def somebody_spoils_a_file_of_ours(self, name: str, way: str) -> None:
        path = self.output / name
        if name not in self.files or not path.is_file() or path.is_symlink():
            return
        text = path.read_text()
        if way in ("gone", "replaced"):
            path.unlink()
        if way == "closed":
            path.chmod(0o600)
        elif way == "gone":
            self._tidy(name)
        else:
            path.write_text({"written": "spoilt", "replaced": text, "cut": ""}.get(way, text[::-1] or "?"))
        assert way == "same size" or not untouched(self.output)

    def _tidy(self, name: str) -> None:
        for folder in above(name):
            if not any((self.output / folder).iterdir()):
                (self.output / folder).rmdir()

    @rule(which=st.sampled_from(["state", "spare", "output"]))
    def somebody_closes_or_removes_a_helper(self, which: str) -> None:
        path = self.root / (which if which == "output" else f".output.sitegen-{which}")
        if which == "output":
            path.chmod(0o700)
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    @rule(place=st.integers(0, 4000))
    def a_bit_of_the_state_flips(self, place: int) -> None:
        path = self.root / ".output.sitegen-state"
        if path.exists() and (whole := bytearray(path.read_bytes())):
            whole[place % len(whole)] ^= 1
            path.write_bytes(whole)

    @rule(name=st.sampled_from((*OURS, MANIFEST)))
    def somebody_tampers_with_the_spare(self, name: str) -> None:
        path = self.root / ".output.sitegen-spare" / name
        if path.is_file():
            path.unlink()

    @rule()
    def the_spare_is_prepared(self) -> None:
        before = tree(self.output)
        prepare_spare(self.output)
        assert tree(self.output) == before


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestLife = Life.TestCase
