from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from types import ModuleType

import pytest

from sitegen.core.output import Output, Route
from sitegen.shell import assemble, commit, stage, swap
from sitegen.shell.publish import MANIFEST, Published, publish, untouched


def out(url: str, body: str) -> Output:
    return Output(Route(url, "html", "home", "text/html"), body.encode())


def tree(folder: Path) -> dict[str, str]:
    files = {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}
    files.pop(MANIFEST, None)
    return files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


def test_a_url_that_ends_in_a_slash_is_an_index_file(root: Path) -> None:
    done, found = publish([out("/", "home"), out("/a/", "a"), out("/a/b.json", "{}")], root / "output", root)
    assert (done, found) == (Published(3, 0, 0), [])
    assert tree(root / "output") == {"index.html": "home", "a/index.html": "a", "a/b.json": "{}"}


def test_only_what_changed_is_written_and_only_what_we_wrote_is_removed(root: Path) -> None:
    target = root / "output"
    publish([out("/", "home"), out("/a/", "a"), out("/b/", "b")], target, root)
    kept = (target / "index.html").stat()
    (target / "notes.txt").write_text("mine")
    done, _ = publish([out("/", "home"), out("/a/", "new")], target, root)
    assert done == Published(1, 1, 1)
    assert tree(target) == {"index.html": "home", "a/index.html": "new", "notes.txt": "mine"}
    assert (target / "index.html").stat().st_ino == kept.st_ino
    assert (target / "index.html").stat().st_mtime_ns == kept.st_mtime_ns


LIVES = {
    "one page after the other": [["", "a/"], ["", "b/"], ["", "c/"], ["", "c/", "d/e/"], [""]],
    "a file that becomes a folder and goes": [["", "a/"], ["a"], []],
    "a folder that becomes a file and a folder": [["", "a/"], ["", "a"], ["", "a/"]],
    "a folder that becomes a file and goes": [["", "a"], ["a/"], ["b/"], []],
    "a folder that becomes a file and stays": [["", "a/"], ["", "a"], ["", "a", "b/"], ["", "a", "c/"], ["b/"]],
    "a file and a folder that change places": [
        ["", "a"],
        ["", "a/"],
        ["", "a"],
        ["", "a/"],
        ["", "b/"],
        ["", "a"],
        ["", "a", "b/"],
        ["", "a/"],
        ["a"],
    ],
    "all goes at once": [["", "a/", "c/d/e/"], [], ["c/d/e/"]],
}


@pytest.mark.parametrize("name", LIVES)
def test_publish_after_publish_the_output_is_that_of_a_clean_one(root: Path, name: str) -> None:
    target = root / "output"
    target.mkdir()
    for number, urls in enumerate(LIVES[name]):
        site = [out(f"/{url}", f"{url} {number if url == '' else ''}") for url in urls]
        assert publish(site, target, root)[1] == []
        assert tree(target) == {each.route.file: each.body.decode() for each in site}
        assert untouched(target)
        assert not [path for path in target.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_a_published_file_that_somebody_edited_is_written_again(root: Path) -> None:
    target = root / "output"
    publish([out("/", "home")], target, root)
    (target / "index.html").write_text("edited")
    publish([out("/", "home")], target, root)
    assert tree(target) == {"index.html": "home"}


def test_a_file_that_is_not_ours_is_never_overwritten(root: Path) -> None:
    target = root / "output"
    target.mkdir()
    (target / "index.html").write_text("mine")
    done, found = publish([out("/", "home")], target, root)
    assert done is None
    assert [d.code for d in found] == ["foreign-file"]
    assert tree(target) == {"index.html": "mine"}


@pytest.mark.parametrize("name", [".", "content/deep", "static", "themes/mine", ".."])
def test_folders_in_which_a_build_could_do_harm_are_refused(root: Path, name: str) -> None:
    done, found = publish([out("/", "home")], root / name, root)
    assert done is None
    assert [d.code for d in found] == ["bad-output"]


def test_the_home_folder_and_other_repositories_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(root.parent / "home"))
    (root.parent / "home" / ".git").mkdir(parents=True)
    (root.parent / "repo" / ".git").mkdir(parents=True)
    for name in ("home", "repo"):
        assert [d.code for d in publish([], root.parent / name, root)[1]] == ["bad-output"]


