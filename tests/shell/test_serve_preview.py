from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.shell.publish import MANIFEST
from sitegen.shell.serve.channel import state
from sitegen.shell.serve.outcome import Notice, Outcome
from sitegen.shell.serve.preview import Preview

OLD, NEW = "/assets/aaaaaaaaaaaa", "/assets/bbbbbbbbbbbb"
SHOWN = (f"{OLD}/css/site.css", "/photo.png", "/")


def page(folder: str, text: str = "text") -> str:
    return f'<head><link rel="stylesheet" href="{folder}/css/site.css"></head>{text}'


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
        (root / name.lstrip("/")).write_text(text)


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    write(tmp_path, {MANIFEST: "{}", "index.html": page(OLD), "photo.png": "1", "404.html": "missing"})
    write(tmp_path, {f"{OLD}/css/site.css": "a", f"{OLD}/icon.svg": "i"})
    shown = Preview(tmp_path)
    shown.take(Outcome(ok=True))
    return shown


def built(preview: Preview, files: dict[str, str], changed: set[str] | None = None) -> str:
    """Publish files and return what the home page has to do about it."""
    before = preview.marks(preview.find("/"))
    write(preview.root, files)
    preview.take(Outcome(ok=True, changed=frozenset(name.lstrip("/") for name in files) | (changed or set())))
    return preview.verdict("http://127.0.0.1:8000/?a#b", before, SHOWN)


@pytest.mark.parametrize(
    ("files", "verdict"),
    [
        ({"other.html": "x"}, "same"),
        ({"other.png": "x"}, "same"),
        ({"index.html": page(OLD, "new")}, "reload"),
        ({"photo.png": "2"}, "reload"),
        ({f"{OLD}/css/site.css": "b"}, "style"),
        ({"index.html": page(NEW), f"{NEW}/css/site.css": "b", f"{NEW}/icon.svg": "i"}, "style"),
        ({"index.html": page(NEW), f"{NEW}/css/site.css": "a", f"{NEW}/icon.svg": "j"}, "style"),
        ({"index.html": page(NEW, "new"), f"{NEW}/css/site.css": "b"}, "reload"),
    ],
)
def test_a_page_does_what_is_needed_and_no_more(preview: Preview, files: dict[str, str], verdict: str) -> None:
    assert built(preview, files) == verdict


def test_a_picture_of_the_theme_that_changed_is_loaded_again_when_it_is_shown(preview: Preview) -> None:
    before = preview.marks(preview.find("/"))
    write(preview.root, {"index.html": page(NEW), f"{NEW}/css/site.css": "a", f"{NEW}/icon.svg": "j"})
    names = {"index.html", f"{NEW[1:]}/css/site.css", f"{NEW[1:]}/icon.svg"}
    preview.take(Outcome(ok=True, changed=frozenset(names)))
    assert preview.verdict("http://h/", before, (*SHOWN, f"{OLD}/icon.svg")) == "reload"
    assert preview.verdict("http://h/", before, SHOWN) == "style"


def test_a_page_that_was_deleted_shows_that_and_comes_back(preview: Preview) -> None:
    before = preview.marks(preview.find("/"))
    (preview.root / "index.html").unlink()
    assert preview.verdict("http://h/", before, ()) == "reload"
    gone = preview.marks(preview.find("/"))
    write(preview.root, {"index.html": page(OLD)})
    assert preview.verdict("http://h/", gone, ()) == "reload"


def test_a_page_of_another_run_of_the_server_loads_itself_again(preview: Preview) -> None:
    marks = preview.marks(preview.find("/"))
    assert preview.verdict("http://h/", marks, SHOWN) == "same"
    assert preview.verdict("http://h/", {**marks, "run": "other"}, SHOWN) == "reload"
    assert preview.verdict("http://h/", {}, SHOWN) == "reload"


@pytest.mark.parametrize("serial", ["", "x", "-1", "²", "9" * 400])
def test_nonsense_from_a_page_does_no_harm(preview: Preview, serial: str) -> None:
    marks = {**preview.marks(preview.find("/")), "serial": serial}
    assert preview.verdict("http://h/", marks, ["%", "//", "\0", ""]) in ("same", "reload")
    assert preview.verdict("http://[", marks, []) == "reload"


def test_a_build_that_failed_leaves_the_site_and_is_told(preview: Preview) -> None:
    marks = preview.marks(preview.find("/"))
    preview.take(Outcome(ok=False, faults=(Notice("error", "M"),)))
    said = {"url": "http://h/", "page": marks, "loaded": []}
    told = state(preview, said)
    assert (told["verdict"], told["failing"], told["site"]) == ("same", True, True)
    assert [fault["message"] for fault in told["faults"]] == ["M"]
    preview.take(Outcome(ok=True))
    told = state(preview, said)
    assert (told["failing"], told["faults"]) == (False, [])


def test_a_tool_that_speaks_the_old_protocol_reloads(preview: Preview) -> None:
    assert state(preview, {"command": "info", "url": "http://h/"})["verdict"] == "reload"


def test_a_site_below_a_path_is_served_below_it(tmp_path: Path) -> None:
    write(tmp_path, {MANIFEST: "{}", "index.html": "home", "a/index.html": "a", "_redirects": "/old /base/a/\n"})
    preview = Preview(tmp_path, "/base")
    assert preview.find("/").location == "/base/"
    assert preview.find("/base").location == "/base/"
    assert preview.find("/base/").body == b"home"
    assert preview.find("/base/a").location == "/base/a/"
    assert preview.find("/base/old").location == "/base/a/"
    assert preview.find("/a/").status == 404
    assert preview.find("/based/").status == 404


def test_media_types_follow_the_build(preview: Preview) -> None:
    assert preview.media("badge.json") == "application/json"
    preview.take(Outcome(ok=True, media_types={"badge.json": "application/ld+json"}))
    assert preview.media("badge.json") == "application/ld+json"
    preview.take(Outcome(ok=True, removed=frozenset({"badge.json"})))
    assert preview.media("badge.json") == "application/json"
    assert preview.media("unknown") == "application/octet-stream"
