"""Which code a build runs: whatever it is, another gives another edition."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sitegen.shell import edition as module
from sitegen.shell.edition import edition, own_modules


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
    assert own_modules(str(site)) == (str(site / "a.py"), str(site / "ours/b.py"))


def test_an_edition_is_the_same_while_nothing_changes() -> None:
    assert edition(()) == edition(())
    assert 1 <= len(edition(())) <= 64  # the key of a digest


def test_an_edition_changes_with_a_sites_own_module(tmp_path: Path) -> None:
    own = tmp_path / "a.py"
    seen = {edition((str(own),))}
    for text in ("one", "two"):
        own.write_text(text)
        seen.add(edition((str(own),)))
    assert len(seen) == 3


def test_an_edition_changes_with_what_is_installed_and_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "gone")])
    seen = {edition(())}
    (tmp_path / "markdown-3.8.dist-info").mkdir()
    seen.add(edition(()))
    (tmp_path / "markdown-3.8.dist-info").rename(tmp_path / "markdown-3.9.dist-info")
    seen.add(edition(()))
    assert len(seen) == 3
    (tmp_path / "anything else").mkdir()
    assert edition(()) in seen


def test_an_edition_changes_with_the_interpreter_and_with_sitegen_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {edition(())}
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version", "3.99")
        seen.add(edition(()))
    (tmp_path / "themes").mkdir()
    (tmp_path / "__pycache__").mkdir()
    monkeypatch.setattr(module, "PACKAGE", str(tmp_path))
    for text in ("one", "three"):
        (tmp_path / "themes/base.html").write_text(text)
        seen.add(edition(()))
    assert len(seen) == 4
    (tmp_path / "__pycache__/a.pyc").write_text("compiled")
    assert edition(()) in seen
