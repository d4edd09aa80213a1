"""What was remembered comes back as it was, or not at all."""

from __future__ import annotations

import shutil
from array import array
from pathlib import Path

import pytest

from sitegen.core.current import SIZE
from sitegen.core.diagnostics import Diagnostic, Span, warning
from sitegen.shell import memory as module
from sitegen.shell.columns import Row
from sitegen.shell.log import MOST_PIECES, write_log
from sitegen.shell.memory import CHECK, ONCE, Memory
from sitegen.shell.shelf import DamagedError

KEY = b"edition"
TOLD = warning("unused-file", "„says“ \ud83e", Span("content/a.md", 3, 4, 5), "hint")


def state(number: int) -> bytes:
    return bytes([number]) * SIZE


def row(
    memory: Memory, name: str, *reads: str, digest: int = 1, told: tuple[Diagnostic, ...] = (), page: bool = False
) -> Row:
    """A row that read some names and, where it is a page, leads to one address and loads another."""
    numbers = array("I", map(memory.number, reads))
    links, assets = (array("I", [memory.number(at)]) if page else array("I") for at in (">/to/", ">/a.css"))
    ids = "top\nend" if page else ""
    return Row(name, f"{digest:02x}" * 16, numbers, links, assets, ids, ids[:3], "", told, page)


def learnt(path: Path | None, key: bytes = KEY) -> Memory:
    """Two builds: the second changes a page, takes one away and adds one."""
    memory = Memory.read(path, key)
    rows = [
        row(memory, "a/index.html", "record badge:a", "theme", page=True, told=(TOLD,)),
        row(memory, "b/index.html", "record badge:b", "theme", page=True),
        row(memory, f"{CHECK}badge:a", "record badge:a"),
        row(memory, "robots.txt"),
    ]
    memory.learn(rows, {number: state(number + 1) for number in range(len(memory.names))}, [], "plan one")
    return memory


def second(memory: Memory) -> None:
    rows = [
        row(memory, "a/index.html", "record badge:a", "day", digest=2, page=True),
        row(memory, "c/index.html", "record badge:c", page=True, told=(TOLD,)),
    ]
    changed = [memory.number(name) for name in ("record badge:a", "day", "record badge:c")]
    memory.learn(rows, {number: state(number + 101) for number in changed}, ["b/index.html"], None)


def content(memory: Memory) -> tuple[object, ...]:
    """All that a memory says, in words."""
    names = memory.names
    rows = {
        one.name: one._replace(
            reads=[names[n] for n in one.reads],  # type: ignore[arg-type]  # names in the place of numbers
            links=[names[n] for n in one.links],  # type: ignore[arg-type]
            assets=[names[n] for n in one.assets],  # type: ignore[arg-type]
        )
        for one in memory.rows()
    }
    states = dict(zip(names, (digest or bytes(SIZE) for digest in memory.digests), strict=True))
    return rows, states, memory.plan, sorted(memory.told()), memory.files()


def test_what_was_learnt_is_read_back(tmp_path: Path) -> None:
    first = learnt(tmp_path / "made-x")
    again = Memory.read(tmp_path / "made-x", KEY)
    assert content(again) == content(first)
    page = again.row("a/index.html")
    assert page is not None
    assert [again.names[n] for n in page.reads] == ["record badge:a", "theme"]
    assert [again.names[n] for n in (*page.links, *page.assets)] == [">/to/", ">/a.css"]
    assert (page.ids, page.repeated, page.told, page.page) == ("top\nend", "top", (TOLD,), True)
    assert again.digest("robots.txt") == "01" * 16
    assert again.files().keys() == {"a/index.html", "b/index.html", "robots.txt"}


def test_what_changed_is_added_and_read_back_with_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "made-x"
    second(learnt(path))
    size = path.stat().st_size
    again = Memory.read(path, KEY)
    assert len(again.pieces) == 2
    assert again.row("b/index.html") is None
    assert again.digest("a/index.html") == "02" * 16
    assert dict(again.told()) == {"c/index.html": (TOLD,)}
    assert again.plan == "plan one"
    assert again.digests[again.number("day")] == state(again.number("day") + 101)
    whole = learnt(None)
    second(whole)
    assert content(again) == content(whole)
    assert path.stat().st_size == size