def test_an_output_that_is_a_file_is_refused(root: Path) -> None:
    (root / "output").write_text("x")
    assert [d.code for d in publish([], root / "output", root)[1]] == ["bad-output"]


def test_a_second_build_does_not_write_while_the_first_does(root: Path) -> None:
    target = root / "output"
    with stage.alone(str(target)):
        done, found = publish([out("/", "home")], target, root)
    assert done is None
    assert [d.code for d in found] == ["output-busy"]
    assert publish([out("/", "home")], target, root)[1] == []


@pytest.mark.parametrize("step", [(stage, "write_file"), (commit, "make_edit"), (assemble, "change_over")])
def test_a_failure_at_any_step_leaves_the_old_site(
    root: Path, step: tuple[ModuleType, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = root / "output"
    publish([out("/", "old"), out("/a/", "a")], target, root)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(*step, fail)
        (root / "output" / "mine.txt").write_text("has it made the full way")
        done, found = publish([out("/", "new"), out("/a/", "a")], target, root)
    assert done is None
    assert [d.code for d in found] == ["cannot-publish"]
    assert "free some space" in (found[0].hint or "")
    assert tree(target) == {"index.html": "old", "a/index.html": "a", "mine.txt": "has it made the full way"}
    assert sorted(p.name for p in root.iterdir()) == [".output.sitegen-lock", ".output.sitegen-state", "output"]
    assert publish([out("/", "new")], target, root)[0] == Published(1, 0, 1)


def test_what_a_killed_build_left_behind_is_cleared_away(root: Path) -> None:
    (root / ".output.sitegen-new" / "a").mkdir(parents=True)
    (root / ".output.sitegen-new" / "a" / "index.html").write_text("half")
    publish([out("/", "home")], root / "output", root)
    assert tree(root / "output") == {"index.html": "home"}
    assert not (root / ".output.sitegen-new").exists()


def test_without_an_atomic_exchange_the_folders_are_renamed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = root / "output"
    publish([out("/", "old")], target, root)
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    publish([out("/", "new")], target, root)
    assert tree(target) == {"index.html": "new"}
    assert not (root / ".output.sitegen-old").exists()


def test_files_can_be_read_by_a_web_server_whatever_the_umask(root: Path) -> None:
    before = os.umask(0o077)
    try:
        publish([out("/a/b/", "x")], root / "output", root)
    finally:
        os.umask(before)
    assert stat.S_IMODE((root / "output/a/b/index.html").stat().st_mode) == 0o644
    assert stat.S_IMODE((root / "output/a/b").stat().st_mode) == 0o755
    assert stat.S_IMODE((root / "output").stat().st_mode) == 0o755


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 3}', '{"files": {"../../etc/passwd": "x", "/etc": "y"}}'])
def test_a_manifest_that_is_broken_or_hostile_removes_nothing(root: Path, text: str) -> None:
    target = root / "output"
    target.mkdir()
    (target / MANIFEST).write_text(text)
    (target / "mine.txt").write_text("mine")
    (root / "secret").write_text("secret")
    publish([out("/", "home")], target, root)
    assert tree(target) == {"index.html": "home", "mine.txt": "mine"}
    assert (root / "secret").exists()


def test_a_link_in_the_output_folder_is_kept_as_a_link(root: Path) -> None:
    target = root / "output"
    publish([out("/", "home")], target, root)
    (root / "elsewhere").mkdir()
    (target / "linked").symlink_to(root / "elsewhere")
    publish([out("/", "new")], target, root)
    assert (target / "linked").is_symlink()


def test_nothing_is_written_through_a_link_in_the_output_folder(root: Path) -> None:
    target, elsewhere = root / "output", root / "elsewhere"
    publish([out("/", "home")], target, root)
    elsewhere.mkdir()
    (target / "badges").symlink_to(elsewhere)
    done, found = publish([out("/", "home"), out("/badges/a/", "a")], target, root)
    assert done is None
    assert [d.code for d in found] == ["foreign-file"]
    assert "output/badges was not written by sitegen" in found[0].message
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("name", ["badges", "badges/a"])
def test_a_file_that_is_not_ours_where_a_folder_has_to_be_is_told(root: Path, name: str) -> None:
    target = root / "output"
    (target / name).parent.mkdir(parents=True)
    (target / name).write_text("mine")
    assert [d.code for d in publish([out("/badges/a/", "a")], target, root)[1]] == ["foreign-file"]
    assert tree(target) == {name: "mine"}


@pytest.mark.parametrize("inside", ["mine.txt", ""])
def test_a_folder_that_is_not_ours_where_a_file_has_to_be_is_told(root: Path, inside: str) -> None:
    target = root / "output"
    (target / "robots.txt").mkdir(parents=True)
    if inside:
        (target / "robots.txt" / inside).write_text("mine")
    assert [d.code for d in publish([out("/robots.txt", "x")], target, root)[1]] == ["foreign-file"]


def test_what_is_not_ours_stays_as_closed_as_it_was(root: Path) -> None:
    target, elsewhere = root / "output", root / "elsewhere"
    publish([out("/", "home")], target, root)
    for folder in (elsewhere, target / "private", target / "private" / "empty"):
        folder.mkdir(mode=0o700)
    (target / "private" / "notes.txt").write_text("mine")
    (target / "linked").symlink_to(elsewhere)
    publish([out("/", "new"), out("/a/", "a")], target, root)
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (elsewhere, target / "private", target / "a", target)]
    assert modes == [0o700, 0o700, 0o755, 0o755]
    assert (target / "private" / "empty").is_dir()


