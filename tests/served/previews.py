"""A real `sitegen serve` for tests: started as a person starts it, asked over HTTP and over its socket."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

SMALL = Path(__file__).parent.parent / "sites" / "small"
PATIENCE = 60
"""Seconds that anything may take on a busy machine."""


@dataclass(frozen=True)
class Running:
    """A running preview, the folder of its site, and the file that takes what it says."""

    site: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        return self.log.read_text()

    @property
    def builds(self) -> int:
        """How many builds have ended, well or badly."""
        return self.said.count(" unchanged, ") + self.said.count("nothing was published")

    def get(self, path: str, host: str = "", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers={"Host": host or f"127.0.0.1:{self.port}", **given})
            response = connection.getresponse()
            return response.status, {n.lower(): v for n, v in response.getheaders()}, response.read()
        finally:
            connection.close()

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        until(condition, lambda: self.said)


def until(condition: Callable[[], object], why: Callable[[], str] = lambda: "") -> None:
    """Wait until something is so; fail with a reason when it does not come about."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, why()
        time.sleep(0.02)


@contextmanager
def preview(folder: Path, *options: str, content: Path = SMALL, ready: bool = True) -> Iterator[Running]:
    """Serve a copy of a site on a port of its own."""
    site, log = folder / "site", folder / "log"
    if not site.exists():
        shutil.copytree(content, site)
    command = [sys.executable, "-m", "sitegen", "serve", "--site", str(site), "--port", "8700", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True, env=environment
        )
    try:
        until(lambda: "Serving http://" in log.read_text() or process.poll() is not None, log.read_text)
        port = int(log.read_text().partition("Serving http://")[2].partition("/")[0].rpartition(":")[2])
        running = Running(site, port, process, log)
        if ready:
            running.until(lambda: running.builds)
            running.until(lambda: running.get("/")[0] != 503 or "nothing was published" in running.said)
        yield running
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def connected(running: Running, path: str = "/", origin: str = "") -> WebSocketClientConnection:
    """Open the socket and introduce ourselves, as a page does."""
    headers = {"Origin": origin or running.url}
    socket = await websocket_connect(
        HTTPRequest(f"ws://127.0.0.1:{running.port}/livereload", headers=headers, request_timeout=PATIENCE)
    )
    await socket.write_message(json.dumps({"command": "hello", "protocols": []}))
    assert (await answer(socket))["command"] == "hello"
    await report(socket, running, path)
    return socket


async def report(socket: WebSocketClientConnection, running: Running, path: str = "/") -> None:
    """Say which page we are: as a tool does that knows no more than livereload's own protocol."""
    await socket.write_message(json.dumps({"command": "info", "url": running.url + path}))


async def answer(socket: WebSocketClientConnection) -> dict[str, Any]:
    """The next message of the server."""
    message = await socket.read_message()
    assert message is not None, "the server closed the socket"
    found: dict[str, Any] = json.loads(message)
    return found


async def closed(socket: WebSocketClientConnection) -> None:
    """Close the socket and wait until it is."""
    socket.close()
    while await socket.read_message() is not None:
        pass
