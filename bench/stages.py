"""Seconds per stage of our own builds, as ``sitegen build --timings`` tells them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from bench.measure import SCENARIOS, Bench, Tell
from bench.peers.peer import REPOSITORY
from bench.peers.sitegen import SITEGEN


def has_timings() -> bool:
    """Return whether this sitegen can tell its stages."""
    command = [sys.executable, "-m", "sitegen", "build", "--help"]
    return "--timings" in subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY).stdout


def stages(folder: Path, count: int, tell: Tell = lambda _: None) -> dict[str, dict[str, float]]:
    """Build a site of ``count`` items in every scenario; return stage -> seconds for each.

    A sitegen that cannot tell its stages gives the whole alone.
    """
    site, timings = folder / "sitegen", folder / "timings.json"
    SITEGEN.generate(site, count, False)
    peer = SITEGEN
    if has_timings():
        peer = replace(SITEGEN, command=lambda _, at: [*SITEGEN.command(folder, at), "--timings", str(timings)])
    bench = Bench(peer, folder, site, count // 2)
    found: dict[str, dict[str, float]] = {}
    for turn, scenario in enumerate(SCENARIOS):
        bench.prepare(scenario, turn)
        sample = bench.run()
        told = json.loads(timings.read_text()) if timings.exists() else {}
        found[scenario] = {str(stage): float(seconds) for stage, seconds in told.items()} | {
            "whole process, wall": sample.wall,
            "whole process, CPU": sample.cpu,
        }
        tell(f"profiled: {scenario}")
    return found
