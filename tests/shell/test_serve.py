"""The preview as a process: what it answers, what it refuses, and how it begins and ends."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClientConnection

from sitegen.formats.hosting.rules import PAGE_POLICY
from sitegen.shell.serve.server import claim
from tests.served.previews import PATIENCE, SMALL, Running, answer, closed, connected, preview, report, until
from tests.shell.obedient import is_there

HANDSHAKE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec_WebSocket_Version": "13",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with preview(tmp_path_factory.mktemp("serve")) as running:
        yield running


def test_a_saved_file_is_noticed_built_and_told(served: Running) -> None:
    """The smoke test of watching: an update of livereload, tornado, watchfiles or click that ends it fails here."""

    async def follow() -> None:
        page = served.site / "content/pages/about.md"
        good = page.read_text()
        told = await connected(served, "/about/")
        assert not (await answer(told))["failing"]
        for text, failing in ((good.replace("a test", "saved"), False), ("---\nwrong: 1\n---\n", True), (good, False)):
            page.write_text(text)
            while True:
                assert (await answer(told))["command"] == "built"
                await report(told, served, "/about/")
                state = await answer(told)
                if state["failing"] is failing and (failing or text.splitlines()[-1] in about(served)):
                    break
            if failing:
                assert "This is saved." in about(served), "the last good page stays"
                (fault,) = (fault for fault in state["faults"] if fault["code"] == "unknown-field")
                assert (fault["path"], fault["line"], fault["column"]) == ("content/pages/about.md", 2, 1)
                assert fault["excerpt"][1] == {"number": 2, "before": "", "marked": "wrong", "after": ": 1"}
        await closed(told)

    asyncio.run(asyncio.wait_for(follow(), PATIENCE * 3))


def about(running: Running) -> str:
    return running.get("/about/")[2].decode()


def test_pages_carry_the_script_and_json_is_json_ld(served: Running) -> None:
    status, headers, body = served.get("/badges/open-day/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body.count(b'<script src="/livereload.js"') == 1
    assert headers["content-security-policy"] == PAGE_POLICY, "as strict as in public"
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")
    status, headers, body = served.get("/badges/open-day/badge.json")
    assert headers["content-type"] == "application/ld+json"
    assert headers["access-control-allow-origin"] == "*"
    assert json.loads(body)["id"] == f"{served.url}/badges/open-day/badge.json"


@pytest.mark.parametrize("path", ["/", "/badges/open-day/badge.json", "/nothing/", "/badges"])
def test_head_says_what_get_says_and_sends_nothing(served: Running, path: str) -> None:
    status, headers, body = served.get(path)
    headers.pop("date")
    assert int(headers["content-length"]) == len(body)
    again, same, nothing = served.get(path, method="HEAD")
    same.pop("date")
    assert (again, same, nothing) == (status, headers, b"")


@pytest.mark.parametrize("path", ["/", "/badges/open-day/badge.json"])
def test_a_part_of_a_file_can_be_asked_for(served: Running, path: str) -> None:
    whole = served.get(path)[2]
    status, headers, part = served.get(path, Range="bytes=10-19")
    assert (status, part) == (206, whole[10:20])
    assert headers["content-range"] == f"bytes 10-19/{len(whole)}"
    assert served.get(path, Range="bytes=-5")[2] == whole[-5:]
    assert served.get(path, Range=f"bytes={len(whole)}-")[0] == 416


def test_a_folder_without_its_slash_leads_to_the_folder(served: Running) -> None:
    status, headers, _ = served.get("/badges?from=mail")
    assert (status, headers["location"]) == (301, "/badges/?from=mail")
    assert headers["cache-control"] == "no-store"


def test_a_page_that_is_not_there_looks_as_it_will_in_public(served: Running) -> None:
    status, headers, body = served.get("/nothing/")
    assert status == 404
    assert b"<main" in body
    assert b"/livereload.js" in body, "it appears by itself when it is written"
    assert headers["content-security-policy"] == PAGE_POLICY


@pytest.mark.parametrize("path", ["/", "/nothing", "/livereload.js", "/livereload.css", "/livereload", "/feed.xml"])
def test_strangers_get_403_and_not_a_word_of_the_site(served: Running, path: str) -> None:
    for headers in ({"host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        status, answered, body = served.get(path, **headers)
        assert status == 403
        assert "access-control-allow-origin" not in answered
        assert b"Small" not in body
        assert len(body) < 200


def test_a_socket_is_for_pages_of_this_very_server(served: Running) -> None:
    assert served.get("/livereload", host="evil.example", **HANDSHAKE)[0] == 403
    for origin in ("https://evil.example", "http://localhost:1", "null", f"https://evil.example:{served.port}"):
        assert served.get("/livereload", Origin=origin, **HANDSHAKE)[0] == 403

    async def refused() -> None:
        with pytest.raises(HTTPClientError, match="403"):
            await connected(served, origin="https://evil.example")

    asyncio.run(refused())


@pytest.mark.parametrize("message", ["", "{", "[]", "1", '{"command": 1}', '{"command": "info", "page": 1, "url": []}'])
def test_nonsense_on_the_socket_does_no_harm(served: Running, message: str) -> None:
    async def send() -> None:
        told = await connected(served)
        assert (await answer(told))["verdict"] == "reload"
        await told.write_message(message)
        await report(told, served)
        assert (await answer(told))["command"] == "state"
        await closed(told)

    asyncio.run(asyncio.wait_for(send(), PATIENCE))
    assert "Traceback" not in served.said


@pytest.mark.parametrize("path", ["/../sitegen.yaml", "/%2e%2e/sitegen.yaml", "/..%2fsitegen.yaml", "/forcereload"])
def test_nothing_but_the_site_is_served(served: Running, path: str) -> None:
    assert served.get(path)[0] in (403, 404)


def test_only_reading_is_allowed(served: Running) -> None:
    assert served.get("/", method="POST")[0] in (403, 405)
    assert served.get("/livereload.js", method="DELETE")[0] in (403, 405)


def test_a_busy_port_is_passed_over_and_said(served: Running, tmp_path: Path) -> None:
    with preview(tmp_path, "--port", str(served.port), ready=False) as other:
        assert other.port > served.port
        assert f"Port {served.port} is busy, so it is {other.port}." in other.said


def test_it_is_for_this_computer_alone_unless_told_and_says_so(served: Running, tmp_path: Path) -> None:
    assert "Warning" not in served.said
    with preview(tmp_path, "--host", "0.0.0.0", "--drafts", ready=False) as other:
        other.until(lambda: "everybody who can reach this computer" in other.said)
        assert "with its drafts" in other.said
        assert other.get("/", host=f"192.168.1.7:{other.port}")[0] in (200, 503)
        assert other.get("/", host="evil.example")[0] == 403


@pytest.mark.parametrize("host", ["no-such-host.invalid", "203.0.113.1"])
def test_a_host_that_is_not_here_is_refused(host: str) -> None:
    found = claim(host, 8700)
    assert isinstance(found, OSError)
    assert found.strerror


def test_when_every_port_is_taken_that_is_said() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        place = claim("127.0.0.1", taken)
        assert not isinstance(place, OSError)
        assert taken < place.port
        for each in place.sockets:
            each.close()


@pytest.mark.parametrize(("stop", "building"), [("INT", True), ("TERM", True), ("HUP", True), ("INT", False)])
def test_it_ends_at_once_even_in_the_midst_of_a_build(tmp_path: Path, stop: str, building: bool) -> None:
    site = with_own(tmp_path, SLOW if building else SLOW.replace("3600", "0"))
    with preview(tmp_path, ready=False) as running:
        running.until(lambda: (site / "own/worker").exists() and (site / "own/worker").read_text())
        if not building:
            running.until(lambda: running.builds)
        numbers = [int((site / "own" / name).read_text()) for name in ("builder", "worker")]
        running.process.send_signal(getattr(signal, f"SIG{stop}"))
        began = time.monotonic()
        assert running.process.wait(PATIENCE) == 0
        assert time.monotonic() - began < 30
        assert "Traceback" not in running.said
    until(lambda: not any(is_there(number) for number in numbers))


def with_own(folder: Path, source: str) -> Path:
    """Make a site with a format of its own; return its folder."""
    site = folder / "site"
    (site / "own").mkdir(parents=True)
    (site / "content").mkdir()
    (site / "own/format.py").write_text(source)
    (site / "sitegen.yaml").write_text(
        "name: Own\ndescription: A test.\nbase_url: https://own.example\nformats: [own.format]\n"
    )
    return site


SLOW = """\
import os, time
from pathlib import Path
from sitegen.core.output import Format

