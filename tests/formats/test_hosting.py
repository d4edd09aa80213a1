from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from sitegen.core.output import Format, Route
from sitegen.core.site import Site
from sitegen.formats import hosting
from sitegen.formats.hosting.rules import FOR_EVER, PAGE_POLICY, SHORT, cover, served
from tests.formats.planned import HTML
from tests.formats.servers import Server, apache, nginx
from tests.formats.whole import FORMATS, MISSING, body, whole
from tests.making import badge, course

CONTENT = {"badges/one.md": badge("One"), "badges/two.md": badge("Two"), "courses/one.md": course("One")}
THEME = {
    "css/site.css": b"a{}",
    "sign.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "words.json": b"{}",
    "mark.png": b"x",
    "OFL.txt": b"x",
}
STATIC = {
    "robots-are-welcome.txt": b"Do come in.",
    "a plan: 100%.pdf": b"%PDF-1.7",
    "CNAME": b"badges.example",
    ".well-known/apple-app-site-association": b"{}",
    # A name of badges' own in the badges' own folder, so that each needs a rule to itself, and a hostile one.
    "badges/\"; } #$uri'|%{x}/badge.json": b"{}",
}


def site(base_url: str = "https://badges.academy.example", **settings: Any) -> Site:
    return whole(CONTENT, theme=THEME, static=STATIC, base_url=base_url, **settings)


def rules(of: Site) -> dict[str, dict[str, str]]:
    """``_headers`` read back: the headers of each glob."""
    found: dict[str, dict[str, str]] = {}
    for block in body(of, hosting.FORMAT, "headers").decode().split("\n\n")[1:]:
        glob, *lines = block.strip().split("\n")
        found[glob] = dict(line.strip().split(": ", 1) for line in lines)
    return found


def answer(of: Site, path: str) -> dict[str, list[str]]:
    """All values that a host which adds up rules would send with a file."""
    got: dict[str, list[str]] = {}
    for glob, headers in rules(of).items():
        if fnmatchcase(path, glob):
            for name, value in headers.items():
                got.setdefault(name, []).append(value)
    return got


@pytest.mark.parametrize("base", ["", "/catalogue", "/a/b.c"])
def test_every_file_gets_each_header_once_from_the_headers_file(base: str) -> None:
    of = site(f"https://badges.academy.example{base}")
    for route in served(of):
        got = answer(of, base + quote(route.url))
        assert all(len(values) == 1 for values in got.values()), (route.url, got)
        assert got["X-Content-Type-Options"] == ["nosniff"]
        assert got["Content-Security-Policy"] == [PAGE_POLICY]
        shared = route.media_type.endswith(("json", "xml", "png"))
        assert ("Access-Control-Allow-Origin" in got) is shared, route.url
        if route.url.startswith("/assets/"):
            assert got["Cache-Control"] == [FOR_EVER]
        elif shared:
            assert got["Cache-Control"] == [SHORT]


def test_json_ld_feeds_and_schemas_are_named_as_what_they_are() -> None:
    of = site()
    assert answer(of, "/badges/one/badge.json")["Content-Type"] == ["application/ld+json"]
    assert answer(of, "/issuers/academy/profile.json")["Content-Type"] == ["application/ld+json"]
    assert answer(of, "/catalogue.schema.json")["Content-Type"] == ["application/schema+json"]
    assert answer(of, "/feed.xml")["Content-Type"] == ["application/atom+xml"]
    assert answer(of, "/.well-known/apple-app-site-association")["Content-Type"] == ["application/json"]
    assert "Content-Type" not in answer(of, "/catalogue.json"), "hosts know plain JSON by themselves"


def test_more_badges_need_no_more_rules() -> None:
    many = whole({f"badges/b{n}.md": badge(f"Badge {n}") for n in range(40)})
    assert rules(many).keys() == rules(whole({"badges/b1.md": badge()})).keys()
    assert len(rules(many)) < 20


def test_a_new_format_gets_the_right_headers_by_itself() -> None:
    def routes(of: Site) -> Iterator[Route]:
        for record in of.catalogue.of("badge"):
            yield Route(f"/badges/{record.slug}/badge.ttl", "turtle", record.key, "text/turtle; charset=utf-8")
            yield Route(f"/badges/{record.slug}/events.json", "turtle", record.key, "application/events+json", "events")

    turtle = Format("turtle", "Made up for a test.", routes, HTML.render)
    of = whole(CONTENT, formats=(*FORMATS, turtle))
    assert answer(of, "/badges/two/events.json")["Content-Type"] == ["application/events+json"]
    assert answer(of, "/badges/two/events.json")["Access-Control-Allow-Origin"] == ["*"]
    assert "text/turtle ttl;" in body(of, hosting.FORMAT, "nginx").decode()
    assert 'AddType "text/turtle; charset=utf-8" .ttl' in body(of, hosting.FORMAT, "apache").decode()


