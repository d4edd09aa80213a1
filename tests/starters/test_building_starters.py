"""What ``sitegen new`` writes builds without a word of complaint, and is published."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import Options, Result, build
from sitegen.starters import KINDS, record, site

DAY = date(2027, 2, 1)
HAS = {
    "issuers": ["example-academy"],
    "badges": ["accessible-documents", "plain-language-writing"],
    "courses": ["accessible-documents", "plain-language-writing"],
    "topics": ["writing", "accessibility"],
}


def built(folder: Path, files: dict[str, bytes]) -> Result:
    """Write a site below a folder and build it into ``output/`` there."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return build(folder, Options(output=folder / "output", today=DAY, jobs=1))


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The new site, built once."""
    folder = tmp_path_factory.mktemp("new") / "my-catalogue"
    return folder, built(folder, site("my-catalogue"))


def test_the_new_site_builds_without_a_warning(started: tuple[Path, Result]) -> None:
    _, result = started
    assert result.diagnostics == []
    assert result.published


def test_the_new_site_has_a_page_for_everything_in_it(started: tuple[Path, Result]) -> None:
    folder, _ = started
    for page in (
        "",
        "badges/plain-language-writing/",
        "badges/accessible-documents/",
        "courses/plain-language-writing/",
        "pathways/clear-communicator/",
        "skills/write-plain-language/",
        "issuers/example-academy/",
        "topics/writing/",
        "about/",
    ):
        assert (folder / "output" / page / "index.html").is_file(), page


def test_the_new_site_hosts_both_kinds_of_badge_files(started: tuple[Path, Result]) -> None:
    folder, _ = started
    badge = folder / "output" / "badges" / "plain-language-writing"
    address = "https://credentials.example.org/badges/plain-language-writing/"
    assert json.loads((badge / "badge.json").read_bytes())["id"] == address + "badge.json"
    assert json.loads((badge / "achievement.json").read_bytes())["id"] == address + "achievement.json"
    assert (badge / "image.png").read_bytes().startswith(b"\x89PNG")


def test_new_records_of_every_kind_build_and_remind_of_the_starter_and_nothing_else(tmp_path: Path) -> None:
    added = dict(record(kind, f"new-{kind}", f"new-{kind}", HAS) for kind in KINDS)
    result = built(tmp_path, {**site("my-catalogue"), **added})
    assert [d.code for d in result.diagnostics] == ["starter-text"] * len(KINDS)
    for kind in KINDS:
        page = tmp_path / "output" / f"{kind}s" / f"new-{kind}" / "index.html"
        assert f"New {kind}" in page.read_text(encoding="utf-8")
