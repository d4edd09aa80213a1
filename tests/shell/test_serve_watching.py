from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition
from typing import Any

import pytest

from sitegen.build import Options, build
from sitegen.shell.serve import watching
from sitegen.shell.serve.changes import Names
from sitegen.shell.serve.watching import Watching, ignored
from tests.served.previews import SMALL


class Watched:
    """A site's folder under watch, and what was reported of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file = root / "content/badges/a.md"
        self.told: list[str] = []
        self._reports: list[Names] = []
        self._more = Condition()
        self.watching = Watching(root, self._report, self.told.append)

    def _report(self, names: Names) -> None:
        with self._more:
            self._reports.append(names)
            self._more.notify_all()

    def after(self, act: Callable[[], object], *expected: str | None) -> list[Names]:
        """Do something and wait until each of these was reported, None for "anything may have changed"."""
        with self._more:
            self._reports.clear()
            act()
            assert self._more.wait_for(lambda: self._seen(expected), 30), (expected, self._reports)
            return list(self._reports)

    def _seen(self, expected: tuple[str | None, ...]) -> bool:
        names = {name for report in self._reports for name in (report if report is not None else [None])}
        return set(expected) <= names


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    root = tmp_path / "site"
    (root / "content/badges").mkdir(parents=True)
    (root / "sitegen.yaml").write_text("name: A\n")
    site = Watched(root)
    site.file.write_text("first")
    site.after(site.watching.start, None)
    yield site
    site.watching.stop()


def test_a_saved_file_is_named(watched: Watched) -> None:
    assert watched.after(lambda: watched.file.write_text("x"), "content/badges/a.md")[0] == {"content/badges/a.md"}
    watched.after(lambda: watched.file.with_name("b.md").write_text("x"), "content/badges/b.md")
    watched.after(watched.file.unlink, "content/badges/a.md")
    watched.after(lambda: (watched.root / "sitegen.yaml").write_text("x"), "sitegen.yaml")


def test_a_file_that_is_written_beside_and_put_in_place_is_one_change(watched: Watched) -> None:
    def save(beside: str) -> None:
        temporary = watched.file.with_name(beside)
        temporary.write_text("new")
        temporary.replace(watched.file)

    for beside in (".a.md.swp", "a.md.tmp", "a.md~", ".goutputstream-X", "a.md___jb_tmp___"):
        reports = watched.after(lambda beside=beside: save(beside), "content/badges/a.md")
        assert set().union(*(names or {"?"} for names in reports)) == {"content/badges/a.md"}, beside

    def save_config() -> None:
        (watched.root / "sitegen.yaml.new").write_text("new")
        (watched.root / "sitegen.yaml.new").replace(watched.root / "sitegen.yaml")

    watched.after(save_config, "sitegen.yaml")


def test_vim_saves_with_a_trial_and_a_backup(watched: Watched) -> None:
    def save() -> None:
        trial = watched.file.with_name("4913")
        trial.write_text("")
        trial.unlink()
        watched.file.rename(watched.file.with_name("a.md~"))
        watched.file.write_text("new")
        watched.file.with_name("a.md~").unlink()

    reports = watched.after(save, "content/badges/a.md")
    assert set().union(*(names or {"?"} for names in reports)) == {"content/badges/a.md"}


def test_new_folders_are_watched_and_all_that_is_in_them_is_unknown(watched: Watched) -> None:
    deep = watched.root / "content/pages/deep"

    def checkout() -> None:
        deep.mkdir(parents=True)
        (deep / "p.md").write_text("x")

    watched.after(checkout, None)
    watched.after(lambda: (deep / "p.md").write_text("y"), "content/pages/deep/p.md")
    watched.after(lambda: deep.rename(deep.with_name("other")), None)
    watched.after(lambda: (deep.with_name("other") / "p.md").write_text("z"), "content/pages/other/p.md")


def test_a_watched_folder_that_is_deleted_and_restored_is_watched_again(watched: Watched) -> None:
    content = watched.root / "content"
    watched.after(lambda: shutil.rmtree(content), None)
    watched.after(lambda: watched.file.parent.mkdir(parents=True), None)
    watched.after(lambda: watched.file.write_text("back"), "content/badges/a.md")
    watched.after(lambda: content.rename(watched.root / "aside"), None)
    watched.after(lambda: (watched.root / "aside").rename(content), None)
    watched.after(lambda: watched.file.write_text("again"), "content/badges/a.md")
    watched.after((watched.root / "static").mkdir, None)
    watched.after(lambda: (watched.root / "static/a.txt").write_text("new"), "static/a.txt")


def test_the_site_s_own_folder_may_vanish_and_come_back(watched: Watched) -> None:
    watched.after(lambda: shutil.rmtree(watched.root), None)
    watched.after(lambda: watched.file.parent.mkdir(parents=True), None)
    watched.after(lambda: watched.file.write_text("back"), "content/badges/a.md")


def test_what_a_build_writes_is_no_change(watched: Watched) -> None:
    for name in ("output", ".output.sitegen-new"):
        (watched.root / name).mkdir()
        (watched.root / name / "index.html").write_text("x")
    (watched.root / "output").rename(watched.root / "aside")
    reports = watched.after(lambda: watched.file.write_text("x"), "content/badges/a.md")
    assert reports == [{"content/badges/a.md"}]


def test_without_notices_it_looks_again_and_again_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Any = watching.watch

    def limited(*paths: Path, **options: Any) -> Any:
        if not options["force_polling"]:
            raise OSError("OS file watch limit reached")
        return real(*paths, **options)

    monkeypatch.setattr(watching, "watch", limited)
    monkeypatch.setattr(watching, "POLL", 20)
    (tmp_path / "content/badges").mkdir(parents=True)
    site = Watched(tmp_path)
    site.after(site.watching.start, None)
    try:
        site.after(lambda: site.file.write_text("x"), "content/badges/a.md")
        assert "OS file watch limit reached" in site.told[0]
    finally:
        site.watching.stop()


def test_a_watch_that_is_stopped_ends(watched: Watched) -> None:
    started = time.monotonic()
    watched.watching.stop()
    assert time.monotonic() - started < 30
    assert not any(thread.is_alive() for thread in watched.watching._threads)


DROPPINGS = (".a.md", "#a.md#", "a.md~", "a.swp", "a.tmp", ".git")


@pytest.mark.parametrize("name", [*DROPPINGS, "4913", "a.md___jb_old___"])
def test_what_editors_leave_behind_for_a_moment_is_ignored(name: str) -> None:
    assert ignored(f"content/badges/{name}")
    assert ignored(f"content/{name}/a.md")


def test_a_build_ignores_the_same(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "site")
    before = build(tmp_path / "site", Options()).diagnostics
    for name in DROPPINGS:
        (tmp_path / "site/content/badges" / name).write_text("---\nwrong: 1\n")
    assert build(tmp_path / "site", Options()).diagnostics == before


@pytest.mark.parametrize("name", ["content/a.md", "static/.well-known/x.txt", "themes/x/static/a.css", "content"])
def test_what_a_build_reads_is_not(name: str) -> None:
    assert not ignored(name)
