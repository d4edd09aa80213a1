"""Markdown to HTML, before anything in it is trusted.

What comes out holds whatever HTML the author wrote. :mod:`sitegen.core.markup` is what pages call.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.toc import slugify_unicode
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pygments.formatter import Formatter
from pygments.formatters import get_formatter_by_name

from sitegen.core.fastmarkdown import hastened

COLOURED = frozenset(
    "bash c c# c++ console cpp cs csharp css dart diff docker dockerfile go golang graphql html ini java javascript "
    "jinja js json kotlin lua matlab perl php powershell ps1 pycon python py r rb ruby rust rs scala sh shell sql "
    "swift toml ts typescript vbnet xml yaml yml".split()
)
"""Languages whose code is coloured. Of the 500 others, some take minutes over a page of spaces, and
some hand parts of their text to any other."""

# Beyond these even the listed ones get slow: in lines, characters of a line, of a block and of a text.
_CODE_LINES, _CODE_WIDTH, _CODE_SIZE, _CODE_IN_TEXT = 150, 200, 4_000, 20_000

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
    """Fences that name a language and lines to mark, and nothing else.

    Whatever else they say would be an option of Pygments, and one of those runs a program to find fonts.
    """

    _LANGUAGE = re.compile(r"(?<![^ ])\.([\w#.+-]+)")
    _MARKED = re.compile(r"hl_lines=[\"']([0-9 ]+)[\"']")

    def run(self, lines: list[str]) -> list[str]:
        self._left = _CODE_IN_TEXT
        text = self.FENCED_BLOCK_RE.sub(self._plainer, "\n".join(lines))
        return super().run(text.split("\n"))

    def _plainer(self, block: re.Match[str]) -> str:
        header, code = block["attrs"] or "", block["code"]
        named = self._LANGUAGE.search(header)
        language = (named[1] if named else block["lang"] or "").lower()
        if language not in COLOURED or not self._has_room(code):
            language = ""
        marked = self._MARKED.search(header or f'hl_lines="{block["hl_lines"] or ""}"')
        lines_ = f' hl_lines="{marked[1]}"' if marked else ""
        return f"{block['fence']}{language}{lines_}\n{code}{block['fence']}"

    def _has_room(self, code: str) -> bool:
        lines = code.split("\n")
        if len(code) > min(_CODE_SIZE, self._left) or len(lines) > _CODE_LINES or max(map(len, lines)) > _CODE_WIDTH:
            return False
        self._left -= len(code)
        return True


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


def _formatter(**options: Any) -> Formatter[str]:
    return _formatter_of(tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in options.items()))


@lru_cache(maxsize=32)
def _formatter_of(options: tuple[tuple[str, Any], ...]) -> Formatter[str]:
    # Making one takes longer than colouring ten lines.
    made: Formatter[str] = get_formatter_by_name("html", **dict(options))  # type: ignore[no-untyped-call]
    return made


def _markdown() -> Markdown:
    markdown = Markdown(
        extensions=["extra", "toc", "codehilite", "sane_lists"],
        extension_configs={
            "extra": {"tables": {"use_align_attribute": True}},
            "toc": {"slugify": slugify_unicode},
            "codehilite": {"guess_lang": False, "pygments_formatter": _formatter},
        },
        output_format="html",
    )
    markdown.preprocessors.register(_Fences(markdown, {"lang_prefix": "language-"}), "fenced_code_block", 25)
    markdown.preprocessors.register(_Brackets(markdown), "brackets", 24)
    markdown.treeprocessors.register(_Cells(markdown), "aligned_cells", 15)
    # It would read a language from the first line of indented code; only fences name one here.
    markdown.treeprocessors.deregister("hilite")
    return hastened(markdown)
