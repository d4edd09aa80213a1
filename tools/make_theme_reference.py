"""Writes the part of docs/reference/theme.md that lists what templates are given, from the views themselves.

Run it after a change to a view::

    python tools/make_theme_reference.py
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "theme.md"
BEGIN, END = "<!-- values: made by tools/make_theme_reference.py -->\n", "<!-- end of values -->\n"
MODULES = (
    "frame", "pages", "badge", "answers", "trust", "course", "runs", "pathway", "map", "line", "issuer", "skill",
    "lists", "home", "cards", "starts", "scope",
)  # fmt: skip
OURS = {"Page", "Scope", "CourseFacts", "BadgeFacts", "SkillFacts", "Start"}
"""Values that no template sees."""


def views() -> Iterator[type]:
    """Yield the views that templates are given."""
    for name in MODULES:
        module = import_module(f"sitegen.formats.html.{name}")
        for value in vars(module).values():
            if (
                isinstance(value, type)
                and dataclasses.is_dataclass(value)
                and value.__module__ == module.__name__
                and value.__name__ not in OURS
            ):
                yield value


def kind_of(annotation: str) -> str:
    """Return a type in words: ``tuple[Link, ...]`` is a list of Link."""
    text = annotation.removesuffix(" | None")
    if text.startswith("tuple[") and text.endswith(", ...]"):
        inner = text.removeprefix("tuple[").removesuffix(", ...]")
        plain = {"str": "text", "tuple[float, str]": "pairs", "Mapping[str, Any]": "mappings"}
        words = f"list of {plain.get(inner, inner)}"
    elif text.startswith("Mapping"):
        words = "mapping"
    else:
        words = {"str": "", "int": "number", "float": "number", "bool": "true or false"}.get(text, text)
    return words + (" or none" if text != annotation else "")


def section() -> str:
    """Return the list of views, each with what it is and its fields."""
    parts = []
    for view in views():
        fields = []
        for item in dataclasses.fields(view):
            kind = kind_of(str(item.type))
            fields.append(f"`{item.name}`" + (f" ({kind})" if kind else ""))
        parts.append(
            f"### {view.__name__}\n\n{cleandoc(view.__doc__ or '').replace('``', '`')}\n\n{', '.join(fields)}\n"
        )
    return BEGIN + "\n" + "\n".join(parts) + "\n" + END


def written(text: str) -> str:
    """Return the page with its list brought up to date."""
    before, _, rest = text.partition(BEGIN)
    return before + section() + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
