"""Files that are published as they are: known again without reading them, and never mistaken for others."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.core.reads import Reads
from sitegen.shell import gallery as module
from sitegen.shell.gallery import Files, Gallery
from sitegen.shell.log import write_log
from sitegen.shell.read import ChangedError, Found, digest_of
from sitegen.shell.walk import MARGIN, mark, now

KEY = b"edition"
PIXEL = (Path(__file__).parents[2] / "content/badges/img/dune-restoration.png").read_bytes()


def found(root: Path, name: str) -> Found:
    return Found(f"static/{name}", str(root / name), mark((root / name).stat()))


def later() -> int:
    """A moment by which what was just written has settled."""
    return now() + 2 * MARGIN


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a.css").write_bytes(b"a{}")
    (tmp_path / "a.png").write_bytes(PIXEL)
    (tmp_path / "bad.png").write_bytes(b"no image")
    return tmp_path


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of files that are read."""
    paths: list[str] = []
    read: Callable[[Found], bytes] = Found.read

    def noted(file: Found) -> bytes:
        paths.append(file.path)
        return read(file)

    monkeypatch.setattr(Found, "read", noted)
    return paths


def kept(root: Path, *names: str) -> Gallery:
    """A gallery that was saved, read back."""
    gallery = Gallery(root / "images", KEY)
    files = [found(root, name) for name in names]
    assert gallery.look(files, later()) == []
    for file in files:
        if file.path.endswith(".png"):
            gallery.looked(file)
    gallery.save()
    return Gallery(root / "images", KEY)


def test_what_is_known_comes_back_as_it_was(root: Path, reading: list[str]) -> None:
    names = ("a.css", "a.png", "bad.png")
    gallery = kept(root, *names)
    reading.clear()
    assert gallery.look([found(root, name) for name in names], later()) == []
    good, bad = gallery.looked(found(root, "a.png")), gallery.looked(found(root, "bad.png"))
    assert reading == []
    assert good.facts is not None
    assert (good.facts.media_type, good.facts.square, good.faults) == ("image/png", True, ())
    assert (bad.facts, bool(bad.faults)) == (None, True)
    assert gallery.digest("static/a.css") == digest_of(b"a{}")
    assert gallery.changed is False


def test_a_file_that_changed_is_read_again_and_looked_at_anew(root: Path, reading: list[str]) -> None:
    gallery = kept(root, "a.png")
    (root / "a.png").write_bytes(b"no image any more")
    assert gallery.look([found(root, "a.png")], later()) == []
    assert gallery.digest("static/a.png") == digest_of(b"no image any more")
    assert gallery.looked(found(root, "a.png")).facts is None


def test_a_file_that_was_only_touched_is_read_but_not_looked_at_anew(root: Path, reading: list[str]) -> None:
    gallery = kept(root, "a.png")
    os.utime(root / "a.png", ns=(1, 1))
    reading.clear()
    gallery.look([found(root, "a.png")], later())
    assert gallery.looked(found(root, "a.png")).facts
    assert reading == ["static/a.png"]


def test_a_file_that_had_just_changed_is_read_again_though_its_mark_is_the_same(root: Path, reading: list[str]) -> None:
    gallery = Gallery(root / "images", KEY)
    gallery.look([found(root, "a.css")], now())
    gallery.save()
    reading.clear()
    again = Gallery(root / "images", KEY)
    again.look([found(root, "a.css")], later())
    again.look([found(root, "a.css")], later())
    assert reading == ["static/a.css"]


def test_a_file_that_is_gone_is_forgotten(root: Path) -> None:
    gallery = kept(root, "a.css", "a.png")
    gallery.look([found(root, "a.css")], later())
    gallery.save()
    assert Gallery(root / "images", KEY).digest("static/a.png") is None


def test_a_file_that_cannot_be_read_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = found(root, "a.css")
    (root / "a.css").unlink()
    gallery = Gallery(None, KEY)
    assert [told.code for told in gallery.look([file], later())] == ["unreadable-file"]
    assert gallery.digest("static/a.css") is None


def test_a_file_that_changes_meanwhile_stops_the_build(root: Path) -> None:
    file = found(root, "a.css")
    (root / "a.css").write_bytes(b"b{color:red}")
    with pytest.raises(ChangedError):
        Gallery(None, KEY).look([file], later())


@pytest.mark.parametrize(
    "payload", [b"[]", b"{", b'{"a": 1}', b'{"a": []}', b'{"a": [[1, 2], true, "x", null]}', b"\xff"]
)
def test_what_another_edition_left_is_forgotten(root: Path, payload: bytes) -> None:
    write_log(root / "images", KEY, payload)
    assert Gallery(root / "images", KEY).seen == {}


def test_what_was_kept_under_another_key_is_not_read(root: Path) -> None:
    kept(root, "a.css")
    assert Gallery(root / "images", b"another").seen == {}


def test_without_a_path_nothing_is_kept(root: Path) -> None:
    before = sorted(root.iterdir())
    gallery = Gallery(None, KEY)
    gallery.look([found(root, "a.css")], later())
    gallery.save()
    assert sorted(root.iterdir()) == before


def test_saving_twice_writes_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    monkeypatch.setattr(module, "write_log", lambda *what: written.append(json.loads(what[2])))
    gallery = Gallery(root / "images", KEY)
    gallery.look([found(root, "a.css")], later())
    gallery.save()
    gallery.save()
    assert [list(rows) for rows in written] == [["static/a.css"]]


def files(root: Path, reads: Reads) -> Files:
    return Files({"a.css": found(root, "a.css")}, reads, {"a.css": digest_of(b"a{}")})


@pytest.mark.parametrize(
    ("ask", "noted"),
    [
        (lambda f: f["a.css"], {"file a.css"}),
        (lambda f: "a.css" in f, {"files"}),
        (list, {"files"}),
        (len, {"files"}),
        (lambda f: f.get("gone.css"), {"file gone.css"}),
    ],
)
def test_what_is_read_of_static_files_is_noted(root: Path, ask: Callable[[Files], Any], noted: set[str]) -> None:
    reads = Reads()
    with reads.apart() as read:
        ask(files(root, reads))
    assert read == noted


def test_a_static_file_that_is_not_as_it_was_found_stops_the_build(root: Path) -> None:
    given = Files({"a.css": found(root, "a.css")}, Reads(), {"a.css": digest_of(b"other")})
    with pytest.raises(ChangedError):
        given["a.css"]
