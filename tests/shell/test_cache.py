"""The folder that a build keeps: for one build at a time, gone without harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.shell.cache import clean, open_cache


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_cache_is_a_folder_that_git_passes_over(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        assert cache.folder == tmp_path / ".sitegen"
        assert cache.path("files") == tmp_path / ".sitegen/files"
    assert (tmp_path / ".sitegen/.gitignore").read_text() == "*\n"


def test_a_second_build_at_the_same_time_goes_without(tmp_path: Path) -> None:
    with open_cache(tmp_path), open_cache(tmp_path) as second:
        assert second.folder is None
        assert second.path("files") is None
        second.clear()
    with open_cache(tmp_path) as third:
        assert third.folder is not None


def test_a_build_that_fails_gives_the_cache_free(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), open_cache(tmp_path):
        raise ZeroDivisionError
    with open_cache(tmp_path) as cache:
        assert cache.folder is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_site_that_is_read_only_is_built_without(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with open_cache(tmp_path) as cache:
            assert cache.folder is None
    finally:
        tmp_path.chmod(0o700)


def test_a_file_or_a_strange_link_in_the_way_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / ".sitegen").write_text("mine")
    with open_cache(tmp_path) as cache:
        assert cache.folder is None
    assert (tmp_path / ".sitegen").read_text() == "mine"
    other = tmp_path / "other"
    (other / ".sitegen").mkdir(parents=True)
    (other / ".sitegen/lock").symlink_to(tmp_path / "victim")
    with open_cache(other) as cache:
        assert cache.folder is None
    assert not (tmp_path / "victim").exists()


def test_a_folder_that_is_not_there_has_no_cache_and_gets_none(tmp_path: Path) -> None:
    with open_cache(tmp_path / "gone") as cache:
        assert cache.folder is None
    assert not (tmp_path / "gone").exists()


def test_clearing_keeps_the_lock(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        for name in ("files", "records", "made-1"):
            (tmp_path / ".sitegen" / name).write_text(name)
        (tmp_path / ".sitegen/folder").mkdir()
        cache.clear()
    assert names(tmp_path / ".sitegen") == [".gitignore", "folder", "lock"]


def test_cleaning_takes_the_folder_away(tmp_path: Path) -> None:
    with open_cache(tmp_path):
        pass
    assert clean(tmp_path) is True
    assert names(tmp_path) == []
    assert clean(tmp_path) is False


@pytest.mark.parametrize("what", ["link", "file"])
def test_cleaning_takes_nothing_away_that_is_no_cache(tmp_path: Path, what: str) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/a.md").write_text("text")
    if what == "link":
        (tmp_path / ".sitegen").symlink_to("precious")
    else:
        (tmp_path / ".sitegen").write_text("mine")
    assert clean(tmp_path) is False
    assert (tmp_path / "precious/a.md").exists()
    assert os.path.lexists(tmp_path / ".sitegen")
