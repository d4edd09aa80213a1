"""The folder that a build keeps: bound to the code, for one build at a time, gone without harm."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sitegen.shell import cache as module
from sitegen.shell.cache import clean, edition, open_cache, own_files


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


def loaded(monkeypatch: pytest.MonkeyPatch, name: str, file: Path) -> ModuleType:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("X = 1\n")
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    made = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, made)
    return made


def test_a_sites_own_modules_are_those_loaded_from_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    loaded(monkeypatch, "cache_test_b", site / "ours/b.py")
    loaded(monkeypatch, "cache_test_a", site / "a.py")
    loaded(monkeypatch, "cache_test_venv", site / ".venv/lib/c.py")
    loaded(monkeypatch, "cache_test_installed", site / "env/lib/site-packages/c.py")
    loaded(monkeypatch, "cache_test_next", tmp_path / "site-2/d.py")
    (site / "e.py").write_text("never loaded")
    assert own_files(site) == (str(site / "a.py"), str(site / "ours/b.py"))


def test_sitegen_itself_is_not_a_sites_own_though_it_lies_in_its_folder() -> None:
    assert not [file for file in own_files(module.PACKAGE.parent) if file.startswith(str(module.PACKAGE))]


def test_an_edition_is_the_same_while_nothing_changes() -> None:
    assert edition([]) == edition([])
    assert 1 <= len(edition([])) <= 64  # the key of a digest


def test_an_edition_changes_with_a_sites_own_module(tmp_path: Path) -> None:
    own = tmp_path / "a.py"
    seen = {edition([str(own)])}
    for text in ("one", "two"):
        own.write_text(text)
        seen.add(edition([str(own)]))
    assert len(seen) == 3


def test_an_edition_changes_with_what_is_installed_and_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "gone")])
    seen = {edition([])}
    (tmp_path / "markdown-3.8.dist-info").mkdir()
    seen.add(edition([]))
    (tmp_path / "markdown-3.8.dist-info").rename(tmp_path / "markdown-3.9.dist-info")
    seen.add(edition([]))
    assert len(seen) == 3
    (tmp_path / "anything else").mkdir()
    assert edition([]) in seen


def test_an_edition_changes_with_the_interpreter_and_with_sitegen_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {edition([])}
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version", "3.99")
        seen.add(edition([]))
    (tmp_path / "themes").mkdir()
    (tmp_path / "__pycache__").mkdir()
    monkeypatch.setattr(module, "PACKAGE", tmp_path)
    for text in ("one", "three"):
        (tmp_path / "themes/base.html").write_text(text)
        seen.add(edition([]))
    assert len(seen) == 4
    (tmp_path / "__pycache__/a.pyc").write_text("compiled")
    assert edition([]) in seen
