from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.shell.serve import allowed_host, free_port

SMALL = Path(__file__).parent.parent / "sites" / "small"


@pytest.mark.parametrize(
    ("header", "answered"),
    [
        ("localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("LOCALHOST", True),
        ("evil.example", False),
        ("localhost.evil.example:8000", False),
        ("127.0.0.1.evil.example", False),
        ("", False),
    ],
)
def test_only_names_of_this_computer_are_answered(header: str, answered: bool) -> None:
    assert allowed_host(header, "127.0.0.1") is answered


def test_a_busy_port_is_passed_over() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        chosen = free_port("127.0.0.1", taken)
    assert chosen is not None
    assert chosen > taken


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    site = tmp_path_factory.mktemp("serve") / "site"
    shutil.copytree(SMALL, site)
    port = free_port("127.0.0.1", 8600)
    assert port is not None
    command = [sys.executable, "-m", "sitegen", "serve", "--site", str(site), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        wait_for(port)
        yield site, port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=10)


def wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


def get(port: int, path: str, host: str = "", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}", **headers})
    response = connection.getresponse()
    found = {name.lower(): value for name, value in response.getheaders()}
    body = response.read()
    connection.close()
    return response.status, found, body


def test_pages_reload_themselves_and_json_is_json_ld(served: tuple[Path, int]) -> None:
    _, port = served
    status, headers, body = get(port, "/badges/open-day/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"/livereload.js" in body
    status, headers, body = get(port, "/badges/open-day/badge.json")
    assert headers["content-type"] == "application/ld+json"
    assert headers["access-control-allow-origin"] == "*"
    assert json.loads(body)["id"] == f"http://127.0.0.1:{port}/badges/open-day/badge.json"


def test_a_page_that_is_not_there_looks_as_it_will_in_public(served: tuple[Path, int]) -> None:
    status, _, body = get(served[1], "/nothing/")
    assert status == 404
    assert b"<main" in body


@pytest.mark.parametrize("path", ["/", "/livereload.js", "/livereload", "/badges/open-day/badge.json"])
def test_a_name_that_is_not_ours_gets_403(served: tuple[Path, int], path: str) -> None:
    assert get(served[1], path, host="evil.example")[0] == 403


def test_a_socket_from_another_origin_is_refused(served: tuple[Path, int]) -> None:
    handshake = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    assert get(served[1], "/livereload", Origin="https://evil.example", **handshake)[0] == 403


@pytest.mark.parametrize("path", ["/../sitegen.yaml", "/%2e%2e/sitegen.yaml", "/..%2fsitegen.yaml", "/forcereload"])
def test_nothing_but_the_site_is_served(served: tuple[Path, int], path: str) -> None:
    assert get(served[1], path)[0] in (403, 404)


def test_a_saved_file_is_built_and_a_fault_leaves_the_last_good_page(served: tuple[Path, int]) -> None:
    site, port = served
    page = site / "content/pages/about.md"
    good = page.read_text()
    page.write_text(good.replace("This is a test.", "This was saved."))
    assert until(lambda: b"This was saved." in get(port, "/about/")[2])
    page.write_text("---\nname: About\nmistake\n---\n")
    time.sleep(2)
    assert b"This was saved." in get(port, "/about/")[2]
    page.write_text(good)
    assert until(lambda: b"This is a test." in get(port, "/about/")[2])


def until(condition: object) -> bool:
    assert callable(condition)
    for _ in range(100):
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_half_an_address_is_no_name_of_ours() -> None:
    assert not allowed_host("[::1", "127.0.0.1")