def test_the_state_of_a_value_that_was_worked_out_anew_is_kept(tmp_path: Path) -> None:
    """Else a value that comes to be what it was before would pass for the one that was never let go."""
    for number in (1, 2, 3):
        memory = Memory.read(tmp_path / "made-x", KEY)
        name = "once here:part badge:a"
        memory.digests[memory.number(name)] = state(number)
        memory.learn([row(memory, f"\x01{name}", "record badge:a")], {}, [], "plan")
        again = Memory.read(tmp_path / "made-x", KEY)
        assert again.digests[again.number(name)] == state(number)


def test_who_read_a_name_is_found_through_all_pieces(tmp_path: Path) -> None:
    memory = learnt(tmp_path / "made-x")
    second(memory)
    for one in (memory, Memory.read(tmp_path / "made-x", KEY)):
        found = {name: one.reading({one.number(name)}) for name in ("record badge:a", "record badge:b", "theme", "day")}
        assert found == {
            "record badge:a": {"a/index.html", f"{CHECK}badge:a"},
            "record badge:b": set(),
            "theme": set(),  # what is now at a/index.html read it no longer
            "day": {"a/index.html"},
        }
        assert one.reading(set()) == set()
        assert one.reading(set(range(len(one.names)))) == {"a/index.html", "c/index.html", f"{CHECK}badge:a"}


def test_names_that_do_not_come_from_the_last_build_get_numbers_of_their_own(tmp_path: Path) -> None:
    learnt(tmp_path / "made-x")
    again = Memory.read(tmp_path / "made-x", KEY)
    count = len(again.names)
    assert again.number("theme") < count
    assert [again.number("new"), again.number("new")] == [count, count]


def test_a_name_is_remembered_though_the_build_that_gave_it_a_number_learnt_nothing_of_it(tmp_path: Path) -> None:
    memory = learnt(tmp_path / "made-x")
    memory.number("looked at only")
    second(memory)
    assert Memory.read(tmp_path / "made-x", KEY).names == memory.names


def test_after_many_builds_all_is_written_anew_as_one(tmp_path: Path) -> None:
    path = tmp_path / "made-x"
    memory = learnt(path)
    for number in range(MOST_PIECES):
        memory.learn([row(memory, "a/index.html", "theme", digest=number)], {}, [], None)
    assert len(Memory.read(path, KEY).pieces) < MOST_PIECES
    assert content(Memory.read(path, KEY)) == content(memory)


def test_rows_that_nobody_needs_are_cleared_out(tmp_path: Path) -> None:
    path = tmp_path / "made-x"
    memory = learnt(path)
    many = [f"{number}.txt" for number in range(300)]
    memory.learn([row(memory, name, "day") for name in many], {}, [], None)
    memory.learn([], {}, many, None)
    assert len(memory.pieces) == 1
    assert content(Memory.read(path, KEY)) == content(memory)
    assert memory.files().keys() == {"a/index.html", "b/index.html", "robots.txt"}


def test_a_memory_cut_short_anywhere_is_that_of_an_earlier_build_or_none(tmp_path: Path) -> None:
    path = tmp_path / "made-x"
    memory = learnt(path)
    first, size = content(memory), path.stat().st_size
    second(memory)
    whole, latest = path.read_bytes(), content(memory)
    nothing = content(Memory(None, KEY))
    for length in range(0, len(whole) + 1, 7):
        path.write_bytes(whole[:length])
        expected = latest if length == len(whole) else first if length >= size else nothing
        assert content(Memory.read(path, KEY)) == expected, length


def test_after_a_torn_piece_the_next_build_is_added_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "made-x"
    memory = learnt(path)
    second(memory)
    path.write_bytes(path.read_bytes()[:-3])
    again = Memory.read(path, KEY)
    second(again)
    assert content(Memory.read(path, KEY)) == content(memory)


@pytest.mark.parametrize("at", [4, 30, 200, -1])
def test_a_memory_with_a_bit_changed_is_none(tmp_path: Path, at: int) -> None:
    path = tmp_path / "made-x"
    learnt(path)
    damaged = bytearray(path.read_bytes())
    damaged[at] ^= 1
    path.write_bytes(damaged)
    assert Memory.read(path, KEY).where == {}


def test_under_another_key_nothing_is_remembered(tmp_path: Path) -> None:
    learnt(tmp_path / "made-x")
    assert content(Memory.read(tmp_path / "made-x", b"another")) == content(Memory(None, KEY))


