"""What is loaded again and what is not; and that what is not is the same all the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest

from sitegen.core.kind import Kind
from sitegen.core.model import Record, field
from sitegen.core.reads import Reads
from sitegen.core.settings import settings
from sitegen.core.source import Source
from sitegen.kinds import KINDS
from sitegen.shell import library as module
from sitegen.shell.library import Library
from sitegen.shell.load import Fresh, Rules, load_file
from sitegen.shell.log import MOST_PIECES, write_log
from sitegen.shell.read import Found, survey
from sitegen.shell.records import Records, records_of
from sitegen.shell.shelf import DamagedError
from sitegen.shell.walk import MARGIN, now
from tests.making import ISSUER, badge, course

KEY = b"edition"
SETTINGS = "name: Small\nbase_url: https://x.example\ndescription: For tests.\n"
FILES = {
    "sitegen.yaml": SETTINGS,
    "content/issuers/academy.md": ISSUER,
    "content/issuers/other.md": ISSUER.replace("Example Academy", "Other"),
    "content/badges/a.md": badge("Alpha"),
    "content/badges/b.md": badge("Bravo", issuer="other"),
    "content/courses/c.md": course(),
    "content/frameworks/f.yaml": "name: S\ndescription: For tests.\nskills: [{id: s, name: S}, {id: t, name: T}]\n",
}


class Venue(Record):
    """A kind of a site's own that holds something that plain values cannot say."""

    KIND: ClassVar[str] = "venue"
    doors: set[str] = field("Its doors.", "front", set())


class Hall(Record):
    """A kind of a site's own with plain values."""

    KIND: ClassVar[str] = "hall"


class Room(Record):
    """Another, with the same fields."""

    KIND: ClassVar[str] = "room"


