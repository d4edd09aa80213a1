"""From a route to its template and what the template is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.core import i18n
from sitegen.core.output import Route
from sitegen.formats import schemaorg
from sitegen.formats.html import badge, course, home, issuer, lists, pathway, skill
from sitegen.formats.html.frame import Alternate, PageFrame, list_link, section_name
from sitegen.formats.html.groups import listed_on
from sitegen.formats.html.scope import (
    Link,
    Plate,
    Scope,
    Sign,
    href,
    lang,
    link,
    one_line,
    picture,
    prose,
    sign,
    topic_css,
)

SECTION_OF = {
    "badge": "badges",
    "course": "courses",
    "pathway": "pathways",
    "issuer": "issuers",
    "skill": "skills",
    "framework": "skills",
}
RECORD_VIEWS: Mapping[str, Callable[[Scope, Any], Any]] = {
    "badge": badge.view,
    "course": course.view,
    "pathway": pathway.view,
    "issuer": issuer.view,
    "skill": skill.view,
    "framework": skill.framework_view,
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is made from: a template, what it is called in error messages, and what it is given."""

    template: str
    about: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """That a record has left the catalogue, and what stands in its place."""

    title: str
    text: str
    newer: Link | None


@dataclass(frozen=True, slots=True)
class TextView:
    """A page of text."""

    key: str
    name: str
    lang: str
    description: str
    body: str
    contents: tuple[Link, ...]
    picture: Plate | None
    updated: str


def page(route: Route, scope: Scope) -> Page:
    """Return what the page of a route is made from."""
    record = scope.site.catalogue.get(route.subject)
    if record is not None:
        return _record_page(scope, record)
    if route.subject.startswith("topic:"):
        return _topic_page(scope, route.subject.partition(":")[2])
    return _site_page(scope, route.subject)


def _record_page(scope: Scope, record: Any) -> Page:
    about = f"{record.kind} '{record.name}' ({record.path})"
    if record.kind == "page":
        return Page("page/page.html", about, {"page": _text_frame(scope, record), "text": _text(scope, record)})
    view = RECORD_VIEWS[record.kind](scope, record)
    values = {"page": _record_frame(scope, record), record.kind: view, "notice": _notice(scope, record)}
    return Page(f"page/{record.kind}.html", about, values)


def _record_frame(scope: Scope, record: Any) -> PageFrame:
    section = SECTION_OF[record.kind]
    shown = sign(scope, record.topic)
    crumbs = [*([Link(shown.name, shown.href)] if shown else []), list_link(scope, section)]
    if record.kind == "skill":
        framework = scope.site.catalogue.get(f"framework:{record.framework}")
        crumbs += [link(scope, framework)] if framework else []
    image = _preview(scope, record)
    return _frame(
        scope,
        record.kind,
        record.key,
        record.name,
        one_line(record.description),
        section=section,
        css=topic_css(scope, record),
        sign=shown,
        crumbs=(*crumbs, Link(record.name)),
        robots="noindex" if record.retired else "",
        image=image,
        image_alt=record.image.caption if image and getattr(record, "image", None) else "",
        alternates=_alternates(scope, record),
        tags=tuple(getattr(record, "tag", ())),
        data=schemaorg.blocks(record, scope.site),
    )


def _text_frame(scope: Scope, record: Any) -> PageFrame:
    return _frame(
        scope,
        "page",
        record.key,
        record.name,
        one_line(record.description),
        section=record.key,
        crumbs=(Link(record.name),),
        robots="noindex" if record.retired else "",
        image=_preview(scope, record),
        tags=record.tag,
        data=schemaorg.blocks(record, scope.site),
    )


def _text(scope: Scope, record: Any) -> TextView:
    written = prose(scope, record, 2)
    updated = record.dateModified or record.datePublished
    return TextView(
        key=record.key,
        name=record.name,
        lang=lang(scope, record),
        description=record.description,
        body=written.html,
        contents=tuple(Link(one.text, f"#{one.id}") for one in written.headings if one.level == 2 and one.id),
        picture=picture(scope, record),
        updated=i18n.day(scope.words, updated) if updated else "",
    )


def _frame(scope: Scope, kind: str, subject: str, name: str, description: str, **more: Any) -> PageFrame:
    site = scope.site
    crumbs = more.pop("crumbs", ())
    data = [*more.pop("data", ())]
    if len(crumbs) > 1:
        trail = [(site.config.name, href(scope, "home")), *((c.text, c.href) for c in crumbs[:-1])]
        trail.append((name, href(scope, subject)))
        data.append(schemaorg.breadcrumbs([(text, address) for text, address in trail if address], site))
    robots = "noindex" if not site.config.robots else more.pop("robots", "")
    more.pop("robots", None)
    title = site.config.name if subject == "home" else f"{name} | {site.config.name}"
    return PageFrame(
        kind=kind,
        title=title,
        description=description,
        canonical=site.url(subject) or "",
        crumbs=crumbs,
        robots=robots,
        data=tuple(data),
        **more,
    )


