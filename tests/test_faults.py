"""Faults and bad input of whole builds that have no better place; tests/test_fault_matrix.py lists all."""

from __future__ import annotations

import errno
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import Options, build
from tests.changing import DAY, cleanly, differing, make, png, tree


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make(tmp_path / "site")


def built(site: Path, progress: Callable[[str], None] = lambda _: None, **options: Any) -> tuple[list[str], Path]:
    """Build; return the codes of what was told and where the output is."""
    output = site.parent / "output"
    result = build(site, Options(**{"output": output, "today": DAY, "jobs": 1, **options}), progress)
    assert result.failed == (result.published is None)
    return [told.code for told in result.diagnostics], output


def test_a_site_of_settings_alone_is_built(site: Path) -> None:
    shutil.rmtree(site / "content")
    settings = site / "sitegen.yaml"
    settings.write_text(settings.read_text().replace("owner: academy\n", ""))
    told, output = built(site)
    assert told == []
    assert (output / "index.html").is_file()


def test_empty_settings_are_told(site: Path) -> None:
    (site / "sitegen.yaml").write_text("")
    told, output = built(site)
    assert told
    assert not output.exists()


def test_a_source_that_is_swapped_for_a_link_is_not_followed(site: Path) -> None:
    """Between the look and the reading: what is read is the file that was looked at, or nothing."""
    secret = site.parent / "secret.md"
    secret.write_text("---\nname: Secret\ndescription: What nobody may read.\n---\nSecret.\n")

    def swap(stage: str) -> None:
        page = site / "content/pages/about.md"
        if stage == "Loading" and not page.is_symlink():
            page.unlink()
            page.symlink_to(secret)

    told, output = built(site, swap)
    assert told == ["source-changed"]
    assert not output.exists()


@pytest.mark.parametrize("stage", ["Loading", "Linking", "Planning", "Making", "Checking links", "Publishing"])
@pytest.mark.parametrize("name", ["content/pages/about.md", "static/note.txt", "content/badges/img/open-day.png"])
def test_a_source_that_changes_meanwhile_is_the_old_one_the_new_one_or_told(site: Path, stage: str, name: str) -> None:
    path = site / name
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_text("old")
    before = cleanly(site, site.parent / "before")[1]
    changed: list[str] = []
    new = (
        png(77) if name.endswith(".png") else path.read_bytes().replace(b"This is a test.", b"That is a test.") + b"\n"
    )

    def change(now: str) -> None:
        if now == stage and not changed:
            changed.append(now)
            path.write_bytes(new)

    told, output = built(site, change)
    after = cleanly(site, site.parent / "after")[1]
    assert changed
    assert before != after
    if told != ["source-changed"]:
        assert told == []
        assert tree(output) in (before, after)
    assert built(site)[0] == []
    assert differing(tree(output), after) == []


REACHING_OUT = (
    "{{ ''.__class__.__mro__ }}",
    "{{ site|attr('__class__') }}",
    "{{ '{0.__class__}'.format(site) }}",
    "{{ cycler.__init__.__globals__ }}",
    "{% include '../../../../sitegen.yaml' %}",
    "{% include '/etc/hostname' %}",
    "{% include 'part/crumbs.html' %}",
    "{{ range(100000000)|list }}",
)


@pytest.mark.parametrize("text", REACHING_OUT)
def test_a_template_gets_at_nothing_that_is_not_its_own(site: Path, text: str) -> None:
    part = site / "themes/mine/templates/part/crumbs.html"
    part.parent.mkdir(parents=True)
    part.write_text(text)
    with (site / "sitegen.yaml").open("a") as settings:
        settings.write("theme: mine\n")
    result = build(site, Options(output=site.parent / "output", today=DAY, jobs=1))
    assert result.failed
    assert not (site.parent / "output").exists()
    places = {told.span.path for told in result.diagnostics if told.span}
    assert places == {"themes/mine/templates/part/crumbs.html"}


