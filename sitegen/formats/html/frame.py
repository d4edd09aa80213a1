"""What every page has around its content: head, masthead, way back, footer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.core.site import Site, once
from sitegen.formats.feeds import any_items
from sitegen.formats.html.scope import Link, Plate, Scope, Sign, href, link, mark, scope_of

SECTIONS = (
    ("courses", "course"),
    ("badges", "badge"),
    ("pathways", "pathway"),
    ("skills", "skill"),
    ("issuers", "issuer"),
)
"""The lists of records: the subject of the page and the kind of record on it."""

LISTS = ("catalogue", "badges", "courses", "pathways", "skills", "issuers", "topics")


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the menu; ``section`` is what a page says of itself to be marked as the current one."""

    section: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and links, in the footer."""

    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose catalogue this is."""

    name: str
    href: str
    mark: str
    logo: Plate | None
    standing: str
    address: tuple[str, ...]
    email: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same thing in another form: the address, media type and title of a ``link rel=alternate``."""

    href: str
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What is the same on every page of a site; ``links`` and ``counts`` are of the lists, by their names."""

    name: str
    description: str
    home: str
    lang: str
    dir: str
    locale: str
    nav: tuple[NavItem, ...]
    owner: Owner | None
    columns: tuple[Column, ...]
    stylesheets: tuple[str, ...]
    print: str
    preload: tuple[str, ...]
    icon: str
    feeds: tuple[Alternate, ...]
    search: str
    links: Mapping[str, str]
    counts: Mapping[str, int]
    theme: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What one page says of itself.

    ``title`` is for the browser's tab; ``section`` the menu entry it belongs to; ``css`` the class of its
    topic; ``image`` the full address of a PNG for previews; ``data`` schema.org documents to embed.
    """

    kind: str
    title: str
    description: str
    canonical: str
    section: str = ""
    css: str = "t-none"
    sign: Sign | None = None
    crumbs: tuple[Link, ...] = ()
    robots: str = ""
    image: str = ""
    image_alt: str = ""
    alternates: tuple[Alternate, ...] = ()
    tags: tuple[str, ...] = ()
    data: tuple[Mapping[str, Any], ...] = ()


def site_frame(scope: Scope) -> SiteFrame:
    """Return what every page of the site has; worked out once for a site."""
    return scope.site.once(_site_frame)


@once
def _site_frame(site: Site) -> SiteFrame:
    scope = scope_of(site)
    words = scope.words
    return SiteFrame(
        name=site.config.name,
        description=site.config.description,
        home=href(scope, "home"),
        lang=words.tag,
        dir=words.direction,
        locale=words.opengraph,
        nav=_nav(scope),
        owner=_owner(scope),
        columns=tuple(column for column in _columns(scope) if column.links),
        stylesheets=(*_assets(scope, "stylesheets"), *_found(site.path("topics-css"))),
        print=next(iter(_assets(scope, "print")), ""),
        preload=_assets(scope, "fonts"),
        icon=next(iter(_assets(scope, "icon")), ""),
        feeds=_feeds(scope),
        search=site.path("search") or "",
        links={subject: href(scope, subject) for subject in LISTS},
        counts={section: len(site.catalogue.listed(kind)) for section, kind in SECTIONS},
        theme=site.theme.settings,
    )


def section_name(scope: Scope, section: str) -> str:
    """Return what a list of records is called in the menu."""
    say = scope.words.say
    return {
        "courses": say("Courses"),
        "badges": say("Badges"),
        "pathways": say("Pathways"),
        "skills": say("Skills"),
        "issuers": say("Issuers"),
        "topics": say("Topics"),
        "catalogue": say("Courses and badges"),
    }[section]


def list_link(scope: Scope, section: str) -> Link:
    """Return a list of records as a link."""
    return Link(section_name(scope, section), href(scope, section))


def _nav(scope: Scope) -> tuple[NavItem, ...]:
    catalogue = scope.site.catalogue
    items = [
        NavItem(section, section_name(scope, section), href(scope, section))
        for section, kind in SECTIONS[:4]
        if catalogue.listed(kind)
    ]
    items += [NavItem(page.key, page.name, href(scope, page.key)) for page in _pages(scope, "main")]
    return tuple(item for item in items if item.href)


def _pages(scope: Scope, menu: str) -> list[Any]:
    pages = [page for page in scope.site.catalogue.listed("page") if page.menu == menu]
    return sorted(pages, key=lambda page: (page.order, page.name.casefold(), page.key))


def _owner(scope: Scope) -> Owner | None:
    site = scope.site
    issuers = site.catalogue.listed("issuer")
    record: Any = site.catalogue.get(f"issuer:{site.config.owner}")
    if record is None and len(issuers) == 1:
        record = issuers[0]
    if record is None:
        return None
    standing = record.accreditation[0] if record.accreditation else None
    return Owner(
        name=record.name,
        href=href(scope, record.key),
        mark=mark(record),
        logo=logo(scope, record),
        standing=", ".join(part for part in (standing.name, standing.identifier) if part) if standing else "",
        address=address_lines(record),
        email=record.email,
        telephone=record.telephone or "",
    )


def logo(scope: Scope, issuer: Any) -> Plate | None:
    """Return an issuer's logo, or None where it has none."""
    src = scope.site.path(issuer.key, "images", "image")
    picture = scope.site.picture_of(issuer)
    if not (src and picture):
        return None
    size = picture.facts
    return Plate(src, "", "t-none", "", size.width or 400, size.height or 400)


