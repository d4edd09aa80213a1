"""The socket between the preview and the pages that are open in browsers.

It speaks livereload's protocol as far as that goes: the page says hello, the server answers, the page says which it
is. From there on, whenever a build has ended, the server says so, each page tells what it shows, and the server
answers with what it has to do and with the faults to be shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, ClassVar

from livereload.handlers import LiveReloadHandler
from tornado.websocket import WebSocketClosedError

from sitegen.shell.serve.guard import Guard
from sitegen.shell.serve.handlers import REFUSED, refuse_strangers
from sitegen.shell.serve.preview import RELOAD, Preview


class Channel(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """One page in a browser."""

    open_pages: ClassVar[set[Channel]] = set()

    def initialize(self, preview: Preview, guard: Guard) -> None:
        """Take what all pages share."""
        self.preview, self.guard = preview, guard

    def prepare(self) -> None:
        """Refuse strangers: what is told here quotes from sources."""
        refuse_strangers(self, self.guard, strict=True)

    def check_origin(self, origin: str) -> bool:
        """Say yes: whoever came this far has been checked with all its headers."""
        del origin
        return True

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say why not in plain text."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(REFUSED if status_code == 403 else f"{status_code}: this address is for the preview's own script\n")

    def on_message(self, message: str | bytes) -> None:
        """Answer a page."""
        try:
            said = json.loads(message)
        except ValueError:
            return
        if not isinstance(said, dict):
            return
        if said.get("command") == "hello":
            super().on_message(message)
        elif said.get("command") == "info":
            Channel.open_pages.add(self)
            self.send_message(state(self.preview, said))

    def on_close(self) -> None:
        """Forget the page."""
        Channel.open_pages.discard(self)

    def send_message(self, message: Any) -> None:
        """Send what the page will want to know, unless it has gone."""
        try:
            self.write_message(message)
        except WebSocketClosedError:
            self.on_close()

    @classmethod
    def reload_waiters(cls, path: str | None = None) -> None:
        """Tell every page that a build has ended."""
        del path
        for page in tuple(cls.open_pages):
            page.send_message({"command": "built"})


def state(preview: Preview, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page has to do and to show, from what it says of itself."""
    page, loaded = said.get("page"), said.get("loaded")
    outcome = preview.outcome
    failing = outcome is not None and not outcome.ok
    verdict = RELOAD
    if isinstance(page, dict) and isinstance(loaded, list):
        marks = {str(name): str(value) for name, value in page.items()}
        verdict = preview.verdict(str(said.get("url", "")), marks, map(str, loaded))
    return {
        "command": "state",
        "verdict": verdict,
        "serial": str(preview.serial),
        "failing": failing,
        "site": preview.find(preview.base + "/").status != 503,
        "drafts": preview.drafts,
        "faults": [asdict(fault) for fault in outcome.faults] if outcome and failing else [],
        "more": outcome.more if outcome and failing else 0,
    }
