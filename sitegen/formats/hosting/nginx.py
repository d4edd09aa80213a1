"""A piece of nginx configuration, to be included in a ``server`` block.

nginx gives a ``location`` the ``add_header`` lines of its surroundings only as long as it has none of its own,
so each location here has them all. Everything stands inside one location for the site, which leaves the rest
of the server alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    is_asset,
    is_data,
    is_page,
    served,
    types,
    unusual,
)

ABOUT = """\
# Headers, media types and error page for nginx. Written by sitegen on every build: do not edit.
# Use it inside a server block whose root holds the site{where}:
#     root {root};
#     include {file};
"""

_PACKED = ("json", "xml", "javascript", "manifest", "svg", "turtle", "wasm")
"""Parts of media types that shrink when they are packed, beside all of ``text/``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What nginx says with a file: a media type its ending does not tell, and its headers."""

    media: str | None = None
    cache: str = REVALIDATE
    policy: str | None = PAGE_POLICY
    shared: bool = False


PAGE = Answer()
"""The answer for a page, and for an address that is not there."""


def write(site: Site) -> bytes:
    """Return the configuration."""
    base, routes = site.config.base_path, served(site)
    known = types(routes)
    answers: dict[Answer, list[str]] = defaultdict(list)
    rest = [route for route in routes if not is_asset(route)]
    for pattern, answer in cover(rest, lambda route: _wanted(route, known), base):
        answers[answer].append(pattern.regex)
    lines = [*_basics(routes, known, site), "", *_headers(PAGE, site)]
    for answer, regexes in answers.items():
        lines += ["", *_location(f"~ {_one(regexes)}", answer, site)]
    assets = [route for route in routes if is_asset(route)]
    if assets:
        lines += ["", *_assets(assets, known, site)]
    body = "\n".join(_indented(lines))
    return f"{_about(site)}\nlocation {base}/ {{\n{body}\n}}\n".encode()


def _about(site: Site) -> str:
    base = site.config.base_path
    where = f" at {base}" if base else ""
    top = "/var/www/site"
    return ABOUT.format(where=where, root=top, file=f"{top}{base}/hosting/nginx.conf")


def _wanted(route: Route, known: Mapping[str, str]) -> Answer | None:
    """The answer for a file, or None where that of a page will do."""
    answer = Answer(
        media=unusual(route, known),
        cache=FOR_EVER if is_asset(route) else SHORT if is_data(route.media_type) else REVALIDATE,
        policy=_policy(route.media_type),
        shared=is_data(route.media_type),
    )
    return None if answer == PAGE else answer


def _policy(media: str) -> str | None:
    if is_page(media):
        return PAGE_POLICY
    return IMAGE_POLICY if bare(media) == "image/svg+xml" else None


def _basics(routes: Iterable[Route], known: Mapping[str, str], site: Site) -> list[str]:
    by_type: dict[str, list[str]] = defaultdict(list)
    for name, media in known.items():
        if name.isascii() and name.isalnum():
            by_type[bare(media)].append(name)
    missing = site.path("not-found")
    in_utf8 = sorted({bare(media) for media in known.values() if "charset=utf-8" in media.lower()} - {"text/html"})
    packed = sorted({media for route in routes if _packs(media := bare(route.media_type))} - {"text/html"})
    return [
        "index index.html;",
        "absolute_redirect off;",
        *([f"error_page 404 {missing};"] if missing else []),
        "charset utf-8;",
        *([f"charset_types {' '.join(in_utf8)};"] if in_utf8 else []),
        *(["gzip on;", "gzip_vary on;", f"gzip_types {' '.join(packed)};"] if packed else []),
        "default_type application/octet-stream;",
        "types {",
        *(f"    {media} {' '.join(names)};" for media, names in sorted(by_type.items())),
        "}",
    ]


def _packs(media: str) -> bool:
    return media.startswith("text/") or any(part in media for part in _PACKED)


def _headers(answer: Answer, site: Site) -> list[str]:
    headers = common(site)
    if answer.policy:
        headers["Content-Security-Policy"] = answer.policy
    if answer.policy == PAGE_POLICY:
        headers["Permissions-Policy"] = PERMISSIONS
    if answer.shared:
        headers["Access-Control-Allow-Origin"] = "*"
    lines = [f"add_header {name} {_string(value)} always;" for name, value in headers.items()]
    # Without 'always': a file that is not there must not be remembered as missing for a year.
    return [*lines, f"add_header Cache-Control {_string(answer.cache)};"]


def _location(match: str, answer: Answer, site: Site) -> list[str]:
    media = ["types { }", f"default_type {_string(answer.media)};"] if answer.media else []
    return [f"location {match} {{", *_indented([*media, *_headers(answer, site)]), "}"]


def _assets(assets: list[Route], known: Mapping[str, str], site: Site) -> list[str]:
    """Theme files: kept for ever. ``^~`` keeps the other locations off, so their own stand inside."""
    base = site.config.base_path
    plain = Answer(cache=FOR_EVER, policy=None)
    inner: dict[Answer, list[str]] = defaultdict(list)
    for pattern, answer in cover(assets, lambda route: _differs(_wanted(route, known), plain), base):
        inner[answer].append(pattern.regex)
    lines = _headers(plain, site)
    for answer, regexes in inner.items():
        lines += ["", *_location(f"~ {_one(regexes)}", answer, site)]
    return [f"location ^~ {base}{ASSETS} {{", *_indented(lines), "}"]


def _differs(answer: Answer | None, plain: Answer) -> Answer | None:
    return None if answer == plain else answer


def _one(regexes: list[str]) -> str:
    r"""Several regular expressions as one, in quotes: nginx leaves ``\.`` in them as it is."""
    return f'"{"|".join(sorted(regexes))}"'


def _string(value: str) -> str:
    """A value in quotes. A dollar sign would begin a variable; nginx cannot write one, and no header needs it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "") + '"'


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]
