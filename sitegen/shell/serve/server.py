"""The server itself: livereload's, with our watcher, our handlers and a guard at the door."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop

from sitegen.shell.serve.builder import Builder
from sitegen.shell.serve.changes import Changes
from sitegen.shell.serve.channel import Channel
from sitegen.shell.serve.guard import Guard
from sitegen.shell.serve.handlers import SCRIPT, SHEET, Client, Files
from sitegen.shell.serve.outcome import Outcome
from sitegen.shell.serve.preview import Preview
from sitegen.shell.serve.process import BuilderProcess, Rebuild
from sitegen.shell.serve.watching import Watching

TRIES = 20
"""Ports that are tried, one after the other."""


@dataclass(frozen=True)
class Place:
    """An address to be served at: the sockets are bound, so that nobody else can take it meanwhile."""

    host: str
    port: int
    sockets: Sequence[socket.socket]

    @property
    def url(self) -> str:
        """What to open in a browser on this computer."""
        # Nobody can open the address that stands for all addresses.
        name = "127.0.0.1" if self.host in ("", "0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return f"http://[{name}]:{self.port}" if ":" in name else f"http://{name}:{self.port}"


def claim(host: str, first: int) -> Place | OSError:
    """Take the first free port from ``first`` on. Return why not when there is none, or no such host."""
    problem = OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
    for port in range(first, min(first + TRIES, 65536)):
        try:
            return Place(host, port, _bound(host, port))
        except OSError as found:
            problem = found
            if found.errno != errno.EADDRINUSE:
                break
    return problem


def _bound(host: str, port: int) -> list[socket.socket]:
    """Listen at every address of a host; ``localhost`` may have two, of which a computer without IPv6 has one."""
    found: list[socket.socket] = []
    try:
        names = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for number, (family, address) in enumerate(dict.fromkeys((name[0], name[4]) for name in names), 1):
            try:
                found.append(socket.create_server(address, family=family))
            except OSError as problem:
                if problem.errno != errno.EADDRNOTAVAIL or (number == len(names) and not found):
                    raise
    except OSError:
        for each in found:
            each.close()
        raise
    for each in found:
        each.setblocking(False)
    return found


def serve(
    root: Path, preview: Preview, place: Place, rebuild: Rebuild, tell: Callable[[str], None] = lambda _: None
) -> None:
    """Show ``preview`` and build again after each change in ``root``, until interrupted.

    ``rebuild`` is called in a process of its own, first of all with None, and never twice at a time. ``tell`` takes
    what a person at the terminal should know.
    """
    for end in (signal.SIGTERM, signal.SIGHUP):
        # A terminal that is closed ends the preview like Ctrl-C, unless the person asked for it to stay (nohup).
        if signal.getsignal(end) != signal.SIG_IGN:
            signal.signal(end, signal.default_int_handler)
    process = BuilderProcess(rebuild)
    with contextlib.ExitStack() as at_end:
        at_end.enter_context(contextlib.suppress(KeyboardInterrupt))
        server = _Server(root, preview, place, process, tell)
        at_end.callback(server.watching.stop)
        at_end.callback(process.end)
        process.start()
        server.serve(port=place.port, host=place.host, root=str(preview.root), open_url_delay=None)


class _Notices(Watcher):  # type: ignore[misc]  # livereload has no types
    """Stands where livereload looks through all files every 0.8 seconds, and does not look."""

    def __init__(self, watching: Watching) -> None:
        super().__init__()
        self._watching = watching
        self.watch(str(watching.root))

    def start(self, callback: Callable[[], None]) -> bool:
        """Begin to watch; True says that there is no need to poll."""
        del callback
        self._watching.start()
        return True


class _Server(Server):  # type: ignore[misc]  # livereload has no types
    """Puts the parts together: what is watched changes, what changed is built, what was built is shown."""

    def __init__(
        self, root: Path, preview: Preview, place: Place, process: BuilderProcess, tell: Callable[[str], None]
    ) -> None:
        changes = Changes()
        self.watching = Watching(root, changes.put, tell)
        super().__init__(watcher=_Notices(self.watching))
        self.preview, self.place = preview, place
        self.builder = Builder(changes, process.build, self._built)
        self._loop = IOLoop.current()

    def application(self, port: int, host: str, **_: Any) -> None:
        """Listen with our own handlers, and with no address that makes browsers reload."""
        del port, host
        LiveReloadHandler.watcher = self.watcher
        # The library keeps the time of its last start in the class; a second server would not watch.
        LiveReloadHandler._last_reload_time = None
        guard = Guard(self.place.host)
        shared = {"preview": self.preview, "guard": guard}
        application = web.Application(
            [
                (r"/livereload", Channel, shared),
                (f"(?:{SCRIPT}|{SHEET})".replace(".", r"\."), Client, {"guard": guard}),
                (r"/(.*)", Files, shared),
            ],
            log_function=lambda _: None,
        )
        HTTPServer(application).add_sockets(self.place.sockets)
        self.builder.start()

    def _built(self, outcome: Outcome) -> None:
        """Show an outcome; called in the builder's thread."""
        self._loop.add_callback(self._show, outcome)

    def _show(self, outcome: Outcome) -> None:
        self.watching.code = self.watching.code | outcome.code
        self.preview.take(outcome)
        Channel.reload_waiters()

    def _setup_logging(self) -> None:
        """Leave the terminal to the command line; faults of the server itself are still told."""
        logging.getLogger("livereload").setLevel(logging.ERROR)
        logging.getLogger("tornado").setLevel(logging.ERROR)
