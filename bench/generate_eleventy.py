"""Writes the catalogue as an Eleventy site: the same files of items, and what is no item as global data."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from bench import catalogue as c
from bench.files import THEME, write, write_items

SITE = Path(__file__).parent / "peers" / "eleventy_site"


def generate(site: Path, count: int, art: bool) -> None:
    """Write a site of ``count`` items into ``site``, which must not exist.

    ``art`` is refused: Eleventy draws no images.
    """
    if art:
        raise ValueError("eleventy cannot draw badges")
    shutil.copytree(SITE, site)
    shutil.copytree(THEME / "static", site / "static")
    content = site / "content"
    write(site / "hosting/robots.txt", f"User-agent: *\nSitemap: {c.BASE_URL}/sitemap.xml\n")
    about = {"name": c.SITE_NAME, "description": c.DESCRIPTION, "url": c.BASE_URL}
    _data(content, "site", about)
    _data(content, "topics", [topic.fields for topic in c.topics()])
    _data(content, "skills", [skill.fields for skill in c.skills()])
    _data(content, "issuers", [{"id": issuer.slug, **issuer.fields, "text": issuer.text} for issuer in c.issuers()])
    write_items(
        site / "img",
        c.items(count),
        art,
        lambda item: (content / f"{item.kind}s/{item.slug}.md", c.front_matter(item.fields) + item.text),
    )


def _data(content: Path, name: str, value: object) -> None:
    write(content / f"_data/{name}.json", json.dumps(value, indent=1) + "\n")
