"""A build with nothing to do answers from a note, and only then."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import Options, build
from sitegen.shell import quick as module
from sitegen.shell.quick import answer, look, site_of, take_note
from sitegen.shell.walk import MARGIN, now
from tests.making import ISSUER, badge

SAID: dict[str, object] = {"warnings": "", "counts": "1 page", "where": "here"}
FILES = {
    "sitegen.yaml": "name: Small\nbase_url: https://x.example\ndescription: For tests.\nformats: [files]\n",
    "content/issuers/academy.md": ISSUER,
    "content/badges/a.md": badge(),
    "static/robots.txt": "User-agent: *\n",
    "own.py": "X = 1\n",
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site, built long after its files were written."""
    root = tmp_path / "site"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    result = build(root, Options(output=root / "output", today=date(2026, 1, 1), jobs=1))
    assert not result.failed, result.diagnostics
    monkeypatch.chdir(tmp_path)
    return root


def noted(site: Path, until: float = float("inf"), age: int = 2 * MARGIN) -> list[str]:
    """Leave a note as a build that began ``age`` after its sources had changed; return the call."""
    call = ["--site", str(site)]
    marks, _ = look(call)
    take_note(call, marks, now() + age, (str(site / "own.py"),), until, {"output": str(site / "output"), **SAID})
    return call


def test_the_same_call_gets_the_same_answer(site: Path) -> None:
    call = noted(site)
    for _ in range(2):
        note = answer(call)
        assert note is not None
        assert {key: note[key] for key in SAID} == SAID


def write(path: str, text: str = "changed") -> Callable[[Path, pytest.MonkeyPatch], object]:
    return lambda site, _: (site / path).write_text(text)


CHANGES: dict[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "a record": write("content/badges/a.md"),
    "a new record": write("content/badges/b.md"),
    "a record less": lambda site, _: (site / "content/badges/a.md").unlink(),
    "the settings": write("sitegen.yaml"),
    "a static file": write("static/robots.txt"),
    "a theme": lambda site, _: (site / "themes").write_text(""),
    "a module of the site": write("own.py"),
    "a module less": lambda site, _: (site / "own.py").unlink(),
    "the output": write("output/robots.txt"),
    "a foreign file in the output": write("output/foreign.txt"),
    "an output file less": lambda site, _: (site / "output/robots.txt").unlink(),
    "no output": lambda site, _: (site / "output").rename(site / "away"),
    "times alone": lambda site, _: os.utime(site / "content/badges/a.md"),
    "the edition": lambda _, patch: patch.setattr(module, "edition", lambda _: b"another"),
    "the day given from outside": lambda _, patch: patch.setenv("SOURCE_DATE_EPOCH", "1"),
    "the folder of the call": lambda site, patch: patch.chdir(site),
}


@pytest.mark.parametrize("what", CHANGES)
def test_after_any_change_there_is_no_answer(site: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    call = noted(site)
    assert answer(call) is not None
    CHANGES[what](site, monkeypatch)
    assert answer(call) is None


@pytest.mark.parametrize("more", [["--drafts"], ["--base-url", "https://y.example"], ["--date", "2026-01-02"]])
def test_another_call_gets_no_answer(site: Path, more: list[str]) -> None:
    assert answer([*noted(site), *more]) is None


def test_when_the_day_is_over_there_is_no_answer(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call = noted(site, until=time.time() + 1000)
    assert answer(call) is not None
    later, earlier = time.time() + 2000, time.time() - 2000
    for moment in (later, earlier):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        assert answer(call) is None


def test_of_what_had_just_changed_there_is_no_note(site: Path) -> None:
    call = noted(site, age=0)
    assert answer(call) is None
    assert not list((site / ".sitegen").glob("quick-*"))


@pytest.mark.parametrize("damage", [b"", b"x", b"{}\n{}", None])
def test_a_note_that_is_damaged_is_no_answer(site: Path, damage: bytes | None) -> None:
    call = noted(site)
    note = next((site / ".sitegen").glob("quick-*"))
    content = bytearray(note.read_bytes())
    content[-10] ^= 1
    note.write_bytes(content if damage is None else damage)
    assert answer(call) is None


def test_a_note_of_another_shape_is_no_answer(site: Path) -> None:
    call = noted(site)
    note = next((site / ".sitegen").glob("quick-*"))
    for content in (b"[]", b"{}", b'{"own": 1}', b'{"own": [], "edition": 1, "from": "x"}', b"null"):
        note.write_bytes(module._digest(content) + b"\n" + content)
        assert answer(call) is None


def test_where_there_is_no_cache_nothing_is_noted(tmp_path: Path) -> None:
    call = ["--site", str(tmp_path)]
    take_note(call, (b"", 0), now(), (), float("inf"), SAID)
    assert list(tmp_path.iterdir()) == []
    assert answer(call) is None


@pytest.mark.parametrize(
    ("call", "root"),
    [([], "."), (["--site", "a"], "a"), (["--site=a"], "a"), (["--site", "a", "--site=b"], "b"), (["--site"], ".")],
)
def test_the_site_of_a_call_is_the_last_that_is_named(call: list[str], root: str) -> None:
    assert site_of(call) == root
