"""Writes the catalogue as a Hugo site: the same text and facts, with taxonomies where Hugo is fastest with them."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench import catalogue as c
from bench.files import THEME, write, write_items

LAYOUTS = Path(__file__).parent / "peers" / "hugo_site"
RENAMED = {"name": "title", "tag": "tags", "datePublished": "date", "url": "website"}
TERMS = {"topic": "topics", "issuer": "issuers", "provider": "issuers"}


def generate(site: Path, count: int, art: bool) -> None:
    """Write a site of ``count`` items into ``site``, which must not exist.

    ``art`` is refused: Hugo draws no images.
    """
    if art:
        raise ValueError("hugo cannot draw badges")
    shutil.copytree(LAYOUTS, site)
    shutil.copytree(THEME / "static", site / "static")
    content = site / "content"
    _page(content / "_index.md", {"title": c.SITE_NAME, "description": c.DESCRIPTION})
    _page(content / "badges/_index.md", {"title": "Badges", "cascade": _outputs("page", "badge", "achievement")})
    _page(content / "courses/_index.md", {"title": "Courses"})
    _page(content / "catalogue.md", {"title": "Courses and badges", "type": "catalogue"})
    _page(content / "frameworks/_index.md", {"title": "Frameworks", "build": {"render": "never"}})
    framework: c.Fields = {
        "title": "Bench skills",
        "description": "The skills that the badges of this catalogue certify.",
    }
    _page(content / "frameworks/bench-skills.md", framework)
    for folder, entries in (("topics", c.topics()), ("skills", c.skills()), ("issuers", c.issuers())):
        head: c.Fields = {"title": folder.capitalize()}
        if folder == "issuers":
            head["cascade"] = _outputs("term", "badges", "issuer", "profile")
        _page(content / folder / "_index.md", head)
        for entry in entries:
            _page(content / folder / entry.slug / "_index.md", front(entry.fields), entry.text)
    write_items(
        site / "assets/img",
        c.items(count),
        art,
        lambda item: (content / f"{item.kind}s/{item.slug}.md", c.front_matter(front(item.fields)) + item.text),
    )


def front(fields: c.Fields) -> c.Fields:
    """Return ``fields`` under the names by which Hugo knows them."""
    made: c.Fields = {}
    for key, value in fields.items():
        if key in TERMS:
            made[TERMS[key]] = [value]
        elif key == "skill":
            made["skills"] = value
        elif key not in ("id", "hue"):
            made[RENAMED.get(key, key)] = value
    return made


def _outputs(kind: str, *formats: str) -> c.Value:
    return [{"target": {"kind": kind}, "outputs": ["html", *formats]}]


def _page(path: Path, fields: c.Fields, text: str = "") -> None:
    write(path, c.front_matter(fields) + text)
