"""Every diagnostic code with its explanation, collected from the modules that raise them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

MODULES = (
    "sitegen.core.check",
    "sitegen.core.circles",
    "sitegen.core.images",
    "sitegen.core.link",
    "sitegen.core.markup",
    "sitegen.core.parsecodes",
    "sitegen.core.pictures",
    "sitegen.core.plan",
    "sitegen.core.settings",
    "sitegen.core.stations",
    "sitegen.core.plainwords",
    "sitegen.core.validate",
    "sitegen.formats.files",
    "sitegen.formats.hosting.cloud",
    "sitegen.formats.html.environment",
    "sitegen.formats.html.stylesheet",
    "sitegen.formats.html.unused",
    "sitegen.formats.images",
    "sitegen.formats.sitemap",
    "sitegen.kinds.badge",
    "sitegen.kinds.common",
    "sitegen.kinds.course",
    "sitegen.kinds.issuer",
    "sitegen.kinds.pathway",
    "sitegen.shell.extensions",
    "sitegen.shell.pool",
    "sitegen.shell.publish",
    "sitegen.shell.read",
    "sitegen.shell.theme",
)
"""Modules that end in ``CODES``. Names and not imports: only a question about a code pays for loading them."""


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """A diagnostic code: what it means in one line, and what to do about it."""

    code: str
    title: str
    explanation: str


def codes() -> tuple[CodeFacts, ...]:
    """Return every documented code, in order of the alphabet."""
    found = {
        code: CodeFacts(code, title, explanation)
        for module in MODULES
        for code, (title, explanation) in import_module(module).CODES.items()
    }
    return tuple(found[code] for code in sorted(found))