def routes(site):
    worker = os.fork()
    while not worker:
        time.sleep(3600)
    for name, number in ("builder", os.getpid()), ("worker", worker):
        Path(__file__).with_name(name).write_text(str(number))
    time.sleep(3600)
    return ()

FORMAT = Format("slow", "Takes for ever.", routes, lambda route, site: (b"", ()))
"""

OWN = """\
import os
from pathlib import Path
from sitegen.core.output import Format, Route

def routes(site):
    return (Route("/own.txt", "own", "site", "text/plain"),)

def render(route, site):
    if Path(__file__).with_name("die").exists():
        os.kill(os.getpid(), 9)
    return b"first", ()

FORMAT = Format("own", "Says something.", routes, render)
"""


def test_the_sites_own_code_is_loaded_anew_when_it_is_edited(tmp_path: Path) -> None:
    file = with_own(tmp_path, OWN) / "own/format.py"
    with preview(tmp_path) as running:
        for text, shown in ((OWN.replace("first", "again"), b"again"), ("def routes(:", b"again"), (OWN, b"first")):
            file.write_text(text)
            running.until(lambda wanted=shown: running.get("/own.txt")[2] == wanted)
            if text == "def routes(:":
                running.until(lambda: "broken-extension" in running.said)


def test_a_build_whose_process_dies_is_told_over_the_page_and_the_next_save_builds(tmp_path: Path) -> None:
    site = with_own(tmp_path, OWN)
    with preview(tmp_path) as running:
        settled(running)

        async def follow() -> None:
            told = await connected(running)
            assert not (await answer(told))["failing"]
            (site / "own/die").touch()
            (site / "own/format.py").write_text(OWN.replace("first", "dying"))
            while not (state := await next_state(told, running))["failing"]:
                pass
            (fault,) = state["faults"]
            assert fault["message"] == "the process that builds the site was ended by the system (signal 9)"
            assert "save a file" in fault["hint"]
            assert running.get("/own.txt")[2] == b"first", "the last good one stays"
            (site / "own/die").unlink()
            while (await next_state(told, running))["failing"]:
                pass
            assert running.get("/own.txt")[2] == b"dying"
            await closed(told)

        asyncio.run(asyncio.wait_for(follow(), PATIENCE * 3))


def settled(running: Running) -> None:
    """Wait until the folder with the site's own code is watched, which is known after a build: a second one."""
    running.until(lambda: running.builds > 1)


async def next_state(told: WebSocketClientConnection, running: Running) -> dict[str, Any]:
    """Wait for the end of a build and ask what there is to do."""
    assert (await answer(told))["command"] == "built"
    await report(told, running)
    return await answer(told)


def test_it_starts_where_there_is_no_site_yet_and_shows_it_when_there_is(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    with preview(tmp_path) as running:
        assert "there is no sitegen.yaml" in running.said
        status, _, body = running.get("/")
        assert status == 503
        assert b"/livereload.js" in body
        for path in sorted(SMALL.rglob("*")):
            target = site / path.relative_to(SMALL)
            target.mkdir(exist_ok=True) if path.is_dir() else target.write_bytes(path.read_bytes())
        running.until(lambda: running.get("/about/")[0] == 200)


def test_help_does_not_load_the_server() -> None:
    script = "import sys, sitegen.cli; sys.exit('tornado' in sys.modules or 'watchfiles' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
