from __future__ import annotations

import socket

import pytest
from tornado.httputil import HTTPHeaders

from sitegen.shell.serve.guard import Guard, is_loopback

HOME = "127.0.0.1:8000"


@pytest.mark.parametrize(
    ("header", "answered"),
    [
        ("localhost:8000", True),
        (HOME, True),
        ("[::1]:8000", True),
        ("LOCALHOST", True),
        ("evil.example", False),
        ("localhost.evil.example:8000", False),
        ("127.0.0.1.evil.example", False),
        ("evil.example@127.0.0.1.evil.example", False),
        ("192.168.1.7:8000", False),
        (socket.gethostname() + ".evil.example", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_only_names_of_this_computer_are_answered(header: str, answered: bool) -> None:
    assert Guard("127.0.0.1").answers(header) is answered


@pytest.mark.parametrize(
    ("host", "header", "answered"),
    [
        ("0.0.0.0", "192.168.1.7:8000", True),
        ("0.0.0.0", f"{socket.gethostname()}:8000", True),
        ("::", "[fe80::1]:8000", True),
        ("preview.lan", "preview.lan:8000", True),
        ("fe80::1", "[fe80::1]:8000", True),
        ("0.0.0.0", "evil.example:8000", False),
        ("preview.lan", "evil.example", False),
    ],
)
def test_opened_to_others_it_answers_to_numbers_and_its_own_name(host: str, header: str, answered: bool) -> None:
    assert Guard(host).answers(header) is answered


@pytest.mark.parametrize(
    ("origin", "refused", "strictly"),
    [
        (f"http://{HOME}", False, False),
        ("http://localhost:3000", False, True),
        ("https://evil.example", True, True),
        ("http://evil.example:8000", True, True),
        ("http://127.0.0.1.evil.example:8000", True, True),
        ("null", True, True),
        ("file://", True, True),
        ("http://[::1", True, True),
        ("", True, True),
    ],
)
def test_pages_of_other_sites_get_nothing(origin: str, refused: bool, strictly: bool) -> None:
    headers = HTTPHeaders({"Host": HOME, "Origin": origin})
    assert Guard("127.0.0.1").refuses(headers) is refused
    assert Guard("127.0.0.1").refuses(headers, strict=True) is strictly


@pytest.mark.parametrize(
    ("site", "mode", "dest", "refused"),
    [
        ("same-origin", "no-cors", "image", False),
        ("none", "navigate", "document", False),
        ("cross-site", "navigate", "document", False),
        ("cross-site", "navigate", "iframe", True),
        ("cross-site", "no-cors", "script", True),
        ("cross-site", "no-cors", "image", True),
    ],
)
def test_other_sites_may_link_here_and_no_more(site: str, mode: str, dest: str, refused: bool) -> None:
    headers = HTTPHeaders({"Host": HOME, "Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest})
    assert Guard("127.0.0.1").refuses(headers) is refused


def test_open_to_others_a_site_at_a_bare_number_is_still_a_stranger() -> None:
    headers = HTTPHeaders({"Host": "192.168.1.7:8000", "Origin": "http://203.0.113.9"})
    assert Guard("0.0.0.0").refuses(headers)


@pytest.mark.parametrize(
    ("host", "only"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("Localhost", True), ("0.0.0.0", False), ("x", False)],
)
def test_whether_others_can_reach_it(host: str, only: bool) -> None:
    assert is_loopback(host) is only
