"""Links as authors write them, and the addresses they lead to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from sitegen.core.allowlist import REFERENCES
from sitegen.core.site import Site

_TARGET = re.compile(
    r"""(\]\(\s*<?|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:\s*<?|\b(?:href|src)=["']|<(?=https?:))([^\s)>"']+)""", re.MULTILINE
)
"""Where a link leads, in Markdown (inline, by reference or as itself) and in HTML within it."""
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_~%-][A-Za-z0-9._~%-]*)*/?")
"""A path from the root in which there is nothing to resolve: no empty part, none of dots, no query, no fragment."""

_TEXTS = (".md", ".yaml", ".yml")


def resolver(site: Site, record: Any = None) -> Callable[[str], str]:
    """Return what turns a link in a record's Markdown into the address it leads to.

    ``/badges/x/`` gets the base path in front, ``badge:x`` becomes that record's page, and a content
    file (``../badges/x.md``) the page of the record in it. Whatever leads nowhere stays as it is, so
    that the check of links finds it.
    """
    base = site.config.base_path
    folder = posixpath.dirname(record.path) if record is not None else ""

    def resolve(address: str) -> str:
        if address.startswith("/") and not address.startswith("//"):
            return base + address
        target, mark, rest = _parts(address)
        kind, colon, name = target.partition(":")
        if colon and kind in REFERENCES:
            path = site.path(f"{kind}:{name}")
            return path + mark + rest if path else address
        if target.endswith(_TEXTS) and not colon:
            path = _page_of(site, posixpath.normpath(posixpath.join(folder, target)))
            return path + mark + rest if path else address
        return address

    return resolve


def absolute(text: str, record: Any, site: Site) -> str:
    """Return Markdown in which every way to link within the site has become a full address.

    The text is read in wallets and on other sites, where ``/courses/x/``, ``badge:x`` and ``#part`` lead nowhere.
    """
    page = site.url(record.key) or ""
    resolve = resolver(site, record)

    def full(match: re.Match[str]) -> str:
        target = match[2]
        found = page + target if target.startswith("#") else resolve(target)
        inside = found.startswith("/") and not found.startswith("//")
        return match[1] + (joined(site.config.base_url, found) if inside else found)

    return _TARGET.sub(full, text)


def joined(base_url: str, address: str) -> str:
    """Return what ``urljoin`` does, at once for an address that begins at the root of the host."""
    if address[:1] == "/" and _PLAIN_PATH.fullmatch(address):
        return _host(base_url) + address
    return urljoin(base_url, address)


@lru_cache(maxsize=16)
def _host(base_url: str) -> str:
    return urljoin(base_url, "/")[:-1]


def written_links(text: str) -> Iterator[tuple[int, str]]:
    """Yield every address in a Markdown text, as its author wrote it, with its index in the text."""
    for match in _TARGET.finditer(text):
        yield match.start(2), match[2]


def _parts(address: str) -> tuple[str, str, str]:
    match = re.match(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL)
    return (match[1], match[2], match[3]) if match else (address, "", "")


def _page_of(site: Site, file: str) -> str | None:
    """The page of the record that a content file holds; of a framework rather than of its skills."""
    key = site.catalogue.held_in(file)
    return site.path(key) if key else None
