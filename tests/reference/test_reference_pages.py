"""The reference pages in docs/ are what the code says today."""

from __future__ import annotations

import re
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from sitegen.kinds import KINDS
from sitegen.reference.fields import fields
from sitegen.reference.pages import kind_page, pages

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs" / "reference"


def tool() -> ModuleType:
    """The program that writes the pages; it is no part of the package."""
    spec = util.spec_from_file_location("make_reference", ROOT / "tools" / "make_reference.py")
    assert spec and spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE: dict[str, str] = tool().all_pages()


@pytest.mark.parametrize("name", MADE)
def test_a_page_is_what_the_code_says(name: str) -> None:
    path = DOCS / name
    assert path.exists(), "run: make reference"
    assert path.read_text(encoding="utf-8") == MADE[name], "out of date; run: make reference"


def test_every_kind_has_a_page() -> None:
    assert {f"{kind.name}.md" for kind in KINDS} <= set(pages())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_stands_on_the_page_of_its_kind(kind: object) -> None:
    page = kind_page(kind)  # type: ignore[arg-type]
    for facts in fields(kind.model):  # type: ignore[attr-defined]
        heading = facts.name if not facts.depth else facts.name.partition(".")[2]
        assert f"### {heading}\n" in page or f"| `{heading}` |" in page, facts.name


@pytest.mark.parametrize("name", MADE)
def test_tables_have_as_many_cells_in_every_row(name: str) -> None:
    for table in re.findall(r"(?:^\|.*\n)+", MADE[name], re.M):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(widths) == 1, table


@pytest.mark.parametrize("name", MADE)
def test_links_within_a_page_lead_to_a_heading(name: str) -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", h).lower().replace(" ", "-") for h in re.findall(r"^#+ (.+)$", MADE[name], re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", MADE[name])) <= headings


def test_the_commands_page_names_every_command_and_the_exit_codes() -> None:
    page = MADE["commands.md"]
    for command in ("build", "check", "serve", "new", "explain"):
        assert f"## sitegen {command}\n" in page
    assert "| 70 |" in page
