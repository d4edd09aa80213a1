"""What the last build made, and from what: enough to tell what has to be made again, and why.

Kept in columns, so that reading it costs little for what is not looked at. Each row is an output, or another
piece of work whose name begins with a sign that no file has: a check of a record, a value worked out once, the
plan of addresses.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sitegen.core.current import SIZE
from sitegen.core.diagnostics import Diagnostic
from sitegen.shell.columns import Columns, Numbers, Row
from sitegen.shell.log import MOST_PIECES, append_log, read_log, write_log
from sitegen.shell.shelf import Pack, Slot

CHECK, ONCE, PLAN = "\x01check ", "\x01once ", "\x01plan"
"""How the names of rows begin that are no files."""

LED_TO = ">"
"""How an address that a page leads to begins in the table of names: it is no name of something read."""

_SPARE = 1_000_000
"""Bytes of texts that nobody needs, which are not worth clearing out."""

_LENGTH = struct.Struct("<Q")


def _pack(parts: Iterable[bytes]) -> bytes:
    return b"".join(_LENGTH.pack(len(part)) + part for part in parts)


def _unpack(whole: bytes) -> list[bytes]:
    parts, at = [], 0
    while at < len(whole):
        (size,) = _LENGTH.unpack_from(whole, at)
        at += _LENGTH.size
        parts.append(whole[at : at + size])
        at += size
    return parts


def _encode(columns: Columns, names: list[str], numbers: Numbers, digests: bytes, gone: list[str], plan: str) -> bytes:
    """One piece: rows, the names whose digests are new with those digests, rows that are gone, and the plan."""
    parts = [_listed(columns.names), columns.digests]
    for name in ("reads", "links", "assets"):
        parts += [column.tobytes() for column in columns.columns[name]]
    parts += ["\x03".join(columns.texts).encode("utf-8", "surrogatepass"), json.dumps(columns.told).encode()]
    parts += [_listed(names), numbers.tobytes(), digests]
    parts += [_listed(gone), plan.encode("utf-8", "surrogatepass")]
    return _pack(parts)


def _listed(names: list[str]) -> bytes:
    """Names may hold any character: those of files do."""
    return json.dumps(names).encode()


def _numbers(content: bytes) -> Numbers:
    made = array("I")
    made.frombytes(content)
    return made


@dataclass
class Memory:
    """What is remembered of the last build that was published from this site to this output."""

    path: Path | None
    key: bytes
    names: list[str] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    plan: str = ""
    pieces: list[Columns] = field(default_factory=list)
    where: dict[str, tuple[int, int]] = field(default_factory=dict)
    size: int = 0
    kept: int = 0
    """How many names are kept in the file."""

    def __post_init__(self) -> None:
        try:
            self.texts = Pack(self.path.with_name(self.path.name.replace("made", "texts")) if self.path else None)
        except OSError:
            self.path, self.texts = None, Pack(None)

    def keep(self, text: str) -> str:
        """Put a text away and return how to find it."""
        slot = self.texts.put(text.encode("utf-8", "surrogatepass"))
        return f"{slot.at} {slot.size} {slot.digest}"

    def where_kept(self, name: str) -> str:
        """Return how to find the text of a row, or nothing where it has none."""
        place = self.where.get(name)
        return self.pieces[place[0]].texts[place[1]].split("\x02", 3)[2] if place else ""

    def recall(self, kept: str) -> str:
        """Return a text that was put away, by what :meth:`keep` said. Raises DamagedError."""
        return self.texts.get(_slot(kept)).decode("utf-8", "surrogatepass")

    @staticmethod
    def read(path: Path | None, key: bytes) -> Memory:
        """Return what is remembered; nothing, where the file is missing, damaged or of another edition."""
        memory = Memory(path, key)
        if memory.path:
            pieces, memory.size = read_log(memory.path, key)
            try:
                for piece in pieces:
                    memory._take(piece)
            except (ValueError, TypeError, LookupError, struct.error):
                return Memory(path, key)
        memory.kept = len(memory.names)
        return memory

    def _take(self, piece: bytes) -> None:
        (names, digests, *columns, texts, told, new, numbers, states, gone, plan) = _unpack(piece)
        found = Columns(json.loads(names), digests)
        for at, name in enumerate(("reads", "links", "assets")):
            found.columns[name] = (_numbers(columns[2 * at]), _numbers(columns[2 * at + 1]))
        found.texts = texts.decode("utf-8", "surrogatepass").split("\x03") if found.names else []
        found.told = json.loads(told)
        if len(found.texts) != len(found.names) or len(digests) != 16 * len(found.names):
            raise ValueError("the columns do not fit")
        self.names += json.loads(new)
        self.digests += [b""] * (len(self.names) - len(self.digests))
        for at, number in enumerate(_numbers(numbers)):
            self.digests[number] = states[at * SIZE : at * SIZE + SIZE]
        for name in json.loads(gone):
            self.where.pop(name, None)
        self.where.update((name, (len(self.pieces), at)) for at, name in enumerate(found.names))
        self.pieces.append(found)
        self.plan = plan.decode("utf-8", "surrogatepass") or self.plan

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each name."""
        return {name: number for number, name in enumerate(self.names)}

    def number(self, name: str) -> int:
        """Return the number of a name, a new one where it has none."""
        found = self.numbers.get(name)
        if found is None:
            found = self.numbers[name] = len(self.names)
            self.names.append(name)
            self.digests.append(b"")
        return found

    def row(self, name: str) -> Row | None:
        """Return what is remembered of one piece of work."""
        place = self.where.get(name)
        return self.pieces[place[0]].row(place[1]) if place else None

    def files(self) -> dict[str, str]:
        """Return every output that is remembered, with its digest."""
        found: dict[str, str] = {}
        hexes = [piece.digests.hex() for piece in self.pieces]
        for name, (piece, at) in self.where.items():
            if name[0] != "\x01":
                found[name] = hexes[piece][at * 32 : at * 32 + 32]
        return found

    def owner(self, name: str) -> tuple[str, str, str]:
        """Return the format, subject and role of an output that is remembered."""
        piece, at = self.where[name]
        format_name, subject, role = self.pieces[piece].texts[at].split("\x02")[4:]
        return format_name, subject, role

    def digest(self, name: str) -> str:
        """Return the digest of what a piece of work made."""
        piece, at = self.where[name]
        return self.pieces[piece].digests[at * 16 : at * 16 + 16].hex()

    def rows(self) -> Iterator[Row]:
        """Yield every row."""
        for piece, at in self.where.values():
            yield self.pieces[piece].row(at)

    def told(self) -> Iterator[tuple[str, tuple[Diagnostic, ...]]]:
        """Yield what was told of each piece of work, by its name."""
        for number, piece in enumerate(self.pieces):
            for at in map(int, piece.told):
                name = piece.names[at]
                if self.where.get(name) == (number, at):
                    yield name, piece.row(at).told

    def reading(self, changed: Collection[int]) -> set[str]:
        """Return the names of the rows that read one of some names."""
        found: set[str] = set()
        for number, piece in enumerate(self.pieces):
            for at in piece.reading(changed):
                name = piece.names[at]
                if self.where.get(name) == (number, at):
                    found.add(name)
        return found

    def learn(self, rows: Iterable[Row], states: Mapping[int, bytes], gone: Iterable[str], plan: str | None) -> None:
        """Take in what a build made, and keep it. Raises OSError."""
        gone = sorted(gone)
        first = self.kept
        for number, state in states.items():
            self.digests[number] = state
        columns = Columns.of(rows)
        # A value that was worked out once has brought its state along already; it is kept with its row.
        worked = (self.number(name[1:]) for name in columns.names if name.startswith(ONCE))
        states = {**states, **{number: self.digests[number] for number in worked}}
        for name in gone:
            self.where.pop(name, None)
        self.where.update((name, (len(self.pieces), at)) for at, name in enumerate(columns.names))
        self.pieces.append(columns)
        self.plan = self.plan if plan is None else plan
        if self.path is None:
            return
        stale = sum(len(piece.names) for piece in self.pieces) > 2 * len(self.where) + 100
        if not self.size or stale or len(self.pieces) >= MOST_PIECES:
            self.pieces = [Columns.of(self._cleared(list(self.rows())))]
            self.where = {name: (0, at) for at, name in enumerate(self.pieces[0].names)}
            every = array("I", range(len(self.names)))
            piece = _encode(self.pieces[0], self.names, every, b"".join(map(_padded, self.digests)), [], self.plan)
            self.size = write_log(self.path, self.key, piece)
        else:
            known = array("I", sorted(states))
            states_ = b"".join(_padded(self.digests[number]) for number in known)
            piece = _encode(columns, self.names[first:], known, states_, gone, plan or "")
            self.size = append_log(self.path, self.key, piece, self.size)
        self.kept = len(self.names)

    def _cleared(self, rows: list[Row]) -> list[Row]:
        """Leave the texts that nobody needs any more behind, where they are most of all."""
        slots = {row.name: _slot(row.data) for row in rows if row.name.startswith(ONCE) and row.data}
        place = self.texts.path
        if place is None or self.texts.size <= 2 * sum(slot.size for slot in slots.values()) + _SPARE:
            return rows
        new = place.with_name(f"{place.name}.new")
        new.unlink(missing_ok=True)
        old, self.texts = self.texts, Pack(new)
        moved = [
            row._replace(data=self.keep(old.get(slots[row.name]).decode("utf-8", "surrogatepass")))
            if row.name in slots
            else row
            for row in rows
        ]
        self.texts.flush()
        # The rows that point into it are written right after; until then the old rows meet digests that differ.
        new.replace(place)
        return moved


def _slot(kept: str) -> Slot:
    at, size, digest = kept.split(" ")
    return Slot(int(at), int(size), digest)


def _padded(state: bytes) -> bytes:
    return state or bytes(SIZE)
