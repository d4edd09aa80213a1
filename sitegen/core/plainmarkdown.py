"""Markdown so plain that what it becomes is known without a converter: its safe HTML, in one pass.

Most texts of a catalogue hold paragraphs, headings, flat lists, tables, quotations, emphasis, code, and
links and pictures with ordinary addresses, and nothing else. Of such a text it is known what
Python-Markdown makes of it, that the cleaning takes nothing out, and that there is nothing to tell its
author but the order of its headings. What is written here is that, character for character; :func:`read`
answers None as soon as anything stands in a text that might mean something else, and then the converter
decides. It is the definition of what is right, so nothing here is used with a release that it was not
compared with.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import cycle

from markdown.extensions.toc import slugify_unicode, unique

from sitegen.core.allowlist import REFERENCES, is_elsewhere, renamed
from sitegen.core.fastmarkdown import PROVEN

# What begins HTML, attribute lists, escapes, other fences, notes, definitions of abbreviations and links, entities by
# number; and the two spaces that break a line.
_OTHER = ("<", "{", "}", "\\", "~", "[^", "]:", "] :", "&#", "  \n")
# Of what Python calls unprintable, only spaces and marks of direction may stand in a plain text: no controls,
# separators of lines, halves of pairs, noncharacters, or characters of private use that the checks travel by.
_ODD = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)

# How a line begins that is nothing but text: not with a space nor with what opens another kind of block.
_TEXT = r"(?![\s\-+:=#!>]|[*_]+(?:\s|\Z)|\d+[.)])[^\n]+"
_PARAGRAPH = re.compile(rf"{_TEXT}(?:\n{_TEXT})*")
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_RULE = re.compile(r"-{3,}|\*{3,}|_{3,}")
_HEADING = re.compile(r"(\#{1,6}) *(?=[^\s#])([^#\n]*[^\s#])[ ]*(?:\n|\Z)")
_ITEMS = {
    "ul": re.compile(rf"[-*+] +({_TEXT}(?:\n {{0,3}}{_TEXT})*)(?:\n|\Z)"),
    "ol": re.compile(rf"[0-9]+\. +({_TEXT}(?:\n {{0,3}}{_TEXT})*)(?:\n|\Z)"),
}

_DIVIDER = re.compile(r"\|(?: *:?-+:? *\|)+")
_ALIGNMENT = {(True, True): "center", (True, False): "left", (False, True): "right"}
# Code between two lines of three backticks and blank lines around them; what it becomes depends on nothing else.
_FENCE = re.compile(r"(?:(?<=\n\n)|\A)(```[\w#.+-]*\n(?:[^\n]*\n)*?```)(?=\n\n|\n*\Z)")
_MOST_CODE = 10_000

_REST = r"[A-Za-z0-9/._~%?=+#@,-]*"
_ADDRESS = (
    rf"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{{2,}}(?:[/?#]{_REST})?"
    rf"|(?:\.\.?)?/(?!/){_REST}|\#{_REST}|(?:{'|'.join(REFERENCES)}|mailto|tel):[A-Za-z0-9+]{_REST}"
    r"|[A-Za-z0-9][A-Za-z0-9/._-]*(?:\#[A-Za-z0-9_-]*)?"
)
ADDRESS = re.compile(_ADDRESS)
"""Addresses that the cleaning and the checks both leave as they are, but for one of an anchor that is a theme's."""

# What stress may follow, negated; and what it may hold, of which links are looked at once more.
_WITHIN = r"""[^\s("'“‘«—–]"""
_LINK = r"\[ [^\[\]*_`&|>]+ \] \( [^\s()\[\]*`&|>]+ \)"
_STRESSED = rf"(?= [^\W_] | \[ ) [^*_`\[\]&|>]* (?: {_LINK} [^*_`\[\]&|>]* )* (?<! \s )"
# Each alternative begins with a character, so that the search passes over all others at once; what may not stand
# before it is looked back at from behind it. The last ones are whatever else might be a mark.
_MARK = re.compile(
    rf"""
      ` (?<!``) (?P<code> [^`&|>\n]+ ) ` (?!`)
    | \[ (?P<words> [^\s\[\]*_`&|>] [^\[\]*_`&|>]* ) \] \( (?P<address> {_ADDRESS} ) \)
    | \* (?<! {_WITHIN} \* ) (?P<stars> \*? ) (?P<starred> {_STRESSED} ) \* (?P=stars) (?! [\w*] )
    | _ (?<! {_WITHIN} _ ) (?P<bars> _? ) (?P<barred> {_STRESSED} ) _ (?P=bars) (?! [\w*] )
    | & (?P<and> (?= [ \n] | [A-Za-z]+ [ .,)\n] ) )
    | ! \[ (?P<alt> [^\s\[\]*_`&|>"] [^\[\]*_`&|>"\n]* ) \] \( (?P<source> {_ADDRESS} ) \)
    | \* | ` | \[ | \] | & | \| | > | ! (?= \[ ) | _ (?<! [^\W_] _ ) | _ (?! [^\W_] )
    """,
    re.VERBOSE,
)
# Finding a free anchor takes the longer the more there are that want the same.
_MOST_HEADINGS = 200
_TAG = re.compile(r"<[^>]+>")


