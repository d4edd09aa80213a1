"""One timed run, and many of several generators in turn."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.memory import peak
from bench.peers.peer import REPOSITORY, Peer

SCENARIOS = ("cold", "nothing", "page", "badge", "partial", "config")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """What a run cost: seconds on the clock, seconds of processor with children, most bytes of one process."""

    wall: float
    cpu: float
    rss: int


@dataclass(slots=True)
class Figures:
    """All that was measured of one generator."""

    version: str = ""
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    files: int = 0
    size: int = 0
    failed: str = ""


class FailedError(RuntimeError):
    """A generator ended with an error; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A generated site of one peer, ready to be built again and again."""

    peer: Peer
    tools: Path
    site: Path
    pairs: int

    @property
    def command(self) -> list[str]:
        """What is run."""
        return self.peer.command(self.tools, self.site)

    @property
    def environment(self) -> dict[str, str]:
        """Ours, with what the peer needs; Python finds this repository's sitegen from any folder."""
        return {**os.environ, "PYTHONPATH": str(REPOSITORY), **self.peer.environment}

    def run(self) -> Sample:
        """Build once; return what it cost."""
        with tempfile.TemporaryFile() as said:
            started = time.perf_counter()
            process = subprocess.Popen(
                self.command, cwd=self.site, env=self.environment, stdout=said, stderr=subprocess.STDOUT
            )
            try:
                _, status, used = os.wait4(process.pid, 0)
            except BaseException:  # interrupted: the generator must not go on in a folder that is being removed
                process.kill()
                process.wait()
                raise
            wall = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                said.seek(max(0, said.tell() - 2000))
                raise FailedError(said.read().decode("utf-8", "replace").strip()[-2000:])
        return Sample(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)

    def peak(self) -> int:
        """Build once, slowly, and return the most bytes that all its processes held."""
        return peak(self.command, self.site, self.environment)

    def prepare(self, scenario: str, turn: int) -> None:
        """Bring the site into the state that ``scenario`` measures."""
        if scenario == "cold":
            self.peer.forget(self.site)
        else:
            self.peer.edit(self.site, scenario, turn, self.pairs)

    def weigh(self) -> tuple[int, int]:
        """Return how many files the output has and how many bytes."""
        sizes = [path.stat().st_size for path in (self.site / self.peer.output).rglob("*") if path.is_file()]
        return len(sizes), sum(sizes)


def run_all(
    peers: Sequence[Peer],
    tools: Path,
    scratch: Path,
    count: int,
    runs: int,
    scenarios: Iterable[str] = SCENARIOS,
    *,
    art: bool = False,
    memory: Collection[str] = ("cold",),
    tell: Tell = lambda _: None,
) -> dict[str, Figures]:
    """Measure ``peers`` on ``count`` items, in turn (A B A B …), ``runs`` times; the folder of sites is removed after.

    ``memory`` names the scenarios whose memory is sampled, each in a run of its own.
    A generator that fails is told with its reason, and the rest goes on.
    """
    figures = {peer.name: Figures() for peer in peers}
    folder = Path(tempfile.mkdtemp(prefix="sitegen-bench-", dir=scratch))
    try:
        benches = []
        for peer in peers:
            tell(f"{peer.title}: generating {count} items")
            bench = Bench(peer, tools, folder / peer.name, count // 2)
            peer.generate(bench.site, count, art)
            figures[peer.name].version = version(peer, tools)
            benches.append(bench)
        built: set[str] = set()
        for scenario in scenarios:
            _scenario(scenario, benches, figures, built, runs, scenario in memory, tell)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return figures


def _scenario(
    scenario: str,
    benches: Sequence[Bench],
    figures: Mapping[str, Figures],
    built: set[str],
    runs: int,
    memory: bool,
    tell: Tell,
) -> None:
    """Run one scenario; each generator is warm before it, and sampled for memory after the timed runs."""
    # A turn numbers the edits of a site, so that no two are alike.
    first = SCENARIOS.index(scenario) * (runs + 1)
    for turn in range(first, first + runs + (1 if memory else 0)):
        for bench in benches:
            mine = figures[bench.peer.name]
            if mine.failed:
                continue
            try:
                if scenario != "cold" and bench.peer.name not in built:
                    bench.run()
                bench.prepare(scenario, turn)
                if turn == first + runs:
                    mine.memory[scenario] = bench.peak()
                    tell(f"{bench.peer.title}: {scenario}, peak memory {mine.memory[scenario] / 2**20:,.0f} MiB")
                else:
                    sample = bench.run()
                    mine.samples.setdefault(scenario, []).append(sample)
                    tell(f"{bench.peer.title}: {scenario} {sample.wall:.2f} s, CPU {sample.cpu:.2f} s")
                built.add(bench.peer.name)
                if not mine.files:
                    mine.files, mine.size = bench.weigh()
            except (FailedError, RuntimeError, ValueError, OSError) as problem:
                mine.failed = f"{scenario}: {problem}"
                tell(f"{bench.peer.title} failed: {mine.failed}")


def version(peer: Peer, tools: Path) -> str:
    """Return what a generator calls itself, shortened to its number."""
    command = peer.version(tools)
    said = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY).stdout
    words = said.replace("v", " ").replace(",", " ").replace("-", " ").split()
    return next((word for word in words if word[0].isdigit() and "." in word), "unknown")
