from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.shell.publish import MANIFEST
from sitegen.shell.serve.files import Found, find


@pytest.fixture
def root(tmp_path: Path) -> Path:
    top = tmp_path / "output"
    for name, text in {
        "index.html": "home",
        "404.html": "missing",
        "badges/index.html": "badges",
        "badges/a b/badge.json": "{}",
        "empty/note.txt": "n",
        ".well-known/security.txt": "s",
        ".htaccess": "secret",
        "_headers": "secret",
        "_redirects": "/old /badges/\n",
        MANIFEST: "secret",
    }.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    (top / "link.txt").symlink_to(tmp_path / "secret.txt")
    (top / "folder").symlink_to(tmp_path)
    (top / "round").symlink_to("round")
    return top


@pytest.mark.parametrize(
    ("path", "name", "text"),
    [
        ("/", "index.html", "home"),
        ("/index.html", "index.html", "home"),
        ("/badges/", "badges/index.html", "badges"),
        ("/badges/a%20b/badge.json", "badges/a b/badge.json", "{}"),
        ("/.well-known/security.txt", ".well-known/security.txt", "s"),
    ],
)
def test_a_path_leads_to_the_file_that_a_host_would_serve(root: Path, path: str, name: str, text: str) -> None:
    assert find(root, path) == Found(200, name, text.encode())


@pytest.mark.parametrize(
    ("path", "location"),
    [("/badges", "/badges/"), ("/old", "/badges/"), ("/old/", "/badges/"), ("//badges", "/badges/")],
)
def test_a_redirect_stays_on_this_host(root: Path, path: str, location: str) -> None:
    assert find(root, path) == Found(301, location=location)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/empty/",
        "/index.html/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/badges/../../secret.txt",
        "/link.txt",
        "/folder/secret.txt",
        "/round",
        "/.htaccess",
        "/_headers",
        "/_redirects",
        f"/{MANIFEST}",
        "/%00",
        "/badges/%00/",
        "/%ff%fe",
        "/" + "x" * 5000,
        "/" + "x/" * 3000,
        "//evil.example/..",
    ],
)
def test_nothing_else_is_served(root: Path, path: str) -> None:
    assert find(root, path) == Found(404, "404.html", b"missing")


def test_a_folder_that_no_build_made_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("private")
    assert find(tmp_path, "/") == Found(503)
    assert find(tmp_path / "nowhere", "/") == Found(503)
