"""What is wrong with the Markdown of one text: HTML that would be taken out, unsafe links, headings.

Cleaning alone would take such things out without a word. What is reported here is what the cleaning
takes out, since both ask :mod:`sitegen.core.allowlist`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sitegen.core.allowlist import CLASSES, REFERENCES, TAGS, is_safe, leaves_the_host, may_have, scheme_of
from sitegen.core.converter import convert
from sitegen.core.diagnostics import Diagnostic, Severity, Span, error
from sitegen.core.markuplimits import refusal
from sitegen.core.markuptrace import Traced, read, trace
from sitegen.core.plainmarkdown import read as read_plain

# Elements that run something, load something, ask something or change the page around them.
_UNSAFE = frozenset(
    (
        "applet audio base body button embed form frame frameset head html iframe input link math meta noembed "
        "noframes noscript object option param plaintext portal script select source style svg template textarea "
        "title track video xmp"
    ).split()
)
_RUNNING = frozenset({"javascript", "vbscript", "data"})
# Said of a text in other words, or by nobody: md_in_html reads the one, the cleaning writes its own of the other.
_SILENT = frozenset({"markdown", "rel"})

_HEADING = re.compile("h[1-6]")
_HEADING_LINE = re.compile(r"^[ \t]*(?:(?:>|[*+-]|\d+\.)[ \t]*)*(#{1,6})(?=[ \t]*[^\s#])", re.MULTILINE)
_CODE = re.compile(r"```|~~~|^(?: {4}|\t)", re.MULTILINE)
_SHOWN = re.compile(r"<[^>\n]*>?|#+|!\[.*?\]\([^)\n]*|[^\s)>]+")

_PLAIN_TAGS = "|".join(sorted(tag for tag in TAGS if tag not in ("a", "img") and not _HEADING.fullmatch(tag)))
_GOOD_LINK = (
    rf"(?:https?://|mailto:|tel:|(?:{'|'.join(REFERENCES)}):|\#|/(?![/\\&\s])|\.{{1,2}}/(?!\\)"
    r"|[\w-][\w./%-]*(?=[\s)\#?>]|\Z))"
)
_WORTH_A_LOOK = re.compile(
    rf"""
      < (?! (?:{_PLAIN_TAGS}) \s* /? > ) (?! https?:// ) [A-Za-z] (?! [^<>\s]*@ )
    | \]\( [ \t\n]* <? (?! {_GOOD_LINK} )
    | ^[ ]{{0,3}} \[ (?!\^) [^\[\]\n]+ \]: [ ]* \n? [ ]* <? (?! {_GOOD_LINK} )
    | !\[ \s* \]
    | (?<!\{{) \{{ (?![{{%]) [^{{}}\n]* [=.]
    | <\? | <!\[
    | ^ (?: =+ | -+ ) [ ]* $
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault before its place is worked out: ``at`` is an index into the text, ``near`` words to look for."""

    code: str
    severity: Severity
    message: str
    hint: str
    at: int | None
    near: str = ""


def faults(text: str, path: str, body_line: int = 1) -> list[Diagnostic]:
    """Return what is wrong with the Markdown ``text`` that begins on line ``body_line`` of the file ``path``."""
    refused = refusal(text)
    if refused:
        hint = "split the text into several pages, or make it simpler"
        return [error(refused.code, refused.message, Span(path, body_line + refused.line - 1), hint)]
    if not _worth_a_look(text):
        return []
    placed = (_placed(fault, text, path, body_line) for fault in _confirmed(text))
    return list(dict.fromkeys(placed))


def _worth_a_look(text: str) -> bool:
    """Say whether a text may have a fault: most have none, and are not converted to find that out."""
    plain = read_plain(text)
    if plain is not None:
        return _jumps([heading.level for heading in plain.headings])
    if _WORTH_A_LOOK.search(text):
        return True
    levels = [len(match[1]) for match in _HEADING_LINE.finditer(text)]
    return bool(levels) and (_jumps(levels) or bool(_CODE.search(text)))


def _jumps(levels: list[int]) -> bool:
    """Say whether headings of these levels have a title among them, or leave a level out."""
    return 1 in levels or any(level > last + 1 for last, level in pairwise([min(levels, default=1) - 1, *levels]))


def _confirmed(text: str) -> Iterator[_Fault]:
    """Hold what is found by its place against the text as it is, since marking places can change a text."""
    html = convert(text)
    truth = list(_of_text(text, read(html)))
    found = _of_text(text, trace(text)) if truth else ()
    real = Counter((fault.code, fault.message) for fault in truth)
    for fault in [*found, *(fault for fault in truth if fault.code.startswith("unsafe-"))]:
        if real[fault.code, fault.message] > 0:
            real[fault.code, fault.message] -= 1
            yield fault
    if "markdown" in text and not html.strip():
        message = "nothing of this text would be shown, because an HTML tag in it is never closed"
        yield _Fault("unclosed-html", Severity.ERROR, message, "add its closing tag, such as </div>", None, "<")


def _of_text(text: str, elements: Iterable[Traced]) -> Iterator[_Fault]:
    headings = []
    for element in elements:
        if element.tag in TAGS:
            yield from _of_element(element, text)
        else:
            yield _of_strange_element(element.tag, element.at)
        if _HEADING.fullmatch(element.tag):
            headings.append(element)
    yield from _of_headings(headings)


def _of_strange_element(tag: str, at: int | None) -> _Fault:
    if tag in ("?", "["):
        near = "<?" if tag == "?" else "<!["
        message, hint = f"{near} begins no HTML and would be taken out", "leave it out, or put it between `backticks`"
        return _Fault("dropped-html", Severity.WARNING, message, hint, at, near)
    message = f"<{tag}> cannot stand in a page and would be taken out"
    if tag in _UNSAFE:
        hint = "take it out: text, lists, tables, images and links can be written in Markdown"
        return _Fault("unsafe-html", Severity.ERROR, message, hint, at, f"<{tag}")
    hint = f"if it is not meant as HTML, write &lt;{tag}&gt; or put it between `backticks`; else leave it out"
    return _Fault("dropped-html", Severity.WARNING, message, hint, at, f"<{tag}")


def _of_element(element: Traced, text: str) -> Iterator[_Fault]:
    for name, value in element.attributes:
        yield from _of_attribute(element, name, value, text)
    if element.tag == "img" and _lacks_words(element):
        at = text.rfind("![", 0, element.link) if element.link is not None else element.at
        message = "this image has no words for people who cannot see it"
        hint = "say in the square brackets what the picture shows: ![A harbour at dawn](/img/harbour.jpg)"
        yield _Fault("image-without-alt", Severity.ERROR, message, hint, at, "![")


def _lacks_words(image: Traced) -> bool:
    words = dict(image.attributes).get("alt")
    # An author who writes alt="" in HTML has thought of it: that is how it says that a picture is decoration.
    by_hand = image.at is not None and image.link is None
    return not (words or "").strip() and not (by_hand and words == "")


def _of_attribute(element: Traced, name: str, value: str, text: str) -> Iterator[_Fault]:
    tag, at = element.tag, _attribute_at(element, name, text)
    message = f"'{name}' on <{tag}> would be taken out"
    hint = "take it out; how things look is for the theme to say"
    if name in ("href", "src") and may_have(tag, name):
        if not is_safe(value):
            yield _unsafe_link(value, at)
    elif name.startswith("on") or name in ("style", "srcdoc"):
        yield _Fault("unsafe-html", Severity.ERROR, message, hint, at, name)
    elif scheme_of(value) in _RUNNING and not may_have(tag, name):
        yield _unsafe_link(value, at)
    elif not may_have(tag, name) and name not in _SILENT:
        yield _Fault("dropped-html", Severity.WARNING, message, hint, at, name)
    elif name == "class" and tag != "span":
        for word in [word for word in value.split() if word not in CLASSES[tag]]:
            message = f"the class '{word}' on <{tag}> would be taken out"
            yield _Fault("dropped-html", Severity.WARNING, message, hint, at, word)


def _attribute_at(element: Traced, name: str, text: str) -> int | None:
    """Where an attribute stands: its tag or attribute list, or on a later line its own name."""
    at = element.link if name in ("href", "src") and element.link is not None else element.at
    if at is None or at == element.link:
        return at
    written = re.compile(rf"\s{re.escape(name)}\b", re.IGNORECASE).search(text, at, max(text.find(">", at), at))
    return written.start() + 1 if written and "\n" in text[at : written.end()] else at


def _unsafe_link(address: str, at: int | None) -> _Fault:
    if leaves_the_host(address):
        message = f"the link {address.strip()} does not say how to get there"
        hint = "write the whole address, with https:, or one slash for a page of this site"
    else:
        message = f"a link cannot begin with '{scheme_of(address)}:' and would be taken out"
        hint = "link a web address (https://), an e-mail address (mailto:) or a page of this site"
    return _Fault("unsafe-link", Severity.ERROR, message, hint, at, address)


def _of_headings(headings: list[Traced]) -> Iterator[_Fault]:
    levels = [int(heading.tag[1]) for heading in headings]
    last = min(levels, default=1) - 1
    for heading, level in zip(headings, levels, strict=True):
        at = heading.heading if heading.heading is not None else heading.at
        if level == 1:
            message, hint = "a page has one title, and it comes from 'name'", "begin with ##, the next level"
            yield _Fault("second-h1", Severity.WARNING, message, hint, at, "#")
        if level > last + 1:
            message = f"this heading skips a level, from {last} to {level}"
            if last < min(levels):
                message = f"this heading is of level {level}, but one below it is of level {min(levels)}"
            hint = f"write {'#' * (last + 1)} here"
            yield _Fault("heading-jump", Severity.WARNING, message, hint, at, "#" * level)
        last = level


def _placed(fault: _Fault, text: str, path: str, body_line: int) -> Diagnostic:
    at = fault.at if fault.at is not None else max(text.lower().find(fault.near.lower()), 0)
    start = text.rfind("\n", 0, at) + 1
    shown = _SHOWN.match(text, at)
    span = Span(path, body_line + text.count("\n", 0, at), at - start + 1, len(shown[0]) if shown else 1)
    return Diagnostic(fault.code, fault.severity, fault.message, span, fault.hint)
