"""Changing over from the old site to the new: one step where the system can, two where it cannot.

Also what has to be on disk before that step, so that a power cut cannot publish empty files.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Collection

from sitegen.shell.outputstate import beside
from sitegen.shell.tree import discard

FEW = 64
"""Files and folders that are synchronised one by one; beyond that the whole file system is, once."""

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # renameat2(2), RENAME_EXCHANGE; renamex_np(2), RENAME_SWAP
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def change_over(new: str, target: str) -> None:
    """Put the new tree in the place of the old one, and the old one, if there is one, in the place of the new."""
    if not os.path.lexists(target):
        os.rename(new, target)
        return
    if exchange(new, target):
        return
    aside = beside(target, "old")
    discard(aside)
    os.rename(target, aside)
    try:
        os.rename(new, target)
    except OSError:
        os.rename(aside, target)
        raise
    os.rename(aside, new)


def put_back(target: str) -> None:
    """Undo a change-over by renaming that was ended between its steps."""
    aside = beside(target, "old")
    if os.path.isdir(aside) and not os.path.islink(aside) and not os.path.lexists(target):
        os.rename(aside, target)


def exchange(one: str, other: str) -> bool:
    """Let two folders change names in one step. False where the system or the file system cannot."""
    swap = _exchanger()
    if swap is None:
        return False
    code = swap(os.fsencode(one), os.fsencode(other))
    if code in _CANNOT:
        return False
    if code:
        raise OSError(code, os.strerror(code), other)
    return True


def _exchanger() -> Callable[[bytes, bytes], int] | None:
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            renamex = libc.renamex_np
            return lambda one, other: ctypes.get_errno() if renamex(one, other, _EXCHANGE) else 0
        renameat2 = libc.renameat2
    except (AttributeError, OSError):
        return None
    return lambda one, other: ctypes.get_errno() if renameat2(_HERE, one, _HERE, other, _EXCHANGE) else 0


def sync(tree: str, files: Collection[str], folders: Collection[str]) -> None:
    """Have these files and folders of a tree on disk."""
    if len(files) + len(folders) > FEW:
        sync_all(tree)
        return
    for name in (*files, *folders):
        sync_one(f"{tree}/{name}")


def sync_one(path: str) -> None:
    """Have a file, or the names in a folder, on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(tree: str) -> None:
    """Have the whole file system of a tree on disk, and only that one where the system can tell them apart."""
    descriptor = os.open(tree, os.O_RDONLY)
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
        if syncfs(descriptor):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), tree)
    except AttributeError:
        os.sync()
    finally:
        os.close(descriptor)
