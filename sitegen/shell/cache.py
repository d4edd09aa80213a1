"""The folder in which a build keeps what the next one need not do again: ``.sitegen/`` in the site.

It can be deleted at any time. What is in it is bound to this edition of sitegen, to the libraries installed with
it and to the site's own modules: under any other it is not read.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.shell.walk import CACHE


@dataclass(frozen=True)
class Cache:
    """An opened cache. ``folder`` is None where none can be had: then nothing is kept, and nothing is wrong."""

    folder: Path | None

    def path(self, name: str) -> Path | None:
        """Return where a file of the cache is."""
        return self.folder / name if self.folder else None

    def clear(self) -> None:
        """Forget everything that is kept."""
        if self.folder:
            for path in self.folder.iterdir():
                if path.name not in ("lock", ".gitignore") and path.is_file():
                    path.unlink()


@contextlib.contextmanager
def open_cache(root: Path) -> Iterator[Cache]:
    """Open the cache of a site for one build; a second build at the same time goes without."""
    folder = root / CACHE
    with contextlib.ExitStack() as stack:
        try:
            folder.mkdir(exist_ok=True)
            descriptor = os.open(folder / "lock", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
            stack.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ignore = folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n")
        except OSError:
            yield Cache(None)
            return
        yield Cache(folder)


def clean(root: Path) -> bool:
    """Delete the cache of a site; say whether there was one. Raises OSError."""
    folder = root / CACHE
    if folder.is_symlink() or not folder.is_dir():
        return False
    shutil.rmtree(folder)
    return True