def test_a_second_name_that_somebody_gave_a_published_file_keeps_the_old_content(site: Path) -> None:
    _, output = built(site)
    page, copy = output / "about/index.html", site.parent / "copy.html"
    os.link(page, copy)
    before = copy.read_bytes()
    (site / "content/pages/about.md").write_text("---\nname: New\ndescription: Another.\n---\nText.\n")
    assert built(site)[0] == []
    assert copy.read_bytes() == before
    assert page.read_bytes() != before


@pytest.mark.parametrize("jobs", [1, 2])
def test_where_nothing_can_be_kept_the_site_is_built_all_the_same(
    site: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """The folder of the cache is on a disk of its own that is full, say."""
    built(site)
    shutil.rmtree(site.parent / "output")
    (site / "content/pages/about.md").write_text("---\nname: New\ndescription: Another.\n---\nText.\n")
    clean = cleanly(site, site.parent / "clean")[1]
    write, inside = os.pwrite, str(site / ".sitegen")

    def full(descriptor: int, content: bytes, at: int) -> int:
        if str(Path(f"/proc/self/fd/{descriptor}").readlink()).startswith(inside):
            refused.append(at)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, content, at)

    def opened(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if str(path).startswith(inside) and mode != "r":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return open_(path, mode, *rest, **more)

    open_, refused = Path.open, list[int]()
    monkeypatch.setattr(os, "pwrite", full)
    monkeypatch.setattr(Path, "open", opened)
    for _ in range(2):
        told, output = built(site, jobs=jobs)
        assert told == []
        assert differing(tree(output), clean) == []
    assert refused


def test_where_no_disk_has_any_room_that_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    _, output = built(site)
    before = tree(output)
    (site / "content/pages/about.md").write_text("---\nname: New\ndescription: Another.\n---\nText.\n")
    monkeypatch.setattr(os, "pwrite", full)
    assert built(site)[0] == ["cannot-publish"]
    assert tree(output) == before


@pytest.mark.parametrize("time", [0, 4_102_444_800])
def test_times_of_files_do_not_decide(site: Path, time: int) -> None:
    """All files of 1970 or of 2100, before and after a change that keeps the size."""

    def set_times() -> None:
        for path in [p for p in site.rglob("*") if p.is_file() and ".sitegen" not in p.parts]:
            os.utime(path, (time, time))

    set_times()
    assert built(site)[0] == []
    page = site / "content/pages/about.md"
    page.write_text(page.read_text().replace("This is a test.", "That is a test."))
    set_times()
    told, output = built(site)
    assert told == []
    assert "That is a test." in (output / "about/index.html").read_text()
    assert differing(tree(output), cleanly(site, site.parent / "clean")[1]) == []


def test_the_order_in_which_a_disk_lists_names_does_not_show(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = cleanly(site, site.parent / "clean")[1]
    scan = os.scandir

    class Backwards:
        def __init__(self, *arguments: Any) -> None:
            with scan(*arguments) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> Backwards:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def __iter__(self) -> Any:
            return iter(self.entries)

        def close(self) -> None:
            return None

    monkeypatch.setattr(os, "scandir", Backwards)
    told, output = built(site)
    assert told == []
    assert differing(tree(output), clean) == []


def test_nothing_of_a_draft_is_left_after_a_build_with_drafts(site: Path) -> None:
    badge = site / "content/badges/next.md"
    badge.write_text(
        "---\nname: Unheard-of\nstatus: draft\ndescription: Of the Unheard-of.\nissuer: academy\n"
        "image: {id: img/open-day.png, caption: A plate on a table}\nbadgeKind: participation\n---\nUnheard-of.\n"
    )
    assert built(site, drafts=True)[0] == []
    assert any(b"Unheard-of" in body for body in tree(site.parent / "output").values())
    for _ in range(2):
        told, output = built(site)
        assert told == []
        assert not [name for name, body in tree(output).items() if b"Unheard-of" in body or "next" in name.split("/")]


def test_a_build_does_not_use_the_network(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a build opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert built(site)[0] == []
