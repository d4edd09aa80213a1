from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import Options, build

SMALL = Path(__file__).parent / "sites" / "small"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "site", ignore=shutil.ignore_patterns("expected"))
    return tmp_path / "site"


def built(site: Path, output: Path, **environment: str) -> dict[str, bytes]:
    """Build in a process of its own, in a folder of its own, and return what came out."""
    environment = {"SOURCE_DATE_EPOCH": "1790000000", **environment}
    umask = int(environment.pop("UMASK", "022"), 8)
    command = [sys.executable, "-m", "sitegen", "build", "--site", str(site), "--output", str(output)]
    command += environment.pop("ARGUMENTS", "").split()
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        cwd=output.parent,
        capture_output=True,
        check=False,
        umask=umask,
    )
    assert done.returncode == 0, done.stderr.decode()
    return tree(output)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"TZ": "Pacific/Kiritimati"},
        {"LANG": "tr_TR.UTF-8", "LC_ALL": "C"},
        {"UMASK": "077"},
        {"ARGUMENTS": "--jobs 3"},
    ],
    ids="-".join,
)
def test_the_same_content_gives_the_same_bytes(site: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there/deep").mkdir(parents=True)
    first = built(site, tmp_path / "here" / "out", PYTHONHASHSEED="0", TZ="UTC", LANG="C.UTF-8")
    assert built(site, tmp_path / "there/deep" / "out", **environment) == first


def test_the_order_on_disk_and_the_times_of_files_do_not_show(site: Path, tmp_path: Path) -> None:
    build(site, Options(output=tmp_path / "one", today=date(2026, 1, 1), jobs=1))
    shuffled = tmp_path / "shuffled"
    for path in sorted((p for p in site.rglob("*") if p.is_file()), reverse=True):
        copy = shuffled / path.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        os.utime(copy, (0, 0))
    build(shuffled, Options(output=tmp_path / "two", today=date(2026, 1, 1), jobs=1))
    assert tree(tmp_path / "two") == tree(tmp_path / "one")


def test_a_second_build_changes_nothing(site: Path, tmp_path: Path) -> None:
    options = Options(output=tmp_path / "out", today=date(2026, 1, 1), jobs=1)
    build(site, options)
    again = build(site, options)
    assert again.published is not None
    assert (again.published.written, again.published.removed) == (0, 0)


def test_a_deleted_record_leaves_the_output(site: Path, tmp_path: Path) -> None:
    options = Options(output=tmp_path / "out", today=date(2026, 1, 1), jobs=1)
    build(site, options)
    assert (tmp_path / "out/about/index.html").exists()
    (site / "content/pages/about.md").unlink()
    build(site, options)
    assert not (tmp_path / "out/about").exists()


def test_the_day_decides_which_offering_comes_next(site: Path, tmp_path: Path) -> None:
    pages = []
    for day in (date(2027, 1, 1), date(2028, 1, 1)):
        build(site, Options(output=tmp_path / "out", today=day, jobs=1))
        pages.append((tmp_path / "out/courses/safe-kitchen/index.html").read_text())
    assert "https://lms.academy.example/enrol/1" in pages[0]
    assert "https://lms.academy.example/enrol/1" not in pages[1]


def test_formats_can_be_left_out(site: Path, tmp_path: Path) -> None:
    settings = site / "sitegen.yaml"
    settings.write_text(settings.read_text() + "formats: [html, files, images, openbadges2]\n")
    result = build(site, Options(output=tmp_path / "out", jobs=1))
    assert not result.failed, result.diagnostics
    names = set(tree(tmp_path / "out"))
    assert "badges/open-day/badge.json" in names
    assert not {"badges/open-day/achievement.json", "sitemap.xml", "catalogue.json"} & names


def test_a_format_of_the_sites_own_is_found_in_its_folder(site: Path, tmp_path: Path) -> None:
    (site / "ourformats").mkdir()
    (site / "ourformats/__init__.py").write_text("")
    (site / "ourformats/names.py").write_text(
        "from sitegen.core.output import Format, Route\n"
        "def routes(site):\n"
        "    return [Route('/names.txt', 'names', 'names', 'text/plain; charset=utf-8')]\n"
        "def render(route, site):\n"
        "    return '\\n'.join(b.name for b in site.catalogue.listed('badge')).encode(), ()\n"
        "FORMAT = Format('names', 'Names of badges.', routes, render)\n"
    )
    settings = site / "sitegen.yaml"
    settings.write_text(settings.read_text() + "formats: [html, files, images, ourformats.names]\n")
    result = build(site, Options(output=tmp_path / "out", jobs=1))
    assert not result.failed, result.diagnostics
    assert (tmp_path / "out/names.txt").read_text() == "Open Day\nSafe Kitchen"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise RuntimeError('no')", "RuntimeError: no"),
        ("x = 1", "has no FORMAT"),
        ("import nothing_here", "ModuleNotFound"),
    ],
)
def test_a_format_that_cannot_be_loaded_is_told(site: Path, tmp_path: Path, code: str, reason: str) -> None:
    module = f"broken_{abs(len(code))}"
    (site / f"{module}.py").write_text(code)
    (site / "pack").mkdir()
    settings = site / "sitegen.yaml"
    settings.write_text(settings.read_text() + f"formats: [html, files, images, pack.{module}]\n")
    (site / f"{module}.py").rename(site / "pack" / f"{module}.py")
    result = build(site, Options(output=tmp_path / "out", jobs=1))
    assert [d.code for d in result.diagnostics] == ["broken-extension"]
    assert reason in result.diagnostics[0].message