def test_an_output_that_is_a_link_is_refused_and_kept(root: Path) -> None:
    (root / "www").mkdir()
    (root / "output").symlink_to(root / "www")
    done, found = publish([out("/", "home")], root / "output", root)
    assert done is None
    assert [d.code for d in found] == ["bad-output"]
    assert f"--output {root / 'www'}" in (found[0].hint or "")
    assert (root / "output").is_symlink()


def test_two_ways_to_name_a_folder_are_one_folder(root: Path) -> None:
    (root / "other").symlink_to(root)
    with stage.alone(str(root / "output")):
        assert [d.code for d in publish([], root / "other" / "output", root)[1]] == ["output-busy"]


def test_a_site_that_was_put_aside_when_a_build_was_killed_is_put_back(root: Path) -> None:
    target = root / "output"
    publish([out("/", "old")], target, root)
    (target / "mine.txt").write_text("mine")
    target.rename(root / ".output.sitegen-old")
    assert publish([out("/", "new")], target, root)[0] == Published(1, 0, 0)
    assert tree(target) == {"index.html": "new", "mine.txt": "mine"}
    assert not (root / ".output.sitegen-old").exists()


def test_a_new_site_stands_though_the_old_one_cannot_be_cleared_away(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = root / "output"
    publish([out("/", "old")], target, root)
    (target / "mine.txt").write_text("makes it go the full way")
    discard = commit.discard

    def fail(folder: str) -> None:
        if Path(folder, "index.html").exists():
            raise PermissionError(13, "Permission denied")
        discard(folder)

    monkeypatch.setattr(assemble, "share", lambda one, other: bool(shutil.copy2(one, other)) and False)
    monkeypatch.setattr(commit, "discard", fail)
    monkeypatch.setattr(stage, "discard", fail)
    assert publish([out("/", "new")], target, root) == (Published(1, 0, 0), [])
    assert (target / "index.html").read_text() == "new"


def test_somebody_without_a_home_can_publish(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    assert publish([out("/", "home")], root / "output", root) == (Published(1, 0, 0), [])
