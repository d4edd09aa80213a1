"""What tells that a file has changed, without reading it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.shell.walk import MARGIN, fingerprint, hidden, leads_away, mark, settled, walk


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)


def names(root: Path, top: str = "content") -> list[str]:
    return [name for name, _, _, _ in walk(str(root), top)]


def modes(root: Path, top: str = "content") -> dict[str, int]:
    return {name: mode for name, _, mode, _ in walk(str(root), top)}


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, "content/b/z.md", "content/a.md", "content/b/a.md", "content/b-c.md")
    assert names(tmp_path) == ["content/a.md", "content/b-c.md", "content/b/a.md", "content/b/z.md"]


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert names(tmp_path) == []


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    write(tmp_path, "content")
    assert names(tmp_path) == ["content"]


@pytest.mark.parametrize(
    ("name", "top", "expected"),
    [
        ("a.md", "content", False),
        (".git", "content", True),
        ("#a.md#", "content", True),
        ("a.md~", "content", True),
        ("a.md.swp", "content", True),
        ("a.tmp", "static", True),
        ("Thumbs.db", "static", True),
        (".well-known", "static", False),
        (".well-known", "content", True),
        (".htaccess", "static", True),
    ],
)
def test_what_editors_and_systems_leave_is_hidden(name: str, top: str, expected: bool) -> None:
    assert hidden(name, top) is expected


def test_a_mark_changes_when_the_times_are_set_back(tmp_path: Path) -> None:
    """As a copying program does that keeps times."""
    file = tmp_path / "a.md"
    file.write_text("one")
    before = file.stat()
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert mark(file.stat()) != mark(before)


def test_a_mark_changes_when_another_file_takes_the_place(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md")
    before = mark((tmp_path / "a.md").stat())
    (tmp_path / "b.md").replace(tmp_path / "a.md")
    assert mark((tmp_path / "a.md").stat())[3] != before[3]


def test_a_link_within_the_site_is_followed_and_said_to_be_one(tmp_path: Path) -> None:
    write(tmp_path, "content/a.md", "static/deep/b.md")
    (tmp_path / "content/link.md").symlink_to("a.md")
    (tmp_path / "content/folder").symlink_to("../static/deep")
    found = {name: linked for name, _, _, linked in walk(str(tmp_path), "content")}
    assert found == {"content/a.md": False, "content/link.md": True, "content/folder/b.md": True}


def test_a_link_that_leads_away_is_named_and_not_entered(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(tmp_path, "secret/passwords.md")
    write(site, "content/a.md", ".git/config")
    (site / "content/away").symlink_to(tmp_path / "secret")
    (site / "content/git").symlink_to("../.git")
    assert names(site) == ["content/a.md", "content/away", "content/git"]


def test_a_link_that_loops_ends(tmp_path: Path) -> None:
    write(tmp_path, "content/a.md", "content/deep/b.md")
    (tmp_path / "content/again").symlink_to(".")
    (tmp_path / "content/deep/again").symlink_to(".")
    (tmp_path / "content/self").symlink_to("self")
    assert modes(tmp_path)["content/self"] == 0
    assert names(tmp_path) == ["content/a.md", "content/deep/b.md", "content/self"]


def test_a_link_that_leads_nowhere_has_no_mode(tmp_path: Path) -> None:
    write(tmp_path, "content/a.md")
    (tmp_path / "content/gone.md").symlink_to("nothing.md")
    assert modes(tmp_path)["content/gone.md"] == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_is_closed_is_named_with_a_slash(tmp_path: Path) -> None:
    write(tmp_path, "content/closed/a.md")
    (tmp_path / "content/closed").chmod(0)
    try:
        assert modes(tmp_path) == {"content/closed/": 0}
    finally:
        (tmp_path / "content/closed").chmod(0o755)


@pytest.mark.parametrize(
    ("target", "away"),
    [("site", False), ("site/static", False), ("site-2", True), (".", True), ("site/.git", True)],
)
def test_a_neighbour_whose_name_begins_alike_is_outside(tmp_path: Path, target: str, away: bool) -> None:
    for name in ("site/content", "site/static", "site/.git", "site-2"):
        (tmp_path / name).mkdir(parents=True)
    link = tmp_path / "site/content/link"
    link.symlink_to(tmp_path / target)
    assert leads_away(str(link), str(tmp_path / "site"), "content/link") is away


def test_the_fingerprint_of_a_site_changes_with_every_file_that_is_read(tmp_path: Path) -> None:
    write(tmp_path, "sitegen.yaml", "content/a.md", "themes/x/theme.yaml", "static/b.css", "own.py", "output/a.html")
    own = str(tmp_path / "own.py")
    seen = [fingerprint(str(tmp_path), [own])[0]]
    for name in ("sitegen.yaml", "content/a.md", "themes/x/theme.yaml", "static/b.css", "own.py"):
        (tmp_path / name).write_text("changed")
        seen.append(fingerprint(str(tmp_path), [own])[0])
    (tmp_path / "content/a.md").unlink()
    seen.append(fingerprint(str(tmp_path), [own])[0])
    (tmp_path / "own.py").unlink()
    seen.append(fingerprint(str(tmp_path), [own])[0])
    assert len(set(seen)) == 8
    (tmp_path / "output/a.html").write_text("changed")
    assert fingerprint(str(tmp_path), [own])[0] == seen[-1]


def test_the_fingerprint_tells_the_latest_time(tmp_path: Path) -> None:
    write(tmp_path, "content/a.md", "own.py")
    os.utime(tmp_path / "content/a.md", ns=(0, 1 << 62))
    assert fingerprint(str(tmp_path), [])[1] == 1 << 62
    os.utime(tmp_path / "own.py", ns=(0, 1 << 62 | 1))
    assert fingerprint(str(tmp_path), [str(tmp_path / "own.py")])[1] == 1 << 62 | 1


@pytest.mark.parametrize(
    ("age", "certain"), [(0, False), (MARGIN, False), (MARGIN + 1, True), (-1, False), (-10 * MARGIN, False)]
)
def test_what_changed_just_before_it_was_looked_at_or_in_the_future_may_change_unseen(age: int, certain: bool) -> None:
    looked = 1_800_000_000_000_000_000
    assert settled(looked - age, looked) is certain
