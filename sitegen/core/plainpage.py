"""The tags of a page of plain shape, without a parser: what our templates and the cleaning of authors' HTML write.

A page is of plain shape when every ``<`` in it begins a tag, in small letters, whose attributes stand in double
quotes and hold no angle brackets, and when nothing could be read in two ways: no comments, no text that only looks
like tags, no character reference without its semicolon. There, a list of tags says all that a parser of HTML
would. Of any other page nothing is said here, and :mod:`sitegen.core.pagefacts` asks lxml.
"""

from __future__ import annotations

import re
from html import unescape

START = b"<!doctype html>"
_OTHER_SHAPE = re.compile(rb"<(?!/?[a-z][^<>]*+>)")
_WITH_MORE = re.compile(rb"<([a-z][a-z0-9]*+[^>]+)>")
"""Tags with anything after their name."""

_RAW = re.compile(
    rb"<(?=[stilnpx][cefilmot])(?:((script|style|title)(?:[ \n/][^>]*+)?+)>(?:([^<]*+)</\2>)?+"
    rb"|(?:iframe|listing|noembed|noframes|plaintext|textarea|xmp)\b)"
)
"""Elements in which a tag is text. Of those with a name of their own here, the text holds no ``<`` at all.

The first two letters are asked for first: most tags have others.
"""

_NAME = r"[A-Za-z:_][-A-Za-z0-9:_.]*+"
_TAG = re.compile(rf'([a-z][a-z0-9]*+)((?:[ \n]++{_NAME}(?:="[^"]*+")?+)*+)[ \n]*+/?')
_ATTRIBUTE = re.compile(rf'({_NAME})(?:="([^"]*+)")?+')
_UNSURE = re.compile("&(?!(?:amp|lt|gt|quot|#39|#34);)|[\x01-\x09\x0b-\x1f\x7f]")
"""A character reference that parsers read in their own ways, or a control character."""

AT_MOST_ONE = frozenset({"html", "head", "body"})
"""Elements that a parser leaves out when they come again or out of place, with whatever they say."""


def tags(page: bytes) -> tuple[list[bytes], list[tuple[bytes, bytes]]] | None:
    """Return what stands between ``<`` and ``>`` of each tag that says more than its name, in order.

    Beside them come the elements whose content is no HTML, each as its tag and what stands in it. Return None
    when the page is of another shape.
    """
    if not page.startswith(START) or b"\0" in page or _OTHER_SHAPE.search(page, len(START)):
        return None
    raw = [(found[1], found[3]) for found in _RAW.finditer(page)]
    if any(content is None for _, content in raw):
        return None
    return _WITH_MORE.findall(page), raw


def attributes_of(tag: bytes) -> tuple[str, dict[str, str]] | None:
    """Return the name and the attributes of a tag, or None where they could be read in two ways."""
    text = tag.decode()
    match = _TAG.fullmatch(text)
    if match is None or _UNSURE.search(text):
        return None
    written = _ATTRIBUTE.findall(match[2])
    attributes = dict(written) if match[2].islower() else {name.lower(): value for name, value in written}
    if len(attributes) < len(written):
        return None
    if "&" in text:
        attributes = {name: unescape(value) for name, value in attributes.items()}
    return match[1], attributes
