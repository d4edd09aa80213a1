from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.core.links import absolute, resolver
from sitegen.core.output import Route
from sitegen.core.site import Site
from tests.making import badge, catalogue, config, course


def site(base_url: str = "https://x.example/cat") -> Site:
    linked, _ = catalogue({"badges/a.md": badge(), "courses/c.md": course()})
    routes = {
        ("html", k, ""): Route(u, "html", k, "text/html")
        for k, u in (("badge:a", "/badges/a/"), ("course:c", "/courses/c/"))
    }
    return replace(Site(config(base_url=base_url), linked), urls=routes)


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("/badges/a/", "/cat/badges/a/"),
        ("badge:a", "/cat/badges/a/"),
        ("badge:a#top", "/cat/badges/a/#top"),
        ("../badges/a.md", "/cat/badges/a/"),
        ("../badges/a.md?x=1#top", "/cat/badges/a/?x=1#top"),
        ("c.md", "/cat/courses/c/"),
        ("badge:gone", "badge:gone"),
        ("../badges/gone.md", "../badges/gone.md"),
        ("#top", "#top"),
        ("https://other.example/a.md", "https://other.example/a.md"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("//other.example/x", "//other.example/x"),
        ("", ""),
    ],
)
def test_a_link_leads_where_its_author_meant(written: str, leads_to: str) -> None:
    made = site()
    assert resolver(made, made.catalogue.get("course:c"))(written) == leads_to


def test_text_for_readers_elsewhere_has_only_full_addresses() -> None:
    made = site()
    record = made.catalogue.get("course:c")
    text = "[a](/badges/a/) [b](badge:a) [c](#part) [d](https://other.example/) [e](../badges/a.md 'T')\n\n[f]: /x/"
    assert absolute(text, record, made) == (
        "[a](https://x.example/cat/badges/a/) [b](https://x.example/cat/badges/a/) "
        "[c](https://x.example/cat/courses/c/#part) [d](https://other.example/) "
        "[e](https://x.example/cat/badges/a/ 'T')\n\n[f]: https://x.example/cat/x/"
    )
