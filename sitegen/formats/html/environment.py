"""The Jinja environment of a theme, and what a fault in a template looks like to its author.

Templates are values: a mapping from names to text. They run in Jinja's sandbox, since a theme may come
from somebody else, with autoescaping on and undefined names refused. A fault becomes a diagnostic at the
line of the template, with the page that was being made in the message; it is never a traceback.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from traceback import walk_tb
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    pass_eval_context,
)
from jinja2.environment import TemplateModule
from jinja2.filters import do_replace
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.i18n import Language
from sitegen.core.suggest import did_you_mean
from sitegen.core.theme import Theme
from sitegen.formats.html.compiled import KNOWN, Lean, ShortMacro, escape_text
from sitegen.formats.html.same import Same

VIEWS = "sitegen.formats.html."
"""The package whose frozen values are views."""
EXTENDS = re.compile(r"""\{%[-+]?\s*extends\s+["']([^"']+)["']""")


class ThemeTemplates(BaseLoader):
    """Templates by name from a mapping. The name doubles as the file name, so that a traceback can be read back."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the source of a template, its name as its file, and that it never changes."""
        del environment
        if template not in self.templates:
            raise TemplateNotFound(template)
        return self.templates[template], template, lambda: True

    def list_templates(self) -> list[str]:
        """Return every name."""
        return sorted(self.templates)


@lru_cache(maxsize=1024)
def _fields(kind: type) -> frozenset[str]:
    """The fields of a view: a frozen value of this package, which holds nothing to guard. None of anything else."""
    if not is_dataclass(kind) or not kind.__module__.startswith(VIEWS):
        return frozenset()
    return frozenset(field.name for field in fields(kind) if not field.name.startswith("_"))


class ThemeTemplate(Template):
    """A template whose environment never changes: what it imports is made once, and its globals are a plain mapping."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Make a template, with the globals copied out of the chain of mappings that Jinja would search each time."""
        return super().from_code(environment, code, dict(globals), uptodate)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Return what other templates import. Jinja would compare the globals of both first; here all have the same."""
        del ctx
        return super()._get_default_module()


class ThemeEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way to the fields of views, to macros and to the words of one language."""

    if KNOWN:
        code_generator_class = Lean
    template_class = ThemeTemplate
    escape_text = staticmethod(escape_text)
    macro_class = ShortMacro

    def __init__(self, words: Language, **options: Any) -> None:
        super().__init__(**options)
        self.say = words.translations.gettext
        self._having: dict[str, set[type]] = {name: {LoopContext} for name in ("first", "index", "last", "length")}
        self._ready: dict[str, Template] = {}

    def having(self, attribute: str) -> set[type]:
        """Return the views that are known to have a field, for templates to look into."""
        return self._having.setdefault(attribute, set())

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field of a view at once, and from now on without asking; anything else goes the guarded way."""
        if attribute in _fields(obj.__class__):
            self.having(attribute).add(obj.__class__)
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a macro at once: it is a piece of template. Anything else is called as the sandbox allows it."""
        if __obj.__class__ is not ShortMacro:
            return super().call(__context, __obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        return __obj.called(__context, args, kwargs)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Return a template by its name; templates never change, so each is looked for once."""
        found = self._ready.get(name) if isinstance(name, str) else None
        if found is None or globals:
            found = super().get_template(name, parent, globals)
            if isinstance(name, str) and not globals:
                self._ready[name] = found
        return found


@pass_eval_context
def _replace(context: EvalContext, text: Any, old: Any, new: Any, count: int | None = None) -> str:
    """Replace text by text at once, and what may be safe HTML as Jinja's own filter does."""
    if type(text) is type(old) is type(new) is str and count is None:
        return text.replace(old, new)
    return do_replace(context, text, old, new, count)


def environment(theme: Theme, words: Language) -> Environment:
    """Return the environment of a theme in a language; asking twice gives the same one."""
    return _environment(Same(theme), words)


@lru_cache(maxsize=8)
def _environment(key: Same[Theme], words: Language) -> Environment:
    made = ThemeEnvironment(
        words,
        loader=ThemeTemplates(key.value.templates),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False}
    made.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters["number"] = words.number
    made.filters["listing"] = words.listing
    made.filters["replace"] = _replace
    return made


def render(
    theme: Theme, words: Language, template: str, about: str, values: Mapping[str, Any]
) -> tuple[str, list[Diagnostic]]:
    """Fill a template in. ``about`` names the page for messages: ``badge 'Food Safety' (content/…)``.

    Everything a template is given was worked out before, so whatever goes wrong in here was asked for by
    the template; only an error that never passed through one is our own and is raised.
    """
    try:
        return environment(theme, words).get_template(template).render(values), []
    except Exception as fault:
        found = _diagnostic(theme, template, about, fault)
        if found is None:
            raise
        return "", [found]


def _diagnostic(theme: Theme, template: str, about: str, fault: Exception) -> Diagnostic | None:
    if isinstance(fault, TemplateSyntaxError):
        name = fault.name or template
        return error(
            "template-error", _sentence(fault.message or "cannot be read"), _span(theme, name, fault.lineno), SYNTAX
        )
    circle = _circle(theme, template) if isinstance(fault, RecursionError) else None
    if circle:
        return circle
    place = _place(theme, fault)
    if isinstance(fault, TemplateNotFound):
        return _missing(theme, template, about, fault, place)
    if place is None:
        return None
    what = str(fault) if isinstance(fault, UndefinedError) else f"{type(fault).__name__}: {fault}"
    hint = UNDEFINED if isinstance(fault, UndefinedError) else RUNTIME
    return error("template-error", f"{_sentence(what)}, while making {about}", _span(theme, *place), hint)


def _circle(theme: Theme, template: str) -> Diagnostic | None:
    """The fault of a template that comes back to itself by what it extends, told alike for every page."""
    passed: list[tuple[str, int]] = []
    while template in theme.templates:
        at = [name for name, _ in passed]
        if template in at:
            first = at.index(template)
            # Of those in the circle, the theme's own file is the one to mend.
            name, line = min(passed[first:])
            below = [
                known for known in theme.templates if known.endswith(f"/{name}") and known.partition("/")[2] == name
            ]
            other = [known for known in below if theme.template_files.get(known) != theme.template_files.get(name)]
            hint = f'write {{% extends "{other[-1]}" %}} for the one below' if other else "extend another template"
            message = f"'{name}' extends itself" + (" by way of others" if len(passed) - first > 1 else "")
            return error("template-error", message, _span(theme, name, line), hint)
        found = EXTENDS.search(theme.templates[template])
        if not found:
            return None
        passed.append((template, theme.templates[template].count("\n", 0, found.start()) + 1))
        template = found[1]
    return None


def _missing(
    theme: Theme, template: str, about: str, fault: TemplateNotFound, place: tuple[str, int] | None
) -> Diagnostic:
    wanted = str(fault.name or template)
    guess = did_you_mean(wanted, theme.templates)
    hint = f"did you mean '{guess}'?" if guess else "add the file to the theme's templates, or correct the name"
    if place is None:
        return error(
            "template-error", f"the theme '{theme.name}' has no template '{wanted}', needed for {about}", None, hint
        )
    return error("template-error", f"there is no template '{wanted}', while making {about}", _span(theme, *place), hint)


def _place(theme: Theme, fault: Exception) -> tuple[str, int] | None:
    """The template and line that an error passed through last."""
    passed = [(frame.f_code.co_filename, line) for frame, line in walk_tb(fault.__traceback__)]
    return next(((name, line) for name, line in reversed(passed) if name in theme.templates), None)


def _span(theme: Theme, name: str, line: int) -> Span:
    return Span(theme.template_files.get(name, name), max(line, 1))


def _sentence(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


SYNTAX = "the line is where the template stopped making sense; the slip is there or just above"
UNDEFINED = "docs/reference/theme.md lists what each template is given; ask 'is defined' where it may be missing"
RUNTIME = "docs/reference/theme.md lists what each template is given"

CODES: dict[str, tuple[str, str]] = {
    "template-error": (
        "A template of the theme cannot be used",
        "The line named is in a file of the theme. Nothing is published while a template is at fault. The names of "
        "templates, their blocks and what each is given are in docs/reference/theme.md.",
    ),
}
