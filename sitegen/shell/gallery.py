"""Static files and images of a site: their digests, and what images are, known from the last build."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sitegen.core import reads as names
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.images import ImageFacts
from sitegen.core.pictures import Looked, look
from sitegen.core.reads import Reads
from sitegen.core.rows import diagnostic_of, diagnostic_row
from sitegen.shell.log import read_log, write_log
from sitegen.shell.read import ChangedError, Found, digest_of, unreadable
from sitegen.shell.walk import Mark, settled


class Seen(NamedTuple):
    """A file as it was when it was last read."""

    mark: Mark
    settled: bool
    digest: str
    looked: Looked | None = None


@dataclass
class Gallery:
    """What is known of the files of a site that are published as they are. Without a path nothing is kept."""

    path: Path | None
    key: bytes
    seen: dict[str, Seen] = field(default_factory=dict)
    changed: bool = False

    def __post_init__(self) -> None:
        if self.path is None:
            return
        try:
            for piece in read_log(self.path, self.key)[0]:
                self.seen = {path: _seen(row) for path, row in json.loads(piece).items()}
        except (ValueError, TypeError, LookupError, AttributeError):
            self.seen = {}

    def look(self, files: Iterable[Found], looked: int) -> list[Diagnostic]:
        """Know every file's digest; read those that changed. Faults: files that cannot be read."""
        found: list[Diagnostic] = []
        now: dict[str, Seen] = {}
        for file in files:
            known = self.seen.get(file.path)
            if known is None or not known.settled or known.mark != file.mark:
                try:
                    digest = digest_of(file.read())
                except OSError as problem:
                    found.append(unreadable(file.path, problem))
                    continue
                certain = settled(max(file.mark[1], file.mark[2]), looked)
                same = known is not None and known.digest == digest
                known = Seen(file.mark, certain, digest, known.looked if known is not None and same else None)
                self.changed = True
            now[file.path] = known
        self.changed = self.changed or now.keys() != self.seen.keys()
        self.seen = now
        return found

    def looked(self, file: Found) -> Looked:
        """Return what an image shows itself to be. Raises ChangedError and OSError."""
        known = self.seen[file.path]
        if known.looked is None:
            known = self.seen[file.path] = known._replace(looked=look(file.path, file.read()))
            self.changed = True
        assert known.looked is not None  # noqa: S101 - set just above
        return known.looked

    def digest(self, path: str) -> str | None:
        """Return the digest of a file, or None where there is none."""
        known = self.seen.get(path)
        return known.digest if known else None

    def save(self) -> None:
        """Keep what is known for the next build. Raises OSError."""
        if self.path is not None and self.changed:
            rows = {path: _row(seen) for path, seen in sorted(self.seen.items())}
            write_log(self.path, self.key, json.dumps(rows).encode())
            self.changed = False


class Files(Mapping[str, bytes]):
    """The site's static files by their path below ``static/``: read, and noted, when they are looked at."""

    def __init__(self, files: Mapping[str, Found], reads: Reads, digests: Mapping[str, str]) -> None:
        self._files, self._reads, self._digests = files, reads, digests

    def __getitem__(self, path: str) -> bytes:
        self._reads.note(names.file(path))
        file = self._files[path]
        content = file.read()
        if digest_of(content) != self._digests[path]:
            raise ChangedError(file.path)
        return content

    def __iter__(self) -> Iterator[str]:
        self._reads.note(names.FILES)
        return iter(self._files)

    def __len__(self) -> int:
        self._reads.note(names.FILES)
        return len(self._files)

    def __contains__(self, path: object) -> bool:
        self._reads.note(names.FILES)
        return path in self._files


def _row(seen: Seen) -> list[Any]:
    looked = None
    if seen.looked:
        facts = seen.looked.facts
        shown = [facts.media_type, facts.extension, facts.width, facts.height, facts.square] if facts else None
        looked = [
            shown,
            *([diagnostic_row(d) for d in told] for told in (seen.looked.faults, seen.looked.badge_faults)),
        ]
    return [list(seen.mark), seen.settled, seen.digest, looked]


def _seen(row: list[Any]) -> Seen:
    (size, changed, moved, number), certain, digest, looked = row
    found = None
    if looked is not None:
        facts, *told = looked
        faults, badge_faults = (tuple(diagnostic_of(one) for one in each) for each in told)
        found = Looked(ImageFacts(*facts) if facts else None, faults, badge_faults)
    return Seen((size, changed, moved, number), certain, digest, found)
