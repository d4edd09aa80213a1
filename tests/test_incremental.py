"""Random lives of a site, built again after every few changes: what comes out is what a clean build makes.

Runs for about half a minute of computing; ``SITEGEN_LONG=200`` lives 200 lives, each another one than the last time.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from sitegen.build import Options, build
from sitegen.shell import library
from tests.changing import DAY, EDITS, cleanly, differing, in_memory, make, templates_kept, tree
from tests.killing import apart, ended, killed_at, killed_by_and_by

LONG = int(os.environ.get("SITEGEN_LONG", "0"))
NUMBERS = st.integers(0, 999)
FOREIGN = ("mine.txt", "notes/mine.txt", "badges/open-day/mine.txt")
ADDRESSES = (None, None, None, "https://other.example/sub")


@dataclass
class Life:
    """A site, what is expected of its output, and what it was like when all was well."""

    base: Path
    site: Path = field(init=False)
    output: Path = field(init=False)
    day: date = DAY
    foreign: dict[str, bytes] = field(default_factory=dict)
    good: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    builds: int = 0

    def __post_init__(self) -> None:
        self.site, self.output = make(self.base / "site"), self.base / "output"
        self.remember()

    def remember(self) -> None:
        """Keep the sources as they are now."""
        copy = self.base / f"good-{len(self.good)}"
        shutil.copytree(self.site, copy, ignore=shutil.ignore_patterns(".sitegen"))
        self.good.append(copy)

    def revert(self, number: int) -> None:
        """Put the sources back as they were, as a version control system does: only what differs is written."""
        old = self.good[-1 - number % min(4, len(self.good))]
        before, now = tree(old), {n: b for n, b in tree(self.site).items() if not n.startswith(".sitegen/")}
        for name in differing(before, now):
            path = self.site / name
            if name in before:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(before[name])
            else:
                path.unlink()

    def options(self, jobs: int, address: str | None, drafts: bool) -> Options:
        return Options(output=self.output, today=self.day, jobs=jobs, base_url=address, drafts=drafts)

    def there(self) -> dict[str, bytes]:
        return tree(self.output) if self.output.exists() else {}

    def build(self, jobs: int, address: str | None = None, drafts: bool = False) -> bool:
        """Build, hold what came of it to a clean build of the same, and say whether it was published."""
        self.builds += 1
        before, options = self.there(), self.options(jobs, address, drafts)
        result = build(self.site, options)
        clean, wanted = cleanly(self.site, self.base / "clean", today=self.day, base_url=address, drafts=drafts)
        assert result.diagnostics == clean.diagnostics, (result.diagnostics, clean.diagnostics)
        if result.failed:
            assert self.there() == before
            return False
        wrong = differing(self.there(), wanted | self.foreign)
        assert not wrong, wrong
        self.remember()
        return True

    def check(self) -> None:
        """Look for faults without publishing, which keeps and uses what was found of an output before."""
        result = build(self.site, Options(today=self.day, jobs=1))
        clean = build(self._copy(), Options(today=self.day, jobs=1))
        assert result.diagnostics == clean.diagnostics

    def _copy(self) -> Path:
        shutil.rmtree(self.base / "copy", ignore_errors=True)
        shutil.copytree(self.site, self.base / "copy", ignore=shutil.ignore_patterns(".sitegen"))
        return self.base / "copy"

    def keep_cache(self) -> None:
        """Put a copy of what a build keeps aside, to have old files of it later."""
        if (self.site / ".sitegen").is_dir():
            copy = self.base / f"cache-{len(self.kept)}"
            shutil.copytree(self.site / ".sitegen", copy)
            self.kept.append(copy)

    def damage(self, number: int) -> None:
        """Do something to one of the files that a build keeps for the next one."""
        files = sorted(p for p in (self.site / ".sitegen").glob("*") if p.is_file() and p.name != "lock")
        if not files:
            return
        path, chance = files[number % len(files)], random.Random(number)
        whole = bytearray(path.read_bytes())
        how = number // 7 % 5
        if how == 0:
            path.unlink()
        elif how == 1:
            path.write_bytes(whole[: chance.randrange(len(whole) + 1)])
        elif how == 2 and self.kept and (old := chance.choice(self.kept) / path.name).is_file():
            shutil.copy(old, path)
        elif how == 3:
            path.write_bytes(whole + b"more")
        elif whole:
            whole[chance.randrange(len(whole))] ^= 1 << number % 8
            path.write_bytes(whole)

    def tamper(self, number: int) -> None:
        """Change or take away a file of the output, as somebody else may."""
        files = [name for name in sorted(self.there()) if name not in self.foreign]
        if files:
            path = self.output / files[number % len(files)]
            if number % 2:
                path.unlink()
            else:
                path.write_text("tampered")

    def add_foreign(self, number: int) -> None:
        """Put a file of somebody else's into the output, change it or take it away."""
        name = FOREIGN[number % len(FOREIGN)]
        path = self.output / name
        if path.exists():
            path.unlink()
            del self.foreign[name]
        elif path.parent.is_dir() or (self.output.is_dir() and name.startswith("notes/")):
            path.parent.mkdir(exist_ok=True)
            self.foreign[name] = b"%d" % number
            path.write_bytes(self.foreign[name])


