"""The record of an output folder: it says what it was told, or nothing at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.shell.outputstate import State, beside, digest_of, encoded, load


def a_state(folder: Path) -> State:
    """The state of a folder with a few files, one of them of a name that is no text."""
    state = State()
    found = folder.stat()
    state.root, state.spare, state.stamp = (found.st_dev, found.st_ino), (1, 2**64 - 1), 17
    for name in ("index.html", "ü/a b.html", os.fsdecode(b"x\xff/y")):
        state.put_file(name, digest_of(name.encode("utf-8", "replace")), found)
    for name in (".", "ü", os.fsdecode(b"x\xff")):
        state.put_folder(name, found)
    state.foreign = {"notes.txt": 5}
    state.differing = {"index.html", "gone"}
    return state


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    state = a_state(output)
    Path(beside(str(output), "state")).write_bytes(b"".join(encoded(state)))
    read = load(str(output))
    assert read is not None
    assert encoded(read) == encoded(state)
    assert read.names == state.names
    assert (read.root, read.spare, read.foreign, read.differing) == (
        state.root, state.spare, state.foreign, state.differing,
    )  # fmt: skip


@pytest.mark.parametrize("change", ["cut", "flip", "longer", "other version", "empty", "folder"])
def test_a_damaged_state_is_no_state(tmp_path: Path, change: str) -> None:
    output = tmp_path / "output"
    output.mkdir()
    whole = b"".join(encoded(a_state(output)))
    path = Path(beside(str(output), "state"))
    if change == "folder":
        path.mkdir()
        assert load(str(output)) is None
        return
    for place in range(0, len(whole), 7):
        damaged = {
            "cut": whole[:place],
            "flip": whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :],
            "longer": whole + b"x" * (place + 1),
            "other version": whole.replace(b"sitegen-state 1", b"sitegen-state 2"),
            "empty": b"",
        }[change]
        path.write_bytes(damaged)
        assert load(str(output)) is None


def test_a_file_that_is_dropped_takes_nothing_with_it(tmp_path: Path) -> None:
    state = a_state(tmp_path)
    digests = dict(zip(state.names, state.hexes(), strict=True))
    for name in list(digests):
        state.drop_file(name)
        del digests[name]
        assert dict(zip(state.names, state.hexes(), strict=True)) == digests
        assert len(state.files.inode) == len(state.places) == len(digests)
    state.drop_folder("ü")
    state.drop_folder("never there")
    assert sorted(state.rooms) == sorted(state.folders) == [".", os.fsdecode(b"x\xff")]