def test_a_static_file_with_a_badge_files_name_keeps_its_own_type() -> None:
    of = whole(CONTENT, static={"old/badge.json": b"{}", "badges/badge.json": b"{}"})
    assert "Content-Type" not in answer(of, "/old/badge.json")
    assert "Content-Type" not in answer(of, "/badges/badge.json")
    assert answer(of, "/badges/two/badge.json")["Content-Type"] == ["application/ld+json"]


def test_more_rules_than_a_host_reads_are_a_warning() -> None:
    names = {f"badges/x{n}/badge.json": b"{}" for n in range(120)}
    of = whole({f"badges/b{n}.md": badge(f"Badge {n}") for n in range(120)}, static=names)
    route = of.route("hosting", "headers")
    assert route
    _, faults = hosting.FORMAT.render(route, of)
    assert [fault.code for fault in faults] == ["too-many-header-rules"]
    assert "only the first 100" in faults[0].message


def test_a_file_name_cannot_smuggle_a_rule_into_the_headers_file() -> None:
    hostile = "x\n/*\n  Access-Control-Allow-Origin: evil/badge.json"
    of = whole(CONTENT, static={hostile: b"{}", "*/badge.json": b"{}"}, refused=True)
    lines = body(of, hosting.FORMAT, "headers").decode().splitlines()
    assert lines.count("/*") == 1
    assert all(re.fullmatch(r"#.*||/\S+|  [A-Z][A-Za-z-]+: \S.*", line) for line in lines)
    assert {line for line in lines if "Allow-Origin:" in line} == {"  Access-Control-Allow-Origin: *"}


def test_a_file_name_cannot_smuggle_a_line_into_a_servers_configuration() -> None:
    hostile = 'x"#>\n}\nlocation {deny all;}\nHeader set Evil yes'
    static = {f"badges/{hostile}/badge.json": b"{}", f"a.{hostile}": b"{}", hostile: b"{}"}
    of = whole(CONTENT, static=static, refused=True)
    for subject in ("nginx", "apache"):
        text = body(of, hosting.FORMAT, subject).decode()
        assert not re.search(r'x"#|deny all|Evil yes', text)
    assert r"x\x22\x23\x3e\x0a\x7d" in body(of, hosting.FORMAT, "nginx").decode(), "byte by byte, where it is needed"


def test_a_preview_tells_search_engines_to_stay_away() -> None:
    of = site(robots=False)
    assert rules(of)["/*"]["X-Robots-Tag"] == "noindex"
    assert 'X-Robots-Tag "noindex"' in body(of, hosting.FORMAT, "nginx").decode()
    assert 'X-Robots-Tag "noindex"' in body(of, hosting.FORMAT, "apache").decode()
    assert "X-Robots-Tag" not in rules(site())["/*"]


def test_without_a_page_for_missing_addresses_none_is_promised() -> None:
    of = whole(CONTENT, formats=(hosting.FORMAT,))
    assert "error_page" not in body(of, hosting.FORMAT, "nginx").decode()
    assert "ErrorDocument" not in body(of, hosting.FORMAT, "apache").decode()
    assert list(rules(of)) == ["/*"]


def test_nojekyll_is_empty() -> None:
    assert body(site(), hosting.FORMAT, "nojekyll") == b""


def test_patterns_never_match_a_file_that_wants_something_else() -> None:
    urls = ("/a.json", "/x/a.json", "/x/y/a.json", "/z/y/a.json", "/x/b.json", "/q/", "/q/a", "/A.JSON", "/.json")
    routes = [Route(url, "test", url, "application/json") for url in urls]
    wants = {"/a.json": 1, "/x/a.json": 2, "/x/y/a.json": 1, "/z/y/a.json": 2, "/q/": 3, "/A.JSON": 4, "/.json": None}
    for pattern, value in (found := cover(routes, lambda route: wants.get(route.url), "/base")):
        for url in urls:
            if fnmatchcase(f"/base{url}", pattern.glob):
                assert wants.get(url) == value, (pattern, url)
            assert bool(re.search(pattern.regex, f"/base{url}")) == fnmatchcase(f"/base{url}", pattern.glob)
    assert {url for url in urls for p, _ in found if fnmatchcase(f"/base{url}", p.glob)} == {
        url for url in urls if wants.get(url) is not None
    }


