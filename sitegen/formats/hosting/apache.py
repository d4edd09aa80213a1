"""``.htaccess`` for Apache 2.4, which needs no more than ``AllowOverride FileInfo``.

Apache can choose headers by the media type of the very answer, so most of this is a few lines, whatever the
site holds. Only types that a name does not tell, and the theme's files, go by address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sitegen.core.output import Route
from sitegen.core.site import Site
from sitegen.formats.hosting.rules import (
    ASSETS,
    FOR_EVER,
    IMAGE_POLICY,
    PAGE_POLICY,
    PERMISSIONS,
    REVALIDATE,
    SHORT,
    bare,
    common,
    cover,
    escaped,
    is_asset,
    is_data,
    served,
    types,
    unusual,
)

ABOUT = "# Headers, media types and error page for Apache 2.4. Written by sitegen on every build: do not edit."


def write(site: Site) -> bytes:
    """Return the file."""
    routes = served(site)
    missing = site.path("not-found")
    parts = [
        f"ErrorDocument 404 {missing}" if missing else "",
        _media_types(routes, site),
        _headers(routes, site),
    ]
    return ("\n\n".join([ABOUT, *(part for part in parts if part)]) + "\n").encode()


def _media_types(routes: Sequence[Route], site: Site) -> str:
    known = types(routes)
    by_type: dict[str, list[str]] = defaultdict(list)
    for name, media in known.items():
        if name.isascii() and name.isalnum():
            by_type[media].append(f".{name}")
    lines = [f"    AddType {_string(media)} {' '.join(names)}" for media, names in sorted(by_type.items())]
    forced: dict[str, list[str]] = defaultdict(list)
    for pattern, media in cover(routes, lambda route: unusual(route, known), site.config.base_path):
        forced[media].append(pattern.regex)
    blocks = [
        f'<If "%{{REQUEST_URI}} =~ m#{"|".join(sorted(regexes))}#">\n    ForceType {_string(media)}\n</If>'
        for media, regexes in forced.items()
    ]
    return "\n".join(["<IfModule mod_mime.c>", *lines, "</IfModule>", *blocks])


def _headers(routes: Sequence[Route], site: Site) -> str:
    shared = sorted({bare(route.media_type) for route in routes if is_data(route.media_type)})
    lines = [f"Header always set {name} {_string(value)}" for name, value in common(site).items()]
    lines += [
        f"Header always set Content-Security-Policy {_string(PAGE_POLICY)} {_when('text/html')}",
        f"Header always set Permissions-Policy {_string(PERMISSIONS)} {_when('text/html')}",
        f"Header always set Content-Security-Policy {_string(IMAGE_POLICY)} {_when('image/svg+xml')}",
        f"Header set Cache-Control {_string(REVALIDATE)}",
    ]
    if shared:
        lines += [
            f'Header always set Access-Control-Allow-Origin "*" {_when(*shared)}',
            f"Header set Cache-Control {_string(SHORT)} {_when(*shared)}",
        ]
    block = ["<IfModule mod_headers.c>", *(f"    {line}" for line in lines)]
    if any(is_asset(route) for route in routes):
        where = escaped(site.config.base_path + ASSETS)
        block += [
            f'    <If "%{{REQUEST_URI}} =~ m#^{where}#">',
            f"        Header set Cache-Control {_string(FOR_EVER)}",
            "    </If>",
        ]
    return "\n".join([*block, "</IfModule>"])


def _when(*media: str) -> str:
    """The condition that the answer is of one of these types, with or without parameters."""
    return f'"expr=%{{CONTENT_TYPE}} =~ m#^(?:{"|".join(map(escaped, media))})(?:;|$)#"'


def _string(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
