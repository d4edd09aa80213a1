"""Criteria of a badge, as Open Badges 2.0 and 3.0 both have them: the page for people and the same text as Markdown."""

from __future__ import annotations

from typing import Any

from sitegen.core.i18n import language
from sitegen.core.links import absolute
from sitegen.core.site import Site, once


def criteria(badge: Any, site: Site) -> dict[str, str]:
    """Return ``id``, a page a person can read, and ``narrative``, what must be done to earn the badge.

    Validators ask for one of the two (Open Badges 2.0 Criteria, 3.0 Criteria); both come from the same record.
    """
    page = site.url(badge.key)
    text = narrative(badge, site)
    return {**({"id": page} if page else {}), **({"narrative": text} if text else {})}


def narrative(badge: Any, site: Site) -> str:
    """Return the requirements as a numbered list and the criteria text below it, with links that work anywhere."""
    return site.once(make_narrative, badge.key)


@once
def make_narrative(site: Site, key: str) -> str:
    """Work out what :func:`narrative` returns: several files of a badge have it."""
    badge = site.catalogue.one(key)
    optional = language(badge.language).say("(optional)")
    lines = []
    for index, item in enumerate(badge.requirement, start=1):
        name = f"{item.name} {optional}" if item.optional else item.name
        lines.append(f"{index}. {name}: {item.description}" if item.description else f"{index}. {name}")
    text = "\n\n".join(part for part in ("\n".join(lines), badge.body.strip()) if part)
    return absolute(text, badge, site)
