from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.core.catalogue import Catalogue
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.kind import Kind
from sitegen.core.output import ExtensionError, Format, Route
from sitegen.core.site import Site
from sitegen.core.source import Document, Marks
from sitegen.core.validate import validate
from sitegen.kinds import KINDS
from sitegen.shell.extensions import load_formats, load_kinds
from sitegen.shell.read import ChangedError
from sitegen.shell.shelf import DamagedError
from tests.making import config

MARKS = Marks("sitegen.yaml")
KIND = """\
from typing import ClassVar
from sitegen.core.diagnostics import error
from sitegen.core.kind import Kind
from sitegen.core.model import Record

class Venue(Record):
    KIND: ClassVar[str] = 'venue'

def wrong(*_):
    raise RuntimeError('no')

"""
FORMAT = """\
from sitegen.core.output import Format, Route
def routes(site):
    return [Route('/own.txt', 'own', 'own', 'text/plain')]
"""


def kinds(root: Path, name: str, code: str) -> tuple[tuple[Kind, ...], list[Diagnostic]]:
    (root / f"{name}.py").write_text(KIND + code)
    return load_kinds((name,), root, MARKS)


def formats(root: Path, name: str, code: str) -> tuple[tuple[Format, ...], list[Diagnostic]]:
    (root / name).mkdir()
    (root / name / "__init__.py").write_text("")
    (root / name / "own.py").write_text(FORMAT + code)
    return load_formats((f"{name}.own",), root, MARKS)


@pytest.fixture(autouse=True)
def _path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))


def test_a_kind_of_the_sites_own_is_added_once(tmp_path: Path) -> None:
    (tmp_path / "venue_good.py").write_text(KIND + "KIND = Kind('venue', 'venues', Venue, 'A place.')")
    loaded, found = load_kinds(("venue_good", "venue_good"), tmp_path, MARKS)
    assert found == []
    assert [kind.name for kind in loaded] == [*(kind.name for kind in KINDS), "venue"]


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("venue_name", "KIND = Kind('badge', 'venues', Venue, 's')", "the first two are the same"),
        ("venue_path", "KIND = Kind('venue', '../x', Venue, 's')", "are small letters"),
        ("venue_folder", "KIND = Kind('venue', 'badges', Venue, 's')", "the kind 'badge' with the folder"),
        ("venue_model", "KIND = Kind('venue', 'venues', dict, 's')", "no class made from Record"),
        ("venue_leaves", "raise SystemExit(3)", "cannot be loaded: SystemExit: 3"),
    ],
)
def test_a_kind_that_cannot_be_used_is_told(tmp_path: Path, name: str, code: str, reason: str) -> None:
    loaded, found = kinds(tmp_path, name, code)
    assert loaded == KINDS
    assert [d.code for d in found] == ["broken-extension"]
    assert reason in found[0].message


@pytest.mark.parametrize(
    ("name", "check", "line"),
    [("check_raises", "wrong", 10), ("check_none", "lambda *_: None", 1), ("check_three", "lambda *_: [3]", 1)],
)
def test_a_check_that_fails_is_told_with_its_line(tmp_path: Path, name: str, check: str, line: int) -> None:
    loaded, _ = kinds(tmp_path, name, f"KIND = Kind('venue', 'venues', Venue, 's', check={check})")
    record, _ = validate(Document("content/venues/a.md", "venue", {"name": "A", "description": "d"}, MARKS), loaded[-1])
    found = list(loaded[-1].check(record[0], Catalogue()))
    assert [(d.code, d.span and d.span.line) for d in found] == [("broken-extension", line)]


@pytest.mark.parametrize(("name", "expand"), [("expand_raises", "wrong"), ("expand_none", "lambda r: None")])
def test_an_expansion_that_fails_is_told(tmp_path: Path, name: str, expand: str) -> None:
    loaded, _ = kinds(tmp_path, name, f"KIND = Kind('venue', 'venues', Venue, 's', expand={expand})")
    document = Document("content/venues/a.md", "venue", {"name": "A", "description": "d"}, MARKS)
    records, found = validate(document, loaded[-1])
    assert records == ()
    assert [d.code for d in found] == ["broken-extension"]


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("gives_none", "return b'x', None", "TypeError"),
        ("gives_text", "return b'x', 'wrong'", "something else than diagnostics"),
        ("gives_str", "return 'x', ()", "in place of bytes"),
        ("gives_up", "raise SystemExit(3)", "SystemExit: 3"),
    ],
)
def test_a_rendering_that_gives_something_else_is_told(tmp_path: Path, name: str, body: str, reason: str) -> None:
    loaded, found = formats(tmp_path, name, f"def render(r, s): {body}\nFORMAT = Format('own', 's', routes, render)")
    assert found == []
    site = Site(config())
    _, told = loaded[0].render(next(iter(loaded[0].routes(site))), site)
    assert [d.code for d in told] == ["broken-extension"]
    assert reason in told[0].message


def test_routes_whose_subject_is_no_text_are_told(tmp_path: Path) -> None:
    code = "def wrong(s): return [Route('/a', 'own', None, 'text/plain')]\nFORMAT = Format('own', 's', wrong, wrong)"
    loaded, _ = formats(tmp_path, "subject_none", code)
    with pytest.raises(ExtensionError) as raised:
        loaded[0].routes(Site(config()))
    assert "not all text" in raised.value.told.message


def test_a_format_named_twice_is_made_once_and_two_may_not_share_a_name(tmp_path: Path) -> None:
    code = "def render(r, s): return b'', ()\nFORMAT = Format('own', 's', routes, render)"
    formats(tmp_path, "first", code)
    formats(tmp_path, "second", code)
    loaded, found = load_formats(("html", "html", "first.own", "second.own"), tmp_path, MARKS)
    assert [each.name for each in loaded] == ["html", "own"]
    assert [d.message for d in found] == ["'second.own' is called 'own', as another one"]


@pytest.mark.parametrize(("name", "stop"), [("stops_a", "read.ChangedError('a')"), ("stops_b", "shelf.DamagedError()")])
def test_what_stops_a_build_is_not_laid_to_the_module_that_met_it(tmp_path: Path, name: str, stop: str) -> None:
    imports = "from sitegen.shell import read, shelf\n"
    render = f"def render(*_):\n    raise {stop}\nFORMAT = Format('own', 'x', routes, render)\n"
    loaded, found = formats(tmp_path, name, imports + render)
    assert found == []
    with pytest.raises((ChangedError, DamagedError)):
        loaded[0].render(Route("/own.txt", "own", "own", "text/plain"), Site(config()))
    check = f"def check(*_):\n    raise {stop}\nKIND = Kind('venue', 'venues', Venue, 'x', check)\n"
    own = kinds(tmp_path, f"{name}_kind", imports + check)[0][-1]
    with pytest.raises((ChangedError, DamagedError)):
        list(own.check(own.model.model_construct(), Catalogue()))
