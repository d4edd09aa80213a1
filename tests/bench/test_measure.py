"""Measuring, with small programs in place of generators."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.__main__ import app
from bench.measure import run_all
from bench.peers.peer import REPOSITORY, Peer

LOG = """
import pathlib, sys
site = pathlib.Path(sys.argv[1])
cold = not (site / "out").exists()
(site / "out").mkdir(exist_ok=True)
(site / "out" / "page").write_text("x" * 10)
with (site.parents[1] / "log").open("a") as log:
    print(site.name, "cold" if cold else "warm", (site / "page-0").read_text().count("Added"), file=log)
"""
HEAVY = (
    LOG
    + """
import subprocess, time
subprocess.run([sys.executable, "-c", "import time; held = b'x' * 50_000_000; time.sleep(0.5)"])
"""
)


def fake(name: str, program: str = LOG) -> Peer:
    def generate(site: Path, count: int, art: bool) -> None:
        site.mkdir(parents=True)
        for number in range(count):
            (site / f"page-{number}").write_text("")

    nothing: Callable[[Path], None] = lambda _: None  # noqa: E731 - shorter than a function of its own
    return Peer(
        name=name,
        title=name.upper(),
        command=lambda _, site: [sys.executable, "-c", program, str(site)],
        serve=lambda *_: [],
        version=lambda _: [sys.executable, "-c", "print('v1.2.3')"],
        generate=generate,
        installed=lambda _: True,
        install=nothing,
        output="out",
        courses="page-0",
        badges="page-0",
        partial="page-0",
        config="page-0",
    )


def log(folder: Path) -> list[str]:
    return (folder / "log").read_text().splitlines()


def test_generators_run_in_turn_and_cold_means_cold(tmp_path: Path) -> None:
    found = run_all([fake("a"), fake("b")], tmp_path, tmp_path, 4, 2, ("cold", "nothing"), memory=())
    assert log(tmp_path) == ["a cold 0", "b cold 0"] * 2 + ["a warm 0", "b warm 0"] * 2
    assert [len(found["a"].samples[name]) for name in ("cold", "nothing")] == [2, 2]
    assert (found["b"].files, found["b"].size, found["b"].version) == (1, 10, "1.2.3")


def test_an_edit_comes_before_each_timed_run_and_the_first_build_is_not_timed(tmp_path: Path) -> None:
    found = run_all([fake("a")], tmp_path, tmp_path, 4, 3, ("page",), memory=())
    assert log(tmp_path) == ["a cold 0", "a warm 1", "a warm 2", "a warm 3"]
    assert len(found["a"].samples["page"]) == 3


def test_memory_counts_children_and_is_sampled_in_a_run_of_its_own(tmp_path: Path) -> None:
    found = run_all([fake("a", HEAVY)], tmp_path, tmp_path, 4, 1, ("cold",))
    assert log(tmp_path) == ["a cold 0"] * 2
    assert found["a"].memory["cold"] > 50_000_000
    assert len(found["a"].samples["cold"]) == 1


def test_a_generator_that_fails_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    said: list[str] = []
    peers = [fake("bad", "raise SystemExit('no such layout')"), fake("good")]
    found = run_all(peers, tmp_path, tmp_path, 4, 2, ("cold",), memory=(), tell=said.append)
    assert found["bad"].failed == "cold: no such layout"
    assert found["bad"].samples == {}
    assert "BAD failed: cold: no such layout" in said
    assert log(tmp_path) == ["good cold 0"] * 2


def test_the_folder_of_sites_is_removed_whatever_happens(tmp_path: Path) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_all([fake("a")], tmp_path, tmp_path, 4, 1, tell=interrupted)
    assert list(tmp_path.iterdir()) == []


def test_a_peer_that_is_not_installed_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    arguments = ["run", "--items", "20", "--runs", "1", "--only", "cold", "--scratch", str(tmp_path)]
    done = CliRunner().invoke(
        app, [*arguments, "--tools", str(tmp_path / "none"), "--peer", "hugo", "--peer", "sitegen"]
    )
    assert done.exit_code == 0, done.output
    assert "hugo is not installed and is left out: python -m bench install hugo" in done.stderr
    assert "| sitegen " in done.stdout
    assert "Hugo is not installed" in done.stdout


def test_an_unknown_peer_is_a_mistake_that_names_the_known_ones() -> None:
    done = CliRunner().invoke(app, ["run", "--peer", "hugh"])
    assert done.exit_code == 2
    assert "'hugo'" in done.stderr


def test_a_folder_that_exists_is_not_written_into(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["generate", "sitegen", str(tmp_path)])
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_ended_from_outside_it_leaves_no_sites_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "run", "--peer", "sitegen", "--scratch", str(tmp_path), "--items", "2000"]
    process = subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE)
    assert process.stderr is not None
    with process.stderr as told:
        assert b"generating 2000 items" in told.readline()
        process.terminate()
        assert process.wait(60) == 143
    assert list(tmp_path.iterdir()) == []
