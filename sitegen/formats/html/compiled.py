"""How templates become Python: what our pages do most is written out the short way.

Jinja compiles ``{{ badge.name }}`` to three calls: one that guards the attribute, one that escapes, and one that
marks the result as safe. A page has hundreds of these, and they cost more than everything else about it. Here
the common case is tested where it stands, and only the rest takes the way that Jinja would have taken. What comes
out is the same; the tests hold that for every template of the built-in theme.

This leans on :class:`jinja2.compiler.CodeGenerator`, which Jinja's own native templates refine by the same
methods. Where a release of Jinja no longer has them, templates are compiled as Jinja does it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # MarkupSafe without its part in C, or one that has moved it

    def _escape_inner(s: str, /) -> str:
        return str(escape(s))


escape_text: Callable[[str], str] = _escape_inner
"""Returns text with the five characters escaped that mean something in HTML."""


HOOKS = ("visit_Template", "visit_Getattr", "_output_child_pre", "_output_child_post", "writeline")
KNOWN = all(hasattr(CodeGenerator, hook) for hook in HOOKS)
"""Whether this is a release of Jinja that is refined here."""

_PART = re.compile(r"%(?:%|\((\w+)\)s)")
_WORDS = frozenset({"gettext", "ngettext", "_"})


class Lean(CodeGenerator):
    """Writes the fields of views, plain text and words of the interface the short way."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802, named by Jinja
        """Write a module, with the sets of views that :meth:`visit_Getattr` asks for at its end."""
        self.attributes: set[str] = set()
        say = getattr(self.environment, "say", None)
        if say is not None and not _renames(node):
            _Said(say).visit(node)
        _Joined().visit(node)
        super().visit_Template(node, frame)
        # What a function of a module looks up when it runs may be named after it.
        self.writeline("escape_text, Macro = environment.escape_text, environment.macro_class", extra=1)
        for name in sorted(self.attributes):
            self.writeline(f"having_{name} = environment.having({name!r})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802, named by Jinja
        """Read a field of a view as it is. Whatever else it may be goes through the sandbox."""
        if node.attr.startswith("_") or not node.attr.isascii() or isinstance(node.node, nodes.Const):
            super().visit_Getattr(node, frame)
            return
        self.attributes.add(node.attr)
        self.write(f"(_v.{node.attr} if (_v := ")
        self.visit(node.node, frame)
        self.write(f").__class__ in having_{node.attr} else environment.getattr(_v, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not self._is_short(frame, finalize):
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("(escape_text(_o) if (_c := (_o := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not self._is_short(frame, finalize):
            super()._output_child_post(node, frame, finalize)
            return
        self.write(").__class__) is str else _o if _c is Markup else escape(_o))")

    def _is_short(self, frame: Frame, finalize: Any) -> bool:
        return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None)

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write a line. What a block yields piece by piece would be handed up through every block around it."""
        if x.startswith("yield from "):
            x = f"yield concat({x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)


def _renames(template: nodes.Template) -> bool:
    """Say whether a template gives one of the names of translation another meaning."""
    names = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
    names.update(macro.name for macro in template.find_all(nodes.Macro))
    names.update(imported.target for imported in template.find_all(nodes.Import))
    for imported in template.find_all(nodes.FromImport):
        names.update(name if isinstance(name, str) else name[1] for name in imported.names)
    return not names.isdisjoint(_WORDS)


class ShortMacro(Macro):
    """A macro that lays out its arguments with less ado, when it is called by :meth:`called`."""

    def __init__(self, environment: Environment, func: Callable[..., str], *rest: Any) -> None:
        super().__init__(environment, func, *rest)
        self._function = func
        self._places = {name: place for place, name in enumerate(self.arguments)}
        self._plain = not (self.catch_kwargs or self.catch_varargs or self.caller)

    def called(self, context: Context, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        """Return what the macro makes of these arguments; faults in them are told as Jinja tells them."""
        missing_ = len(self._places) - len(args)
        if not self._plain or missing_ < 0:
            return self(context.eval_ctx, *args, **kwargs)
        if missing_:
            laid = [*args, *[missing] * missing_]
            for name, value in kwargs.items():
                place = self._places.get(name, -1)
                if place < len(args):
                    return self(context.eval_ctx, *args, **kwargs)
                laid[place] = value
            text = self._function(*laid)
        elif kwargs:
            return self(context.eval_ctx, *args, **kwargs)
        else:
            text = self._function(*args)
        return str.__new__(Markup, text) if context.eval_ctx.autoescape else text


class _Joined(NodeTransformer):
    """Joins outputs that follow each other, so that the text between two values is one piece."""

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        """Join the outputs in each list of statements below a node."""
        super().generic_visit(node, *args, **kwargs)
        for _, value in node.iter_fields():
            if isinstance(value, list) and any(isinstance(item, nodes.Output) for item in value):
                value[:] = _joined(value)
        return node


def _joined(body: list[nodes.Node]) -> list[nodes.Node]:
    kept: list[nodes.Node] = []
    for node in body:
        last = kept[-1] if kept else None
        if isinstance(node, nodes.Output) and isinstance(last, nodes.Output):
            kept[-1] = nodes.Output([*last.nodes, *node.nodes], lineno=last.lineno)
        else:
            kept.append(node)
    return kept


class _Said(NodeTransformer):
    """Says the words of the interface when a template is compiled: an environment has one language."""

    def __init__(self, say: Callable[[str], str]) -> None:
        self.say = say

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802, named by Jinja
        """Put what a call for words comes to in its place."""
        self.generic_visit(node)
        children: list[nodes.Expr] = []
        for child in node.nodes:
            said = self._said(child)
            children.extend(said if said is not None else [child])
        return nodes.Output(children, lineno=node.lineno)

    def _said(self, node: nodes.Expr) -> list[nodes.Expr] | None:
        """What a call for words comes to: text and expressions in turn; None for anything else."""
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)):
            return None
        plain = len(node.args) == 1 and not (node.dyn_args or node.dyn_kwargs)
        first = node.args[0] if plain else None
        if node.node.name not in ("gettext", "_") or not isinstance(first, nodes.Const):
            return None
        if not isinstance(first.value, str):
            return None
        values = {pair.key: pair.value for pair in node.kwargs}
        parts = _parts(self.say(first.value), values)
        return None if parts is None else [_at(part, node.lineno) for part in parts]


def _at(part: str | nodes.Expr, line: int) -> nodes.Expr:
    return nodes.TemplateData(part, lineno=line) if isinstance(part, str) else part


def _parts(text: str, values: Mapping[str, nodes.Expr]) -> list[str | nodes.Expr] | None:
    """A message as text and values in turn, or None where formatting it would do anything but fill names in."""
    parts = list(_pieces(text))
    named = [name for _, name in parts if name]
    if sorted(named) != sorted(values) or any("%" in before.replace("%%", "") for before, _ in parts):
        return None
    found: list[str | nodes.Expr] = []
    for before, name in parts:
        if before:
            found.append(before.replace("%%", "%"))
        if name:
            found.append(values[name])
    return found


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield each stretch of text with the name that follows it, the last with none."""
    start = 0
    for match in _PART.finditer(text):
        if match[1]:
            yield text[start : match.start()], match[1]
            start = match.end()
    yield text[start:], ""
