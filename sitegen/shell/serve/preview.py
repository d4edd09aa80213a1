"""What the preview shows now, and whether a page in a browser is still up to date with it.

A page carries the marks of what it was when it was served. Theme files have the digest of them all in their address,
so that a change of one moves every file and touches every page. Marks and names are therefore taken without that
digest: a page that differs in nothing else has not changed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.formats.files import UNKNOWN, media_type
from sitegen.formats.hosting.rules import ASSETS, is_page
from sitegen.shell.serve.files import Found, find
from sitegen.shell.serve.headers import COMMON, PAGE, headers
from sitegen.shell.serve.outcome import Outcome

SAME, STYLE, RELOAD = "same", "style", "reload"

_MOVING = re.compile(rf"(?<={ASSETS})[0-9a-f]{{12}}(?=/)".encode())


@dataclass
class Preview:
    """The published folder of a site, its last outcome, and when each file last changed.

    ``base`` is the path of the site's address. Only the thread of the event loop touches this.
    """

    root: Path
    base: str = ""
    drafts: bool = False
    outcome: Outcome | None = None
    serial: int = 0
    run: str = field(default_factory=lambda: secrets.token_hex(8))
    common: Mapping[str, str] = field(default_factory=lambda: COMMON)
    _types: dict[str, str] = field(default_factory=dict)
    _changed: dict[str, int] = field(default_factory=dict)
    _assets: dict[str, str] = field(default_factory=dict)

    def take(self, outcome: Outcome) -> None:
        """Show what came of a build. After one that failed, the site stays as it is."""
        self.outcome = outcome
        if not outcome.ok:
            return
        self.serial += 1
        self.common = outcome.headers or self.common
        for name in outcome.removed:
            self._types.pop(name, None)
        self._types.update(outcome.media_types)
        if self.serial == 1:
            self._learn_assets()
        for name in outcome.removed - outcome.changed:
            if not _is_asset(name):
                self._changed[name] = self.serial
        for name in outcome.changed:
            # At first nothing is known of the theme files of an earlier run, whose pages may still be open.
            if not _is_asset(name) or self._asset_changed(name) or self.serial == 1:
                self._changed[_still(name)] = self.serial

    def find(self, path: str) -> Found:
        """Return what the path of an address leads to."""
        if not self.base:
            return find(self.root, path)
        if path in ("", "/") or path == self.base:
            return Found(302, location=f"{self.base}/")
        if not path.startswith(f"{self.base}/"):
            return Found(404)
        found = find(self.root, path.removeprefix(self.base))
        inner = found.location.startswith("/") and found.status == 301 and not found.location.startswith(self.base)
        return Found(301, location=self.base + found.location) if inner else found

    def media(self, name: str) -> str:
        """Return the media type of a file: what the build says, else what its name tells."""
        return self._types.get(name) or media_type(name) or UNKNOWN

    def headers(self, found: Found) -> dict[str, str]:
        """Return the answer headers of what was found."""
        return headers(self.media(found.name) if found.body else PAGE, self.common)

    def is_page(self, found: Found) -> bool:
        """Say whether what was found is shown as a page, which then keeps itself up to date."""
        return not found.location and (not found.body or is_page(self.media(found.name)))

    def verdict(self, url: str, page: Mapping[str, str], loaded: Iterable[str]) -> str:
        """Say what a page has to do to be up to date: nothing, take new stylesheets, or load itself again.

        ``page`` holds the marks that it was served with, ``loaded`` the paths of everything else it shows.
        """
        try:
            found = self.find(urlsplit(url).path)
            since = int(page.get("serial", ""))
        except ValueError:
            return RELOAD
        new = marks(found)
        if page.get("run") != self.run or page.get("text") != new["text"]:
            return RELOAD
        # Of the page itself its marks say more.
        names = {self._file(path) for path in loaded} - {found.name}
        stale = {name for name in names if self._changed.get(name, 0) > since}
        if not stale:
            return SAME if page.get("bytes") == new["bytes"] else STYLE
        return STYLE if all(name.endswith(".css") for name in stale) else RELOAD

    def marks(self, found: Found) -> dict[str, str]:
        """Return the marks of a page, as :meth:`verdict` takes them."""
        return {"run": self.run, "serial": str(self.serial), **marks(found)}

    def _file(self, path: str) -> str:
        name = _still(unquote(path.removeprefix(self.base)).lstrip("/"))
        return f"{name}index.html" if name.endswith("/") or not name else name

    def _learn_assets(self) -> None:
        for file in sorted((self.root / ASSETS.strip("/")).rglob("*")):
            if file.is_file():
                self._asset_changed(file.relative_to(self.root).as_posix())

    def _asset_changed(self, name: str) -> bool:
        """Say whether a theme file has other bytes than the one of its name before the address moved."""
        try:
            digest = blake2b((self.root / name).read_bytes()).hexdigest()
        except OSError:
            digest = ""
        old = self._assets.get(_still(name))
        self._assets[_still(name)] = digest
        return old != digest


def marks(found: Found) -> dict[str, str]:
    """Return what tells one edition of a page from another: all its bytes, and those that matter."""
    whole = f"{found.status} {found.location}\n".encode() + found.body
    return {"bytes": _digest(whole), "text": _digest(_MOVING.sub(b"", whole))}


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()


def _is_asset(name: str) -> bool:
    return f"/{name}".startswith(ASSETS)


def _still(name: str) -> str:
    return _MOVING.sub(b"", f"/{name}".encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")[1:]
