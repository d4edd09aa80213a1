"""Whether an output folder still is what the last publish left: by stat, without reading it.

A file counts as untouched when its inode, size, time and mode are those that were recorded, a
folder when its time shows that nothing came or went. What bears the very time of the publish, or a
later one, could have been changed again within the same tick of the clock: it is read, not trusted.

Imports next to nothing: a build with nothing to do ends here.
"""

from __future__ import annotations

import os
import stat
import sys
from array import array

from sitegen.shell.outputstate import DIGEST, Signs, State, digest_of, load

FILE = stat.S_IFREG | 0o644
"""The mode of every file that we write."""

_MANY = 20_000
"""Entries. From here on a second process is worth starting."""

_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Seen:
    """What a look at an output folder found, measured against its state.

    ``altered`` are the files of ours that are gone or not as recorded; ``strangers`` says whether
    anything else changed: a file of somebody else's came or went, a folder's mode is another.
    """

    def __init__(self, state: State, altered: set[str], strangers: bool) -> None:
        self.state = state
        self.altered = altered
        self.strangers = strangers

    def intact(self) -> dict[str, str]:
        """Return the name and digest of each file that is as it was published, the manifest among them."""
        found = dict(zip(self.state.names, self.state.hexes(), strict=True))
        for name in self.altered:
            del found[name]
        return found


def untouched(target: str | os.PathLike[str]) -> bool:
    """Say whether everything in an output folder is as the last publish left it."""
    real = os.path.realpath(target)
    state = load(real)
    seen = inspect(real, state) if state and not os.path.islink(target) else None
    return seen is not None and not seen.altered and not seen.strangers


def inspect(target: str, state: State) -> Seen | None:
    """Compare a folder with its state. None when it is another folder than the one recorded."""
    try:
        root = os.open(target, _FOLDER)
    except OSError:
        return None
    try:
        here = os.fstat(root)
        if (here.st_dev, here.st_ino) != state.root:
            return None
        files, folders = _odd(root, state)
        altered = {state.names[i] for i in files if not _as_recorded(root, state, i)}
        return Seen(state, altered, _strangers(root, state, folders))
    finally:
        os.close(root)


def folders_intact(target: str, state: State) -> bool:
    """Say once more, and quickly, whether anything came or went in the output folder; read what is unclear."""
    root = os.open(target, _FOLDER)
    try:
        here = os.fstat(root)
        odd = _odd_folders(root, state.folders, state.here, state.stamp, 0, len(state.folders))
        return (here.st_dev, here.st_ino) == state.root and not _strangers(root, state, odd)
    finally:
        os.close(root)


def spare_intact(spare: str, state: State) -> bool:
    """Say whether the spare tree is the one recorded and nothing came or went in it."""
    try:
        root = os.open(spare, _FOLDER)
    except OSError:
        return False
    try:
        here = os.fstat(root)
        if (here.st_dev, here.st_ino) != state.spare:
            return False
        # Nobody but us changes the spare tree; a time that is the publish's own is no reason for doubt.
        never = sys.maxsize
        return not _odd_folders(root, state.folders, state.there, never, 0, len(state.folders))
    finally:
        os.close(root)


