"""Whether an output folder is as it was published is told by stat, and by reading where stat cannot tell."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.core.output import Output, Route
from sitegen.shell import outputcheck
from sitegen.shell.outputstate import encoded
from sitegen.shell.publish import publish, recorded, untouched

HEAVY = {"dataclasses", "pathlib", "inspect", "typing", "re", "ctypes", "pydantic", "jinja2", "shutil", "tempfile"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    urls = ["/", "/a/", "/b/", "/b/c.json"]
    assert not publish([Output(Route(u, "html", "s", "t"), u.encode() * 3) for u in urls], tmp_path / "o", tmp_path)[1]
    return tmp_path / "o"


def same_size_same_time(path: Path) -> None:
    before = path.stat()
    path.write_bytes(path.read_bytes()[::-1].replace(b"/", b"-"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file that is gone": lambda o: (o / "a/index.html").unlink(),
    "a file that is empty": lambda o: (o / "a/index.html").write_bytes(b""),
    "a file that is another": lambda o: (o / "a/index.html").replace(o / "b/index.html"),
    "a file that is closed": lambda o: (o / "a/index.html").chmod(0o600),
    "a file that is a link": lambda o: (
        (o / "a/index.html").unlink(),
        (o / "a/index.html").symlink_to("../index.html"),
    ),
    "a folder that is closed": lambda o: (o / "a").chmod(0o700),
    "a file that came": lambda o: (o / "a/mine.txt").write_text("mine"),
    "a folder that came": lambda o: (o / "mine").mkdir(),
    "a folder that became a link": lambda o: ((o / "a").rename(o.parent / "z"), (o / "a").symlink_to(o.parent / "z")),
    "a list that was edited": lambda o: (o / ".sitegen-manifest.json").write_text("{}"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_no_change_goes_unseen(output: Path, name: str) -> None:
    assert untouched(output)
    CHANGES[name](output)
    assert not untouched(output)


def test_within_a_tick_of_the_clock_a_file_is_read(output: Path) -> None:
    # A coarse clock gives a change right after the publish the very time of the publish.
    state = output.parent / ".o.sitegen-state"
    loaded = outputcheck.load(str(output))
    assert loaded is not None
    loaded.stamp = 0
    state.write_bytes(b"".join(encoded(loaded)))
    assert untouched(output)
    same_size_same_time(output / "a/index.html")
    assert not untouched(output)
    assert sorted(recorded(output)) == ["b/c.json", "b/index.html", "index.html"]


def test_two_processes_see_what_one_sees(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (output / "a/index.html").write_text("other")
    (output / "b/c.json").unlink()
    alone = recorded(output)
    monkeypatch.setattr(outputcheck, "_MANY", 0)
    monkeypatch.setattr(outputcheck, "_may_fork", lambda: True)
    assert recorded(output) == alone
    assert sorted(alone) == ["b/index.html", "index.html"]
    # What the second process cannot tell, the first finds out.
    monkeypatch.setattr(outputcheck, "_answer", lambda *_: os._exit(1))
    assert recorded(output) == alone


def test_to_ask_costs_no_heavy_import() -> None:
    code = "import sys, sitegen.shell.outputcheck; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True,
                          cwd=Path(outputcheck.__file__).parents[2])  # fmt: skip
    assert not HEAVY & set(told.stdout.split())


def test_an_output_that_was_never_published_is_not_untouched(tmp_path: Path, output: Path) -> None:
    assert not untouched(tmp_path / "nothing")
    (tmp_path / "elsewhere").symlink_to(output)
    assert not untouched(tmp_path / "elsewhere")
