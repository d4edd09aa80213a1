"""Which HTML may remain of what an author wrote, and the cleaning that leaves only that.

An allow-list: what is not named here is taken out, whatever a browser would have made of it. The
cleaning itself is nh3's, which parses as browsers do (HTML, section 13.2) and writes anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

import nh3
from pygments.token import STANDARD_TYPES

REFERENCES = ("badge", "course", "pathway", "skill", "issuer", "page", "framework", "topic")
"""What a link may name by kind and id, like ``badge:food-safety``."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What a link to elsewhere may begin with."""

TAGS = frozenset(
    (
        "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
        "figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small "
        "span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr"
    ).split()
)
"""Elements that remain: text, lists, tables, figures, code and what opens and closes."""

_EVERYWHERE = frozenset({"id", "lang", "dir", "title"})
_OWN = {
    "a": {"href", "hreflang"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}

CLASSES = {
    "a": {"footnote-ref", "footnote-backref"},
    "div": {"codehilite", "footnote", "toc"},
    "span": {"toctitle", "hll", *filter(None, STANDARD_TYPES.values())},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
}
"""Classes that remain, by element: those that Markdown and Pygments write."""

_WITH_CONTENT = frozenset(
    ("applet embed iframe math noembed noframes noscript object script style svg template xmp").split()
)

# Theme pages keep ids that begin with s- for themselves.
_RESERVED = "s-"
_RENAMED = "text-s-"

# Browsers leave out these characters of an address before they read it (URL Standard, section 4.4).
_LEFT_OUT = re.compile("[\t\n\r]")
_AROUND = "".join(map(chr, range(0x21)))
_ELSEWHERE = re.compile(r"https?:", re.IGNORECASE)
_SCHEME = re.compile(r"([^/?#:\\]*):")
_NUMBER = re.compile(r"-?[0-9]{1,5}")
_NUMBERS = frozenset({"width", "height", "colspan", "rowspan", "span", "start", "value"})


def scheme_of(address: str) -> str:
    """Return what stands before the first colon of an address, as browsers read it; '' for one without."""
    match = _SCHEME.match(_as_read(address))
    return match[1].lower() if match else ""


def leaves_the_host(address: str) -> bool:
    """Say whether an address names a host without a scheme: ``//host``, or with the slashes the other way."""
    return _as_read(address).replace("\\", "/").startswith("//")


def is_safe(address: str) -> bool:
    """Say whether a link or image may lead to ``address``."""
    scheme = scheme_of(address)
    return (not scheme or scheme in SCHEMES or scheme in REFERENCES) and not leaves_the_host(address)


def is_elsewhere(address: str) -> bool:
    """Say whether a link leads to a page of another site."""
    return bool(_ELSEWHERE.match(address))


def _as_read(address: str) -> str:
    return _LEFT_OUT.sub("", address).strip(_AROUND)


def may_have(tag: str, attribute: str) -> bool:
    """Say whether an attribute may remain on an element, as far as its name goes."""
    return attribute in _EVERYWHERE or attribute in _OWN.get(tag, ()) or (attribute == "class" and tag in CLASSES)


def renamed(identity: str) -> str:
    """Return an id that no theme uses: one that begins with ``s-`` gets another beginning."""
    return _RENAMED + identity.removeprefix(_RESERVED) if identity.startswith(_RESERVED) else identity


def _value(_: str, attribute: str, value: str) -> str | None:
    if attribute in ("href", "src"):
        if not is_safe(value):
            return None
        return f"#{renamed(value[1:])}" if value.startswith("#") else value
    if attribute == "id":
        return renamed(value) if value and not re.search(r"\s", value) else None
    if attribute in _NUMBERS and not _NUMBER.fullmatch(value):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(_WITH_CONTENT),
    attributes={"*": set(_EVERYWHERE), **_OWN},
    attribute_filter=_value,
    link_rel=None,
    url_schemes={*SCHEMES, *REFERENCES},
    allowed_classes=CLASSES,
    tag_attribute_values={},
)

_MOST_ROUNDS = 8

# nh3 writes every tag in one way, with all of <, > and " escaped in values, so that these cannot miss.
_LINK = re.compile(r"<(?:a|img) [^>]*>")
_ADDRESS = re.compile(r' (href|src)="([^"]*)"')
_NO_CLASS = re.compile(r'(<(?:a|div|span|td|th)(?: [^>]*)?) class=""')
_PRE = re.compile(r"(<pre(?: [^>]*)?>)\n")


def sanitise(html: str, resolve: Callable[[str], str] | None = None) -> str:
    """Return ``html`` with only what the allow-list names. Every ``href`` and ``src`` goes through ``resolve``."""
    clean = _clean(html)
    if "<a " in clean or "<img " in clean:
        clean = _LINK.sub(lambda tag: _link(tag[0], resolve), clean)
    return clean


def _clean(html: str) -> str:
    """Clean until a browser would read what is written here as it is written, since tricks hide in the difference.

    One round is not always enough: a form taken out can leave a paragraph in a paragraph, which reads as three.
    """
    for _ in range(_MOST_ROUNDS):
        clean: str = _CLEANER.clean(html)
        if ' class=""' in clean:
            clean = _NO_CLASS.sub(r"\1", clean)
        if "<pre" in clean:
            # The first line end in a <pre> is not part of its text (HTML, section 13.1.2.5); nh3 writes one too few.
            clean = _PRE.sub(r"\1\n\n", clean)
        if clean == html:
            return clean
        html = clean
    return escape(html)


def _link(tag: str, resolve: Callable[[str], str] | None) -> str:
    external = False

    def address(match: re.Match[str]) -> str:
        nonlocal external
        value = unescape(match[2])
        value = resolve(value) if resolve else value
        external = match[1] == "href" and is_elsewhere(value)
        return f' {match[1]}="{escape(value, quote=False).replace(chr(34), "&quot;")}"'

    tag = _ADDRESS.sub(address, tag)
    return tag.removesuffix(">") + ' rel="noopener">' if external else tag