def _odd(root: int, state: State) -> tuple[array[int], array[int]]:
    """The places of files and of folders that are not plainly as recorded; two processes share a large site."""
    files, folders = len(state.names), len(state.folders)
    half = (files + folders) // 2
    if files + folders < _MANY or half > files or not _may_fork():
        return (
            _odd_files(root, state, 0, files),
            _odd_folders(root, state.folders, state.here, state.stamp, 0, folders),
        )
    out, into = os.pipe()
    child = os.fork()
    if not child:
        _answer(into, root, state, half)
    os.close(into)
    mine = _odd_files(root, state, half, files)
    odd = _odd_folders(root, state.folders, state.here, state.stamp, 0, folders)
    with open(out, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if status == 0 and told[-1:] == b".":
        mine.frombytes(told[:-1])
    else:  # the other process did not live to tell
        mine += _odd_files(root, state, 0, half)
    return mine, odd


def _answer(into: int, root: int, state: State, half: int) -> None:
    """In the second process: tell what was found, and end without any of the first one's clearing up."""
    code = 1
    try:
        with open(into, "wb") as pipe:
            pipe.write(_odd_files(root, state, 0, half).tobytes() + b".")
        code = 0
    finally:
        os._exit(code)


def _may_fork() -> bool:
    """Only a process of one thread may be copied safely, and only with a second processor is it of use."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return sys.platform == "linux" and alone and len(os.sched_getaffinity(0)) > 1


def _odd_files(root: int, state: State, first: int, last: int) -> array[int]:
    odd = array("Q")
    add, lstat, stamp = odd.append, os.lstat, state.stamp
    signs = state.files
    rows = zip(
        range(first, last),
        state.names[first:last],
        signs.inode[first:last],
        signs.detail[first:last],
        signs.mtime[first:last],
        strict=True,
    )
    for i, name, inode, size, mtime in rows:
        try:
            now = lstat(name, dir_fd=root)
        except OSError:
            add(i)
            continue
        if (
            now.st_mtime_ns != mtime
            or now.st_ino != inode
            or now.st_size != size
            or now.st_mode != FILE
            or mtime >= stamp
        ):
            add(i)
    return odd


def _odd_folders(root: int, names: list[str], signs: Signs, stamp: int, first: int, last: int) -> array[int]:
    odd = array("Q")
    add, lstat = odd.append, os.lstat
    rows = zip(
        range(first, last),
        names[first:last],
        signs.inode[first:last],
        signs.detail[first:last],
        signs.mtime[first:last],
        strict=True,
    )
    for i, name, inode, mode, mtime in rows:
        if not inode:  # a folder that this tree does not have
            continue
        try:
            now = lstat(name, dir_fd=root)
        except OSError:
            add(i)
            continue
        if now.st_mtime_ns != mtime or now.st_ino != inode or now.st_mode != mode or mtime >= stamp:
            add(i)
    return odd


def _as_recorded(root: int, state: State, i: int) -> bool:
    """Look closer at a file: one that only bears the time of the publish is read and compared."""
    try:
        now = os.lstat(state.names[i], dir_fd=root)
        if now.st_mode != FILE or (now.st_ino, now.st_size, now.st_mtime_ns) != state.files.at(i):
            return False
        with open(os.open(state.names[i], os.O_RDONLY, dir_fd=root), "rb") as file:
            digest = digest_of(file.read())
    except OSError:
        return False
    return bytes.fromhex(digest) == state.digests[i * DIGEST : (i + 1) * DIGEST]


def _strangers(root: int, state: State, odd: array[int]) -> bool:
    """Say whether one of these folders holds anything but what was recorded of it; learn its new time if not."""
    if not odd:
        return False
    parents = {state.folders[i] for i in odd}
    gone = {name for name in state.foreign if _parent(name) in parents}
    gone |= {name for name in state.folders if name != "." and _parent(name) in parents}
    for i in odd:
        folder = state.folders[i]
        try:
            now = os.lstat(folder, dir_fd=root)
            if (now.st_ino, now.st_mode) != state.here.at(i)[:2] or _strange(root, folder, state, gone):
                return True
        except OSError:
            return True
        state.here.put(i, now.st_ino, now.st_mode, now.st_mtime_ns)
    return bool(gone)


def _strange(root: int, folder: str, state: State, gone: set[str]) -> bool:
    """Say whether a folder holds something unknown; take what was found out of ``gone``."""
    handle = os.open(folder, _FOLDER, dir_fd=root)
    try:
        with os.scandir(handle) as entries:
            for entry in entries:
                name = entry.name if folder == "." else f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if name not in state.rooms:
                        return True
                elif name in state.foreign:
                    if os.lstat(name, dir_fd=root).st_ino != state.foreign[name]:
                        return True
                elif name not in state.places:
                    return True
                gone.discard(name)
    finally:
        os.close(handle)
    return False


def _parent(name: str) -> str:
    return name.rpartition("/")[0] or "."
