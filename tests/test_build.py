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


PARTS = """\
from sitegen.core.output import Format, Route
from sitegen.core.site import kept, once
class Thing: pass
@once
def thing(site): return Thing()
@kept
def part(site, key): return {}
def routes(site):
    return [Route('/parts.txt', 'parts', 'parts', 'text/plain; charset=utf-8')]
def render(route, site):
    site.once(thing)
    return '\\n'.join(str(site.once(part, key)) for key in site.catalogue.of('badge').keys).encode(), ()
FORMAT = Format('parts', 'Names of badges.', routes, render, part)
"""


@pytest.mark.parametrize(
    ("name", "part", "expected"),
    [
        ("good", "site.catalogue.one(key).name", "Open Day\nSafe Kitchen\nSafe Kitchen"),
        ("number", "3", "3\n3\n3"),
        ("faulty", "site.nothing", None),
    ],
)
def test_parts_and_values_of_a_sites_own_format_are_told_or_made(
    site: Path, tmp_path: Path, name: str, part: str, expected: str | None
) -> None:
    """A value that is no plain data and a part that is no text cost speed; a mistake is told with its line."""
    (site / f"own_{name}").mkdir()
    (site / f"own_{name}/parts.py").write_text(PARTS.format(part))
    settings = site / "sitegen.yaml"
    settings.write_text(settings.read_text() + f"formats: [html, files, images, own_{name}.parts]\n")
    for _ in range(2):
        result = build(site, Options(output=tmp_path / "out", jobs=1))
        if expected is None:
            assert [(d.code, d.span and d.span.line) for d in result.diagnostics] == [("broken-extension", 7)]
        else:
            assert not result.failed, result.diagnostics
            assert (tmp_path / "out/parts.txt").read_text() == expected


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


BADGE = "---\nname: Other\nissuer: academy\ndescription: d\n{}---\nTake part.\n"


def told(site: Path) -> list[tuple[str, str]]:
    return [(d.span.path if d.span else "", d.code) for d in build(site, Options(jobs=1)).diagnostics]


def test_a_draft_with_the_id_of_a_published_record_does_not_take_it_down(site: Path) -> None:
    (site / "content/badges/next.md").write_text(BADGE.format("id: open-day\nstatus: draft\n"))
    result = build(site, Options(jobs=1))
    assert result.diagnostics == []
    assert result.site is not None
    assert result.site.catalogue.records["badge:open-day"].name == "Open Day"


def test_an_issuer_with_a_fault_still_gives_its_defaults(site: Path) -> None:
    issuer = site / "content/issuers/academy.md"
    issuer.write_text(
        issuer.read_text().replace("---\n", "---\ndefaults: {badge: {badgeKind: participation}}\nphone: x\n", 1)
    )
    (site / "content/badges/other.md").write_text(BADGE.format(""))
    assert told(site) == [("content/issuers/academy.md", "unknown-field")]


def test_spaces_around_the_name_of_an_issuer_do_not_cost_its_defaults(site: Path) -> None:
    issuer = site / "content/issuers/academy.md"
    issuer.write_text(issuer.read_text().replace("---\n", "---\ndefaults: {badge: {badgeKind: participation}}\n", 1))
    (site / "content/badges/other.md").write_text(BADGE.format("").replace("academy", "' academy '"))
    assert told(site) == []


def test_misspelt_defaults_of_an_issuer_fail_a_build(site: Path) -> None:
    issuer = site / "content/issuers/academy.md"
    issuer.write_text(issuer.read_text().replace("---\n", "---\ndefaults: {badge: {validfor: 5 years}}\n", 1))
    assert told(site) == [("content/issuers/academy.md", "unknown-field")]


def test_a_framework_that_cannot_be_read_is_the_only_fault(site: Path) -> None:
    framework = site / "content/frameworks/kitchen-skills.yaml"
    framework.write_text(framework.read_text() + "url: [\n")
    assert told(site) == [("content/frameworks/kitchen-skills.yaml", "unclosed-bracket")]


def test_a_record_in_the_folder_of_another_kind_is_not_missed_by_those_that_name_it(site: Path) -> None:
    (site / "content/courses/safe-kitchen.md").rename(site / "content/pages/safe-kitchen.md")
    (site / "content/courses/next.md").write_text(
        "---\nname: Next\nprovider: academy\ndescription: d\ncoursePrerequisites: [safe-kitchen]\n---\nText.\n"
    )
    assert told(site) == [("content/pages/safe-kitchen.md", "wrong-folder")]


def test_a_kind_of_the_sites_own_is_read_and_checked(site: Path) -> None:
    (site / "ourkinds").mkdir()
    (site / "ourkinds/__init__.py").write_text("")
    (site / "ourkinds/venue.py").write_text(
        "from typing import ClassVar\n"
        "from sitegen.core.diagnostics import warning\n"
        "from sitegen.core.kind import Kind\n"
        "from sitegen.core.model import Record\n"
        "class Venue(Record):\n"
        "    KIND: ClassVar[str] = 'venue'\n"
        "    image: str | None = None\n"
        "def check(venue, catalogue):\n"
        "    yield warning('small-venue', 'too small', venue.span('name'))\n"
        "KIND = Kind('venue', 'venues', Venue, 'A place.', check)\n"
    )
    (site / "content/venues").mkdir()
    (site / "content/venues/hall.md").write_text("---\nname: Hall\ndescription: d\nimage: x\n---\n")
    settings = site / "sitegen.yaml"
    settings.write_text(settings.read_text() + "kinds: [ourkinds.venue]\n")
    assert told(site) == [("content/venues/hall.md", "small-venue")]
