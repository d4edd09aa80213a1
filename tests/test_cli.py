from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import app

SMALL = Path(__file__).parent / "sites" / "small"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "site", ignore=shutil.ignore_patterns("expected"))
    return tmp_path / "site"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def spoil(site: Path) -> None:
    (site / "content/pages/about.md").write_text("---\nname: About\ndescripton: x\ndescription: y\n---\nText.\n")


def test_a_build_says_what_it_did_and_where(site: Path) -> None:
    result = run("build", "--site", site)
    assert result.exit_code == 0, result.output
    assert "pages" in result.output
    assert f"The site is in {site / 'output'}" in result.output
    assert (site / "output/badges/safe-kitchen/badge.json").exists()


def test_a_build_with_an_error_publishes_nothing_and_keeps_the_old_site(site: Path) -> None:
    run("build", "--site", site)
    before = (site / "output/index.html").read_bytes()
    spoil(site)
    result = run("build", "--site", site)
    assert result.exit_code == 1
    assert "content/pages/about.md:3:1: error[unknown-field]" in result.output
    assert "1 error, 0 warnings: nothing was published" in result.output
    assert (site / "output/index.html").read_bytes() == before


def test_a_warning_fails_only_a_strict_build(site: Path) -> None:
    (site / "content/pages/notes.docx").write_text("x")
    assert run("build", "--site", site).exit_code == 0
    assert run("build", "--site", site, "--strict").exit_code == 1


def test_check_publishes_nothing(site: Path) -> None:
    result = run("check", "--site", site)
    assert result.exit_code == 0
    assert "No errors, 0 warnings." in result.output
    assert not (site / "output").exists()


def test_check_tells_programs_what_it_tells_people(site: Path) -> None:
    spoil(site)
    found = json.loads(run("check", "--site", site, "--format", "json").output)
    assert [(d["code"], d["path"], d["line"], d["column"]) for d in found] == [
        ("unknown-field", "content/pages/about.md", 3, 1)
    ]
    annotations = run("check", "--site", site, "--format", "github").output
    assert annotations.startswith("::error file=content/pages/about.md,line=3,col=1")


def test_drafts_are_built_only_when_asked_for(site: Path) -> None:
    draft = site / "content/pages/next.md"
    draft.write_text("---\nname: Next\ndescription: Soon.\nstatus: draft\n---\nText.\n")
    run("build", "--site", site)
    assert not (site / "output/next/index.html").exists()
    run("build", "--site", site, "--drafts")
    assert (site / "output/next/index.html").exists()


def test_the_base_url_of_the_command_line_stands_in_for_the_sites_own(site: Path) -> None:
    run("build", "--site", site, "--base-url", "https://other.example/cat")
    badge = json.loads((site / "output/badges/open-day/badge.json").read_text())
    assert badge["id"] == "https://other.example/cat/badges/open-day/badge.json"
    assert run("build", "--site", site, "--base-url", "other").exit_code == 1


def test_a_folder_without_a_site_is_told_how_to_start_one(tmp_path: Path) -> None:
    result = run("build", "--site", tmp_path)
    assert result.exit_code == 1
    assert "sitegen new my-catalogue" in result.output


def test_a_new_site_builds_at_once_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "my-catalogue").exit_code == 0
    result = run("build", "--site", "my-catalogue", "--strict")
    assert result.exit_code == 0, result.output


def test_every_new_record_fits_into_a_new_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "site", "mine")
    monkeypatch.chdir(tmp_path / "mine")
    for kind in ("issuer", "badge", "course", "pathway"):
        result = run("new", kind, f"My new {kind}")
        assert result.exit_code == 0, result.output
        assert f"content/{kind}s/my-new-{kind}.md" in result.output
    result = run("check")
    assert result.exit_code == 0, result.output
    assert result.output.count("warning[") == 4
    assert result.output.count("warning[starter-text]") == 4


def test_nothing_that_is_there_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "mine")
    again = run("new", "mine")
    assert again.exit_code == 2
    assert "already there" in again.output
    monkeypatch.chdir(tmp_path / "mine")
    run("new", "badge", "one")
    (tmp_path / "mine/content/badges/one.md").write_text("mine")
    assert run("new", "badge", "one").exit_code == 2
    assert (tmp_path / "mine/content/badges/one.md").read_text() == "mine"


@pytest.mark.parametrize(
    "arguments",
    [["new"], ["new", "badge"], ["new", "bagde", "x"], ["build", "--jobs", "0"], ["check", "--format", "xml"]],
)
def test_a_wrong_command_is_told_by_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("name", ["unknown-field", "badge.assessment", "assessment"])
def test_explain_knows_codes_and_fields(name: str) -> None:
    result = run("explain", name)
    assert result.exit_code == 0
    assert len(result.output) > 60


def test_explain_proposes_a_word_that_it_knows() -> None:
    result = run("explain", "unknwon-field")
    assert result.exit_code == 2
    assert "unknown-field" in result.output


