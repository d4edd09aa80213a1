from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.formats.hosting.rules import common, served
from sitegen.shell.serve.headers import headers
from tests.formats.servers import nginx
from tests.formats.whole import whole
from tests.making import badge

THEME = {"css/site.css": b"a{}", "sign.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.woff2": b"x"}
RULED = {
    "Content-Type",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Robots-Tag",
    "Content-Security-Policy",
    "Permissions-Policy",
    "Access-Control-Allow-Origin",
}


@pytest.mark.parametrize("robots", [True, False])
def test_the_preview_sends_what_nginx_sends_under_the_same_rules(tmp_path: Path, robots: bool) -> None:
    site = whole({"badges/one.md": badge("One")}, theme=THEME, static={"a.pdf": b"x", "b.xml": b"<a/>"}, robots=robots)
    with nginx(site, tmp_path) as server:
        for route in served(site):
            status, public, _ = server.file(route)
            assert status == 200, route.url
            ours = headers(route.media_type, common(site))
            # nginx gives a page's policy to whatever is not said to be otherwise; it means something for pages only.
            if "Content-Security-Policy" not in ours:
                del public["Content-Security-Policy"], public["Permissions-Policy"]
            differ = {name for name in RULED if ours.get(name) != public[name]}
            assert not differ, (route.url, {name: (ours.get(name), public[name]) for name in differ})


def test_nothing_is_kept_by_a_browser() -> None:
    assert {headers(media, {})["Cache-Control"] for media in ("text/html", "image/png", "text/css")} == {"no-store"}
