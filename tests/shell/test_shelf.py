"""Records kept as bytes: the same record comes back, or nothing does."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.core.head import Head, head_of
from sitegen.core.model import Record
from sitegen.core.packing import pack
from sitegen.core.reads import Reads
from sitegen.core.source import Marks
from sitegen.shell import shelf as module
from sitegen.shell.load import loose
from sitegen.shell.shelf import DamagedError, Kept, Pack, Shelf, Slot, short
from tests.making import BY_NAME, badge, course, load

MODELS = {name: kind.model for name, kind in BY_NAME.items()}
FILES = {f"badges/{name}.md": badge(name.title()) for name in "abcdef"} | {"courses/c.md": course()}


def loaded() -> list[Record]:
    records, found = load(FILES)
    assert found == []
    return records


def shelved(pack_file: Pack, **other: Kept) -> Shelf:
    """Every record on a shelf; their marks are asked of the records that were put there."""
    marks: dict[str, Marks] = {}
    kept: dict[str, Kept] = {}
    for record in loaded():
        marks[record.key] = record.marks
        head = head_of(record)
        slots = pack_file.put(pack(record)), pack_file.put(record.body.encode())
        kept[record.key] = Kept(head, "", "", *slots)
    pack_file.flush()
    return Shelf(kept | other, pack_file, MODELS, lambda head: marks[head.key], Reads())


def test_pieces_are_found_again(tmp_path: Path) -> None:
    file = Pack(tmp_path / "records")
    slots = [file.put(content) for content in (b"one", b"", b"three")]
    file.flush()
    assert [file.get(slot) for slot in slots] == [b"one", b"", b"three"]
    again = Pack(tmp_path / "records")
    assert [again.get(slot) for slot in slots] == [b"one", b"", b"three"]
    later = again.put(b"four")
    again.flush()
    assert (later.at, file.get(later)) == (8, b"four")


def test_many_pieces_are_written_before_the_last_is_put(tmp_path: Path) -> None:
    file = Pack(tmp_path / "records")
    slots = [file.put(bytes([number % 256])) for number in range(module._TOGETHER)]
    assert file.get(slots[-1]) == b"\xff"


def test_a_pack_without_a_path_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = Pack(None)
    slot = file.put(b"one")
    file.flush()
    assert file.get(slot) == b"one"
    assert list(tmp_path.iterdir()) == []


def test_a_pack_is_closed_with_the_last_who_holds_it(tmp_path: Path) -> None:
    file = Pack(tmp_path / "records")
    descriptor = file._file
    del file
    gc.collect()
    with pytest.raises(OSError, match="descriptor"):
        os.fstat(descriptor)


def test_a_link_in_the_place_of_a_pack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"precious")
    (tmp_path / "records").symlink_to("victim")
    with pytest.raises(OSError, match="symbolic link"):
        Pack(tmp_path / "records")


def test_what_is_no_file_is_refused_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "records")
    with pytest.raises(OSError, match="is no file"):
        Pack(tmp_path / "records")


@pytest.mark.parametrize(
    "slot",
    [
        Slot(0, 3, short(b"two")),  # something else lies there
        Slot(1, 3, short(b"one")),
        Slot(0, 2, short(b"one")),
        Slot(100, 3, short(b"one")),  # beyond the end
        Slot(0, 3, ""),
    ],
)
def test_what_is_not_what_was_put_there_is_damage(tmp_path: Path, slot: Slot) -> None:
    file = Pack(tmp_path / "records")
    file.put(b"one")
    file.flush()
    with pytest.raises(DamagedError):
        file.get(slot)


def test_after_clearing_pieces_are_gone_and_new_ones_begin_at_the_front(tmp_path: Path) -> None:
    file = Pack(tmp_path / "records")
    old = file.put(b"one")
    file.flush()
    file.clear()
    with pytest.raises(DamagedError):
        file.get(old)
    new = file.put(b"two")
    file.flush()
    assert (new.at, file.get(new), (tmp_path / "records").read_bytes()) == (0, b"two", b"two")


def test_the_records_on_a_shelf_are_those_that_were_put_there(tmp_path: Path) -> None:
    shelf = shelved(Pack(tmp_path / "records"))
    records = {record.key: record for record in loaded()}
    assert {key: record.__dict__ for key, record in shelf.items()} == {k: r.__dict__ for k, r in records.items()}
    assert (len(shelf), "badge:a" in shelf, "badge:z" in shelf) == (len(records), True, False)
    for key, record in records.items():
        assert (shelf[key].body, shelf[key].path, shelf[key].language) == (record.body, record.path, record.language)
        assert shelf[key].span("name") == record.span("name")


def test_a_record_that_is_not_there_is_a_key_error(tmp_path: Path) -> None:
    shelf = shelved(Pack(tmp_path / "records"))
    with pytest.raises(KeyError):
        shelf["badge:z"]
    assert shelf.get("badge:z") is None


def test_the_text_and_the_marks_of_a_record_are_noted_when_they_are_read(tmp_path: Path) -> None:
    shelf = shelved(Pack(tmp_path / "records"))
    reads = shelf._reads
    with reads.apart() as noted:
        record = shelf["badge:a"]
        assert record.name == "A"
        assert noted == set()
        assert record.body == "Take part in the whole day.\n"
        assert noted == {"text badge:a"}
        record.span("name")
    assert noted == {"text badge:a", "source content/badges/a.md"}
    with reads.apart() as noted:
        shelf["badge:a"].body  # noqa: B018 - reading it again is what is tested
    assert noted == {"text badge:a"}


def test_records_are_let_go_but_not_those_just_read_nor_issuers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    shelf = shelved(Pack(tmp_path / "records"))
    first = {key: shelf[key] for key in ("issuer:academy", "badge:a", "badge:b")}
    assert all(shelf[key] is record for key, record in first.items())
    shelf["badge:c"]
    assert shelf["badge:b"] is first["badge:b"]  # of the two before, and read again
    for key in ("badge:d", "badge:e", "badge:f", "course:c"):
        shelf[key]
    assert len(shelf._made) + len(shelf._before) <= 2 * module.KEPT
    assert shelf["issuer:academy"] is first["issuer:academy"]
    assert shelf["badge:a"] is not first["badge:a"]
    assert shelf["badge:a"].__dict__ == first["badge:a"].__dict__


def test_a_record_that_cannot_be_kept_as_bytes_is_given_as_it_is(tmp_path: Path) -> None:
    record = next(record for record in loaded() if record.key == "badge:a")
    shelf = shelved(Pack(tmp_path / "records"), **{"badge:a": loose(record)})
    assert shelf["badge:a"] is record


def models_without(kind: str) -> Mapping[str, type[Record]]:
    return {name: model for name, model in MODELS.items() if name != kind}


@pytest.mark.parametrize("at", [0, 4, 5, 60, -1])
def test_a_damaged_record_is_damage_and_never_another_record(tmp_path: Path, at: int) -> None:
    shelf = shelved(Pack(tmp_path / "records"))
    slot = shelf.kept["badge:a"].fields
    content = bytearray((tmp_path / "records").read_bytes())
    content[slot.at + at % slot.size] ^= 1
    (tmp_path / "records").write_bytes(content)
    with pytest.raises(DamagedError):
        shelf["badge:a"]
    assert shelf["badge:b"].name == "B"


def test_bytes_that_are_sound_and_no_record_are_damage(tmp_path: Path) -> None:
    """As those that another edition left under the same digest."""
    file = Pack(tmp_path / "records")
    shelf = shelved(file)
    head: Head = shelf.kept["badge:a"].head
    wrong = file.put(b"nonsense")
    file.flush()
    kept = {"badge:a": Kept(head, "", "", wrong, wrong), "badge:b": shelf.kept["badge:b"]}
    for models, key in ((MODELS, "badge:a"), (models_without("badge"), "badge:b")):
        with pytest.raises(DamagedError):
            Shelf(kept, file, models, lambda head: Marks(head.path), Reads())[key]
