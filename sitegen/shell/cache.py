"""The folder in which a build keeps what the next one need not do again: ``.sitegen/`` in the site.

It can be deleted at any time. What is in it is bound to this edition of sitegen, to the libraries installed with
it and to the site's own modules: under any other it is not read.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from sitegen.shell.walk import CACHE, mark

PACKAGE = Path(__file__).parent.parent


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


def own_files(root: Path) -> tuple[str, ...]:
    """Return the files of the modules that were loaded from a site's own folder."""
    home = str(root.resolve()) + os.sep
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return tuple(
        sorted(file for file in files if file and file.startswith(home) and f"{os.sep}." not in file[len(home) :])
    )


def edition(own: Iterable[str]) -> bytes:
    """Return a digest of the code that a build runs: sitegen itself, what is installed with it, a site's own modules."""
    digest = blake2b(digest_size=16)
    for line in (sys.version, *_package(), *_installed()):
        digest.update(line.encode("utf-8", "surrogateescape") + b"\n")
    for path in own:
        with contextlib.suppress(OSError):
            digest.update(path.encode("utf-8", "surrogateescape") + Path(path).read_bytes())
    return digest.digest()


def _package() -> Iterator[str]:
    """Sitegen's own files by their marks: they change when another edition is installed."""
    pending = [str(PACKAGE)]
    while pending:
        folder = pending.pop()
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name == "__pycache__":
                    continue
                if entry.is_dir():
                    pending.append(entry.path)
                else:
                    yield f"{entry.path}{mark(entry.stat())}"


def _installed() -> list[str]:
    """The names of what is installed beside it, each with its version."""
    found = set()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found |= {name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info"))}
    return sorted(found)