class Site:
    """A site in a folder, loaded again and again by libraries that know each other only by what they keep."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.loaded: list[str] = []
        self.read: list[str] = []
        self.kinds: tuple[Kind, ...] = tuple(KINDS)
        (root / ".sitegen").mkdir(parents=True)
        for path, text in FILES.items():
            self.write(path, text)
        read = Found.read

        def noted(file: Found, kind: str, rules: Rules) -> Fresh:
            self.loaded.append(file.path)
            return load_file(file, kind, rules)

        def noted_read(file: Found) -> bytes:
            self.read.append(file.path)
            return read(file)

        monkeypatch.setattr(module, "load_file", noted)
        monkeypatch.setattr(Found, "read", noted_read)

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def change(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text()
        assert old in text
        self.write(path, text.replace(old, new))

    def build(self, key: bytes = KEY, looked: int | None = None, spread: module.Map | None = None) -> Records:
        """Load all, and keep it, as a build does."""
        self.loaded.clear()
        self.read.clear()
        config, marks, _ = settings(Source("sitegen.yaml", (self.root / "sitegen.yaml").read_bytes()))
        assert config is not None
        inputs, found = survey(self.root, self.kinds)
        assert found == []
        library = Library(self.root / ".sitegen", key)
        rules = Rules(config, marks, {kind.name: kind for kind in self.kinds})
        records = records_of(inputs.documents, rules, library, looked or now() + 2 * MARGIN, False, spread)
        library.save(file.path for file, _ in inputs.documents)
        return records

    def fresh(self) -> Records:
        """Load all without anything that was kept."""
        shutil.move(self.root / ".sitegen", self.root / "aside")
        (self.root / ".sitegen").mkdir()
        records = self.build()
        shutil.rmtree(self.root / ".sitegen")
        shutil.move(self.root / "aside", self.root / ".sitegen")
        return records


def said(records: Records) -> dict[str, Any]:
    """Everything that is known of records, whoever loaded them."""
    shelf = records.shelf(Reads())
    kept = {
        key: (one.head, one.head_digest, one.entry_digest, one.fields.digest, one.text.digest)
        for key, one in sorted(records.kept.items())
    }
    fields = {key: (shelf[key].__dict__, shelf[key].body) for key in sorted(records.kept)}
    return {"kept": kept, "fields": fields, "faults": records.faults, "absent": records.absent}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    return Site(tmp_path / "site", monkeypatch)


def test_what_did_not_change_is_not_even_read(site: Site) -> None:
    first = said(site.build())
    assert len(site.loaded) == 6
    records = site.build()
    assert (site.loaded, site.read) == ([], [])
    assert said(records) == first


def touch(site: Site) -> None:
    os.utime(site.root / "content/badges/a.md", ns=(1, 1))


def change(path: str, old: str, new: str) -> Callable[[Site], None]:
    return lambda site: site.change(path, old, new)


def move(site: Site) -> None:
    (site.root / "content/badges/a.md").rename(site.root / "content/courses/a.md")
    site.change("content/courses/a.md", "issuer:", "provider:")
    site.change("content/courses/a.md", "badgeKind: participation\n", "")


A, B, C, F = "content/badges/a.md", "content/badges/b.md", "content/courses/c.md", "content/frameworks/f.yaml"
ACADEMY, OTHER = "content/issuers/academy.md", "content/issuers/other.md"
DEFAULTS = "assertionHosts: [lms.academy.example]\n"


@pytest.mark.parametrize(
    ("edit", "loaded", "read"),
    [
        (touch, [], [A]),
        (change(A, "whole day", "whole night"), [A], [A, A]),
        (change(A, "Alpha", "Alfa"), [A], [A, A]),
        (change(ACADEMY, DEFAULTS, DEFAULTS + "defaults: {badge: {topic: food}}\n"), [ACADEMY, A], None),
        (change(ACADEMY, "A school", "The school"), [ACADEMY], None),
        (change("sitegen.yaml", "name:", "defaults: {course: {topic: food}}\nname:"), [C], None),
        (change("sitegen.yaml", "name:", "show_engagement_badges: true\nname:"), [A, B], None),
        (change("sitegen.yaml", "name:", "language: fr\nname:"), [ACADEMY, OTHER, F, A, B, C], None),
        (change("sitegen.yaml", "Small", "Large"), [], []),
        (move, ["content/courses/a.md"], None),
        (lambda s: (s.root / A).unlink(), [], []),
        (lambda s: s.write("content/badges/n.md", badge("New")), ["content/badges/n.md"], ["content/badges/n.md"]),
    ],
)
def test_only_what_an_edit_bears_on_is_loaded_again(
    site: Site, edit: Callable[[Site], object], loaded: list[str], read: list[str] | None
) -> None:
    site.build()
    edit(site)
    records = site.build()
    assert sorted(site.loaded) == sorted(loaded)
    assert read is None or site.read == read
    assert said(records) == said(site.fresh())
    site.build()
    assert site.loaded == []


def test_a_file_changed_just_before_is_read_again_but_not_loaded(site: Site) -> None:
    site.build(looked=now())
    site.build()
    assert (site.loaded, len(site.read)) == ([], 6)
    site.build()
    assert site.read == []


def test_a_file_with_an_error_is_never_kept(site: Site) -> None:
    site.build()
    site.change(A, "description", "descripton")
    for _ in range(2):
        records = site.build()
        assert site.loaded == [A]
        assert [told.code for told in records.faults] == ["unknown-field"]
        assert "badge:a" in records.absent.broken
        assert "badge:a" not in records.kept
    site.change(A, "descripton", "description")
    assert said(site.build()) == said(site.fresh())


def test_a_warning_is_told_again_though_the_file_is_not_loaded(site: Site) -> None:
    site.change(A, "---\nTake", "x-starter: yes\n---\n\n\nTake")
    site.write("content/pages/p.md", "---\nname: P\ndescription: D.\nx-y: NO\n---\nText\n")
    first = site.build()
    again = site.build()
    assert (site.loaded, again.faults) == ([], first.faults)


def test_a_file_that_cannot_be_read_is_told_and_not_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build()
    read = Found.read

    def closed(file: Found) -> bytes:
        if file.path == A:
            raise PermissionError(13, "Permission denied")
        return read(file)

    touch(site)
    with monkeypatch.context() as patch:
        patch.setattr(Found, "read", closed)
        records = site.build()
    assert [told.code for told in records.faults] == ["unreadable-file"]
    assert said(site.build()) == said(site.fresh())


def test_a_record_of_a_kind_that_cannot_be_kept_is_loaded_each_time(site: Site) -> None:
    site.kinds = (*KINDS, Kind("venue", "venues", Venue, "A place."))
    site.write("content/venues/hall.md", "---\nname: Hall\ndescription: A hall.\ndoors: [north, south]\n---\nBig.\n")
    for _ in range(2):
        records = site.build()
        assert "content/venues/hall.md" in site.loaded
        hall: Any = records.shelf(Reads())["venue:hall"]
        assert (hall.doors, hall.body) == ({"north", "south"}, "Big.\n")
    assert site.loaded == ["content/venues/hall.md"]
    digest = records.kept["venue:hall"].fields.digest
    site.change("content/venues/hall.md", "south", "west")
    assert site.build().kept["venue:hall"].fields.digest != digest


@pytest.mark.parametrize("key", [b"another"])
def test_under_another_key_everything_is_loaded_again(site: Site, key: bytes) -> None:
    site.build()
    records = site.build(key)
    assert len(site.loaded) == 6
    assert said(records) == said(site.fresh())


@pytest.mark.parametrize(
    "payload", [b"{", b"[1]", b'[["a"]]', b'[["p", [1], true, "d", "badge", null, "l", [], []]]', b"\xff"]
)
def test_rows_that_another_edition_left_are_forgotten(site: Site, payload: bytes) -> None:
    site.build()
    write_log(site.root / ".sitegen/files", KEY, payload)
    site.build()
    assert len(site.loaded) == 6
    site.build()
    assert site.loaded == []


@pytest.mark.parametrize("content", [b"", b"nonsense" * 1000])
def test_records_that_were_lost_or_damaged_are_damage_and_never_others(site: Site, content: bytes) -> None:
    site.build()
    (site.root / ".sitegen/records").write_bytes(content)
    with pytest.raises(DamagedError):
        said(site.build())


def test_a_cache_cut_short_anywhere_gives_the_same_records(site: Site) -> None:
    first = said(site.build())
    site.change(A, "Alpha", "Alfa")
    second = said(site.build())
    site.change(A, "Alfa", "Alpha")
    rows = (site.root / ".sitegen/files").read_bytes()
    for length in range(0, len(rows), 97):
        (site.root / ".sitegen/files").write_bytes(rows[:length])
        assert said(site.build()) == first
    assert second != first


def test_rows_are_appended_and_now_and_then_written_anew(site: Site) -> None:
    sizes = []
    for number in range(MOST_PIECES + 2):
        site.write(A, badge(f"Badge {number}"))
        site.build()
        sizes.append((site.root / ".sitegen/files").stat().st_size)
    assert sum(later < earlier for earlier, later in pairwise(sizes)) == 1
    assert said(site.build()) == said(site.fresh())
    assert site.loaded


def grown(site: Site) -> None:
    """Leave much in the file of records that nobody needs any more."""
    for word in ("one\n", "two\n"):
        site.write(A, badge("Large") + word * 150_000)
        site.build()


def test_records_that_nobody_needs_are_cleared_out(site: Site) -> None:
    site.build()
    grown(site)
    large = (site.root / ".sitegen/records").stat().st_size
    site.write(A, badge("Alpha"))
    records = site.build()
    assert (site.root / ".sitegen/records").stat().st_size < 50_000 < large
    assert said(records) == said(site.fresh())
    assert said(site.build()) == said(records)
    assert site.loaded == []
    assert sorted(path.name for path in (site.root / ".sitegen").iterdir()) == ["files", "records"]


def test_a_crash_between_clearing_out_and_writing_rows_is_damage_and_never_others(site: Site) -> None:
    grown(site)
    rows = (site.root / ".sitegen/files").read_bytes()
    site.write(A, badge("Alpha"))
    site.build()
    (site.root / ".sitegen/files").write_bytes(rows)
    with pytest.raises(DamagedError):
        said(site.build())


def test_without_a_folder_everything_is_loaded_and_nothing_kept(tmp_path: Path) -> None:
    library = Library(None, KEY)
    library.save([])
    assert library.rows == {}


def test_where_records_cannot_be_kept_the_build_goes_on(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    library = Library(tmp_path, KEY)
    assert library.folder is None
    library.save([])
    assert not (tmp_path / "files").exists()


def test_many_files_are_loaded_in_portions_and_come_out_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 3)
    monkeypatch.setattr(module, "_CHUNK", 2)
    portions: list[int] = []

    def spread(work: Callable[[Any, Any], Any], context: Any, items: Sequence[Any]) -> Iterator[Any]:
        for item in items:
            portions.append(len(item))
            yield work(context, item)

    records = site.build(spread=spread)
    assert portions == [2, 2]  # two issuers are few, and loaded first
    assert said(records) == said(site.fresh())


def test_a_file_moved_to_another_kind_in_the_settings_of_a_site_is_loaded_again(site: Site) -> None:
    """The folder of a kind of a site's own may come to be another's."""
    site.kinds = (*KINDS, Kind("hall", "places", Hall, "A hall."))
    site.write("content/places/a.md", "---\nname: A\ndescription: A place.\n---\n")
    site.build()
    assert "hall:a" in site.build().kept
    assert site.loaded == []
    site.kinds = (*KINDS, Kind("room", "places", Room, "A room."))
    assert "room:a" in site.build().kept
    assert site.loaded == ["content/places/a.md"]


def test_a_file_that_is_gone_is_forgotten(site: Site) -> None:
    site.build()
    (site.root / A).unlink()
    assert "badge:a" not in site.build().kept
    assert A not in Library(site.root / ".sitegen", KEY).rows
