"""Folders as trees: what is in them, how to share a file between two of them, how to be rid of one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator

_CANNOT_LINK = {errno.EPERM, errno.EACCES, errno.EXDEV, errno.EMLINK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


class Walk:
    """Every folder and every other entry of a tree, by the path below it, as ``lstat`` sees them. ``.`` is its root."""

    def __init__(self, root: str) -> None:
        self.files: dict[str, os.stat_result] = {}
        self.folders: dict[str, os.stat_result] = {".": os.lstat(root)}
        self.empty: list[str] = []
        waiting = [""]
        while waiting:
            below = waiting.pop()
            before = len(self.files) + len(self.folders)
            with os.scandir(f"{root}/{below}") as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        self.folders[below + entry.name] = entry.stat(follow_symlinks=False)
                        waiting.append(f"{below}{entry.name}/")
                    else:
                        self.files[below + entry.name] = entry.stat(follow_symlinks=False)
            if below and before == len(self.files) + len(self.folders):
                self.empty.append(below[:-1])


def parents(name: str) -> Iterator[str]:
    """The folders on the way to a file, the innermost first, without the root."""
    while name := name.rpartition("/")[0]:
        yield name


def folder_of(name: str) -> str:
    """The folder that a file is in; ``.`` for the root."""
    return name.rpartition("/")[0] or "."


def make_folder(path: str) -> None:
    """Make a folder that is open to a web server, whatever the umask."""
    os.mkdir(path, 0o755)
    os.chmod(path, 0o755)  # noqa: S103 - a public site is for everybody to read


def make_folders(root: str, folder: str) -> list[str]:
    """Make a folder and those on the way to it. Return those that are new."""
    missing = []
    while folder not in ("", ".") and not os.path.isdir(f"{root}/{folder}"):
        missing.append(folder)
        folder = folder.rpartition("/")[0]
    made = []
    for name in reversed(missing):
        try:
            make_folder(f"{root}/{name}")
        except FileExistsError:  # another process was quicker
            continue
        made.append(name)
    return made


def share(source: str, copy: str) -> bool:
    """Give a file a second name. Return false when it had to be copied, as some file systems have no such thing."""
    try:
        os.link(source, copy, follow_symlinks=False)
    except OSError as problem:
        if problem.errno not in _CANNOT_LINK:
            raise
    else:
        return True
    found = os.lstat(source)
    if stat.S_ISLNK(found.st_mode):
        os.symlink(os.readlink(source), copy)
    elif stat.S_ISREG(found.st_mode):
        shutil.copy2(source, copy)
    else:
        raise OSError(errno.EINVAL, "neither a file nor a folder", source)
    return False


def clear_empty(root: str, name: str) -> list[str]:
    """Remove the folders on the way to a file that is gone, as far as they are empty. Return their names."""
    gone = []
    for folder in parents(name):
        try:
            os.rmdir(f"{root}/{folder}")
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as problem:
            if problem.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            break
        gone.append(folder)
    return gone


def remove_file(path: str) -> None:
    """Remove a file, if there is one. A folder of that name is not one."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            os.unlink(path)


def discard(path: str) -> None:
    """Remove a folder with all that is in it; of a link, only the link."""
    if os.path.islink(path):
        os.unlink(path)
    elif os.path.lexists(path):
        shutil.rmtree(path)


def write_file(path: str, parts: Iterable[bytes]) -> None:
    """Write a file whole, readable by a web server whatever the umask."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW, 0o644)
    try:
        for part in parts:
            rest = memoryview(part)
            while rest:  # a disk that fills up takes a part of it first
                rest = rest[os.write(descriptor, rest) :]
        os.fchmod(descriptor, 0o644)
    finally:
        os.close(descriptor)