class Lives(RuleBasedStateMachine):
    """Changes of all sorts, and builds of all sorts in between."""

    @initialize()
    def start(self) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(templates_kept())
        self.life = Life(self.stack.enter_context(in_memory()))
        self.life.build(1)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()

    @rule(what=st.sampled_from(sorted(EDITS)), number=NUMBERS)
    def edit(self, what: str, number: int) -> None:
        EDITS[what](self.life.site, number)

    @rule(
        what=st.sampled_from(sorted(EDITS)), number=NUMBERS,
        jobs=st.sampled_from([1, 1, 1, 2, 8]), address=st.sampled_from(ADDRESSES), drafts=st.booleans(),
    )  # fmt: skip
    def edit_and_build(self, what: str, number: int, jobs: int, address: str | None, drafts: bool) -> None:
        EDITS[what](self.life.site, number)
        if not self.life.build(jobs, address, drafts and number % 3 == 0) and number % 4:
            self.life.revert(0)  # else most lives would be spent with a site that is broken

    @rule(number=NUMBERS)
    def revert_and_build(self, number: int) -> None:
        self.life.revert(number)
        self.life.build(1)

    @rule(days=st.sampled_from([-400, 30, 200]))
    def another_day(self, days: int) -> None:
        self.life.day += timedelta(days=days)

    @rule()
    def check_and_keep(self) -> None:
        self.life.check()
        self.life.keep_cache()

    @rule(number=NUMBERS)
    def tamper(self, number: int) -> None:
        self.life.tamper(number)

    @rule(number=NUMBERS)
    def foreign_file(self, number: int) -> None:
        self.life.add_foreign(number)

    @rule(number=st.integers(0, 99_999))
    def damage_and_build(self, number: int) -> None:
        self.life.damage(number)
        self.life.build(1)

    @rule(what=st.sampled_from(sorted(EDITS)), number=NUMBERS, at=st.integers(1, 250), jobs=st.sampled_from([1, 1, 2]))
    def killed_in_a_build(self, what: str, number: int, at: int, jobs: int) -> None:
        EDITS[what](self.life.site, number)
        self._killed(lambda work: killed_at(work, at), jobs)

    @rule(what=st.sampled_from(sorted(EDITS)), number=NUMBERS, jobs=st.sampled_from([1, 2]))
    def killed_at_any_moment(self, what: str, number: int, jobs: int) -> None:
        EDITS[what](self.life.site, number)
        self._killed(lambda work: killed_by_and_by(work, number / 8000), jobs)

    def _killed(self, kill: Callable[[Callable[[], object]], object], jobs: int) -> None:
        life = self.life
        kill(lambda: build(life.site, life.options(jobs, None, False)))
        life.build(1)


Lives.TestCase.settings = settings(
    max_examples=LONG or 5,
    stateful_step_count=30,
    deadline=None,
    derandomize=not LONG,
    database=None,
    phases=[Phase.generate],  # to shrink a life of thirty steps takes longer than to read it
    suppress_health_check=list(HealthCheck),
)
TestLives = Lives.TestCase


def test_a_name_that_every_page_shows_is_followed_there_and_back(tmp_path: Path) -> None:
    """What is worked out once for all pages is remembered as it is now, and not as it first was."""
    life = Life(tmp_path)
    for name in ("About us", "About", "About us", "About"):
        page = life.site / "content/pages/about.md"
        page.write_text(re.sub(r"(?m)^name: .*$", f"name: {name}", page.read_text()))
        assert life.build(1)


def test_files_loaded_in_portions_by_many_processes_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "MANY", 2)
    monkeypatch.setattr(library, "_CHUNK", 1)
    life = Life(tmp_path)
    assert life.build(8)
    EDITS["defaults"](life.site, 1)
    assert life.build(8)


def test_workers_end_with_a_build_that_is_killed(tmp_path: Path) -> None:
    """Otherwise they would wait for work for ever, or write into the stage of the next build."""
    life = Life(tmp_path)
    child = apart(lambda: build(life.site, life.options(2, None, False)))
    for _ in range(500):
        workers = Path(f"/proc/{child}/task/{child}/children").read_text().split()
        if len(workers) == 2:
            break
        time.sleep(0.01)
    assert len(workers) == 2
    os.kill(child, signal.SIGKILL)
    assert ended(child)
    for _ in range(500):
        left = [worker for worker in workers if alive(worker)]
        if not left:
            return
        time.sleep(0.01)
    raise AssertionError(f"workers {left} live on")


def alive(worker: str) -> bool:
    """Say whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