def _alternates(scope: Scope, record: Any) -> tuple[Alternate, ...]:
    site, say = scope.site, scope.words.say
    rows = (
        ("openbadges3", "", "Open Badges 3.0"),
        ("openbadges2", "", "Open Badges 2.0"),
        ("catalogue", "badges", say("All badges as JSON")),
    )
    found = [
        (site.route(form, record.key, role), site.path(record.key, form, role), title) for form, role, title in rows
    ]
    return tuple(Alternate(path, route.media_type, title) for route, path, title in found if route and path)


def _preview(scope: Scope, record: Any) -> str:
    """The full address of a PNG for previews elsewhere: the record's own, or that of a badge it leads to."""
    site = scope.site
    keys = [record.key, *(f"badge:{badge}" for badge in getattr(record, "awards", ()))]
    end = getattr(record, "destination", None)
    if end and end.badge:
        keys.append(f"badge:{end.badge}")
    for key in keys:
        route = site.route("images", key, "image")
        if route and route.media_type == "image/png":
            return site.url(key, "images", "image") or ""
    return ""


def _notice(scope: Scope, record: Any) -> Notice | None:
    if not record.retired and record.status != "paused":
        return None
    say = scope.words.say
    newer = scope.site.catalogue.newer(record.key) if record.kind == "badge" else None
    titles = {
        "deprecated": say("No longer offered"),
        "superseded": say("Replaced by a newer edition"),
        "archived": say("Kept for the record"),
        "paused": say("Paused for now"),
    }
    if record.status == "paused":
        text = say("It cannot be started at the moment. What was awarded stays valid.")
    elif record.kind == "badge":
        text = say("It is not awarded any more. Badges that people hold stay as they are, and this page stays here.")
    else:
        text = say("It has left the catalogue. This page stays, so that links to it still work.")
    return Notice(titles[record.status], text, link(scope, newer) if newer else None)


def _topic_page(scope: Scope, topic_id: str) -> Page:
    view = lists.topic_view(scope, topic_id)
    shown: Sign = view.sign
    records = [r for kind in ("course", "badge") for r in listed_on(scope.site.catalogue, kind, topic_id)]
    frame = _frame(
        scope,
        "topic",
        f"topic:{topic_id}",
        shown.name,
        shown.description or scope.words.say("Courses and badges on %(topic)s.", topic=shown.name),
        section="topics",
        css=shown.css,
        sign=shown,
        crumbs=(list_link(scope, "topics"), Link(shown.name)),
        data=(schemaorg.listing(records, scope.site),) if records else (),
    )
    return Page("page/topic.html", f"the page of the topic '{shown.name}'", {"page": frame, "topic": view})


def _site_page(scope: Scope, subject: str) -> Page:
    site, say = scope.site, scope.words.say
    if subject == "home":
        frame = _frame(
            scope, "home", "home", site.config.name, site.config.description, data=(schemaorg.website(site),)
        )
        return Page("page/home.html", "the home page", {"page": frame, "home": home.view(scope)})
    if subject == "not-found":
        frame = _frame(
            scope, "not-found", subject, say("Page not found"), say("There is no page here."), robots="noindex"
        )
        return Page("page/not-found.html", "the page for addresses that are not there", {"page": frame})
    name = section_name(scope, subject)
    records = [record for kind in LISTED[subject] for record in site.catalogue.listed(kind)]
    frame = _frame(
        scope,
        "list",
        subject,
        name,
        say("%(what)s of %(site)s.", what=name, site=site.config.name),
        section=subject,
        crumbs=(Link(name),),
        data=(schemaorg.listing(records, site),) if records else (),
    )
    return Page(f"page/{subject}.html", f"the list of {subject}", {"page": frame, "list": LISTS[subject](scope)})


def _catalogue(scope: Scope) -> lists.GroupsView:
    listed = scope.site.catalogue.listed
    return lists.groups(scope, section_name(scope, "catalogue"), listed("course"), listed("badge"))


def _badges(scope: Scope) -> lists.GroupsView:
    return lists.groups(scope, section_name(scope, "badges"), (), scope.site.catalogue.listed("badge"))


def _courses(scope: Scope) -> lists.GroupsView:
    return lists.groups(scope, section_name(scope, "courses"), scope.site.catalogue.listed("course"), ())


LISTED: Mapping[str, tuple[str, ...]] = {
    "catalogue": ("course", "badge"),
    "badges": ("badge",),
    "courses": ("course",),
    "pathways": ("pathway",),
    "skills": ("skill",),
    "issuers": ("issuer",),
    "topics": (),
}
LISTS: Mapping[str, Callable[[Scope], Any]] = {
    "catalogue": _catalogue,
    "badges": _badges,
    "courses": _courses,
    "pathways": lists.pathway_lines,
    "skills": lists.framework_groups,
    "issuers": lists.issuer_lines,
    "topics": lists.topic_lines,
}
"""The pages of lists, with the kinds of record on each."""

TEMPLATES = frozenset(f"page/{name}.html" for name in (*RECORD_VIEWS, *LISTS, "page", "topic", "home", "not-found"))
"""The templates that pages are made from."""
