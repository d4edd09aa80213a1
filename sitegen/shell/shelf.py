"""Records kept as bytes in a file, and made when somebody reads them.

A catalogue of 100,000 records fits in memory only as heads. The rest lies in one file of the site's cache, to
which records are appended; each is found by its place and held to its digest.
"""

from __future__ import annotations

import os
import stat
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from sitegen.core.head import Head
from sitegen.core.model import Record, kept_elsewhere
from sitegen.core.packing import PackError, unpack
from sitegen.core.reads import Reads
from sitegen.core.source import Marks

KEPT = 2_048
"""Records after which those that were not read since the last as many are let go: at most twice as many are made."""

_ALWAYS = ("issuer:", "framework:")
"""Few, large, and named by most others: these stay made."""


class Slot(NamedTuple):
    """Where a piece of a record lies in the file, and its digest."""

    at: int
    size: int
    digest: str


class Kept(NamedTuple):
    """What is known of a record without reading it: its head, the digests of its parts, and where they lie."""

    head: Head
    head_digest: str
    entry_digest: str
    fields: Slot
    text: Slot
    loose: Record | None = None
    """The record itself where it cannot be kept as bytes, as one of a site's own kind that holds no plain values."""
    own: bool = False
    """Whether this build put it there itself, from a record that it had validated."""


class DamagedError(Exception):
    """What lies in the cache is not what was put there."""


class UnwritableError(Exception):
    """The cache cannot be written to, as on a full disk; carries what the system said."""

    def __init__(self, problem: OSError) -> None:
        super().__init__(str(problem))
        self.problem = problem


def short(content: bytes) -> str:
    """Return the digest of a piece: 24 hexadecimal digits."""
    return blake2b(content, digest_size=12).hexdigest()


_TOGETHER = 256
"""Pieces that are written at once."""


def _opened(path: Path | None) -> int:
    if path:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o644)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(f"{path} is no file")
        return descriptor
    descriptor, name = tempfile.mkstemp(prefix="sitegen-")
    os.unlink(name)
    return descriptor


class Pack:
    """The file. Read by many processes at once, written by one. Without a path it lives as long as the process."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._file = _opened(path)
        # Open as long as anybody may read a record from it, which nobody says; so it ends with the pack.
        self.close = weakref.finalize(self, os.close, self._file)
        self.size = os.fstat(self._file).st_size
        self._waiting: list[bytes] = []
        self._written = self.size

    def put(self, content: bytes) -> Slot:
        """Append a piece and say where it is. Raises :class:`UnwritableError`."""
        slot = Slot(self.size, len(content), short(content))
        self._waiting.append(content)
        self.size += len(content)
        if len(self._waiting) >= _TOGETHER:
            self.flush()
        return slot

    def flush(self) -> None:
        """Write what was put. Raises :class:`UnwritableError`."""
        content = b"".join(self._waiting)
        self._waiting = []
        while content:
            try:
                done = os.pwrite(self._file, content, self._written)
            except OSError as problem:
                raise UnwritableError(problem) from problem
            self._written += done
            content = content[done:]

    def get(self, slot: Slot) -> bytes:
        """Return a piece. Raises :class:`DamagedError` when it is not what was put there."""
        if self._waiting and slot.at + slot.size > self._written:
            self.flush()
        content = os.pread(self._file, slot.size, slot.at)
        if short(content) != slot.digest:
            raise DamagedError(f"{self.path} is damaged at {slot.at}")
        return content

    def clear(self) -> None:
        """Forget every piece. Raises OSError."""
        os.ftruncate(self._file, 0)
        self.size = self._written = 0


class Shelf(Mapping[str, Record]):
    """Every record by its key, made on demand and told to note what is read of it beyond its fields."""

    def __init__(
        self,
        kept: Mapping[str, Kept],
        pack: Pack,
        models: Mapping[str, type[Record]],
        places: Callable[[Head], Marks],
        reads: Reads,
    ) -> None:
        self.kept = kept
        self._pack, self._models, self._places, self._reads = pack, models, places, reads
        self._always: dict[str, Record] = {}
        self._made: dict[str, Record] = {}
        self._before: dict[str, Record] = {}

    def __getitem__(self, key: str) -> Record:
        record = self._made.get(key) or self._always.get(key)
        if record is not None:
            return record
        record = self._before.get(key) or self._make(key)
        if key.startswith(_ALWAYS):
            self._always[key] = record
        else:
            if len(self._made) >= KEPT:
                self._before, self._made = self._made, {}
            self._made[key] = record
        return record

    def __contains__(self, key: object) -> bool:
        return key in self.kept

    def __iter__(self) -> Iterator[str]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)

    def text(self, key: str) -> str:
        """Return the Markdown of a record, and note that it was read."""
        self._reads.note(f"text {key}")
        return self._pack.get(self.kept[key].text).decode("utf-8", "surrogatepass")

    def marks(self, key: str) -> Marks:
        """Return the marks of a record, read again from its file, and note that they were."""
        head = self.kept[key].head
        self._reads.note(f"source {head.path}")
        return self._places(head)

    def _make(self, key: str) -> Record:
        kept = self.kept[key]
        if kept.loose is not None:
            return kept.loose
        try:
            record = unpack(self._pack.get(kept.fields), self._models, own=kept.own)
        except PackError as problem:
            raise DamagedError(str(problem)) from problem
        return kept_elsewhere(record, lambda: self.text(key), lambda: self.marks(key))
