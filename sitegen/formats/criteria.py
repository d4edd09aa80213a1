"""Criteria of a badge, as Open Badges 2.0 and 3.0 both have them: the page for people and the same text as Markdown."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from sitegen.core.i18n import language
from sitegen.core.links import resolver
from sitegen.core.site import Site

_TARGET = re.compile(r"""(\]\(\s*<?|^\s{0,3}\[[^\]]+\]:\s*<?|\b(?:href|src)=["'])([^\s)>"']+)""", re.MULTILINE)
"""Where a link leads, in Markdown (inline or by reference) and in HTML within it."""


def criteria(badge: Any, site: Site) -> dict[str, str]:
    """Return ``id``, a page a person can read, and ``narrative``, what must be done to earn the badge.

    Validators ask for one of the two (Open Badges 2.0 Criteria, 3.0 Criteria); both come from the same record.
    """
    page = site.url(badge.key)
    text = narrative(badge, site)
    return {**({"id": page} if page else {}), **({"narrative": text} if text else {})}


def narrative(badge: Any, site: Site) -> str:
    """Return the requirements as a numbered list and the criteria text below it, with links that work anywhere."""
    optional = language(badge.language).say("(optional)")
    lines = []
    for index, item in enumerate(badge.requirement, start=1):
        name = f"{item.name} {optional}" if item.optional else item.name
        lines.append(f"{index}. {name}: {item.description}" if item.description else f"{index}. {name}")
    text = "\n\n".join(part for part in ("\n".join(lines), badge.body.strip()) if part)
    return absolute(text, badge, site)


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
        return match[1] + (urljoin(site.config.base_url, found) if inside else found)

    return _TARGET.sub(full, text)
