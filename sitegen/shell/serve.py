"""The development server: livereload, held to this computer and to the site's own rules.

livereload answers any Host and accepts a WebSocket from any Origin, so that a web page elsewhere
could read a draft through a rebound name. Both are checked here before anything is served.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from livereload.server import LiveScriptInjector
from tornado import web

WATCHED = ("content", "static", "themes", "sitegen.yaml")
TRIES = 20
"""Ports that are tried, one after the other."""


def free_port(host: str, first: int) -> int | None:
    """Return the first free port from ``first`` on, or None."""
    for port in range(first, min(first + TRIES, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return None


def allowed_host(header: str, host: str) -> bool:
    """Say whether a Host header names this computer; anything else is a rebound name."""
    try:
        name = (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:  # half an IPv6 address
        return False
    return name in {"localhost", "127.0.0.1", "::1", host.lower()}


def serve(
    root: Path, output: Path, host: str, port: int, rebuild: Callable[[], bool], types: Mapping[str, str]
) -> None:
    """Serve ``output`` and build again after each change, until interrupted.

    ``types`` maps files below ``output`` to their media types, as of the last build.
    """
    _Guard.host = host
    _Files.types = types
    server = _Server()
    for name in WATCHED:
        path = root / name
        server.watch(str(path / "**") if path.is_dir() else str(path), rebuild)
    server.serve(port=port, host=host, root=str(output), open_url_delay=None)


class _Guard:
    """Refuses requests that reached us under a name that is not ours."""

    host = "127.0.0.1"

    def refuse_strangers(self, handler: web.RequestHandler) -> None:
        """Raise 403 when the Host header is not this computer's name."""
        if not allowed_host(handler.request.host, self.host):
            raise web.HTTPError(403, reason="This server answers only to its own name")


class _Files(_Guard, StaticFileHandler):  # type: ignore[misc]  # livereload has no types
    types: Mapping[str, str] = {}

    def prepare(self) -> None:
        self.refuse_strangers(self)

    def set_extra_headers(self, path: str) -> None:
        # The types of the hosting files, so that JSON-LD is JSON-LD here too.
        file = Path(self.absolute_path or path).relative_to(Path(self.root).resolve()).as_posix()
        if file in self.types:
            self.set_header("Content-Type", self.types[file])
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def write_error(self, status_code: int, **_: Any) -> None:
        page = Path(self.root) / "404.html"
        if status_code == 404 and page.is_file():
            self.finish(page.read_bytes())
        else:
            self.finish(f"{status_code}: {self._reason}")


class _Client(_Guard, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    def prepare(self) -> None:
        self.refuse_strangers(self)


class _Socket(_Guard, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    def prepare(self) -> None:
        self.refuse_strangers(self)

    def check_origin(self, origin: str) -> bool:
        return allowed_host(urlsplit(origin).netloc, self.host)


class _Server(Server):  # type: ignore[misc]  # livereload has no types
    def application(self, port: int, host: str, **_: Any) -> None:
        """Listen with our own handlers: guarded files, a guarded socket, and no /forcereload."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = True
        # Every save is shown; the library would drop those within three seconds of the last.
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
        files = {"path": self.root, "default_filename": self.default_filename}
        web.Application(
            handlers=[
                (r"/livereload", _Socket),
                (r"/livereload.js", _Client),
                (r"/(.*)", _Files, files),
            ],
            transforms=[_Script],
        ).listen(port, address=host)


class _Script(LiveScriptInjector):  # type: ignore[misc]  # livereload has no types
    # The script finds its own host and port in this address.
    script = b'<script src="/livereload.js?snipver=1"></script>'
