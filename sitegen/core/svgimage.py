"""Reading an SVG that came from outside: its size, and everything in it that could act, fetch or spy.

An SVG is a document, not a picture: it can run programs, load files and show web pages. It is published as
its author made it, so what a catalogue must not carry is refused, not filtered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.rasterimage import Size, baked

SVG, XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"

DEEPEST = 100
"""Groups within groups beyond this crash renderers."""

HEAVIEST = 5 * 1024 * 1024
"""Bytes of SVG beyond which reading it is not worth the memory."""

_BAKED = {"http://openbadges.org", "https://openbadges.org", "https://purl.imsglobal.org/ob/v3p0"}
"""Namespaces of an award in an SVG (Open Badges 2.0, Baking; Open Badges 3.0, Document Formats)."""

_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:[eE][-+]?\d+)?)(px|pt|pc|mm|cm|in|q|Q)?\s*")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)", re.IGNORECASE)
_FETCH = re.compile(r"@import|image-set\s*\(|(?<![\w-])src\s*\(", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.DOTALL)
_INLINE = re.compile(r"data:(?:image/png|font/[\w.+-]+|application/(?:x-)?font[\w.+-]*)[;,]", re.IGNORECASE)

Fault = tuple[str, str, str]
"""A code, what is wrong, how to mend it."""


def svg(path: str, content: bytes) -> tuple[Size | None, list[Diagnostic]]:
    """Return the size of an SVG in CSS pixels, and what is wrong with it, each kind of fault once."""
    if len(content) > HEAVIEST:
        return None, [_fault(path, 1, _HEAVY)]
    if _declares(content):
        return None, [_fault(path, 1, _DOCTYPE)]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as broken:
        line, column = broken.position
        deep = "depth" in (broken.msg or "").lower()
        span = Span(path, max(1, line), max(1, column))
        return None, [_at(span, _DEEP) if deep else _at(span, _broken(broken.msg or ""))]
    if root.getroottree().docinfo.doctype:
        return None, [_fault(path, 1, _DOCTYPE)]
    if root.tag != f"{{{SVG}}}svg":
        return None, [_fault(path, 1, _NAMESPACE if etree.QName(root).localname == "svg" else _NOT_SVG)]
    found: dict[str, Diagnostic] = {}
    for line, fault in _faults(root):
        found.setdefault(fault[0], baked(path, Span(path, line)) if fault is _PERSONAL else _fault(path, line, fault))
    size = _size(root)
    if not size:
        found["svg-no-size"] = _fault(path, root.sourceline or 1, _NO_SIZE)
    return size, list(found.values())


def _faults(root: etree._Element) -> Iterator[tuple[int, Fault]]:
    """Yield what is not allowed, with its line, in the order of the document."""
    for instruction in root.xpath("/processing-instruction()|//processing-instruction()"):
        if instruction.target == "xml-stylesheet":
            yield instruction.sourceline or 1, _external("a style sheet")
    depth = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start":
            line = node.sourceline or 1
            if depth > DEEPEST:
                yield line, _DEEP
            for fault in (*_element(node), *_attributes(node)):
                yield line, fault


def _element(node: etree._Element) -> Iterator[Fault]:
    name = etree.QName(node)
    local = name.localname.lower()
    if local in ("script", "handler", "listener"):
        yield _program("a script")
    elif local == "foreignobject" or name.namespace == XHTML:
        yield _PAGE
    elif local in ("assertion", "credential") and (
        (name.namespace or "").rstrip("/") in _BAKED or node.prefix == "openbadges"
    ):
        yield _PERSONAL
    elif local == "style":
        yield from _css("".join(str(text) for text in node.itertext()))


def _attributes(node: etree._Element) -> Iterator[Fault]:
    kind = etree.QName(node).localname
    for key, value in node.attrib.items():
        name = etree.QName(str(key))
        local, text = name.localname.lower(), _plain(str(value))
        if local.startswith("on") and not name.namespace:
            yield _program(f"the instruction '{name.localname}'")
        elif local == "attributename" and re.match(r"on|(?:xlink:)?href$", text.strip(), re.IGNORECASE):
            yield _program("an animation that changes a link")
        elif local == "base" and name.namespace:
            yield _external(text.strip())
        elif local in ("href", "src"):
            yield from _link(kind, text.strip())
        else:
            yield from _css(text)


def _link(kind: str, target: str) -> Iterator[Fault]:
    inline = kind == "image" and re.match(r"data:image/png[;,]", target, re.IGNORECASE)
    if re.match(r"(?:java|vb|live)script:", re.sub(r"\s+", "", target), re.IGNORECASE):
        yield _program("a link that runs a program")
    elif target and not target.startswith("#") and not inline:
        yield _external(target)


def _css(text: str) -> Iterator[Fault]:
    """Yield what a style sheet, or an attribute that holds one, would fetch."""
    plain = _plain(text)
    if _FETCH.search(plain):
        yield _external("@import" if "@import" in plain.lower() else "a style sheet's source")
    for target in _URL.findall(plain):
        if target and not target.startswith("#") and not _INLINE.match(target):
            yield _external(target)


def _plain(text: str) -> str:
    """Return text with CSS escapes undone, as ``u\\72l(`` is ``url(`` to a browser."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: _char(int(m[1], 16)) if m[1] else m[2], text)


def _char(code: int) -> str:
    return chr(code) if code < 0x110000 else "\ufffd"


def _declares(content: bytes) -> bool:
    """Say whether there is a document type, before a parser sees it: its entities can blow up a build."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    return bool(re.search(rb"<!(?:DOCTYPE|ENTITY)", content, re.IGNORECASE))


def _size(root: etree._Element) -> Size | None:
    """Return width and height: those it states, or else those of its viewBox (SVG 2, section 8.2)."""
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    numbers = re.findall(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?", root.get("viewBox") or "")
    box = [float(number) for number in numbers]
    if len(box) == 4 and 0 < box[2] < 1e9 and 0 < box[3] < 1e9:
        ratio = box[2] / box[3]
        if not (width and height):
            width, height = (
                (height * ratio, height) if height else (width or box[2], width / ratio if width else box[3])
            )
    return (max(1, round(width)), max(1, round(height))) if width and height else None


def _pixels(length: str | None) -> float:
    """Return a length in CSS pixels, or 0 for one that depends on where the image stands."""
    match = _LENGTH.fullmatch(length or "")
    value = float(match[1]) * _PIXELS[(match[2] or "px").lower()] if match else 0.0
    return value if value < 1e9 else 0.0


def _fault(path: str, line: int, fault: Fault) -> Diagnostic:
    return _at(Span(path, line), fault)


def _at(span: Span, fault: Fault) -> Diagnostic:
    code, message, hint = fault
    return error(code, message, span, hint)


def _program(what: str) -> Fault:
    return "svg-script", f"the SVG holds {what}: it could act in a visitor's browser", _EXPORT


def _external(target: str) -> Fault:
    short = target if len(target) <= 60 else target[:57] + "…"
    return (
        "svg-external",
        f"the SVG loads something from elsewhere: {short}",
        "embed it as PNG, or turn text and effects into paths before you export: a badge has to stand alone for ever",
    )


def _broken(message: str) -> Fault:
    return "svg-broken", f"the SVG cannot be read: {message.partition(', line')[0]}", _EXPORT


_EXPORT = "export it again as plain SVG ('Plain SVG' in Inkscape, 'Presentation attributes' in Illustrator), or as PNG"
_DOCTYPE: Fault = (
    "svg-doctype",
    "the SVG begins with a document type (<!DOCTYPE …>), which can hide instructions",
    "open it in a text editor and delete the part from <!DOCTYPE to its closing >, or export it as plain SVG",
)
_DEEP: Fault = (
    "svg-too-deep",
    f"the SVG has groups within groups more than {DEEPEST} deep",
    "ungroup it in your drawing program, then export it again",
)
_HEAVY: Fault = ("svg-too-heavy", "the SVG is larger than 5 MB", "simplify its paths, or export it as PNG")
_NAMESPACE: Fault = (
    "svg-broken",
    "the SVG does not say that it is SVG, so browsers will not show it",
    f'add xmlns="{SVG}" to its first tag <svg …>, or export it again',
)
_NOT_SVG: Fault = ("svg-broken", "the file is XML, and not an SVG image", "name an SVG or PNG file")
_NO_SIZE: Fault = (
    "svg-no-size",
    "the SVG does not say how large it is",
    'give its first tag a viewBox, such as <svg viewBox="0 0 400 400" …>, or export it again',
)
_PAGE: Fault = (
    "svg-web-page",
    "the SVG holds a piece of a web page (foreignObject or HTML)",
    "turn the text into paths in your drawing program, then export it as plain SVG",
)
_PERSONAL: Fault = ("image-baked", "", "")
