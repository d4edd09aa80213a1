"""Tiny whole sites with the machine-readable files expected of them, byte for byte.

Pages are left out: how they look is the theme's to change. A change in a file here changes what
others rely on, so look at the difference before you accept it:

    python -m tests.test_sites        writes what is made now into expected/
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import Options, build

SITES = Path(__file__).parent / "sites"
TODAY = date(2027, 1, 10)
LEFT_OUT = (".html", ".png", ".svg", ".css", ".woff2", ".txt", ".sitegen-manifest.json")


def made(name: str, work: Path) -> dict[str, bytes]:
    """The files that a site makes for machines."""
    shutil.copytree(SITES / name, work / "site", ignore=shutil.ignore_patterns("expected"))
    result = build(work / "site", Options(output=work / "output", today=TODAY, jobs=1))
    assert not result.failed, result.diagnostics
    files = {p.relative_to(work / "output").as_posix(): p for p in sorted((work / "output").rglob("*")) if p.is_file()}
    return {path: file.read_bytes() for path, file in files.items() if not path.endswith(LEFT_OUT)}


def expected(name: str) -> dict[str, bytes]:
    """The files that a site is expected to make."""
    root = SITES / name / "expected"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("name", sorted(p.name for p in SITES.iterdir()))
def test_a_site_makes_exactly_these_files_for_machines(name: str, tmp_path: Path) -> None:
    found, wanted = made(name, tmp_path), expected(name)
    assert sorted(found) == sorted(wanted)
    for path, content in wanted.items():
        assert found[path] == content, path


def main() -> None:
    """Write what every site makes now into its ``expected`` folder."""
    for site in sorted(SITES.iterdir()):
        shutil.rmtree(site / "expected", ignore_errors=True)
        with tempfile.TemporaryDirectory() as work:
            for path, content in made(site.name, Path(work)).items():
                target = site / "expected" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)


if __name__ == "__main__":
    main()
