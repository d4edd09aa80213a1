"""The documentation is true to the code where a program can tell."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import click
import pytest

from sitegen import cli
from sitegen.build import Options, build
from sitegen.core.parse import parse_yaml
from sitegen.core.report import as_text
from sitegen.core.source import Source
from sitegen.reference.codes import codes
from sitegen.reference.explain import explain
from sitegen.shell.extensions import BUILT_IN_FORMATS
from sitegen.starters import record, site

ROOT = Path(__file__).parent.parent.parent
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (*sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md")
}
APP: ModuleType = cli


@pytest.mark.parametrize("name", PAGES)
def test_links_between_pages_lead_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", PAGES[name]):
        if "://" not in target:
            assert (folder / target).exists(), target


def test_every_page_can_be_reached_from_the_index() -> None:
    index = PAGES["docs/index.md"]
    for name in PAGES:
        if name.startswith("docs/") and "/decisions/" not in name and name != "docs/index.md":
            assert f"({name.removeprefix('docs/')})" in index, name


def commands() -> list[str]:
    """Every command line of ours in the documentation."""
    found = []
    for text in PAGES.values():
        for line in re.findall(r"^\s*(?:\$ |- run: )(sitegen .+)$|`(sitegen [a-z][^`]*)`", text, re.M):
            found.extend(part.partition(" #")[0].strip() for part in line if part)
    return sorted(set(found))


@pytest.mark.parametrize("line", commands())
def test_a_command_in_the_docs_is_one_that_sitegen_has(line: str) -> None:
    words = [word for word in shlex.split(line) if "$(" not in word][1:]
    command = APP.app.commands.get(words[0])
    assert command is not None, f"there is no command {words[0]}"
    options = {option for parameter in command.params for option in parameter.opts}
    for word in words[1:]:
        if word.startswith("--"):
            assert word.partition("=")[0] in options, f"{words[0]} has no {word}"
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    assert arguments or not [w for w in words[1:2] if not w.startswith("-")]


def test_what_the_docs_say_explain_explains_is_explained() -> None:
    for line in commands():
        words = line.split()
        if words[1] == "explain" and len(words) == 3 and not words[2].isupper() and words[2][0] != "/":
            assert explain(words[2]), words[2]


def test_codes_in_the_docs_are_codes_that_exist() -> None:
    known = {facts.code for facts in codes()}
    for name, text in PAGES.items():
        for code in re.findall(r"(?:error|warning)\[([a-z-]+)\]", text):
            assert code in known, f"{name}: {code}"


def test_every_piece_of_yaml_in_the_docs_can_be_copied() -> None:
    for name, text in PAGES.items():
        for block in re.findall(r"^ *```yaml\n(.*?)^ *```", text, re.M | re.S):
            _, _, faults = parse_yaml(Source(name, dedent(block).encode()))
            assert faults == [], f"{name}: {block}"


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new site with the format, the kind and the theme of the guides, built."""
    # A name of its own: Python keeps the modules of one site in mind when the next is built.
    formats = PAGES["docs/how-to/add-an-output-format.md"].replace("mysite", "guidesite")
    theme = PAGES["docs/how-to/make-a-brand-theme.md"]
    named, chosen, coloured, styled = re.findall(r"```yaml\n(.*?)```", theme, re.S)
    files = site("guide")
    files["guidesite/formats/csv.py"] = re.findall(r"```python\n(.*?)```", formats, re.S)[0].encode()
    files["sitegen.yaml"] = files["sitegen.yaml"].replace(b"theme: default", chosen.encode())
    files["sitegen.yaml"] += re.findall(r"```yaml\n(formats:.*?)```", formats, re.S)[0].encode()
    kind = PAGES["docs/how-to/add-a-kind-of-record.md"].replace("mysite", "guidesite")
    model, planned = re.findall(r"```python\n(.*?)```", kind, re.S)
    imports = re.findall(r"^from .*\n", files["guidesite/formats/csv.py"].decode(), re.M)
    form = 'FORMAT = Format(name="venues", summary="Venues.", routes=routes, render=render)\n'
    files["guidesite/kinds/venue.py"] = model.encode()
    files["guidesite/formats/venues.py"] = "".join([*imports, planned, form]).encode()
    files["content/venues/training-kitchen.md"] = re.findall(r"```markdown\n(.*?)```", kind, re.S)[0].encode()
    files["sitegen.yaml"] += (
        b"  - guidesite.formats.venues\n" + re.findall(r"```yaml\n(.*?)```", kind, re.S)[0].encode()
    )
    files["themes/harbourside/theme.yaml"] = (named + coloured + styled).encode()
    files["themes/harbourside/static/css/brand.css"] = b"main { max-width: 60rem; }"
    files["themes/harbourside/templates/base.html"] = re.findall(r"```html\n(.*?)```", theme, re.S)[0].encode()
    folder = tmp_path_factory.mktemp("guided")
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    paths = [*sys.path]
    result = build(folder, Options(output=folder / "output", jobs=1))
    assert result.diagnostics == []
    yield folder / "output"
    sys.path[:] = paths


def test_the_format_in_the_guide_makes_what_it_promises(guided: Path) -> None:
    rows = (guided / "badges.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "name,issuer,page"
    assert rows[1].startswith('"Accessible documents","example-academy","https://credentials.example.org/badges/')


def test_the_kind_in_the_guide_becomes_what_it_promises(guided: Path) -> None:
    text = (guided / "venues/training-kitchen.txt").read_text(encoding="utf-8")
    assert text == "Training kitchen\n14 Wharf Street, Eastmark\n\nEnter from the yard.\n"


def test_the_theme_in_the_guide_changes_what_it_says(guided: Path) -> None:
    page = (guided / "index.html").read_text(encoding="utf-8")
    assert "<p>ABN 00 000 000 000</p>" in page
    assert "css/brand.css" in page
    assert any("Brygada 1918" in css.read_text(encoding="utf-8") for css in guided.glob("assets/*/*.css"))


def test_the_mistake_in_the_tutorial_is_told_as_it_says(tmp_path: Path) -> None:
    known = {"issuers": ["example-academy"], "badges": ["first-aid-at-work"]}
    added = dict(record(kind, "first-aid-at-work", "first-aid-at-work", known) for kind in ("badge", "course"))
    course = "content/courses/first-aid-at-work.md"
    added = {path: re.sub(rb"x-starter: .*\n", b"", text) for path, text in added.items()}
    added[course] = added[course].replace(b"\nawards:", b"\naward:")
    for path, content in {**site("my-catalogue"), **added}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    result = build(tmp_path, Options())
    assert f"```\n{as_text(result.diagnostics, result.texts)}\n```" in PAGES["docs/tutorial/first-catalogue.md"]


def test_the_guide_to_formats_names_the_built_in_ones() -> None:
    guide = PAGES["docs/how-to/add-an-output-format.md"]
    assert [name for name in BUILT_IN_FORMATS if f"- {name}\n" not in guide] == []


def test_every_dependency_is_explained_with_its_floor() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = re.findall(r"^\| `([^`]+)` \|", PAGES["docs/explanation/dependencies.md"], re.M)
    assert sorted(told) == sorted(project["dependencies"])


def test_the_changelog_starts_with_what_is_not_released_yet() -> None:
    assert re.search(r"^## \[(.+)\]", PAGES["CHANGELOG.md"], re.M)[1] == "Unreleased"  # type: ignore[index]
