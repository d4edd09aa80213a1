from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.core.diagnostics import Span
from sitegen.shell.theme import read_theme

HERE = Span("sitegen.yaml", 6, 8)


def codes(root: Path, name: str) -> list[str]:
    return [d.code for d in read_theme(root, name, HERE)[1]]


@pytest.mark.parametrize("name", ["x" * 300, "../other", ".hidden", "nothing"])
def test_a_theme_that_cannot_be_is_told_where_the_settings_name_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "themes").mkdir()
    _, found = read_theme(tmp_path, name, HERE)
    assert [(d.code, d.span) for d in found] == [("unknown-theme", HERE)]


def test_a_file_name_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    for folder in ("templates", "static"):
        (tmp_path / "themes/mine" / folder).mkdir(parents=True)
        (tmp_path / "themes/mine" / folder / os.fsdecode(b"caf\xe9.html")).write_text("x")
    assert codes(tmp_path, "mine") == ["unreadable-file", "unreadable-file"]


@pytest.mark.parametrize("name", ["theme.yaml", "templates/base.html", "static/site.css"])
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "themes/mine" / name
    file.parent.mkdir(parents=True)
    file.write_text("")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == file:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert codes(tmp_path, "mine") == ["unreadable-file"]
