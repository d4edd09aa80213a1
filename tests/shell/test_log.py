"""A file of pieces: whatever happens to it, what is read back is what was written, from the front."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.shell.log import append_log, read_log, write_log

KEY = b"edition"
PIECES = [b"first", b"", b"third piece"]


def written(path: Path) -> list[int]:
    """Write the pieces; return the sizes of the file after each."""
    sizes = [write_log(path, KEY, PIECES[0])]
    for piece in PIECES[1:]:
        sizes.append(append_log(path, KEY, piece, sizes[-1]))
    return sizes


def test_pieces_come_back_in_order(tmp_path: Path) -> None:
    sizes = written(tmp_path / "log")
    assert read_log(tmp_path / "log", KEY) == (PIECES, sizes[-1])
    assert (tmp_path / "log").stat().st_size == sizes[-1]


def test_a_file_that_is_missing_or_empty_has_none(tmp_path: Path) -> None:
    assert read_log(tmp_path / "log", KEY) == ([], 0)
    (tmp_path / "log").touch()
    assert read_log(tmp_path / "log", KEY) == ([], 0)
    assert read_log(tmp_path, KEY) == ([], 0)


def test_a_file_cut_short_anywhere_has_the_pieces_before_the_cut(tmp_path: Path) -> None:
    sizes = written(tmp_path / "log")
    whole = (tmp_path / "log").read_bytes()
    for length in range(len(whole)):
        (tmp_path / "cut").write_bytes(whole[:length])
        sound = [size for size in sizes if size <= length]
        assert read_log(tmp_path / "cut", KEY) == (PIECES[: len(sound)], sound[-1] if sound else 0)


def test_a_file_with_any_bit_changed_has_the_pieces_before_it(tmp_path: Path) -> None:
    sizes = written(tmp_path / "log")
    whole = (tmp_path / "log").read_bytes()
    for at in range(len(whole)):
        for bit in (1, 0x80):
            damaged = bytearray(whole)
            damaged[at] ^= bit
            (tmp_path / "damaged").write_bytes(damaged)
            sound = [size for size in sizes if size <= at]
            assert read_log(tmp_path / "damaged", KEY) == (PIECES[: len(sound)], sound[-1] if sound else 0)


def test_pieces_of_another_edition_are_not_read(tmp_path: Path) -> None:
    written(tmp_path / "log")
    assert read_log(tmp_path / "log", b"another") == ([], 0)


def test_pieces_after_one_of_another_edition_are_not_read(tmp_path: Path) -> None:
    size = write_log(tmp_path / "log", KEY, b"ours")
    more = append_log(tmp_path / "log", b"another", b"theirs", size)
    append_log(tmp_path / "log", KEY, b"ours again", more)
    assert read_log(tmp_path / "log", KEY) == ([b"ours"], size)


@pytest.mark.parametrize("torn", [1, 5, 27, 28, 29, 50])
def test_a_torn_piece_is_overwritten_by_the_next(tmp_path: Path, torn: int) -> None:
    path = tmp_path / "log"
    size = write_log(path, KEY, b"first")
    append_log(path, KEY, b"a long piece that is torn", size)
    path.write_bytes(path.read_bytes()[: size + torn])
    pieces, at = read_log(path, KEY)
    assert (pieces, at) == ([b"first"], size)
    end = append_log(path, KEY, b"next", at)
    assert read_log(path, KEY) == ([b"first", b"next"], end)
    assert path.stat().st_size == end


def test_writing_anew_replaces_all_and_leaves_nothing_beside(tmp_path: Path) -> None:
    written(tmp_path / "log")
    (tmp_path / "log.new").write_text("left by a crash")
    write_log(tmp_path / "log", KEY, b"all")
    assert read_log(tmp_path / "log", KEY)[0] == [b"all"]
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_a_reader_keeps_the_old_file_while_a_new_one_is_written(tmp_path: Path) -> None:
    written(tmp_path / "log")
    with (tmp_path / "log").open("rb") as reader:
        write_log(tmp_path / "log", KEY, b"all")
        (tmp_path / "old").write_bytes(reader.read())
    assert read_log(tmp_path / "old", KEY)[0] == PIECES


def test_what_is_no_file_has_no_pieces_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log")
    assert read_log(tmp_path / "log", KEY) == ([], 0)


def test_links_are_never_written_through(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"precious")
    for name in ("log", "log.new"):
        (tmp_path / name).symlink_to("victim")
    with pytest.raises(OSError, match="symbolic link"):
        append_log(tmp_path / "log", KEY, b"piece", 0)
    write_log(tmp_path / "log", KEY, b"piece")
    assert (tmp_path / "victim").read_bytes() == b"precious"
    assert read_log(tmp_path / "log", KEY)[0] == [b"piece"]


def test_nothing_is_added_to_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        append_log(tmp_path / "log", KEY, b"piece", 0)
