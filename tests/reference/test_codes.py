"""Every code that a fault can carry is explained, and every explanation belongs to a fault."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import sitegen
from sitegen.reference.codes import MODULES, codes

PACKAGE = Path(sitegen.__file__).parent
MAKERS = ("error", "warning", "Diagnostic")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def makes_faults(tree: ast.Module) -> bool:
    """Say whether a module makes diagnostics, itself or by way of the YAML faults."""
    return any(
        isinstance(node, ast.ImportFrom) and node.module in ("sitegen.core.diagnostics", "sitegen.core.yamltrouble")
        for node in tree.body
    )


TREES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text()) for path in PACKAGE.rglob("*.py")}
ON_THE_WAY = ("core/yamltrouble.py", "core/markuplimits.py")
"""Modules that hand a code to one that makes the fault of it."""
SOURCES = {name: tree for name, tree in TREES.items() if makes_faults(tree) or name in ON_THE_WAY}


def called(node: ast.Call) -> str:
    """The bare name of what a call calls."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def takers() -> dict[str, int]:
    """Functions and tuples of our own that take a code, by the place it has among their arguments."""
    found = dict.fromkeys(MAKERS, 0)
    for tree in SOURCES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                named = [(a.arg, a.annotation) for a in node.args.args if a.arg != "self"]
            elif isinstance(node, ast.ClassDef):
                fields = [item for item in node.body if isinstance(item, ast.AnnAssign)]
                named = [(item.target.id, item.annotation) for item in fields if isinstance(item.target, ast.Name)]
            else:
                continue
            places = [
                i for i, (name, kind) in enumerate(named) if name == "code" and kind and ast.unparse(kind) == "str"
            ]
            if places:
                found[node.name] = places[0]
    return found


TAKERS = takers()


def given(tree: ast.AST) -> Iterator[ast.expr]:
    """Every expression that is passed on as the code of a fault."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in TAKERS:
            place = TAKERS[called(node)]
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "code")
            yield from node.args[place : place + 1]


def kept(tree: ast.AST) -> Iterator[ast.expr]:
    """Codes that are kept in ``code`` for a while, or at the head of a (code, message, hint)."""
    for node in ast.walk(tree):
        value = getattr(node, "value", None)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.Return | ast.Yield) and isinstance(value, ast.Tuple):
            yield from [e for e in value.elts[:1] if isinstance(e, ast.Constant) and KEBAB.fullmatch(str(e.value))]
        if isinstance(node, ast.Assign) and value is not None:
            target = node.targets[0]
            both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            pairs = zip(target.elts, value.elts, strict=True) if both else [(target, value)]  # type: ignore[attr-defined]
            named = [part for name, part in pairs if isinstance(name, ast.Name) and name.id == "code"]
            yield from [part for part in named if isinstance(part, ast.Constant)]


def constants(value: ast.expr, tree: ast.Module) -> set[str]:
    """The codes that an expression can be, as far as they are written out in it or in a table that it reads."""
    found = {n.value for n in ast.walk(value) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    tables = {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            if names & tables:
                found |= {
                    n.value for n in node.value.values if isinstance(n, ast.Constant) and isinstance(n.value, str)
                }
    return found


def used() -> dict[str, set[str]]:
    """Every code in the package, with the files that use it."""
    found: dict[str, set[str]] = {}
    for name, tree in SOURCES.items():
        for value in (*given(tree), *kept(tree)):
            for code in constants(value, tree):
                found.setdefault(code, set()).add(name)
    return found


USED = used()
DOCUMENTED = {facts.code for facts in codes()}


def test_every_code_that_is_used_is_explained() -> None:
    assert {code: files for code, files in USED.items() if code not in DOCUMENTED} == {}


def test_every_explanation_belongs_to_a_code_that_is_used() -> None:
    assert sorted(DOCUMENTED - set(USED)) == []


def test_no_code_escapes_the_search() -> None:
    """A fault whose code is worked out in a way that this file cannot follow would go unexplained."""
    lost = [
        f"{name}:{value.lineno} {ast.unparse(value)}"
        for name, tree in SOURCES.items()
        for value in given(tree)
        if not constants(value, tree) and ast.unparse(value).rpartition(".")[2] != "code"
    ]
    assert lost == []


def test_every_module_that_explains_codes_is_collected() -> None:
    explaining = {
        "sitegen." + name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for name, tree in TREES.items()
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "CODES"
    }
    assert sorted(explaining) == sorted(MODULES)


def test_no_code_is_explained_twice() -> None:
    places: dict[str, list[str]] = {}
    for module in MODULES:
        for code in import_module(module).CODES:
            places.setdefault(code, []).append(module)
    assert {code: modules for code, modules in places.items() if len(modules) > 1} == {}


def test_codes_are_kebab_case() -> None:
    assert [code for code in DOCUMENTED if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


def test_explanations_are_sentences_for_people() -> None:
    for facts in codes():
        assert not facts.title.endswith("."), facts.code
        assert facts.explanation.endswith("."), facts.code


def test_codes_come_in_the_order_of_the_alphabet() -> None:
    names = [facts.code for facts in codes()]
    assert names == sorted(names)
