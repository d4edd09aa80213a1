"""Finds what a path leads to in the published folder. Every request looks anew: a build may have swapped the folder.

A file is read whole, so that no answer is ever half of one edition and half of another.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sitegen.shell.publish import MANIFEST
from sitegen.shell.serve.redirects import redirect

MISSING = "404.html"
REDIRECTS = "_redirects"
_FOR_HOSTS = frozenset({"_headers", REDIRECTS})
"""Files at the top that hosts read and never serve."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a path: a file's name below the folder and its bytes, or a location to go to."""

    status: int
    name: str = ""
    body: bytes = b""
    location: str = ""


def is_site(root: Path) -> bool:
    """Say whether a folder was published by a build; nothing else is ever served."""
    return (root / MANIFEST).is_file()


def find(root: Path, path: str) -> Found:
    """Return what the path of an address leads to: a file, a redirect or the page for what is not there."""
    if not is_site(root):
        return Found(503)
    name = unquote(path, errors="surrogateescape").lstrip("/")
    real = _inside(root, name)
    if real is None:
        return _missing(root, path)
    if _is_folder(real):
        if path and not path.endswith("/"):
            # One slash in front: with two, a browser would take the first part for a host.
            return Found(301, location="/" + path.lstrip("/") + "/")
        name = f"{name.rstrip('/')}/index.html".lstrip("/")
        real = _inside(root, name)
    elif name.endswith("/"):
        real = None
    body = _read(real) if real else None
    return Found(200, name, body) if body is not None else _missing(root, path)


def _inside(root: Path, name: str) -> Path | None:
    """The file of a name, or None for what is hidden, for hosts only, or outside the folder, also by a link."""
    parts = name.split("/")
    if name in _FOR_HOSTS or any(p.startswith(".") and p != ".well-known" for p in parts) or "\0" in name:
        return None
    if os.sep != "/" and os.sep in name:
        return None
    try:
        top, real = root.resolve(), (root / name).resolve()
    except (OSError, RuntimeError):
        return None
    return real if real.is_relative_to(top) else None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for any file
        return False


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError:
        return None


def _missing(root: Path, path: str) -> Found:
    rules = _read(root / REDIRECTS)
    if rules:
        found = redirect("/" + path.lstrip("/"), rules.decode("utf-8", "replace").splitlines())
        if found:
            return Found(found.status, location=found.location)
    return Found(404, MISSING, _read(root / MISSING) or b"")
