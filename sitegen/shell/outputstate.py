"""The state file beside an output folder: what the last publish left there, file by file.

It holds the name, digest and stat signature of every file of ours and of every folder, so that the
next build can tell by stat alone what is still as it was. It is only ever a short cut: damaged,
missing or about another folder, it is ignored, and the files themselves are read instead.

This module is on the way of a build with nothing to do, so it imports next to nothing.
"""

from __future__ import annotations

import os
import sys
from array import array
from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:  # the module that has it is not worth its loading time here
    from collections.abc import Mapping

MANIFEST = ".sitegen-manifest.json"
"""In the output folder: lists every file that a build wrote, with its digest. Only these are ever removed."""

DIGEST = 16
"""Bytes of a digest."""

_MAGIC = f"sitegen-state 1 {sys.byteorder}\n".encode()
_ABSENT = 0


def beside(target: str, what: str) -> str:
    """Name one of our hidden helpers next to an output folder."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}.sitegen-{what}")


def digest_of(body: bytes) -> str:
    """Return the digest of a file's bytes, as the state and the manifest record it."""
    return blake2b(body, digest_size=DIGEST).hexdigest()


class Signs:
    """Stat signatures, one after the other: inode, size (of a folder: mode) and time of change."""

    __slots__ = ("detail", "inode", "mtime")

    def __init__(self) -> None:
        self.inode = array("Q")
        self.detail = array("q")
        self.mtime = array("q")

    def add(self, inode: int = _ABSENT, detail: int = 0, mtime: int = 0) -> None:
        """Append a signature; without arguments that of something that is not there."""
        self.inode.append(inode)
        self.detail.append(detail)
        self.mtime.append(mtime)

    def put(self, i: int, inode: int, detail: int, mtime: int) -> None:
        """Replace a signature."""
        self.inode[i], self.detail[i], self.mtime[i] = inode, detail, mtime

    def fill(self, i: int) -> None:
        """Take out a signature; the last one takes its place."""
        self.put(i, self.inode[-1], self.detail[-1], self.mtime[-1])
        for part in (self.inode, self.detail, self.mtime):
            part.pop()

    def at(self, i: int) -> tuple[int, int, int]:
        """Return a signature."""
        return self.inode[i], self.detail[i], self.mtime[i]


class State:
    """What an output folder held when it was published, and how the spare tree differs from it.

    ``root`` and ``spare`` are the device and inode of the two trees. ``stamp`` is the file system's
    time just before the change-over: whatever bears that time or a later one may have been changed
    again without showing it. ``foreign`` maps files that are not ours to their inodes.
    """

    def __init__(self) -> None:
        self.root = (0, 0)
        self.spare: tuple[int, int] | None = None
        self.stamp = 0
        self.names: list[str] = []
        self.digests = bytearray()
        self.files = Signs()
        self.folders: list[str] = []
        self.here = Signs()
        self.there = Signs()
        self.foreign: dict[str, int] = {}
        self.differing: set[str] = set()
        self._places: dict[str, int] | None = None
        self._rooms: dict[str, int] | None = None

    @property
    def places(self) -> dict[str, int]:
        """Where each file is in the lists."""
        if self._places is None:
            self._places = dict(zip(self.names, range(len(self.names)), strict=True))
        return self._places

    @property
    def rooms(self) -> dict[str, int]:
        """Where each folder is in the lists."""
        if self._rooms is None:
            self._rooms = dict(zip(self.folders, range(len(self.folders)), strict=True))
        return self._rooms

    def hexes(self) -> list[str]:
        """Return the digests in the order of ``names``, as text."""
        return self.digests.hex(",", DIGEST).split(",") if self.digests else []

    def put_file(self, name: str, digest: str, seen: os.stat_result | None) -> None:
        """Record a file of ours; without ``seen`` as one that has to be written again."""
        sign = (seen.st_ino, seen.st_size, seen.st_mtime_ns) if seen else (_ABSENT, 0, 0)
        i = self.places.setdefault(name, len(self.names))
        if i == len(self.names):
            self.names.append(name)
            self.digests += bytes.fromhex(digest)
            self.files.add(*sign)
        else:
            self.digests[i * DIGEST : (i + 1) * DIGEST] = bytes.fromhex(digest)
            self.files.put(i, *sign)

    def drop_file(self, name: str) -> None:
        """Forget a file."""
        i = self.places.pop(name)
        last = self.names.pop()
        tail = self.digests[-DIGEST:]
        del self.digests[-DIGEST:]
        if last != name:
            self.names[i] = last
            self.digests[i * DIGEST : (i + 1) * DIGEST] = tail
            self.places[last] = i
        self.files.fill(i)

    def put_folder(self, name: str, seen: os.stat_result) -> None:
        """Record a folder of the output as it is now."""
        i = self.rooms.setdefault(name, len(self.folders))
        if i == len(self.folders):
            self.folders.append(name)
            self.here.add()
            self.there.add()
        self.here.put(i, seen.st_ino, seen.st_mode, seen.st_mtime_ns)

    def fill_files(self, found: Mapping[str, os.stat_result], digests: Mapping[str, str]) -> None:
        """Record all these files at once."""
        self.names = list(digests)
        self.digests = bytearray.fromhex("".join(digests.values()))
        stats = [found[name] for name in self.names]
        self.files.inode.extend([one.st_ino for one in stats])
        self.files.detail.extend([one.st_size for one in stats])
        self.files.mtime.extend([one.st_mtime_ns for one in stats])

    def fill_folders(self, found: Mapping[str, os.stat_result], before: State) -> None:
        """Record all these folders at once; the tree of which ``before`` is the state is to be the spare."""
        for name, seen in found.items():
            self.put_folder(name, seen)
            i = before.rooms.get(name)
            if i is not None:
                self.there.put(len(self.folders) - 1, *before.here.at(i))

    def drop_folder(self, name: str) -> None:
        """Forget a folder, if it was known."""
        i = self.rooms.pop(name, None)
        if i is None:
            return
        last = self.folders.pop()
        if last != name:
            self.folders[i] = last
            self.rooms[last] = i
        self.here.fill(i)
        self.there.fill(i)


