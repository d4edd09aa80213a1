"""A file that grows by whole pieces, each with its digest: what a build keeps for the next one.

A piece that is cut short, damaged or of another edition ends the file for whoever reads it: what came before
holds, what came after is forgotten. Nothing in it is ever run; a piece is bytes.
"""

from __future__ import annotations

import contextlib
import os
import stat
import struct
from hashlib import blake2b
from pathlib import Path

_HEAD = struct.Struct("<4sQ16s")
_MARK = b"sgl1"
MOST_PIECES = 24
"""Pieces after which a file is written anew as one."""


def _digest(key: bytes, payload: bytes) -> bytes:
    return blake2b(payload, digest_size=16, key=key).digest()


def read_log(path: Path, key: bytes) -> tuple[list[bytes], int]:
    """Return the pieces of a file, as far as they are sound and written under the same ``key`` (1 to 64 bytes).

    The number is that of the sound bytes: where the next piece goes.
    """
    try:
        # Whatever lies there in place of a file, reading it must not wait.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            whole = file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""
    except OSError:
        return [], 0
    pieces: list[bytes] = []
    at = 0
    while at + _HEAD.size <= len(whole):
        name, size, digest = _HEAD.unpack_from(whole, at)
        start = at + _HEAD.size
        payload = whole[start : start + size]
        if name != _MARK or len(payload) != size or _digest(key, payload) != digest:
            break
        pieces.append(payload)
        at = start + size
    return pieces, at


def write_log(path: Path, key: bytes, payload: bytes) -> int:
    """Write a file of one piece in the place of the one that is there; return its size. Raises OSError."""
    new = path.with_name(f"{path.name}.new")
    with contextlib.suppress(FileNotFoundError):
        new.unlink()
    with new.open("xb") as file:
        file.write(_HEAD.pack(_MARK, len(payload), _digest(key, payload)))
        file.write(payload)
    new.replace(path)
    return _HEAD.size + len(payload)


def append_log(path: Path, key: bytes, payload: bytes, at: int) -> int:
    """Add a piece after ``at`` sound bytes; return the new size.

    A crash meanwhile leaves a piece that nobody takes for whole. Raises OSError.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with open(descriptor, "wb") as file:
        file.truncate(at)
        file.seek(at)
        file.write(_HEAD.pack(_MARK, len(payload), _digest(key, payload)) + payload)
    return at + _HEAD.size + len(payload)
