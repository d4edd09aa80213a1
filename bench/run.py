"""Times whole builds of a generated catalogue: half courses, half badges, in the sample's manner.

Usage: python bench/run.py [ITEMS] [RUNS]
Prints seconds and items per second of cold builds and of builds with nothing changed. Machines are
noisy: compare runs made side by side, and quote ratios.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SETTINGS = """\
name: Bench catalogue
base_url: https://bench.example
description: Generated to be timed.
topics:
  - {id: food, name: Food, hue: 50}
  - {id: data, name: Data, hue: 250}
"""
ISSUER = """\
---
name: Bench Academy
url: https://academy.example/
email: badges@academy.example
description: A school that exists to be timed.
assertionHosts: [lms.academy.example]
---
"""
TEXT = "You will **plan**, *cook* and [check](/courses/) your work. " * 12


def generate(folder: Path, items: int) -> None:
    """Write a site of ``items`` records: even ones badges, odd ones the courses that award them."""
    for name in ("issuers", "badges", "courses"):
        (folder / "content" / name).mkdir(parents=True)
    (folder / "sitegen.yaml").write_text(SETTINGS)
    (folder / "content/issuers/academy.md").write_text(ISSUER)
    body = "\n\n".join(f"## Part {part}\n\n{TEXT}\n\n- one\n- two\n- three" for part in range(4))
    for number in range(items // 2):
        topic = ("food", "data")[number % 2]
        head = f"description: Number {number} of many.\ntopic: {topic}\nvolumeOfLearning: {number % 40 + 1} hours\n"
        (folder / f"content/badges/badge-{number}.md").write_text(
            f"---\nname: Badge {number}\nissuer: academy\n{head}assessment:\n  - name: Test\n---\n{body}\n"
        )
        (folder / f"content/courses/course-{number}.md").write_text(
            f"---\nname: Course {number}\nprovider: academy\n{head}awards: [badge-{number}]\n---\n{body}\n"
        )


def timed(folder: Path) -> float:
    """Seconds of one whole process."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "sitegen", "build", "--site", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Generate, build, build again; print medians."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    cold, warm = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as name:
            generate(Path(name), items)
            cold.append(timed(Path(name)))
            warm.append(timed(Path(name)))
    for what, seconds in (("cold", cold), ("nothing changed", warm)):
        median = statistics.median(seconds)
        print(f"{what:16} {median:7.2f} s  {items / median:8.0f} items/s  (median of {runs}, {items} items)")


if __name__ == "__main__":
    main()
