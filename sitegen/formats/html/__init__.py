"""HTML: the pages of the catalogue, from the theme's templates, and the stylesheet of its colours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sitegen.core.output import Format, Rendered, Route
from sitegen.core.site import Site
from sitegen.formats.html import environment
from sitegen.formats.html.cards import card
from sitegen.formats.html.frame import on_topics, site_frame
from sitegen.formats.html.pages import LISTED, TEMPLATES, page
from sitegen.formats.html.scope import scope_of
from sitegen.formats.html.stylesheet import stylesheet
from sitegen.formats.html.unused import unused

NAME = "html"
MEDIA_TYPE = "text/html; charset=utf-8"
CSS = "text/css; charset=utf-8"
FOLDERS = {
    "badge": "badges",
    "course": "courses",
    "pathway": "pathways",
    "issuer": "issuers",
    "skill": "skills",
    "framework": "frameworks",
}
"""The folder of each kind's pages. A page of text stands at the root."""


def routes(site: Site) -> Iterable[Route]:
    """Yield the pages of the site, of its topics and of its records, and the stylesheet of colours."""
    yield _page("/", "home")
    yield _page("/404.html", "not-found", listed=False)
    for subject, kinds in LISTED.items():
        filled = any(site.catalogue.listed(kind) for kind in kinds) if kinds else on_topics(site)
        yield _page(f"/{subject}/", subject, listed=filled)
    for topic in site.config.topics:
        yield _page(f"/topics/{topic.id}/", f"topic:{topic.id}")
    for record in site.catalogue.entries():
        kind, _, slug = record.key.partition(":")
        folder = FOLDERS.get(kind)
        if folder or kind == "page":
            url = f"/{folder}/{slug}/" if folder else f"/{slug}/"
            yield _page(url, record.key, record.language, record.version, record.listed)
    css, _ = stylesheet(site)
    # Named after its content: everything below /assets/ may be kept by browsers for ever.
    digest = hashlib.sha256(css.encode()).hexdigest()[:12]
    yield Route(f"/assets/{digest}/topics.css", NAME, "topics-css", CSS, listed=False)


def _page(url: str, subject: str, language: str = "", version: str = "", listed: bool = True) -> Route:
    return Route(url, NAME, subject, MEDIA_TYPE, language=language, version=version, listed=listed)


def render(route: Route, site: Site) -> Rendered:
    """Return a page, or the stylesheet, with what is wrong with the theme."""
    if route.subject == "topics-css":
        css, found = stylesheet(site)
        jinja = environment.environment(site.theme, scope_of(site).words)
        return css.encode(), [*found, *unused(site.theme, jinja, TEMPLATES)]
    scope = scope_of(site)
    made = page(route, scope)
    values = {"site": site_frame(scope), **made.values}
    text, found = environment.render(site.theme, scope.words, made.template, made.about, values)
    return text.encode(), found


FORMAT = Format(NAME, "The pages of the catalogue, for people.", routes, render, card)
