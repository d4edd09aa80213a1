"""The core, the kinds and the formats touch no clock, disk, network, process or environment."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sitegen

PACKAGE = Path(sitegen.__file__).parent
PURE = [
    path
    for folder in ("core", "kinds", "formats", "artwork", "reference")
    for path in sorted((PACKAGE / folder).rglob("*.py"))
]
EFFECTS = {
    "os", "io", "pathlib", "shutil", "tempfile", "glob", "fcntl", "socket", "ssl", "urllib.request", "http", "requests",
    "subprocess", "multiprocessing", "threading", "asyncio", "time", "random", "secrets", "uuid", "locale", "getpass",
    "platform", "sys", "signal", "ctypes", "tornado", "livereload", "click", "rich", "importlib.resources", "pkgutil",
}  # fmt: skip
CALLS = {"open", "print", "input", "exec", "eval", "__import__", "hash", "breakpoint"}
CLOCK = {"now", "today", "utcnow", "getenv", "environ"}
EXCEPTIONS = {
    # Pillow writes a PNG into a buffer in memory; no file is opened.
    "artwork": {"io"},
}


def imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", PURE, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_pure_module_has_no_effects(path: Path) -> None:
    tree = ast.parse(path.read_text())
    allowed = EXCEPTIONS.get(path.relative_to(PACKAGE).parts[0], set())
    named = {name for name in imports(tree) if name in EFFECTS - allowed or name.split(".")[0] in EFFECTS - allowed}
    assert not named, f"imports {named}"
    assert not {name for name in imports(tree) if name.startswith("sitegen.shell")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in CALLS, f"line {node.lineno} calls {node.func.id}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCK, f"line {node.lineno} asks the clock or the environment"


def test_only_the_command_line_prints() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name == "cli.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", f"{path} prints"