@pytest.mark.parametrize("port", ["0", "70000"])
def test_a_port_that_cannot_be_is_refused(port: str) -> None:
    result = run("serve", "--port", port)
    assert result.exit_code == 2
    assert "range" in result.output


def test_what_is_no_record_does_not_stop_a_new_one(site: Path) -> None:
    (site / "content/badges/folder.md").mkdir()
    (site / "content/badges/nowhere.md").symlink_to("nothing")
    (site / "content/issuers/list.md").write_text("---\nname: x\nstatus: [draft]\n---\n")
    result = run("new", "badge", "another", "--site", site)
    assert result.exit_code == 0, result.output


def test_a_new_file_that_cannot_be_written_is_told(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for arguments in (("pathway", "x" * 300, "--site", site), ("site", tmp_path / "file" / "site")):
        result = run("new", *arguments)
        assert result.exit_code == 2, result.output
        assert "cannot be read or written" in result.output
    assert run("new", "badge", "caf\udce9", "--site", site).exit_code == 2


def called(site: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run ``sitegen build`` as a person does: in a process of its own, from the site's folder."""
    command = [sys.executable, "-m", "sitegen", "build", "--date", "2026-11-25", *more]
    # The tests may run from a checkout that is not the one installed.
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    return subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)


def test_a_build_with_nothing_to_do_loads_nothing_and_says_the_same_again(site: Path) -> None:
    (site / "content/pages/notes.docx").write_text("x")
    time.sleep(2.1)  # what has just been written may be written again within the same tick of the disk's clock
    first, second = called(site), called(site)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "warning[unused-file]" in second.stderr
    again = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sitegen", "build", "--date", "2026-11-25"],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "warning[unused-file]" in again.stderr
    assert not {"click", "pydantic", "jinja2", "dataclasses"} & {
        line.rpartition("|")[2].strip() for line in again.stderr.splitlines() if line.startswith("import time:")
    }
    assert again.stdout.rpartition("; ")[0] == second.stdout.rpartition("; ")[0]
    assert (site / "output/index.html").exists()


def test_an_edit_or_a_lost_file_is_seen_where_the_last_build_had_nothing_to_do(site: Path) -> None:
    time.sleep(2.1)
    called(site), called(site)
    (site / "output/index.html").unlink()
    assert "1 written" in called(site).stdout
    about = site / "content/pages/about.md"
    about.write_text(about.read_text() + "\nOne more sentence.\n")
    assert "0 written" not in called(site).stdout


def test_clean_forgets_what_builds_kept_and_leaves_the_site(site: Path) -> None:
    run("build", "--site", site)
    assert (site / ".sitegen").is_dir()
    assert "is gone" in run("clean", "--site", site).output
    assert not (site / ".sitegen").exists()
    assert (site / "output/index.html").exists()
    assert "nothing kept" in run("clean", "--site", site).output


def test_a_page_is_explained_by_what_it_was_made_from_and_why_it_is_made_again(site: Path) -> None:
    run("build", "--site", site)
    result = run("explain", "/badges/safe-kitchen/", "--site", site)
    assert result.exit_code == 0, result.output
    assert "/badges/safe-kitchen/ is up to date." in result.output
    assert "the fields of badge:safe-kitchen" in result.output
    badge = site / "content/badges/safe-kitchen.md"
    badge.write_text(badge.read_text() + "\nOne more sentence.\n")
    result = run("explain", "/badges/safe-kitchen/", "--site", site)
    assert "is made again by the next build" in result.output
    assert "the text of badge:safe-kitchen" in result.output.partition("It was made")[0]


def test_an_address_that_the_site_does_not_have_is_explained_as_such(site: Path) -> None:
    run("build", "--site", site)
    assert "The site has nothing at /badges/nothing/" in run("explain", "/badges/nothing/", "--site", site).output


def test_of_a_site_with_faults_no_page_is_explained_before_they_are_mended(site: Path) -> None:
    spoil(site)
    result = run("explain", "/badges/safe-kitchen/", "--site", site)
    assert result.exit_code == 1
    assert "error[unknown-field]" in result.output
    assert "Mend what is above first" in result.output


def test_the_seconds_of_each_stage_are_written_down(site: Path, tmp_path: Path) -> None:
    run("build", "--site", site, "--timings", tmp_path / "times.json")
    times = json.loads((tmp_path / "times.json").read_text())
    assert {"Loading", "Linking", "Making", "Publishing"} <= times.keys()
    assert all(seconds >= 0 for seconds in times.values())


def test_a_file_for_seconds_that_cannot_be_written_is_told(site: Path, tmp_path: Path) -> None:
    result = run("build", "--site", site, "--timings", tmp_path / "nowhere/times.json")
    assert result.exit_code == 2
    assert "cannot be written" in result.output
