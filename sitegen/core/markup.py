"""Markdown to safe HTML, and what authors should be told about their Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

from sitegen.core.allowlist import sanitise
from sitegen.core.converter import convert
from sitegen.core.markupfaults import faults
from sitegen.core.markuplimits import refusal
from sitegen.core.plainmarkdown import Plain, lowered, read

__all__ = ["CODES", "Heading", "Markup", "faults", "plain", "to_html"]

# What the cleaning writes has all of <, > and " escaped outside of tags, so that these cannot miss.
_HEADING_TAG = re.compile(r"<(/?)h([1-6])(?=[ >])")
_HEADING = re.compile(r"<h([1-6])((?: [^>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")
_WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)"
    r"(?: [^>]*)?>"
)
_FOOTNOTE_LINK = re.compile(r'<sup id="[^"]*"><a class="footnote-ref".*?</sup>|<a class="footnote-backref".*?</a>')
_IMAGE = re.compile(r'<img (?:[^>]* )?alt="([^"]*)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: its level on the page, its anchor and its words."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Markup:
    """Safe HTML and the headings in it."""

    html: str
    headings: tuple[Heading, ...] = ()


def to_html(text: str, *, base_level: int = 2, resolve: Callable[[str], str] | None = None) -> Markup:
    """Convert Markdown and leave only what the allow-list names. The top heading gets ``base_level``."""
    if refusal(text):
        return Markup(f"<pre>{escape(text[:2000])}</pre>")
    plain_text = read(text, resolve, lambda fenced: sanitise(convert(fenced)))
    if plain_text is not None:
        return _of_plain(plain_text, base_level)
    html, headings = _leveled(sanitise(convert(_open_lists(text)), resolve), base_level)
    return Markup(html, headings)


def _of_plain(text: Plain, base_level: int) -> Markup:
    headings = text.headings
    shift = base_level - min((heading.level for heading in headings), default=base_level)
    told = (Heading(lowered(heading.level, shift), heading.id, heading.words) for heading in headings)
    return Markup(text.html(shift), tuple(told))


_ITEM = re.compile(r" {0,3}(?:[-*+]|1[.)]) +\S")
_ANY_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_OTHER_BLOCK = re.compile(r" {4}|\t|\s*(?:[>|:#<]|```|~~~|\[\^|\*\[)")


def _open_lists(text: str) -> str:
    """Put a blank line before a list that follows a line of text.

    Most Markdown takes that for a list (CommonMark 0.31, section 5.2); Python-Markdown would run the
    items on into the sentence above.
    """
    lines: list[str] = []
    fence = ""
    plain = False  # within a paragraph, and nothing else
    for line in text.split("\n"):
        mark = re.match(r" {0,3}(```|~~~)", line)
        if mark and (not fence or fence == mark[1]):
            fence = "" if fence else mark[1]
            plain = False
        elif not fence and plain and _ITEM.match(line):
            lines.append("")
            plain = False
        elif not line.strip():
            plain = False
        elif not fence and (not lines or not lines[-1].strip()):
            plain = not (_ANY_ITEM.match(line) or _OTHER_BLOCK.match(line))
        lines.append(line)
    return "\n".join(lines)


def _leveled(html: str, base_level: int) -> tuple[str, tuple[Heading, ...]]:
    """Move headings below the page's own, keeping their order of importance."""
    levels = [int(match[2]) for match in _HEADING_TAG.finditer(html)]
    if not levels:
        return html, ()
    shift = base_level - min(levels)
    html = _HEADING_TAG.sub(lambda tag: f"<{tag[1]}h{lowered(int(tag[2]), shift)}", html)
    return html, tuple(_heading(match) for match in _HEADING.finditer(html))


def _heading(match: re.Match[str]) -> Heading:
    anchor = _ID.search(match[2])
    return Heading(int(match[1]), unescape(anchor[1]) if anchor else "", _words(match[3]))


def plain(text: str) -> str:
    """Return the words of a Markdown text in one line: pictures by their alternative text, no marks of footnotes."""
    return _words(to_html(text).html)


def _words(html: str) -> str:
    html = _IMAGE.sub(r" \1 ", _FOOTNOTE_LINK.sub("", html))
    return " ".join(unescape(_TAG.sub(" ", _WITHIN_WORDS.sub("", html))).split())


CODES: dict[str, tuple[str, str]] = {
    "unsafe-html": (
        "HTML that is not allowed in content",
        "Content may come from many people, so scripts, frames, forms, styles and event handlers are never published. "
        "What looks like them in code (between backticks) stays.",
    ),
    "unsafe-link": (
        "A link that could run code or lead to an unknown place",
        "Links begin with https://, http://, mailto:, tel:, a slash or the kind of a record, like badge:food-safety.",
    ),
    "dropped-html": (
        "HTML that pages do not use",
        "A tag, attribute or class outside the list that content may use is taken out; the words inside it stay. Words "
        "between < and > that were not meant as HTML would vanish: write &lt; for the first sign, or put them between "
        "backticks.",
    ),
    "unclosed-html": (
        "An HTML tag that swallows the whole text",
        'A tag such as <div markdown="1"> needs its closing tag, or nothing of the text is shown.',
    ),
    "image-without-alt": (
        "An image without words for people who cannot see it",
        "Write in the square brackets what the picture shows. For mere decoration write it as HTML with empty words: "
        '<img src="/img/wave.svg" alt="">.',
    ),
    "second-h1": ("A second title on a page", "The title of a page is its name. Headings in the text begin with ##."),
    "heading-jump": (
        "A heading that skips a level",
        "People who listen to a page move by its headings. Go down one level at a time: ##, then ###.",
    ),
    "markdown-too-large": (
        "A text that is too large",
        "Nobody reads a page of this size, and converting it would take very long. Split it into several pages.",
    ),
    "markdown-too-deep": (
        "A text with too many levels",
        "Lists within lists, quotations within quotations or brackets that are never closed, a hundred deep. It is "
        "nearly always a slip or a damaged file, and the message names the line.",
    ),
}
