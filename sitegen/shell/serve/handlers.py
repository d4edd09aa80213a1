"""Answers requests: the files of the site as a host would, and the files of the preview itself."""

from __future__ import annotations

import asyncio
from html import escape
from importlib import resources
from typing import Any

from livereload.handlers import LiveReloadJSHandler, StaticFileHandler
from tornado import web

from sitegen.shell.serve.files import Found
from sitegen.shell.serve.guard import Guard
from sitegen.shell.serve.headers import PAGE, headers
from sitegen.shell.serve.preview import Preview

SCRIPT = "/livereload.js"
SHEET = "/livereload.css"
_TYPES = {SCRIPT: "text/javascript; charset=utf-8", SHEET: "text/css; charset=utf-8"}

REFUSED = "This is a preview of a site that is being written. It answers only to its own address.\n"


def refuse_strangers(handler: web.RequestHandler, guard: Guard, *, strict: bool = False) -> None:
    """Raise 403 when a request comes under a name that is not ours, or from another site's page."""
    if guard.refuses(handler.request.headers, strict=strict):
        raise web.HTTPError(403)


class Files(StaticFileHandler):  # type: ignore[misc]  # livereload has no types
    """The site. Tornado does ranges and HEAD; what a path leads to, and with which headers, is decided here."""

    def initialize(self, preview: Preview, guard: Guard) -> None:
        """Take what all requests share."""
        super().initialize(str(preview.root), "index.html")
        self.preview, self.guard = preview, guard
        self.body = b""

    def set_default_headers(self) -> None:
        """Begin with no word about the program, as a host would."""
        self.clear_header("Server")

    async def prepare(self) -> None:
        """Refuse strangers; where a folder cannot be swapped in one step, wait for the moment in which it is gone."""
        refuse_strangers(self, self.guard)
        for _ in range(50):
            if self.preview.root.exists() or not self.preview.serial:
                break
            await asyncio.sleep(0.01)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Find the file, and hold its bytes: all that follows is about these and no others."""
        del root
        found = self.preview.find(self.request.path)
        if found.location:
            query = f"?{self.request.query}" if self.request.query and "?" not in found.location else ""
            self._send(found)
            self.set_header("Location", found.location + query)
            self.finish()
            return None
        if found.status != 200:
            raise web.HTTPError(found.status)
        self.found, self.body = found, shown(found, self.preview)
        return absolute_path

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """Leave the path alone: it is looked up by the rules of :func:`sitegen.shell.serve.files.find`."""
        del root
        return path

    def get_content_size(self) -> int:
        """Return how long the answer is, the preview's script included."""
        return len(self.body)

    def get_content(self, abspath: str, start: int | None = None, end: int | None = None) -> bytes:
        """Return the part of the answer that is asked for."""
        del abspath
        return self.body[start:end]

    def get_modified_time(self) -> None:
        """Tell no time: nothing here is kept by a browser."""

    def compute_etag(self) -> None:
        """Give no tag. Tornado would keep the digest of each file by its path, and a swap changes them all."""

    def get_content_type(self) -> str:
        """Return the media type that the build gave the file."""
        return self.preview.headers(self.found)["Content-Type"]

    def set_extra_headers(self, path: str) -> None:
        """Set the headers of the hosting rules."""
        del path
        for name, value in self.preview.headers(self.found).items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer with the page that the site has for this, under the headers of a page."""
        if status_code not in (404, 503):
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.set_header("X-Content-Type-Options", "nosniff")
            self.finish(REFUSED if status_code == 403 else f"{status_code}: {self._reason}\n")
            return
        found = self.preview.find(self.request.path)
        if found.status != status_code:
            found = Found(status_code)
        self._send(found)
        self.finish(shown(found, self.preview))

    def _send(self, found: Found) -> None:
        self.set_status(found.status)
        for name, value in self.preview.headers(found).items():
            self.set_header(name, value)


class Client(LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """The script and the stylesheet of the preview, ours in the place of livereload's."""

    def initialize(self, guard: Guard) -> None:
        """Take what all requests share."""
        self.guard = guard

    def prepare(self) -> None:
        """Refuse strangers."""
        refuse_strangers(self, self.guard)

    def get(self) -> None:
        """Send the file."""
        name = self.request.path.rpartition("/")[2]
        for header, value in headers(_TYPES[f"/{name}"], {"X-Content-Type-Options": "nosniff"}).items():
            self.set_header(header, value)
        self.write(resources.files(__package__).joinpath("client", name).read_bytes())

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say why not in plain text."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(REFUSED if status_code == 403 else f"{status_code}\n")


def shown(found: Found, preview: Preview) -> bytes:
    """Return the bytes of an answer: a page with the preview's script in it, any other file as it is."""
    if not preview.is_page(found):
        return found.body
    marks = "".join(f' data-{name}="{escape(value)}"' for name, value in preview.marks(found).items())
    tag = f'<script src="{SCRIPT}" defer{marks}></script>'.encode()
    body = found.body or _placeholder(found.status).encode()
    for place in (b"</head>", b"</body>"):
        before, end, after = body.partition(place)
        if end:
            return before + tag + end + after
    return body + tag


def _placeholder(status: int) -> str:
    """A page for what the site has none: before the first build, and an address that is not there."""
    title, text = (
        ("The site is being built", "This page shows it as soon as it is there.")
        if status == 503
        else ("There is no page here", "The site has no page of its own to say so.")
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{title}</title>'
        f'<link rel="stylesheet" href="{SHEET}"></head>'
        f'<body class="sitegen-preview-page"><main><h1>{title}</h1><p>{text}</p></main></body></html>'
    )


__all__ = ["PAGE", "SCRIPT", "SHEET", "Client", "Files", "refuse_strangers", "shown"]
