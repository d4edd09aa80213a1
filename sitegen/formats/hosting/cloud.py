"""``_headers``, as Netlify and Cloudflare Pages read it: a glob, and below it the headers of what it matches.

Both add up the headers of every rule that matches, and may join two values of one header by a comma. So no
header is given to any file by two rules. Pages are not told how long to keep them: both hosts already say
"ask each time", and saying it again would only add to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sitegen.core.diagnostics import Diagnostic, warning
from sitegen.core.site import Site
from sitegen.formats.files import MEDIA_TYPES
from sitegen.formats.hosting.rules import (
    ASSETS,
    FOR_EVER,
    PAGE_POLICY,
    PERMISSIONS,
    SHORT,
    common,
    cover,
    is_asset,
    is_data,
    served,
    unusual,
)

MOST_RULES = 100
"""Rules that Cloudflare Pages reads; it ignores the rest."""

ABOUT = "# Headers for Netlify and Cloudflare Pages. Written by sitegen on every build: do not edit."


def write(site: Site) -> tuple[bytes, Sequence[Diagnostic]]:
    """Return the file, and a warning where it has more rules than hosts read."""
    rules = _rules(site)
    blocks = [
        "\n".join([glob, *(f"  {name}: {value}" for name, value in headers.items())])
        for glob, headers in sorted(rules.items())
    ]
    return ("\n\n".join([ABOUT, *blocks]) + "\n").encode(), _too_many(len(rules))


def _rules(site: Site) -> dict[str, dict[str, str]]:
    base, routes = site.config.base_path, served(site)
    rules: dict[str, dict[str, str]] = defaultdict(dict)
    rules[f"{base}/*"].update(
        {**common(site), "Content-Security-Policy": PAGE_POLICY, "Permissions-Policy": PERMISSIONS}
    )
    if any(is_asset(route) for route in routes):
        rules[f"{base}{ASSETS}*"]["Cache-Control"] = FOR_EVER
    for name, want in (
        ("Content-Type", lambda route: unusual(route, MEDIA_TYPES)),
        ("Access-Control-Allow-Origin", lambda route: "*" if is_data(route.media_type) else None),
        ("Cache-Control", lambda route: SHORT if is_data(route.media_type) and not is_asset(route) else None),
    ):
        for pattern, value in cover(routes, want, base):
            rules[pattern.glob][name] = value
    return rules


def _too_many(count: int) -> Sequence[Diagnostic]:
    if count <= MOST_RULES:
        return ()
    return (
        warning(
            "too-many-header-rules",
            f"/_headers needs {count} rules, and Cloudflare Pages reads only the first {MOST_RULES}",
            None,
            "give files that mean the same the same name or ending, in static/ and in formats of your own",
        ),
    )


CODES: dict[str, tuple[str, str]] = {
    "too-many-header-rules": (
        "More header rules than a host reads",
        "Files of one name or one ending share a rule. Where static files of your own take such a name with another "
        "kind of content, each needs a rule to itself. Rename them.",
    ),
}
