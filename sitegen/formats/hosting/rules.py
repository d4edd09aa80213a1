"""Which answer header each file of the site wants, and the fewest patterns of addresses that say so.

Everything follows from the routes and their media types, so that a new format gets the right headers by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote

from sitegen.core.output import Route
from sitegen.core.site import Site
from sitegen.formats.files import MEDIA_TYPES, UNKNOWN, ending

Value = TypeVar("Value", bound=Hashable)

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""Content Security Policy Level 3 of a page: nothing from anywhere else, and nothing written inside the page."""

IMAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""That of an SVG opened by itself: it may colour itself, and that is all."""

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
REFERRER = "strict-origin-when-cross-origin"

FOR_EVER = "public, max-age=31536000, immutable"
"""Theme files: their address changes when they do (RFC 8246)."""

SHORT = "public, max-age=300"
"""Data and images: a correction is seen within five minutes, and a crowd does not ask every time."""

REVALIDATE = "no-cache"
"""Pages: kept, but asked after each time (RFC 9111, section 5.2.2.4)."""

ASSETS = "/assets/"
_CONTROL = frozenset({"hosting"})
"""Files for the host itself: it reads them and serves none."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A set of addresses: a glob as ``_headers`` has it, and a regular expression of the path."""

    glob: str
    regex: str


def served(site: Site) -> tuple[Route, ...]:
    """Return every file that readers fetch, by address."""
    return tuple(sorted((r for r in site.urls.values() if r.format not in _CONTROL), key=lambda r: r.url))


def is_asset(route: Route) -> bool:
    """Say whether it is a theme file, whose address holds a digest."""
    return route.url.startswith(ASSETS)


@lru_cache(maxsize=1024)
def bare(media: str) -> str:
    """Return a media type without its parameters, in small letters."""
    return media.partition(";")[0].strip().lower()


def is_page(media: str) -> bool:
    """Say whether a media type is shown as a page."""
    return bare(media) in ("text/html", "application/xhtml+xml")


def is_data(media: str) -> bool:
    """Say whether programs on other sites fetch it: JSON, images and feeds."""
    kind = bare(media)
    return kind.startswith("image/") or (kind.endswith(("/json", "+json", "/xml", "+xml")) and not is_page(kind))


def types(routes: Iterable[Route]) -> dict[str, str]:
    """Return the media type that each ending has on this site: as registered, else that of most such files."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for route in routes:
        if ending(route.file):
            seen[ending(route.file)][route.media_type] += 1
    return {
        name: MEDIA_TYPES.get(name) or min(counts, key=lambda media: (-counts[media], media))
        for name, counts in sorted(seen.items())
    }


def unusual(route: Route, known: Mapping[str, str]) -> str | None:
    """Return the media type of a file that a host cannot tell by the ending of its name, or None."""
    return None if route.media_type in (known.get(ending(route.file)), UNKNOWN) else route.media_type


def cover(routes: Sequence[Route], want: Callable[[Route], Value | None], base: str) -> list[tuple[Pattern, Value]]:
    """Return patterns that give each route what it wants, and none of the routes anything else.

    A wide pattern (all ``.json``) is taken where all its files agree; where they do not, narrower ones are:
    all ``badge.json``, those of one section, single files. None wants nothing. Patterns never overlap on a
    route, as some hosts join the values of two that match (``public, max-age=300, no-cache``).
    """
    left: Sequence[Route] = routes
    found: list[tuple[Pattern, Value]] = []
    for level in (_ending, _name, _section, _exact):
        groups: dict[Pattern | None, list[Route]]
        if level is _exact:
            # Pages by the thousand want nothing of their own: their patterns are never needed.
            groups = {level(route.url, base): [route] for route in left if want(route) is not None}
        else:
            groups = defaultdict(list)
            for route in left:
                groups[level(route.url, base)].append(route)
        rest = groups.pop(None, [])
        for pattern, members in groups.items():
            values = {want(route) for route in members}
            value = values.pop()
            if values:
                rest.extend(members)
            elif value is not None and pattern:
                found.append((pattern, value))
        left = rest
    return found


def _ending(url: str, base: str) -> Pattern | None:
    """All files with an ending."""
    last = url.rpartition("/")[2]
    name = last.rpartition(".")[2] if "." in last else ""
    return _with_ending(name, base) if name else None


@lru_cache(maxsize=256)
def _with_ending(name: str, base: str) -> Pattern:
    return Pattern(f"{base}/*.{_quoted(name)}", rf"\.{escaped(name)}$")


def _name(url: str, base: str) -> Pattern | None:
    """All files of a name, below the top."""
    folder, _, last = url.rpartition("/")
    return _with_name(last, base) if folder and last else None


@lru_cache(maxsize=4096)
def _with_name(last: str, base: str) -> Pattern:
    return Pattern(f"{base}/*/{_quoted(last)}", rf"^{escaped(base)}/.+/{escaped(last)}$")


def _section(url: str, base: str) -> Pattern | None:
    """All files of a name in one part of the site."""
    parts = url.split("/")
    if len(parts) < 4 or not parts[-1]:
        return None
    return _in_section(f"{base}/{parts[1]}", parts[-1])


@lru_cache(maxsize=4096)
def _in_section(start: str, last: str) -> Pattern:
    return Pattern(f"{_quoted(start)}/*/{_quoted(last)}", rf"^{escaped(start)}/.+/{escaped(last)}$")


def _exact(url: str, base: str) -> Pattern | None:
    """One file; a folder's own page is also reached by its full name."""
    more = r"(?:index\.html)?" if url.endswith("/") else ""
    return Pattern(_quoted(base + url), rf"^{escaped(base + url)}{more}$")


def _quoted(path: str) -> str:
    # ':' begins a placeholder and '*' a wildcard in _headers, so they are escaped as everything unusual is.
    return quote(path, safe="/", errors="surrogateescape")


def escaped(path: str) -> str:
    """Return a regular expression, free of spaces and quotes, that matches the bytes of a path."""
    return "".join(_byte(b) for b in path.encode("utf-8", "surrogateescape"))


def _byte(value: int) -> str:
    char = chr(value)
    if char == ".":
        return r"\."
    return char if (char.isascii() and char.isalnum()) or char in "/_-" else rf"\x{value:02x}"


def common(site: Site) -> dict[str, str]:
    """Return the headers of every answer."""
    headers = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": REFERRER}
    return headers if site.config.robots else {**headers, "X-Robots-Tag": "noindex"}
