"""Markdown to compare two ways of converting it with: examples of every construct, our own texts, and random ones.

The examples are every kind of block followed by every kind of block, and every mark in every kind of
block, both with what is plain and with what is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from unittest.mock import patch

from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.codehilite import CodeHiliteExtension

from sitegen.core import converter, fastmarkdown, plainmarkdown

PROJECT = Path(__file__).parents[1]

INLINES = (
    "*a*", "**a [b](/c) d**", "*[a](b)*[c](d)", "_[a](b) c_ d_e", "**[a](b_c) *d***", "a > b", "`a>b`", "&a;",
    "&auml;", "**a b**", "_a_", "__a__", "***a***", "*a **b** c*", "a*b*c", "a_b_c", "* a *", "**a*", "*a*b", "(*a*)",
    "“**a**”", "*a.*,", "*a* _b_ **c**", "`a`", "`` a`b ``", "` `", "`*a*`", "`a", "[a](/b/)",
    "[a](https://b.example/c?d=e#f)", "[a](badge:b)", "[a](mailto:b@c.example)", "[a](#s-b)", "[a](b.md#c)", "[a]()",
    "[a](b c)", '[a](/b "c")', "[a](<b>)", "[a](javascript:b)", "[a](//b.example)", "[a](https://xn--a.example)",
    "[*a*](b)", "**[a](b)**", "[a]", "[a][b]", "[a] (b)", "![a](/b.png)", "![](/b.png)", '![a "b"](c)', "a![b](c)",
    "[![a](b)](c)", "&", "a & b", "R&D", "&amp;", "&copy", "&#106;", "<b>a</b>", "<a@b.example>",
    "<https://a.example>", "a < b > c", "a  \nb", "a\\*b", "\\", "{#a}", "{{ a }}", "a | b", "~a~", "a\xa0b",
    "“a” – ‘b’…", "1. a", "3) a", "- a", "#a", ":a", "=", "_", "*", "a\tb", "[^a]", "HTML", "[TOC]", "a: b", "!",
    "日本",
)  # fmt: skip
BLOCKS = (
    "a b", "*[a](b)*\n- c", "## s-a", "**[a](b)**\n1. c", "a\nb", "> a *b*\n> c", ">a\nb", "> a\n>\n> b", "a\n> b",
    "***", "___\na", " a", "a ", "# a", "## a", "## a #", "#a", "### a\nb", "## a\n- b", "## a\nb\n- c",
    "## a\n### b", "a\n# b", "- a", "- a\n- b", "- a\n  b\n- c", "- a\nb", "* a", "+ a\n- b", "-", "- # a",
    "- a\n    - b", "    a", "1. a", "1. a\n2. b", "3. a", "1. a\n- b", "a\n- b", "a\n1. b", "a\n2. b", "1) a", "> a",
    "> a\n- b", "```\na\n\n- b\n```", "```python\na = 1\n```", "~~~\na\n~~~", "```\na",
    "| a | b |\n|---|--:|\n| c | *d* |\n| e |", "| a |\n|:-:|\n| b |", "| a |\n|---|", "a | b\n--|--\nc | d",
    "a\n===", "a\n---", "---", "* * *", "a\n: b", "[b]: /c", "[^a]: b", "*[HTML]: a", "<div>a</div>",
    "<div markdown=1>\n*a*\n</div>", "<!-- a -->", "a\n{: .b }", "\xa0", "\t- a", "a\r\nb",
)  # fmt: skip
_PLACES = ("{}", "x {} y", "x{}y", "## {}", "- {}\n- x", "| x |\n|---|\n| {} |", "{}\n{}", "> {}")

EXAMPLES = (
    *dict.fromkeys(place.format(mark, mark) for place, mark in product(_PLACES, INLINES) if "{" not in mark),
    *(f"x {mark} y" for mark in INLINES if "{" in mark),
    *("\n\n".join(pair) for pair in product(BLOCKS, BLOCKS)),
    *("\n".join(pair) for pair in product(BLOCKS[::2], BLOCKS[1::2])),
)

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
CORPUS = tuple(
    body
    for folder in ("content", "sitegen/starters", "docs")
    for path in sorted((PROJECT / folder).rglob("*.md"))
    if (body := _FRONT.sub("", path.read_text("utf-8"))).strip()
)
"""The bodies of the sample site and of the starters, and the documentation."""

_PIECES = (
    *INLINES,
    *BLOCKS,
    *"* ** _ ` [ ] ( ) ]( ! # - | < > & { } \\ : ~ ^ =".split(),
    " ",
    "\n",
    "\n\n",
    "    ",
    "a",
    "\x02",
)
SOUP = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
_PLAIN = [piece for piece in (*INLINES, *BLOCKS) if plainmarkdown.read(piece) is not None]
PLAIN_SOUP = st.lists(st.sampled_from([*_PLAIN, " ", "\n", "\n\n", "\n\n\n", ".", "- ", "# ", "> "]), max_size=16).map(
    "".join
)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """Return a piece of one of our own texts with a few characters put in, taken out or doubled."""
    text = draw(st.sampled_from(CORPUS))
    start = draw(st.integers(0, len(text)))
    text = text[start : start + draw(st.integers(0, 400))]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from([*_PIECES, ""])) + text[at + draw(st.integers(0, 2)) :]
    return text


def stock() -> Markdown:
    """Return our converter with the inner loops that Python-Markdown comes with."""
    with patch.object(fastmarkdown, "PROVEN", False):
        markdown = converter._markdown()
    for extension in markdown.registeredExtensions:
        if isinstance(extension, CodeHiliteExtension):
            extension.setConfig("pygments_formatter", "html")
    return markdown


_STOCK = stock()


@contextmanager
def as_it_comes() -> Iterator[None]:
    """Have every text converted by Python-Markdown as it comes, and cleaned and checked in full."""
    with (
        patch.object(plainmarkdown, "PROVEN", False),
        patch.object(fastmarkdown, "PROVEN", False),
        patch.object(converter, "_idle", [_STOCK]),
    ):
        yield
