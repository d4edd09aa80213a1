from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

import pytest

from sitegen.core.links import absolute, joined, resolver, written_links
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


FRAMEWORK = """\
name: Kitchen skills
description: What kitchens ask for.
skills:
  - {id: control-hazards, name: Control hazards, statement: Set a control for each hazard}
"""


def large_site() -> Site:
    """A site with a file whose id is not its name, and a file that holds several records."""
    linked, found = catalogue(
        {
            "badges/old-name.md": badge(id="new-name"),
            "badges/new-name-2.md": badge(),
            "frameworks/kitchen.yaml": FRAMEWORK,
            "courses/c.md": course(),
        }
    )
    assert found == []
    urls = {
        "badge:new-name": "/badges/new-name/",
        "framework:kitchen": "/frameworks/kitchen/",
        "skill:control-hazards": "/skills/control-hazards/",
        "topic:food": "/topics/food/",
    }
    return replace(
        Site(config(), linked), urls={("html", k, ""): Route(u, "html", k, "text/html") for k, u in urls.items()}
    )


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("../badges/old-name.md", "/badges/new-name/"),
        ("./../badges/../badges/old-name.md#x", "/badges/new-name/#x"),
        ("../frameworks/kitchen.yaml", "/frameworks/kitchen/"),
        ("skill:control-hazards", "/skills/control-hazards/"),
        ("topic:food?x", "/topics/food/?x"),
        # A record that the site has no page for, a file above the site, and words that are no reference.
        ("../badges/new-name-2.md", "../badges/new-name-2.md"),
        ("../../../../etc/passwd.md", "../../../../etc/passwd.md"),
        ("new-name", "new-name"),
        ("Badge:new-name", "Badge:new-name"),
        ("badge:", "badge:"),
    ],
)
def test_a_content_file_leads_to_the_page_of_the_record_in_it(written: str, leads_to: str) -> None:
    made = large_site()
    assert resolver(made, made.catalogue.get("course:c"))(written) == leads_to


def test_a_text_without_a_record_knows_references_and_no_files() -> None:
    resolve = resolver(large_site())
    assert resolve("badge:new-name") == "/badges/new-name/"
    assert resolve("old-name.md") == "old-name.md"


def test_every_address_is_found_where_its_author_wrote_it() -> None:
    text = (
        "[a](/a/) [b](</b/> 'T') ![c]( c.png \"T\") [d][r] <https://e.example/>\n"
        "[r]: ../f.md 'T'\n[^1]: g\n<a class=x href='/h/'>h</a> <img src=\"/i.png\"> (j) [k] https://l.example\n"
    )
    found = list(written_links(text))
    assert [address for _, address in found] == [
        "/a/", "/b/", "c.png", "https://e.example/", "../f.md", "/h/", "/i.png",
    ]  # fmt: skip
    assert all(text[at:].startswith(address) for at, address in found)


@pytest.mark.parametrize("base_url", ["https://x.example", "https://x.example/cat", "HTTPS://X.example:8443/a/b"])
@pytest.mark.parametrize(
    "address",
    ["/", "/a/", "/a/b.c/", "/a%20b/", "/a/../b/", "/./a/", "/a//b/", "//other.example/", "/a?x=1#y", "#y", "", "a/b"],
)
def test_an_address_is_joined_to_the_base_as_browsers_join_it(base_url: str, address: str) -> None:
    assert joined(base_url, address) == urljoin(base_url, address)
