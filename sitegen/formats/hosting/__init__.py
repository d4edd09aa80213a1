"""Hosting: how a web server should serve the site, in the words of each (Netlify, Cloudflare, nginx, Apache).

Validators and browsers refuse badges that are served as the wrong type or kept from other origins, so the
answer headers are as much a part of a catalogue as its files.
"""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.core.output import Format, Rendered, Route
from sitegen.core.site import Site
from sitegen.formats.hosting import apache, cloud, nginx

NAME = "hosting"

_FILES = {
    "headers": "/_headers",
    "nginx": "/hosting/nginx.conf",
    "apache": "/.htaccess",
    # GitHub Pages would leave out names that begin with a dot or an underscore without this file.
    "nojekyll": "/.nojekyll",
}


def routes(site: Site) -> Iterable[Route]:
    """Plan one file for each kind of host."""
    del site
    for subject, url in _FILES.items():
        yield Route(url, NAME, subject, "text/plain; charset=utf-8", listed=False)


def render(route: Route, site: Site) -> Rendered:
    """Write the file of one kind of host, from every route of the finished site."""
    if route.subject == "headers":
        return cloud.write(site)
    if route.subject == "nginx":
        return nginx.write(site), ()
    return apache.write(site) if route.subject == "apache" else b"", ()


FORMAT = Format(
    name=NAME,
    summary="Answer headers and media types for Netlify, Cloudflare Pages, nginx and Apache.",
    routes=routes,
    render=render,
)