class _NotPlainError(Exception):
    """Something in a text may mean more than it seems to."""


@dataclass(frozen=True, slots=True)
class PlainHeading:
    """A heading of a plain text: the level it was written with, its anchor, its words and its HTML."""

    level: int
    id: str
    words: str
    html: str


@dataclass(frozen=True, slots=True)
class Plain:
    """What a plain text becomes: blocks of HTML with its headings among them."""

    blocks: tuple[str | PlainHeading, ...]

    @property
    def headings(self) -> list[PlainHeading]:
        """The headings, in their order."""
        return [block for block in self.blocks if isinstance(block, PlainHeading)]

    def html(self, shift: int) -> str:
        """Return safe HTML in which every heading stands ``shift`` levels lower than it was written."""
        html = "\n".join(
            block
            if isinstance(block, str)
            else f'<h{(level := lowered(block.level, shift))} id="{block.id}">{block.html}</h{level}>'
            for block in self.blocks
        ).rstrip("\n")
        # As HTML is written (HTML, section 13.3); all else that would be escaped was escaped on the way, or refused.
        return html.replace("\xa0", "&nbsp;") if "\xa0" in html else html


def lowered(level: int, shift: int) -> int:
    """Return the level of a heading that is moved down, within the six that there are."""
    return min(max(level + shift, 1), 6)


def read(
    text: str, resolve: Callable[[str], str] | None = None, code: Callable[[str], str] = lambda _: ""
) -> Plain | None:
    """Return what ``text`` becomes, or None where only the converter knows.

    Addresses go through ``resolve``, and ``code`` says what a fenced piece of code becomes.
    """
    if not PROVEN or not (text.replace("\n", "").isprintable() or not _ODD.search(text)):
        return None
    parts = _FENCE.split(text) if "```" in text and len(text) <= _MOST_CODE else [text]
    writer = _Writer(resolve)
    try:
        for is_code, part in zip(cycle((False, True)), parts, strict=False):
            if is_code:
                writer.code(part)
            else:
                writer.text(part)
    except _NotPlainError:
        return None
    writer.end_list()
    for at, part in writer.fenced.items():
        writer.blocks[at] = f"{code(part)}\n"
    return Plain(tuple(writer.blocks))


