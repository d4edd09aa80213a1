"""Markdown to HTML, before anything in it is trusted.

What comes out holds whatever HTML the author wrote. :mod:`sitegen.core.markup` is what pages call.
"""

from __future__ import annotations

from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.toc import slugify_unicode
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

# Attribute lists take `{` for their own, but Jinja's brackets mean nothing in content and stay as they
# are: their first character travels as a noncharacter (Unicode 23.7), which no text holds.
_STAND_IN = "\ufdd0"

# Converters that nobody is using: making one costs as much as converting a short text.
_idle: list[Markdown] = []


def convert(text: str) -> str:
    """Return the HTML of ``text``, unsafe as it is. Text too deep for the converter comes back escaped."""
    markdown = _idle.pop() if _idle else _markdown()
    try:
        html = markdown.reset().convert(text.replace(_STAND_IN, "\ufffd"))
    except RecursionError:
        return f"<p>{escape(text)}</p>"
    # Put back only when it is done: one that stopped half way keeps a half-finished state.
    _idle.append(markdown)
    return html.replace(_STAND_IN, "{")


class _Fences(FencedBlockPreprocessor):
    """Fences whose attributes reach neither Pygments' lexers nor its formatters.

    They could choose a formatter, and the one for images runs a program to find fonts.
    """

    def handle_attrs(self, attrs: Any) -> tuple[str, list[str], dict[str, Any]]:
        identity, classes, options = super().handle_attrs(attrs)
        return identity, classes, {name: value for name, value in options.items() if name == "hl_lines"}


class _Brackets(Preprocessor):
    """Jinja's brackets, out of the way of attribute lists once fenced code is stowed away."""

    def run(self, lines: list[str]) -> list[str]:
        return [line.replace("{{", _STAND_IN + "{").replace("{%", _STAND_IN + "%") for line in lines]


class _Cells(Treeprocessor):
    """Cells aligned by a class, since a style attribute would need a weaker content security policy."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag in ("td", "th") and "align" in cell.attrib:
                cell.set("class", f"align-{cell.attrib.pop('align')}")


def _markdown() -> Markdown:
    markdown = Markdown(
        extensions=["extra", "toc", "codehilite", "sane_lists"],
        extension_configs={
            "extra": {"tables": {"use_align_attribute": True}},
            "toc": {"slugify": slugify_unicode},
            # linenums: None would number the lines of code that begins with #!.
            "codehilite": {"guess_lang": False, "linenums": False},
        },
        output_format="html",
    )
    markdown.preprocessors.register(_Fences(markdown, {"lang_prefix": "language-"}), "fenced_code_block", 25)
    markdown.preprocessors.register(_Brackets(markdown), "brackets", 24)
    markdown.treeprocessors.register(_Cells(markdown), "aligned_cells", 15)
    return markdown