def load(target: str) -> State | None:
    """Read the state of an output folder. None when there is none, or it cannot be relied on."""
    try:
        with open(beside(target, "state"), "rb") as file:
            whole = file.read()
        return _decoded(whole)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def encoded(state: State) -> list[bytes]:
    """Write a state down: a checksum, a head of numbers, then the lists end to end."""
    parts = [
        _joined(state.names),
        bytes(state.digests),
        *_parts(state.files),
        _joined(state.folders),
        *_parts(state.here),
        *_parts(state.there),
        _joined(state.foreign),
        array("Q", state.foreign.values()).tobytes(),
        _joined(sorted(state.differing)),
    ]
    head = [*state.root, *(state.spare or (0, 0)), state.stamp, *(len(part) for part in parts)]
    body = [" ".join(map(str, head)).encode() + b"\n", *parts]
    check = blake2b(digest_size=DIGEST)
    for part in body:
        check.update(part)
    return [_MAGIC, check.digest(), *body]


def _decoded(whole: bytes) -> State | None:
    start = len(_MAGIC) + DIGEST
    view = memoryview(whole)
    if whole[: len(_MAGIC)] != _MAGIC or blake2b(view[start:], digest_size=DIGEST).digest() != view[start - 16 : start]:
        return None
    line = whole.index(b"\n", start) + 1
    head = [int(number) for number in whole[start:line].split()]
    parts: list[memoryview] = []
    for size in head[5:]:
        parts.append(view[line : line + size])
        line += size
    state = State()
    state.root = head[0], head[1]
    state.spare = (head[2], head[3]) if head[3] else None
    state.stamp = head[4]
    state.names = _split(parts[0])
    state.digests = bytearray(parts[1])
    state.files = _signs(parts[2:5])
    state.folders = _split(parts[5])
    state.here = _signs(parts[6:9])
    state.there = _signs(parts[9:12])
    state.foreign = dict(zip(_split(parts[12]), array("Q", bytes(parts[13])), strict=True))
    state.differing = set(_split(parts[14]))
    return state


def _parts(signs: Signs) -> tuple[bytes, bytes, bytes]:
    return signs.inode.tobytes(), signs.detail.tobytes(), signs.mtime.tobytes()


def _signs(parts: list[memoryview]) -> Signs:
    signs = Signs()
    for mine, part in zip((signs.inode, signs.detail, signs.mtime), parts, strict=True):
        mine.frombytes(part)
    return signs


def _joined(names: list[str] | dict[str, int]) -> bytes:
    # No file's name holds a zero byte; it may hold any other, so that names go as the system has them.
    return "\0".join(names).encode("utf-8", "surrogateescape")


def _split(part: memoryview) -> list[str]:
    return str(part, "utf-8", "surrogateescape").split("\0") if part else []
