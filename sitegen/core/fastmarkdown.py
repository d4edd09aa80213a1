"""Python-Markdown with cheaper inner loops, and the same HTML.

The converter tries every pattern on every text and every block, whether or not the text holds the
characters that the pattern begins with; that, and its look-ups, is most of its time. What is replaced
here skips what cannot match and leaves the rest to the converter itself. Some of it overrides private
parts, so it is for the releases that it was compared with, and any other works as it comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown, __version__
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

RELEASES = ("3.11.3",)
"""The releases of Python-Markdown that this and :mod:`sitegen.core.plainmarkdown` were compared with."""

PROVEN = __version__ in RELEASES
"""Whether the installed one is among them. Their tests do the comparing, and fail where it is not."""

# Without one of these texts, the pattern or the kind of block that has this name cannot begin.
_PATTERNS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
_BLOCKS: dict[str, tuple[str, ...]] = {
    "markdown_block": ("\x02",),
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "hr": ("-", "_", "*"),
    "deflist": (":",),
    "quote": (">",),
    "footnote": ("[^",),
    "abbr": ("*[",),
    "reference": ("[",),
}
_ANYTHING = ("",)

# A private method by its whole name, since Python writes the class into it.
_APPLY = "_InlineProcessor__applyPattern"

_AMPERSAND = re.compile(r"&(?!(?:\#[0-9]+|\#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
_RAW = frozenset({"script", "style"})


def hastened(markdown: Markdown) -> Markdown:
    """Return a converter that is all set up, with its inner loops replaced if its release is a proven one."""
    if PROVEN:
        markdown.block_level_elements = _Names(markdown.block_level_elements)
        markdown.preprocessors.register(_HtmlBlocks(markdown), "html_block", 20)
        markdown.treeprocessors.register(_Inline(markdown), "inline", 20)
        markdown.parser.__class__ = _Parser
        markdown.parser.__dict__["steps"] = _steps(markdown.parser.blockprocessors, _BLOCKS)
        markdown.serializer = _serialised
    return markdown


_T = TypeVar("_T")
_Steps = list[tuple[_T, tuple[str, ...]]]


def _steps(registry: Registry[_T], marks: dict[str, tuple[str, ...]]) -> _Steps[_T]:
    """Everything of a registry in its order, each with the texts of which it needs one to begin."""
    named = {registry.get_index_for_name(name): texts for name, texts in marks.items() if name in registry}
    return [(step, named.get(index, _ANYTHING)) for index, step in enumerate(registry)]


class _Names(list[str]):
    """A list of names that is as quick to look into as a set."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self._set = frozenset(names)

    def __contains__(self, name: object) -> bool:
        return name in self._set


class _HtmlBlocks(HtmlBlockPreprocessor):
    """A text without tags and references has no HTML to stow away, and comes out of the parser as it went in."""

    def run(self, lines: list[str]) -> list[str]:
        if any("<" in line or "&" in line for line in lines):
            return super().run(lines)
        return lines


class _Parser(BlockParser):
    """Asks of each block only those kinds that it may be."""

    steps: _Steps[BlockProcessor]

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 # its name in the converter
        steps = self.steps
        while blocks:
            block = blocks[0]
            for processor, marks in steps:
                for mark in marks:
                    if mark in block:
                        break
                else:
                    continue
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class _Inline(InlineProcessor):
    """Applies to each text only those patterns that can begin in it."""

    def __init__(self, markdown: Markdown) -> None:
        super().__init__(markdown)
        self._steps = _steps(markdown.inlinePatterns, _PATTERNS)
        needed = {mark[-1:] for _, marks in self._steps for mark in marks}
        self._begins = re.compile("" if "" in needed else f"[{re.escape(''.join(sorted(needed)))}]")
        self._apply: Callable[..., tuple[str, bool, int]] = getattr(self, _APPLY)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString) or not self._begins.search(data):
            return data
        for index in range(patternIndex, len(self._steps)):
            pattern, marks = self._steps[index]
            start, matched = 0, True
            while matched and any(map(data.__contains__, marks)):
                data, matched, start = self._apply(pattern, data, index, start)
        return data


class _StrangeError(Exception):
    """A node that is no plain element."""


def _serialised(element: Element) -> str:
    try:
        return "".join(_pieces(element, []))
    except (_StrangeError, RecursionError):
        return to_html_string(element)


def _pieces(element: Element, pieces: list[str]) -> list[str]:
    tag, text, tail = element.tag, element.text, element.tail
    if type(tag) is not str or tag.lower() in _RAW:
        raise _StrangeError
    pieces.append(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
    if text:
        pieces.append(_escaped(text))
    for child in element:
        _pieces(child, pieces)
    if tag.lower() not in HTML_EMPTY:
        pieces.append(f"</{tag}>")
    if tail:
        pieces.append(_escaped(tail))
    return pieces


def _attributes(element: Element) -> str:
    written = ""
    for name, value in sorted(element.items()):
        if type(name) is not str or type(value) is not str or name == value:
            # A word alone, which some names may be and others not.
            raise _StrangeError
        written += f' {name}="{_escaped(value).replace(chr(34), "&quot;")}"'
    return written


def _escaped(text: str) -> str:
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
