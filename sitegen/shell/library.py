"""The records of a site as a build finds them: from the last build where nothing changed, else from their files."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen.core.model import Record
from sitegen.core.parse import parse
from sitegen.core.rows import diagnostic_of, diagnostic_row, head_from, head_row
from sitegen.core.source import Source
from sitegen.core.validate import validate
from sitegen.shell.load import Fresh, Loaded, Rules, keep, load_file
from sitegen.shell.log import MOST_PIECES, append_log, read_log, write_log
from sitegen.shell.read import Found, digest_of
from sitegen.shell.shelf import Kept, Pack, Slot
from sitegen.shell.walk import settled

ROWS, RECORDS = "files", "records"
MANY = 256
"""Files. Below this, loading them in one process is faster than starting others."""

_CHUNK = 64
Document = tuple[Found, str]
Map = Callable[[Callable[[Any, Any], Any], Any, Sequence[Any]], Iterator[Any]]
"""Calls a function with a context and each of several items, in other processes, and gives the results in order."""


@dataclass
class Library:
    """What is kept of the files of a site. Without a folder it lives as long as the process."""

    folder: Path | None
    key: bytes
    rows: dict[str, Loaded] = field(default_factory=dict)
    pieces: int = 0
    size: int = 0
    fresh: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        path = self.folder / RECORDS if self.folder else None
        try:
            self.pack = Pack(path)
        except OSError:
            self.folder, self.pack = None, Pack(None)
        if self.folder:
            self._read(self.folder / ROWS)
        if not self.rows:
            self.pack.clear()

    def _read(self, path: Path) -> None:
        pieces, self.size = read_log(path, self.key)
        self.pieces = len(pieces)
        try:
            for piece in pieces:
                for row in json.loads(piece):
                    loaded = _loaded(row)
                    self.rows[loaded.path] = loaded
        except (ValueError, TypeError, LookupError):
            # Sound by its digest and strange all the same: another edition wrote it under the same key.
            self.rows, self.pieces, self.size = {}, 0, 0

    def load(self, documents: Sequence[Document], rules: Rules, looked: int, spread: Map | None) -> list[Document]:
        """Load files so that their rows are there; return those with faults, which have none.

        ``looked`` is when their marks were taken. ``spread`` runs work in several processes.
        """
        stale = [(file, kind) for file, kind in documents if not self._stands(file, kind, rules, looked)]
        broken: list[Document] = []
        for (file, kind), fresh in zip(stale, self._freshly(stale, rules, spread), strict=True):
            if not fresh.sound:
                broken.append((file, kind))
                self.rows.pop(file.path, None)
                continue
            certain = settled(max(file.mark[1], file.mark[2]), looked)
            self.rows[file.path] = keep(file, kind, fresh, certain, self.pack.put, _again(file, kind, rules))
            self.fresh.append(file.path)
        self.pack.flush()
        return broken

    def _stands(self, file: Found, kind: str, rules: Rules, looked: int) -> bool:
        row = self.rows.get(file.path)
        if row is None or row.kind != kind or row.layers != rules.digest(kind, row.issuer):
            return False
        if any(kept.fields.size == 0 and kept.loose is None for kept in row.records):
            return False  # one that cannot be kept as bytes
        if row.mark == file.mark and row.settled:
            return True
        try:
            same = digest_of(file.read()) == row.digest
        except OSError:
            return False
        if same:
            certain = settled(max(file.mark[1], file.mark[2]), looked)
            self.rows[file.path] = row._replace(mark=file.mark, settled=certain)
            self.fresh.append(file.path)
        return same

    def _freshly(self, stale: Sequence[Document], rules: Rules, spread: Map | None) -> Iterator[Fresh]:
        if spread is None or len(stale) < MANY:
            for file, kind in stale:
                yield load_file(file, kind, rules)
            return
        chunks = [stale[at : at + _CHUNK] for at in range(0, len(stale), _CHUNK)]
        for batch in spread(_load_chunk, rules, chunks):
            yield from batch

    def save(self, paths: Iterable[str]) -> None:
        """Keep what was loaded for the next build; ``paths`` are the files that there are now.

        Raises OSError and UnwritableError.
        """
        if self.folder is None:
            return
        gone = self.rows.keys() - set(paths)
        for path in gone:
            del self.rows[path]
        if not self.fresh and not gone:
            return
        live = sum(k.fields.size + k.text.size for row in self.rows.values() for k in row.records)
        whole = gone or not self.size or self.pieces >= MOST_PIECES or self.pack.size > 2 * live + 1_000_000
        rows = self._compacted(self.folder) if self.pack.size > 2 * live + 1_000_000 else self.rows
        if whole:
            self.size = write_log(self.folder / ROWS, self.key, _dump(rows.values()))
            self.pieces = 1
        else:
            piece = _dump(self.rows[path] for path in dict.fromkeys(self.fresh))
            self.size = append_log(self.folder / ROWS, self.key, piece, self.size)
            self.pieces += 1
        self.fresh = []

    def _compacted(self, folder: Path) -> dict[str, Loaded]:
        """Write the pieces that are still of use into a new file, for the next build; return rows that point there.

        This build goes on with the old file, which it holds open: its records have been given out by their places.
        """
        rows: dict[str, Loaded] = {}
        new = folder / f"{RECORDS}.new"
        with contextlib.suppress(FileNotFoundError):
            new.unlink()
        pack = Pack(new)
        for path, row in self.rows.items():
            moved = [
                kept._replace(
                    fields=pack.put(self.pack.get(kept.fields)) if kept.fields.size else kept.fields,
                    text=pack.put(self.pack.get(kept.text)),
                )
                for kept in row.records
            ]
            rows[path] = row._replace(records=tuple(moved))
        pack.flush()
        # The rows that point into it are written right after; until then the old rows meet digests that differ.
        new.replace(folder / RECORDS)
        return rows


def _again(file: Found, kind: str, rules: Rules) -> Callable[[], Sequence[Record]]:
    def records() -> Sequence[Record]:
        document, _ = parse(Source(file.path, file.read()), kind)
        if document is None:
            return ()
        model = rules.kinds[kind]
        return validate(document, model, rules.layers_of(document, model), rules.config.language)[0]

    return records


def _load_chunk(rules: Rules, chunk: Sequence[Document]) -> list[Fresh]:
    return [load_file(file, kind, rules) for file, kind in chunk]


def _dump(rows: Iterable[Loaded]) -> bytes:
    return json.dumps([_row(row) for row in rows], ensure_ascii=True, separators=(",", ":")).encode()


def _row(row: Loaded) -> list[Any]:
    records = [[head_row(k.head), k.head_digest, k.entry_digest, list(k.fields), list(k.text)] for k in row.records]
    warnings = [diagnostic_row(told) for told in row.warnings]
    return [row.path, list(row.mark), row.settled, row.digest, row.kind, row.issuer, row.layers, warnings, records]


def _loaded(row: list[Any]) -> Loaded:
    path, mark, certain, digest, kind, issuer, layers, warnings, records = row
    size, changed, moved, number = mark
    kept = tuple(
        [
            Kept(head_from(head), whole, entry, Slot(*fields), Slot(*text))
            for head, whole, entry, fields, text in records
        ]
    )
    told = tuple([diagnostic_of(one) for one in warnings])
    return Loaded(path, (size, changed, moved, number), certain, digest, kind, issuer, layers, told, kept)
