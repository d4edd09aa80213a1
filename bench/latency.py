"""Milliseconds from saving a file to the new page in a real browser, with the development server of each generator."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from bench.catalogue import slug_of
from bench.measure import Tell
from bench.peers.peer import REPOSITORY, Peer

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAIT = 300
"""Seconds that a server may take until it shows its first page."""


LOOK = 0.004
"""Seconds between two looks at the page."""


def latencies(peer: Peer, tools: Path, folder: Path, count: int, saves: int, tell: Tell) -> list[float]:
    """Serve a site of ``count`` items, save a course ``saves`` times, and return the seconds until each was seen."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this command needs a browser

    site, port = folder / peer.name, _free_port()
    peer.generate(site, count, False)
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **peer.environment}
    server = subprocess.Popen(
        peer.serve(tools, site, port),
        cwd=site,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        slug = slug_of("course", 11 % (count // 2))
        address = f"http://127.0.0.1:{port}/courses/{slug}/"
        _await(address, server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            page = browser.new_page()
            page.goto(address)
            found = [_save(page, site / peer.courses.format(slug), turn) for turn in range(saves)]
            browser.close()
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(site, ignore_errors=True)
    tell(f"{peer.title}: {', '.join(f'{seconds * 1000:.0f} ms' for seconds in found)}")
    return found


def _save(page: Page, path: Path, turn: int) -> float:
    # The reloaded page has to be at rest, and the server's watcher, too.
    time.sleep(2)
    text = f"Seen on turn {turn} of {os.getpid()}."
    whole = f"{path.read_text(encoding='utf-8')}\n{text}\n"
    started = time.perf_counter()
    path.write_text(whole, encoding="utf-8")
    while not _shows(page, text):
        if time.perf_counter() - started > WAIT:
            raise RuntimeError(f"the browser did not show what was saved within {WAIT} seconds")
        time.sleep(LOOK)
    return time.perf_counter() - started


def _shows(page: Page, text: str) -> bool:
    """Say whether a page holds a text now. Playwright's own waiting looks twice a second after a while."""
    from playwright.sync_api import Error  # noqa: PLC0415 - only this command needs a browser

    try:
        return page.evaluate("text => document.documentElement.textContent.includes(text)", text) is True
    except Error:  # the page is being loaded again
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until ``address`` is served."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"nothing was served; the server's exit code is {server.poll()}")
