"""Which code a build runs: sitegen itself, what is installed with it, a site's own modules.

Read before anything else, so it imports next to nothing.
"""

import os
import re
import sys
from hashlib import blake2b

from sitegen.shell.walk import mark

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The folder of sitegen itself."""

_INSTALLED = re.compile(r"/\.|/site-packages/")


def edition(own: "tuple[str, ...]") -> bytes:
    """Return a digest of the code that a build runs; ``own`` are the files of a site's own modules."""
    digest = blake2b(digest_size=16)
    for line in (sys.version, *_package(), *_installed()):
        digest.update(line.encode("utf-8", "surrogateescape") + b"\n")
    for path in own:
        try:
            with open(path, "rb") as file:
                digest.update(path.encode("utf-8", "surrogateescape") + file.read())
        except OSError:
            digest.update(b"gone")
    return digest.digest()


def own_modules(root: str) -> "tuple[str, ...]":
    """Return the files of the modules that were loaded from a site's own folder, but for what is hidden in it.

    What is installed there is known by its version.
    """
    home = os.path.realpath(root) + os.sep
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    inside = {file for file in files if file and file.startswith(home)}
    return tuple(sorted(file for file in inside if not _INSTALLED.search(file, len(home) - 1)))


def _package() -> "list[str]":
    """Sitegen's own files by their marks: they change when another edition is installed."""
    found = []
    pending = [PACKAGE]
    while pending:
        folder = pending.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name == "__pycache__":
                    continue
                if entry.is_dir():
                    pending.append(entry.path)
                else:
                    found.append(f"{entry.path}{mark(entry.stat())}")
    return sorted(found)


def _installed() -> "list[str]":
    """The names of what is installed beside it, each with its version."""
    found: set[str] = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        found.update(name for name in names if name.endswith((".dist-info", ".egg-info")))
    return sorted(found)