SERVERS = [
    pytest.param((nginx, ""), id="nginx, at the top"),
    pytest.param((nginx, "/catalogue"), id="nginx, below a path"),
    pytest.param((apache, ""), id="Apache, at the top"),
    pytest.param((apache, "/catalogue"), id="Apache, below a path"),
]


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    serve, base = request.param
    with serve(site(f"https://badges.academy.example{base}"), tmp_path_factory.mktemp("server")) as running:
        yield running


def test_a_server_sends_every_file_with_its_media_type(server: Server) -> None:
    for route in served(server.site):
        status, headers, _ = server.file(route)
        assert status == 200, route.url
        assert headers["Content-Type"].replace(" ", "").lower() == route.media_type.replace(" ", ""), route.url


def test_a_server_lets_other_sites_read_data_and_only_data(server: Server) -> None:
    for route in served(server.site):
        _, headers, _ = server.file(route)
        shared = route.media_type.endswith(("json", "xml", "png"))
        assert headers.get_all("Access-Control-Allow-Origin", []) == (["*"] if shared else []), route.url


def test_a_server_protects_pages_and_sniffs_nothing(server: Server) -> None:
    for route in served(server.site):
        _, headers, _ = server.file(route)
        assert headers.get_all("X-Content-Type-Options") == ["nosniff"], route.url
        assert headers.get_all("Referrer-Policy") == ["strict-origin-when-cross-origin"], route.url
        policy = headers.get_all("Content-Security-Policy", [])
        if route.media_type.startswith("text/html"):
            assert policy == [PAGE_POLICY], route.url
            assert "geolocation=()" in headers["Permissions-Policy"]
        elif route.media_type == "image/svg+xml":
            assert policy == ["default-src 'none'; style-src 'unsafe-inline'; sandbox"], route.url
        else:
            assert not policy, route.url


def test_a_server_keeps_theme_files_for_ever_and_data_for_minutes(server: Server) -> None:
    for route in served(server.site):
        _, headers, _ = server.file(route)
        kept = headers.get_all("Cache-Control")
        if route.url.startswith("/assets/"):
            assert kept == [FOR_EVER], route.url
        elif route.media_type.endswith(("json", "xml", "png")):
            assert kept == [SHORT], route.url
        else:
            assert kept == ["no-cache"], route.url


def test_a_server_answers_a_missing_address_with_the_sites_own_page(server: Server) -> None:
    base = server.site.config.base_path
    for path in ("/nowhere/", "/badges/nobody/badge.json", "/assets/000000000000/gone.css"):
        status, headers, content = server.get(base + path)
        assert (status, content) == (404, b"This is /404.html\n"), path
        assert headers["Content-Type"].startswith("text/html"), path
        assert headers["Content-Security-Policy"] == PAGE_POLICY, path
        assert "immutable" not in headers.get("Cache-Control", ""), "a missing file must not be remembered for a year"


@pytest.mark.parametrize("server", SERVERS[:2], indirect=True)
def test_nginx_sends_a_folder_without_its_slash_to_the_right_host(server: Server) -> None:
    base = server.site.config.base_path
    status, headers, _ = server.get(f"{base}/badges/one")
    assert (status, headers["Location"]) == (301, f"{base}/badges/one/")


@pytest.mark.parametrize("server", SERVERS[1:2], indirect=True)
def test_nginx_leaves_the_rest_of_its_server_alone(server: Server) -> None:
    status, headers, content = server.get("/elsewhere")
    assert status == 404
    assert b"This is" not in content
    assert "Content-Security-Policy" not in headers


def test_nginx_has_no_missing_file_remembered_even_without_a_page_for_it(tmp_path: Path) -> None:
    formats = tuple(format_ for format_ in FORMATS if format_ is not MISSING)
    with nginx(whole(CONTENT, theme=THEME, formats=formats), tmp_path) as server:
        for path in ("/assets/000000000000/gone.css", "/assets/000000000000/gone.png", "/gone.png"):
            status, headers, _ = server.get(path)
            assert (status, headers["Cache-Control"]) == (404, None), path
            assert headers["X-Content-Type-Options"] == "nosniff", path
