"""Broken content, as an author would break it, and the exact report they get.

Each case in ``tests/cases/broken/*.txt`` is a title, the files that differ from the small site, and
the whole report expected. A case may end with ``$`` lines to regenerate nothing: the text is the test.

    === a title
    --- content/badges/open-day.md        a file, in place of the small site's own or beside it
    text
    --- delete content/pages/about.md     a file to leave out
    --- bytes content/badges/x.md         a file written as Python escapes
    --- expect
    the report
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sitegen.build import Options, build
from sitegen.core.report import as_text

HERE = Path(__file__).parent
SMALL = HERE / "sites" / "small"


@dataclass
class Case:
    title: str
    files: dict[str, bytes | None] = field(default_factory=dict)
    expected: str = ""


def read_cases(path: Path) -> list[Case]:
    cases = []
    for block in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
        title, _, rest = block.partition("\n")
        case = Case(title.strip())
        for part in re.split(r"(?m)^--- (?=content/|static/|themes/|sitegen\.yaml|delete |bytes |expect)", rest)[1:]:
            head, _, text = part.partition("\n")
            if head == "expect":
                case.expected = text.strip("\n")
            elif head.startswith("delete "):
                case.files[head.removeprefix("delete ")] = None
            elif head.startswith("bytes "):
                raw = text.strip("\n").encode("ascii")
                case.files[head.removeprefix("bytes ")] = raw.decode("unicode_escape").encode("latin-1")
            else:
                case.files[head] = text.encode()
        cases.append(case)
    return cases


CASES = [case for path in sorted((HERE / "cases" / "broken").glob("*.txt")) for case in read_cases(path)]


def report_of(case: Case, root: Path) -> str:
    shutil.copytree(SMALL, root, dirs_exist_ok=True)
    for name, content in case.files.items():
        if content is None:
            (root / name).unlink()
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
    output = root / "output"
    result = build(root, Options(output=output, jobs=1))
    if result.failed:
        assert result.published is None
        assert not output.exists(), "something was published in spite of an error"
    return as_text(result.diagnostics, result.texts).strip("\n").replace(str(root.resolve()), "SITE")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_broken_content_is_reported_exactly(case: Case, tmp_path: Path) -> None:
    assert report_of(case, tmp_path) == case.expected


def test_the_small_site_itself_is_right(tmp_path: Path) -> None:
    assert report_of(Case("nothing changed"), tmp_path) == ""


def test_there_are_enough_cases_and_each_is_named_once() -> None:
    titles = [case.title for case in CASES]
    assert len(titles) >= 60
    assert len(titles) == len(set(titles))