def address_lines(issuer: Any) -> tuple[str, ...]:
    """Return a postal address as the lines of an envelope, without the country."""
    place = issuer.address
    if place is None:
        return ()
    town = " ".join(part for part in (place.addressLocality, place.addressRegion, place.postalCode) if part)
    return tuple(line for line in (place.streetAddress, town) if line)


def _columns(scope: Scope) -> tuple[Column, ...]:
    say, catalogue = scope.words.say, scope.site.catalogue
    both = [section for section, kind in SECTIONS[:2] if catalogue.listed(kind)]
    find = [list_link(scope, section) for section in (both if len(both) < 2 else ["catalogue"])]
    find += [list_link(scope, section) for section, kind in SECTIONS[2:] if catalogue.listed(kind)]
    if on_topics(scope.site):
        find.append(list_link(scope, "topics"))
    about = [link(scope, page) for page in [*_pages(scope, "main"), *_pages(scope, "footer")]]
    data = [Link(alternate.title, alternate.href) for alternate in _feeds(scope)]
    return (
        Column(say("Find"), tuple(item for item in find if item.href)),
        Column(say("About"), tuple(item for item in about if item.href)),
        Column(say("Data"), tuple(data)),
    )


def on_topics(site: Site) -> bool:
    """Say whether anything in the catalogue is on one of the site's topics."""
    listed = site.catalogue.listed
    return any(len(listed(kind, topic.id)) for topic in site.config.topics for kind in ("course", "badge", "pathway"))


def _feeds(scope: Scope) -> tuple[Alternate, ...]:
    site, say = scope.site, scope.words.say
    # A feed without an item is there for those who know its address; nobody is sent to it.
    news = any_items(site)
    rows = (
        (news and site.path("feed", "feeds", "atom"), "application/atom+xml", say("News feed")),
        (news and site.path("feed", "feeds", "json"), "application/feed+json", say("News as JSON")),
        (site.path("catalogue", "catalogue"), "application/json", say("Whole catalogue as JSON")),
    )
    return tuple(Alternate(path, media, title) for path, media, title in rows if path)


def _assets(scope: Scope, setting: str) -> tuple[str, ...]:
    """The addresses of the static files that a setting of theme.yaml names, one or a list."""
    value = scope.site.theme.settings.get(setting) or ()
    names = (value,) if isinstance(value, str) else tuple(value)
    return tuple(path for name in names for path in _found(scope.site.path(f"asset:{name}", "files")))


def _found(path: str | None) -> tuple[str, ...]:
    return (path,) if path else ()
