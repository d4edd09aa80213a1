"""Peak memory of a process and all that it starts, as the sum of their proportional set sizes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

EVERY = 0.02
"""Seconds between samples, or three times what a sample took: reading the maps of a large process holds it up.

Sampling costs time, so a sampled run is never a timed one.
"""


def peak(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> int:
    """Run ``command`` and return the most bytes that it and its descendants held at once."""
    most = 0
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            started = time.perf_counter()
            most = max(most, sum(_pss(pid) for pid in _tree(process.pid)))
            time.sleep(max(EVERY, 3 * (time.perf_counter() - started)))
    finally:
        # Interrupted, the generator must not go on in a folder that is being removed.
        process.kill()
        process.wait()
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return most


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:
        return  # ended while we looked


def _pss(pid: int) -> int:
    """Return the proportional set size of a process: shared pages are split among those who share them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
