"""Finds the files of a site and what tells that one has changed: size, times and number, without reading any.

This is read before anything else, so it imports next to nothing: a build with nothing to do ends here.
"""

import os
import stat
import time
from hashlib import blake2b

TOPS = ("content", "static", "themes")
CONFIG = "sitegen.yaml"
CACHE = ".sitegen"
"""The folder of a site in which a build keeps what the next one need not do again."""

Mark = tuple[int, int, int, int]
"""Size in bytes, time of the last change of content and of the file itself in nanoseconds, number on its disk."""

MARGIN = 2_000_000_000
"""Nanoseconds. A file changed so shortly before it is looked at can change again and keep its times: disks
count time in steps, the coarsest in common use (FAT) in steps of two seconds."""


def hidden(name: str, top: str) -> bool:
    """Say whether a name is an editor's or a system's own; a static ``.well-known`` is meant to be published."""
    if name[0] not in ".#" and name[-1] != "~" and not name.endswith((".swp", ".tmp")):
        return name in ("Thumbs.db", "desktop.ini")
    return not (name == ".well-known" and top == "static")


def mark(found: os.stat_result) -> Mark:
    """Return what tells that a file has changed. The second time cannot be set by hand, so copies do not fool it."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def leads_away(real: str, root: str, path: str) -> bool:
    """Say whether a link leaves the site's folder, or leads to what is hidden in it, such as ``.git``."""
    home, target = os.path.realpath(root), os.path.realpath(real)
    if target != home and not target.startswith(home.rstrip(os.sep) + os.sep):
        return True
    inner = target[len(home) :].split(os.sep)
    return not {part for part in inner if part.startswith(".")} <= set(path.split("/"))


def walk(root: str, top: str) -> list[tuple[str, Mark, int, bool]]:
    """Return every name below a folder, sorted: its path from the root, its mark, its mode, and whether by a link.

    Links are followed within the site, and each folder is entered once. A link that leads nowhere has mode 0.
    """
    found: list[tuple[str, Mark, int, bool]] = []
    start = os.path.join(root, top)
    try:
        begun = os.stat(start)
    except OSError:
        return found
    if not stat.S_ISDIR(begun.st_mode):
        return [(top, mark(begun), begun.st_mode, False)]
    seen = {(begun.st_dev, begun.st_ino)}
    pending = [(start, top, False)]
    while pending:
        folder, shown, linked = pending.pop()
        try:
            entries = os.scandir(folder)
        except OSError:
            found.append((shown + "/", (0, 0, 0, 0), 0, linked))
            continue
        with entries:
            for entry in entries:
                if hidden(entry.name, top):
                    continue
                path = f"{shown}/{entry.name}"
                link = linked or entry.is_symlink()
                try:
                    one = os.stat(entry.path) if link else entry.stat(follow_symlinks=False)
                except (OSError, RuntimeError):
                    found.append((path, (0, 0, 0, 0), 0, link))
                    continue
                away = link and leads_away(entry.path, root, path)
                if away or not stat.S_ISDIR(one.st_mode):
                    found.append((path, mark(one), one.st_mode, link))
                elif (one.st_dev, one.st_ino) not in seen:
                    seen.add((one.st_dev, one.st_ino))
                    pending.append((entry.path, path, link))
    found.sort()
    return found


def fingerprint(root: str, more: "list[str]") -> tuple[bytes, int]:
    """Return a digest of the marks of all that a build reads, and the latest time among them in nanoseconds.

    ``more`` are files and folders outside the usual ones: a site's own modules, and sitegen itself.
    """
    digest = blake2b(digest_size=16)
    latest = 0
    for top in (*TOPS, CONFIG):
        for name, found, _, _ in walk(root, top):
            digest.update(f"{name}\0{found}\n".encode("utf-8", "surrogateescape"))
            latest = max(latest, found[1], found[2])
    for path in more:
        try:
            one = mark(os.stat(path))
        except OSError:
            one = (0, 0, 0, 0)
        digest.update(f"{path}\0{one}\n".encode("utf-8", "surrogateescape"))
        latest = max(latest, one[1], one[2])
    return digest.digest(), latest


def settled(latest: int, looked: int) -> bool:
    """Say whether nothing had changed so shortly before it was looked at that a later change might not show."""
    return latest < looked - MARGIN


def now() -> int:
    """Return the time by which the marks of files are judged, in nanoseconds. It never reaches the output."""
    return time.time_ns()
