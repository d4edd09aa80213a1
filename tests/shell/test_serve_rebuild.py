from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from sitegen.build import Options, build
from sitegen.shell.outputstate import MANIFEST, beside
from sitegen.shell.serve import rebuild as module
from sitegen.shell.serve.rebuild import Rebuild
from tests.served.previews import SMALL

ABOUT = "content/pages/about.md"
OWN = """\
from sitegen.core.output import Format, Route

def routes(site):
    return (Route("/own.txt", "own", "site", "text/plain"),)

FORMAT = Format("own", "Says hello.", routes, lambda route, site: (b"hello", ()))
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "site"
    shutil.copytree(SMALL, root)
    with (root / "sitegen.yaml").open("a") as settings:
        settings.write("formats: [html, files]\n")
    yield root
    sys.path[:] = [folder for folder in sys.path if folder != str(root.resolve())]
    for name in [name for name in sys.modules if name.partition(".")[0] == "ownformats"]:
        del sys.modules[name]


def rebuild_of(root: Path) -> Rebuild:
    target = root / "output"
    return Rebuild(root, target, partial(build, root, Options(output=target, jobs=1)))


def with_own(root: Path, source: str = OWN) -> Path:
    """Give a site a format of its own, and return its file."""
    file = root / "ownformats/hello.py"
    file.parent.mkdir()
    file.write_text(source)
    settings = root / "sitegen.yaml"
    settings.write_text(settings.read_text().replace("[html, files]", "[html, files, ownformats.hello]"))
    os.utime(file, ns=(1, 1))
    return file


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_at_first_everything_has_changed_and_later_what_did(site: Path) -> None:
    again = rebuild_of(site)
    first = again(None)
    assert first.ok
    assert first.changed == first.media_types.keys()
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    edit(site / ABOUT, "This is a test.", "This was edited.")
    second = again(frozenset({ABOUT}))
    assert "about/index.html" in second.changed
    assert not second.changed & {"404.html"}
    assert second.removed == frozenset()


def test_a_run_before_is_known_by_its_list_of_files(site: Path) -> None:
    rebuild_of(site)(None)
    outcome = rebuild_of(site)(None)
    assert outcome.ok
    assert not outcome.changed
    assert "about/index.html" in outcome.media_types, "whoever asks first is told of everything"


def test_a_page_that_comes_brings_its_media_type_and_one_that_goes_is_named(site: Path) -> None:
    again = rebuild_of(site)
    again(None)
    (site / ABOUT).rename(site / "content/pages/moved.md")
    outcome = again(frozenset({ABOUT, "content/pages/moved.md"}))
    assert outcome.removed == {"about/index.html"}
    assert outcome.media_types["moved/index.html"].startswith("text/html")


def test_a_page_that_comes_and_goes_is_in_the_menu_no_more(site: Path) -> None:
    again = rebuild_of(site)
    again(None)
    page = site / "content/pages/passing.md"
    page.write_text("---\nname: Passing\ndescription: It will go.\n---\nText.\n")
    assert "404.html" in again(frozenset({"content/pages/passing.md"})).changed, "every page has the menu"
    page.unlink()
    outcome = again(frozenset({"content/pages/passing.md"}))
    assert outcome.ok, outcome.faults
    assert "404.html" in outcome.changed


def test_after_faults_the_last_good_build_is_the_one_to_compare_with(site: Path) -> None:
    again = rebuild_of(site)
    again(None)
    good = (site / ABOUT).read_text()
    (site / ABOUT).write_text("---\nwrong: 1\n---\n")
    outcome = again(frozenset({ABOUT}))
    assert not outcome.ok
    assert outcome.faults
    (site / ABOUT).write_text(good)
    outcome = again(frozenset({ABOUT}))
    assert outcome.ok
    assert not outcome.changed


def test_a_template_that_is_edited_shows_in_the_same_process(site: Path) -> None:
    theme = site / "themes/own"
    (theme / "templates/page").mkdir(parents=True)
    (theme / "theme.yaml").write_text("extends: default\n")
    with (site / "sitegen.yaml").open("a") as settings:
        settings.write("theme: own\n")
    again = rebuild_of(site)
    for word in ("First", "Second", "First"):
        (theme / "templates/page/page.html").write_text(f"<!doctype html><title>{word}</title>\n")
        assert "about/index.html" in again(frozenset({"themes/own/templates/page/page.html"})).changed
        assert word in (site / "output/about/index.html").read_text()


def test_a_pause_makes_the_second_tree_equal_to_the_output(site: Path) -> None:
    again = rebuild_of(site)
    again(None)
    edit(site / ABOUT, "This is a test.", "This was edited.")
    again(frozenset({ABOUT}))
    again.rest()
    spare = Path(beside(str((site / "output").resolve()), "spare"))
    assert "This was edited." in (spare / "about/index.html").read_text()
    files = json.loads((site / "output" / MANIFEST).read_text())["files"]
    assert all((spare / name).samefile(site / "output" / name) for name in files)


def test_a_process_is_as_good_as_new_while_no_code_changes(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    with_own(site)
    again = rebuild_of(site)
    again.prepare()
    assert again(None).code == {"ownformats"}
    assert not again.outdated()


@pytest.mark.parametrize("what", ["edited", "deleted"])
def test_a_module_of_the_sites_own_that_changes_outdates_the_process(
    site: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    file = with_own(site)
    again = rebuild_of(site)
    again.prepare()
    again(None)
    if what == "edited":
        file.write_text(OWN)
    else:
        file.unlink()
    assert again.outdated()


def test_sitegen_itself_outdates_the_process_when_it_is_installed_anew(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    again = rebuild_of(site)
    again.prepare()
    monkeypatch.setattr(module, "edition", lambda _: b"another")
    assert again.outdated()


def test_where_a_broken_module_lies_is_known_all_the_same(site: Path) -> None:
    """It has to be watched, as it is about to be mended."""
    with_own(site, "def routes(:\n")
    outcome = rebuild_of(site)(None)
    assert not outcome.ok
    assert outcome.code == {"ownformats"}


@pytest.mark.parametrize("settings", ["\tname", "", "formats: [.., ., a.b.c, html]\nname: x\n", "formats: 7\n"])
def test_settings_that_name_no_module_lead_nowhere(site: Path, settings: str) -> None:
    (site / "sitegen.yaml").write_text(settings)
    outcome = rebuild_of(site)(None)
    assert not outcome.ok
    assert outcome.code == frozenset()