@pytest.mark.parametrize("payload", [b"", b"\1", b"\1" * 8, bytes(8) * 14, b"\xff" * 400])
def test_what_is_sound_and_no_memory_is_forgotten(tmp_path: Path, payload: bytes) -> None:
    write_log(tmp_path / "made-x", KEY, payload)
    assert Memory.read(tmp_path / "made-x", KEY).where == {}
    memory = learnt(tmp_path / "made-x")
    assert content(Memory.read(tmp_path / "made-x", KEY)) == content(memory)


def test_without_a_path_a_memory_lives_as_long_as_the_build() -> None:
    memory = learnt(None)
    second(memory)
    assert memory.digest("a/index.html") == "02" * 16


def test_a_text_that_is_kept_comes_back(tmp_path: Path) -> None:
    memory = Memory.read(tmp_path / "made-x", KEY)
    texts = {"one": "text \ud83e", "two": ""}
    memory.learn([Row(name, "00" * 16, array("I"), data=memory.keep(text)) for name, text in texts.items()], {}, [], "")
    memory.texts.flush()
    again = Memory.read(tmp_path / "made-x", KEY)
    assert {one.name: again.recall(again.where_kept(one.name)) for one in again.rows()} == texts


def test_what_has_no_text_has_no_place_of_one(tmp_path: Path) -> None:
    memory = learnt(None)
    assert (memory.where_kept("robots.txt"), memory.where_kept("gone.txt")) == ("", "")


def test_a_text_that_was_lost_is_damage(tmp_path: Path) -> None:
    memory = Memory.read(tmp_path / "made-x", KEY)
    memory.learn([Row("one", "00" * 16, array("I"), data=memory.keep("text"))], {}, [], "")
    memory.texts.flush()
    (tmp_path / "texts-x").unlink()
    again = Memory.read(tmp_path / "made-x", KEY)
    with pytest.raises(DamagedError):
        again.recall(again.where_kept("one"))


def test_texts_that_nobody_needs_are_cleared_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SPARE", 10)
    path = tmp_path / "made-x"
    name = f"{ONCE}here:part badge:a"
    for number in range(2 * MOST_PIECES):
        memory = Memory.read(path, KEY)
        kept = memory.keep(f"text {number}")
        memory.texts.flush()
        memory.learn([Row(name, "00" * 16, array("I"), data=kept), row(memory, "a.html", page=True)], {}, [], "")
        again = Memory.read(path, KEY)
        assert again.recall(again.where_kept(name)) == f"text {number}"
    assert (tmp_path / "texts-x").stat().st_size < 8 * MOST_PIECES
    assert sorted(file.name for file in tmp_path.iterdir()) == ["made-x", "texts-x"]


def test_texts_of_other_settings_are_cleared_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SPARE", 10)
    for number in range(9):
        memory = Memory.read(tmp_path / "made-x", bytes([number + 1]))
        kept = memory.keep(f"text {number}")
        memory.texts.flush()
        memory.learn([Row(f"{ONCE}part", "00" * 16, array("I"), data=kept)], {}, [], "")
    assert (tmp_path / "texts-x").stat().st_size < 30


def test_names_and_anchors_may_hold_any_character(tmp_path: Path) -> None:
    memory = Memory.read(tmp_path / "made-x", KEY)
    odd = ["picture content/badges/a\nb.png", ">/to/\x02\x03/", "", "once \ud83e \u2028"]
    made = row(memory, "a\nb.html", *odd)._replace(ids="one\x02two\x03three", data="\x03")
    memory.learn([made, row(memory, "gone\n.html")], {}, [], "")
    memory.learn([row(memory, "more.html", *odd)], {}, ["gone\n.html"], None)
    again = Memory.read(tmp_path / "made-x", KEY)
    assert again.names == memory.names
    found = again.row("a\nb.html")
    assert found is not None
    assert [again.names[n] for n in found.reads] == odd
    assert (found.ids, found.data) == ("one\ufffdtwo\ufffdthree", "\ufffd")
    assert again.files().keys() == {"a\nb.html", "more.html"}


def test_where_texts_cannot_be_kept_nothing_is(tmp_path: Path) -> None:
    learnt(tmp_path / "made-x")
    (tmp_path / "texts-x").unlink()
    (tmp_path / "texts-x").mkdir()
    memory = learnt(tmp_path / "made-x")
    assert (memory.path, len(memory.where)) == (None, 4)


def test_where_a_memory_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    memory = Memory(tmp_path / "gone/made-x", KEY)
    shutil.rmtree(tmp_path / "gone")
    with pytest.raises(OSError, match="gone"):
        memory.learn([], {}, [], "")
