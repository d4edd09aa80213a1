"""Redirects of a ``_redirects`` file, as Netlify and Cloudflare Pages read it: ``/from /to [status]`` on a line.

A ``*`` at the end of an address takes the rest of it, which ``:splat`` puts into the target; ``:name`` takes one
part. Rules with conditions (countries, languages, cookies) are left to the host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

STATUSES = frozenset({301, 302, 303, 307, 308})
_NAMED = re.compile(r":([A-Za-z]\w*)")


class Redirect(NamedTuple):
    """Where an address leads, and how."""

    location: str
    status: int


def redirect(path: str, lines: Iterable[str]) -> Redirect | None:
    """Return where the first rule that matches ``path`` leads."""
    for line in lines:
        words = line.split()
        if len(words) not in (2, 3) or not words[0].startswith("/"):
            continue  # a comment, a rule with conditions, or nothing that we know
        status = words[2].removesuffix("!") if len(words) == 3 else "301"
        if not status.isdecimal() or int(status) not in STATUSES:
            continue
        found = _pattern(words[0]).fullmatch(path)
        if found:
            return Redirect(_filled(words[1], found.groupdict("")), int(status))
    return None


def _filled(target: str, taken: Mapping[str, str]) -> str:
    """The target with what was taken from the address. Two slashes in front would lead to another host."""
    location = _NAMED.sub(lambda name: taken.get(name[1], name[0]), target)
    return "/" + location.lstrip("/") if target.startswith("/") else location


def _pattern(source: str) -> re.Pattern[str]:
    """The addresses that a rule is about. A slash at the end makes no difference, as on the hosts."""
    parts: list[str] = []
    for part in source.rstrip("/").split("/"):
        name = _NAMED.fullmatch(part)
        if name and f"(?P<{name[1]}>" not in "".join(parts):
            parts.append(f"(?P<{name[1]}>[^/]+)")
        else:
            parts.append(re.escape(part))
    text = "/".join(parts)
    if text.endswith(r"/\*"):
        return re.compile(text.removesuffix(r"/\*") + "(?:/(?P<splat>.*))?")
    return re.compile(text + "/?")
