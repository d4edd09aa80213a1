"""Files that are published as they are: the theme's static files and the site's own ``static/`` folder.

Theme files live below a folder named after the digest of all of them, so that a browser may keep them
for ever and still never mixes two editions of a theme.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from sitegen.core.diagnostics import Span, warning
from sitegen.core.output import Format, Rendered, Route
from sitegen.core.site import Site

NAME = "files"
ASSET, FILE = "asset:", "file:"
UNKNOWN = "application/octet-stream"
"""What a file is when nothing is known of it (RFC 2046, section 4.5.1): browsers offer to save it."""

MEDIA_TYPES: Mapping[str, str] = {
    "atom": "application/atom+xml",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "gif": "image/gif",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/vnd.microsoft.icon",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "m4a": "audio/mp4",
    "map": "application/json",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ogg": "audio/ogg",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rdf": "application/rdf+xml",
    "rss": "application/rss+xml",
    "rtf": "application/rtf",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "ttl": "text/turtle; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "xsl": "application/xslt+xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}
"""Media types by the ending of a name, as the IANA registry has them. A table of our own and not Python's
``mimetypes``, which reads the machine it runs on, so that every machine builds the same site."""

_NAMED: Mapping[str, str] = {
    "_redirects": "text/plain; charset=utf-8",
    "apple-app-site-association": "application/json",
    "cname": "text/plain; charset=utf-8",
    "license": "text/plain; charset=utf-8",
}
"""Files without an ending that hosts know by their name."""


def ending(path: str) -> str:
    """Return what follows the last full stop of a file's name, in small letters; '' where there is none."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""


def media_type(path: str) -> str | None:
    """Return the media type of a file by its name, or None when nobody could tell."""
    return MEDIA_TYPES.get(ending(path)) or _NAMED.get(path.rpartition("/")[2].lower())


def digest(files: Mapping[str, bytes]) -> str:
    """Return 12 hexadecimal digits that change when any name or any byte of ``files`` does."""
    sum_of_all = hashlib.sha256()
    for path in sorted(files):
        for part in (path.encode("utf-8", "surrogateescape"), files[path]):
            # The lengths keep ("ab", "c") and ("a", "bc") apart.
            sum_of_all.update(len(part).to_bytes(8, "big"))
            sum_of_all.update(part)
    return sum_of_all.hexdigest()[:12]


def routes(site: Site) -> Iterable[Route]:
    """Give every static file of the theme and of the site its address. None is left out."""
    folder = f"/assets/{digest(site.theme.static)}/"
    for path in sorted(site.theme.static):
        yield Route(folder + path, NAME, ASSET + path, media_type(path) or UNKNOWN)
    for path in sorted(site.files):
        yield Route(f"/{path}", NAME, FILE + path, media_type(path) or UNKNOWN)


def render(route: Route, site: Site) -> Rendered:
    """Return the file's own bytes, and say so where browsers will not know what they are."""
    if route.subject.startswith(ASSET):
        path = route.subject.removeprefix(ASSET)
        content, shown = site.theme.static[path], f"themes/{site.theme.name}/static/{path}"
    else:
        path = route.subject.removeprefix(FILE)
        content, shown = site.files[path], f"static/{path}"
    if media_type(path):
        return content, ()
    return content, (
        warning(
            "unknown-file-type",
            f"nobody can tell from its name what kind of file {shown} is, so browsers will only offer to save it",
            Span(shown),
            "give it the ending of its kind, such as .pdf or .png, or take it out",
        ),
    )


CODES: dict[str, tuple[str, str]] = {
    "unknown-file-type": (
        "A static file whose kind its name does not tell",
        "A web server goes by the ending of a name. This file is published all the same, but a browser will offer to "
        "save it instead of showing it. Give it the ending of its kind.",
    ),
}

FORMAT = Format(
    name=NAME,
    summary="Static files of the theme and of the site, as they are.",
    routes=routes,
    render=render,
)