@dataclass(slots=True)
class _Writer:
    """Writes blocks one after the other; a list stays open, since the next block may go on with it."""

    resolve: Callable[[str], str] | None
    blocks: list[str | PlainHeading] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    tag: str = ""
    items: list[str] = field(default_factory=list)
    fenced: dict[int, str] = field(default_factory=dict)

    def code(self, fenced: str) -> None:
        """Leave room for code, which costs more than all else and is written when the text has proved plain."""
        if fenced.count("```") != 2:
            raise _NotPlainError
        self.end_list()
        self.fenced[len(self.blocks)] = fenced
        self.blocks.append("")

    def text(self, text: str) -> None:
        """Write what stands before, between and after code."""
        if any(map(text.__contains__, _OTHER)):
            raise _NotPlainError
        for piece in text.split("\n\n"):
            if block := piece.strip("\n"):
                if block[0] == "|":
                    self._table(block)
                elif block[0] == ">":
                    self._quotation(block)
                elif _RULE.fullmatch(block):
                    self.end_list()
                    self.blocks.append("<hr>")
                else:
                    self.block(block)

    def block(self, block: str) -> None:
        """Write headings, a paragraph and a list, of which any may be absent."""
        at = self._headings(block) if block[0] == "#" else 0
        if at >= len(block):
            return
        below_heading = at > 0
        paragraph = _PARAGRAPH.match(block, at)
        if paragraph:
            self.end_list()
            self.blocks.append(f"<p>{self._inline(paragraph[0])}</p>")
            at = paragraph.end() + 1
            if at > len(block):
                return
            if below_heading or paragraph[0].startswith("*["):
                # There a list that no blank line parts from a sentence runs on in it.
                raise _NotPlainError
        self._list(block, at, after_text=bool(paragraph))

    def _headings(self, block: str) -> int:
        at = 0
        self.end_list()
        while block.startswith("#", at):
            heading = _HEADING.match(block, at)
            if not heading or "![" in heading[2] or len(self.ids) >= _MOST_HEADINGS:
                # A picture in one has words that are of the heading, but not of its anchor.
                raise _NotPlainError
            html = self._inline(heading[2])
            words = " ".join(unescape(_TAG.sub("", html)).split())
            anchor = renamed(unique(slugify_unicode(words, "-"), self.ids))
            self.blocks.append(PlainHeading(len(heading[1]), anchor, words, html))
            at = heading.end()
        return at

    def _list(self, block: str, at: int, *, after_text: bool) -> None:
        tag = "ul" if block[at] in "-*+" else "ol"
        if after_text and tag == "ol" and not block.startswith("1. ", at):
            raise _NotPlainError
        goes_on = tag == self.tag
        if not goes_on:
            self.end_list()
            if tag == "ol" and not block.startswith("1.", at):
                raise _NotPlainError
            self.tag = tag
        else:
            # A blank line before an item makes paragraphs of the two that it parts, and of no others.
            self.items[-1] = _loose(self.items[-1])
        first = len(self.items)
        item_at = _ITEMS[tag].match
        while at < len(block):
            item = item_at(block, at)
            if not item:
                raise _NotPlainError
            self.items.append(self._inline(item[1]))
            at = item.end()
        if goes_on:
            self.items[first] = _loose(self.items[first])

    def _quotation(self, block: str) -> None:
        text, lines = _QUOTED.subn("", block)
        if lines != block.count("\n") + 1 or not _PARAGRAPH.fullmatch(text):
            raise _NotPlainError
        self.end_list()
        before, quoted = "<blockquote>", f"\n<p>{self._inline(text)}</p>\n</blockquote>"
        last = self.blocks[-1] if self.blocks else ""
        if isinstance(last, str) and last.startswith(before):
            # One quotation goes on behind a blank line.
            before = last.removesuffix("\n</blockquote>")
            self.blocks.pop()
        self.blocks.append(before + quoted)

    def _table(self, block: str) -> None:
        head, *rows = block.split("\n")
        if len(rows) < 2 or "`" in block or not _DIVIDER.fullmatch(rows[0]):
            raise _NotPlainError
        aligned = [(cell.startswith(":"), cell.endswith(":")) for cell in _cells(rows[0])]
        if len(_cells(head)) != len(aligned):
            raise _NotPlainError
        classes = [f' class="align-{_ALIGNMENT[sides]}"' if any(sides) else "" for sides in aligned]
        body = "\n".join(self._row("td", row, classes) for row in rows[1:])
        self.end_list()
        self.blocks.append(
            f"<table>\n<thead>\n{self._row('th', head, classes)}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        )

    def _row(self, tag: str, row: str, classes: list[str]) -> str:
        cells = [*_cells(row), *("" for _ in classes)]
        written = (f"<{tag}{name}>{self._inline(cell)}</{tag}>\n" for name, cell in zip(classes, cells, strict=False))
        return f"<tr>\n{''.join(written)}</tr>"

    def end_list(self) -> None:
        """Write the list that is open, if one is."""
        if self.tag:
            items = "</li>\n<li>".join(self.items)
            self.blocks.append(f"<{self.tag}>\n<li>{items}</li>\n</{self.tag}>")
            self.tag, self.items = "", []

    def _inline(self, text: str) -> str:
        return _MARK.sub(self._mark, text)

    def _mark(self, mark: re.Match[str]) -> str:
        kind = mark.lastgroup
        if kind in ("starred", "barred"):
            tag = "strong" if mark["stars"] or mark["bars"] else "em"
            within = mark[kind]
            return f"<{tag}>{self._inline(within) if '[' in within else within}</{tag}>"
        if kind == "address":
            address = self._address(mark["address"])
            rel = ' rel="noopener"' if is_elsewhere(address) else ""
            return f'<a href="{address}"{rel}>{mark["words"]}</a>'
        if kind == "source":
            return f'<img alt="{mark["alt"]}" src="{self._address(mark["source"])}">'
        if kind == "code" and (code := mark["code"].strip()):
            return f"<code>{code}</code>"
        if kind == "and":
            return "&amp;"
        raise _NotPlainError

    def _address(self, address: str) -> str:
        if address[0] == "#":
            address = f"#{renamed(address[1:])}"
        if self.resolve:
            address = escape(self.resolve(address), quote=False).replace('"', "&quot;")
        return address


def _cells(row: str) -> list[str]:
    if len(row) < 3 or row[0] != "|" or row[-1] != "|":
        raise _NotPlainError
    return [cell.strip(" ") for cell in row[1:-1].split("|")]


def _loose(item: str) -> str:
    return item if item.startswith("\n<p>") else f"\n<p>{item}</p>\n"
