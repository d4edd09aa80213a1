from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.kinds import KINDS
from sitegen.shell.read import read_config, survey


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)


def codes(root: Path) -> list[str]:
    return [d.code for d in survey(root, KINDS)[1]]


def test_files_are_sorted_into_kinds_images_and_static(tmp_path: Path) -> None:
    write(tmp_path, "content/badges/a.md", "content/badges/deep/b.md", "content/badges/img/a.png", "static/x/y.txt")
    inputs, found = survey(tmp_path, KINDS)
    assert found == []
    assert [(s.path, kind) for s, kind in inputs.documents] == [
        ("content/badges/a.md", "badge"),
        ("content/badges/deep/b.md", "badge"),
    ]
    assert list(inputs.images) == ["content/badges/img/a.png"]
    assert list(inputs.static) == ["static/x/y.txt"]


def test_an_empty_folder_has_no_config_and_no_content(tmp_path: Path) -> None:
    assert [d.code for d in read_config(tmp_path)[1]] == ["no-config"]
    assert codes(tmp_path) == []


def test_a_config_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "sitegen.yaml").mkdir()
    assert [d.message for d in read_config(tmp_path)[1]] == ["sitegen.yaml is a folder"]


def test_what_editors_and_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "content/badges/.a.md.swp", "content/badges/a.md~", "content/.DS_Store", "content/badges/#a.md#")
    inputs, found = survey(tmp_path, KINDS)
    assert (inputs.documents, found) == ([], [])


def test_a_well_known_folder_is_published(tmp_path: Path) -> None:
    write(tmp_path, "static/.well-known/security.txt", "static/.git/config")
    assert list(survey(tmp_path, KINDS)[0].static) == ["static/.well-known/security.txt"]


def test_a_misspelt_folder_is_an_error_with_a_proposal(tmp_path: Path) -> None:
    write(tmp_path, "content/badgse/a.md", "content/a.md")
    found = survey(tmp_path, KINDS)[1]
    assert [d.code for d in found] == ["unknown-folder", "unknown-folder"]
    assert "did you mean content/badges/?" in [d.hint for d in found]


def test_a_file_that_is_not_content_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, "content/badges/a.docx")
    assert codes(tmp_path) == ["unused-file"]


def test_links_that_stay_inside_are_followed_and_others_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(tmp_path, "secret.md")
    write(site, "content/badges/a.md")
    (site / "content/badges/same.md").symlink_to("a.md")
    (site / "content/badges/out.md").symlink_to(tmp_path / "secret.md")
    (site / "content/badges/gone.md").symlink_to("nothing.md")
    (site / "content/badges/loop").symlink_to(site / "content")
    inputs, found = survey(site, KINDS)
    assert [s.path for s, _ in inputs.documents] == ["content/badges/a.md", "content/badges/same.md"]
    assert sorted(d.code for d in found) == ["broken-link", "link-outside"]


def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "content/badges").mkdir(parents=True)
    os.mkfifo(tmp_path / "content/badges/pipe.md")
    assert codes(tmp_path) == ["not-a-file"]


def test_a_very_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    write(tmp_path, "content/badges/a.md")
    os.truncate(tmp_path / "content/badges/a.md", 60 * 1024 * 1024)
    assert codes(tmp_path) == ["file-too-large"]


def test_a_name_that_is_not_utf_8_is_told_and_passed_over(tmp_path: Path) -> None:
    for folder in ("content/badges", "static"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / os.fsdecode(b"caf\xe9.md")).write_text("x")
    inputs, found = survey(tmp_path, KINDS)
    assert (inputs.documents, inputs.static) == ([], {})
    assert [d.code for d in found] == ["unreadable-file", "unreadable-file"]


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "content/badges/a.md", "static/x.txt")
    listed, scanned = os.listdir, os.scandir

    def closed(folder: str) -> None:
        if folder.rstrip("/").endswith("badges"):
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", lambda folder: closed(folder) or listed(folder))
    monkeypatch.setattr(os, "scandir", lambda folder: closed(folder) or scanned(folder))
    inputs, found = survey(tmp_path, KINDS)
    assert [d.message for d in found] == ["content/badges cannot be read: Permission denied"]
    assert list(inputs.static) == ["static/x.txt"]


def test_settings_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "sitegen.yaml")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [d.message for d in read_config(tmp_path)[1]] == ["sitegen.yaml cannot be read: Permission denied"]


def test_settings_that_are_a_pipe_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "sitegen.yaml")
    assert [d.code for d in read_config(tmp_path)[1]] == ["not-a-file"]


def test_a_link_to_what_is_hidden_in_the_site_is_refused(tmp_path: Path) -> None:
    write(tmp_path, ".git/config", "static/.well-known/security.txt", "content/badges/a.md")
    (tmp_path / "static/history").symlink_to(tmp_path / ".git")
    (tmp_path / "content/badges/b.md").symlink_to(tmp_path / "content/badges/a.md")
    inputs, found = survey(tmp_path, KINDS)
    assert [(d.code, d.span and d.span.path) for d in found] == [("link-outside", "static/history")]
    assert list(inputs.static) == ["static/.well-known/security.txt"]
    assert len(inputs.documents) == 2
