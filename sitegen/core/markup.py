"""Markdown to safe HTML, and what authors should be told about their Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

from sitegen.core.allowlist import TAGS, is_safe, leaves_the_host, may_have, sanitise, scheme_of
from sitegen.core.converter import convert
from sitegen.core.diagnostics import Diagnostic, Span, error, warning
from sitegen.core.markuplimits import refusal

_HEADING = re.compile(r"<h([1-6])((?: [^>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_TAGS = re.compile(r"<[^>]+>")


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
    html, headings = _leveled(sanitise(convert(text), resolve), base_level)
    return Markup(html, headings)


def _leveled(html: str, base_level: int) -> tuple[str, tuple[Heading, ...]]:
    """Move headings below the page's own, keeping their order of importance."""
    levels = [int(match[1]) for match in _HEADING.finditer(html)]
    if not levels:
        return html, ()
    shift = base_level - min(levels)
    headings: list[Heading] = []

    def moved(match: re.Match[str]) -> str:
        level = min(max(int(match[1]) + shift, 1), 6)
        identity = _ID.search(match[2])
        headings.append(Heading(level, identity[1] if identity else "", unescape(_TAGS.sub("", match[3])).strip()))
        return f"<h{level}{match[2]}>{match[3]}</h{level}>"

    return _HEADING.sub(moved, html), tuple(headings)


def plain(text: str) -> str:
    """Return the words of a Markdown text in one line."""
    return " ".join(unescape(_TAGS.sub(" ", to_html(text).html)).split())


def faults(text: str, path: str, body_line: int) -> list[Diagnostic]:
    """Return what an author should know about a text: what is unsafe, unreadable or out of order."""
    too_much = refusal(text)
    if too_much:
        span = Span(path, body_line + too_much.line - 1)
        return [error(too_much.code, too_much.message, span, "split the text into several pages, or make it simpler")]
    visible = _without_code(text)
    found = [*_unsafe_html(visible, path, body_line), *_links(visible, path, body_line)]
    return [*found, *_headings(visible, path, body_line)]


def _without_code(text: str) -> str:
    """The text with code blanked out, so that an example of HTML is not taken for HTML."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    text = re.sub(r"(?ms)^ {0,3}(```+|~~~+).*?^ {0,3}\1[`~]*[ \t]*$", blank, text)
    text = re.sub(r"(?s)(`+)(?!`).*?(?<!`)\1(?!`)", blank, text)
    return re.sub(r"(?m)(?:(?<=\n\n)|\A)(?:(?: {4}|\t)[^\n]*\n?)+", blank, text)


class _Reader(HTMLParser):
    """Collects the tags of raw HTML with their places."""

    # A script's content is text to a browser; here what stands behind it must be read as well.
    CDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc]  # final in the stubs only

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[tuple[int, int, str, str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        self.tags.append((line, column, tag, self.get_starttag_text() or "", {k: v or "" for k, v in attrs}))

    handle_startendtag = handle_starttag


def _unsafe_html(text: str, path: str, body_line: int) -> Iterator[Diagnostic]:
    reader = _Reader()
    reader.feed(text)
    for line, column, tag, written, attributes in reader.tags:
        span = Span(path, body_line + line - 1, column + 1, len(written.split("\n")[0]))
        if tag.startswith(("http:", "https:", "mailto:")) or "@" in tag or ":" in tag:
            continue
        if tag not in TAGS:
            hint = "take it out: text, lists, tables, images and links can be written in Markdown"
            yield error("unsafe-html", f"<{tag}> cannot stand in a page and would be taken out", span, hint)
            continue
        for name, value in attributes.items():
            if name in ("href", "src"):
                yield from _unsafe_link(value, span)
            elif not may_have(tag, name):
                hint = "take it out; how things look is for the theme to say"
                yield error("unsafe-html", f"'{name}' on <{tag}> would be taken out", span, hint)
        if tag == "img" and not attributes.get("alt"):
            yield _without_alt(span)


_MARKDOWN_LINK = re.compile(r"(!?)\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\]\(\s*<?([^\s)>]*)")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>")


def _links(text: str, path: str, body_line: int) -> Iterator[Diagnostic]:
    for number, line in enumerate(text.split("\n"), body_line):
        for match in _MARKDOWN_LINK.finditer(line):
            yield from _unsafe_link(match[3], Span(path, number, match.start(3) + 1, max(len(match[3]), 1)))
            if match[1] and not match[2].strip():
                yield _without_alt(Span(path, number, match.start() + 1, match.end() - match.start()))
        for match in _AUTOLINK.finditer(line):
            yield from _unsafe_link(match[1], Span(path, number, match.start(1) + 1, len(match[1])))


def _unsafe_link(address: str, span: Span) -> Iterator[Diagnostic]:
    address = unescape(address)
    if is_safe(address):
        return
    if leaves_the_host(address):
        hint = "write the whole address, with https:, or one slash for a page of this site"
        yield error("unsafe-link", f"the link {address} does not say how to get there", span, hint)
    else:
        hint = "link a web address (https://), an e-mail address (mailto:) or a page of this site"
        yield error(
            "unsafe-link", f"a link cannot begin with '{scheme_of(address)}:' and would be taken out", span, hint
        )


def _without_alt(span: Span) -> Diagnostic:
    hint = "say in the square brackets what the picture shows: ![A harbour at dawn](/img/harbour.jpg)"
    return error("image-without-alt", "this image has no words for people who cannot see it", span, hint)


def _headings(text: str, path: str, body_line: int) -> Iterator[Diagnostic]:
    last = 0
    for number, line in enumerate(text.split("\n"), body_line):
        match = re.match(r" {0,3}(#{1,6})(?:\s|$)", line)
        if not match:
            continue
        level = len(match[1])
        span = Span(path, number, match.start(1) + 1, level)
        if level == 1:
            yield warning(
                "second-h1", "a page has one title, and it comes from 'name'", span, "begin with ##, the next level"
            )
        elif last and level > last + 1:
            hint = f"write {'#' * (last + 1)} here"
            yield warning("heading-jump", f"this heading skips a level, from {last} to {level}", span, hint)
        last = level


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
    "image-without-alt": (
        "An image without words for people who cannot see it",
        "Write in the square brackets what the picture shows.",
    ),
    "second-h1": ("A second title on a page", "The title of a page is its name. Headings in the text begin with ##."),
    "heading-jump": (
        "A heading that skips a level",
        "People who listen to a page move by its headings. Go down one level at a time: ##, then ###.",
    ),
    "markdown-too-large": ("A text that is too large", "Split it into several pages."),
    "markdown-too-deep": (
        "A text with too many levels",
        "Make it simpler: lists within lists within lists lose readers.",
    ),
}
