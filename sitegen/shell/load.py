"""Loads every content file: parsed and validated once, and not again until it or what it inherits has changed.

What came of a file is kept under the digest of its bytes and of the defaults that bear on it. A file with an
error is never kept: it is read again until it is mended.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from sitegen.core.config import Config
from sitegen.core.diagnostics import Diagnostic, has_errors
from sitegen.core.head import Head, head_of
from sitegen.core.kind import Kind
from sitegen.core.model import Record
from sitegen.core.packing import NotPackableError, pack
from sitegen.core.parse import parse
from sitegen.core.source import Document, Marks, Source
from sitegen.core.validate import Defaults, validate
from sitegen.shell.read import Found, digest_of
from sitegen.shell.shelf import Kept, Slot, short
from sitegen.shell.walk import Mark

Issuers = Mapping[str, Any]


@dataclass(frozen=True)
class Rules:
    """What decides, beside its own bytes, what a file becomes: the settings, the kinds and the issuers' defaults."""

    config: Config
    marks: Marks
    kinds: Mapping[str, Kind]
    issuers: Issuers = field(default_factory=dict)

    def layers(self, kind: Kind, issuer: str | None) -> tuple[Defaults, ...]:
        """Return the defaults that bear on a file, nearest first: its issuer's, then the site's."""
        values = dict(self.config.defaults.get(kind.name, {}))
        if self.config.show_engagement_badges and kind.name == "badge":
            # Other badges are in the catalogue anyway; this brings in those for fun.
            values.setdefault("inCatalogue", "true")
        site = Defaults(values, self.marks, ("defaults", kind.name))
        if kind.issuer_field is None:
            return (site,)
        found = self.issuers.get(str(issuer or site.values.get(kind.issuer_field)).strip())
        if found is None:
            return (site,)
        return Defaults(found.defaults.get(kind.name, {}), found.marks, ("defaults", kind.name)), site

    def layers_of(self, document: Document, kind: Kind) -> tuple[Defaults, ...]:
        """Return the defaults that bear on a document."""
        return self.layers(kind, issuer_of(document, kind))

    def digest(self, kind: str, issuer: str | None) -> str:
        """Return the digest of the defaults that bear on a file of a kind that names an issuer, and of its language."""
        known = self._digests.get((kind, issuer))
        if known is None:
            layers = [dict(layer.values) for layer in self.layers(self.kinds[kind], issuer)]
            text = json.dumps([layers, self.config.language], default=str)
            known = self._digests[kind, issuer] = short(text.encode("utf-8", "surrogatepass"))
        return known

    @cached_property
    def _digests(self) -> dict[tuple[str, str | None], str]:
        return {}


def issuer_of(document: Document, kind: Kind) -> str | None:
    """Return the issuer that a document itself names, as it is written."""
    named = document.data.get(kind.issuer_field) if kind.issuer_field else None
    return None if not named else str(named)


class Loaded(NamedTuple):
    """What came of one sound file. ``issuer`` is the one it names itself; ``layers`` the digest of its defaults."""

    path: str
    mark: Mark
    settled: bool
    digest: str
    kind: str
    issuer: str | None
    layers: str
    warnings: tuple[Diagnostic, ...]
    records: tuple[Kept, ...]


class Fresh(NamedTuple):
    """One file just loaded, its pieces not yet put anywhere. ``parts`` are head, fields and text of each record.

    Without ``parts`` it has faults, and is looked at more closely by :func:`look`.
    """

    digest: str
    issuer: str | None = None
    layers: str = ""
    warnings: tuple[Diagnostic, ...] = ()
    parts: tuple[tuple[Head, bytes | None, bytes], ...] = ()
    problem: OSError | None = None

    @property
    def sound(self) -> bool:
        """Say whether the file became records."""
        return bool(self.layers)


def load_file(file: Found, kind_name: str, rules: Rules) -> Fresh:
    """Load one file. Raises ChangedError when it changed since it was found."""
    try:
        content = file.read()
    except OSError as problem:
        return Fresh("", problem=problem)
    kind = rules.kinds[kind_name]
    document, faults = parse(Source(file.path, content), kind_name)
    if document is None or has_errors(faults):
        return Fresh(digest_of(content))
    records, found = validate(document, kind, rules.layers_of(document, kind), rules.config.language)
    if not records or has_errors(found):
        return Fresh(digest_of(content))
    issuer = issuer_of(document, kind)
    parts = tuple(_parts(record) for record in records)
    return Fresh(digest_of(content), issuer, rules.digest(kind_name, issuer), (*faults, *found), parts)


def _parts(record: Record) -> tuple[Head, bytes | None, bytes]:
    try:
        fields: bytes | None = pack(record)
    except NotPackableError:
        fields = None
    return head_of(record), fields, record.body.encode("utf-8", "surrogatepass")


def keep(
    file: Found, kind: str, fresh: Fresh, settled: bool, put: Callable[[bytes], Slot], again: Callable[[], Sequence[Record]]
) -> Loaded:
    """Put the pieces of a fresh file away. ``again`` gives its records where one cannot be kept as bytes."""
    records: list[Kept] = []
    for place, (head, fields, text) in enumerate(fresh.parts):
        loose = again()[place] if fields is None else None
        digest = short(fields) if fields is not None else fresh.digest
        slots = Slot(0, 0, digest) if fields is None else put(fields), put(text)
        records.append(Kept(head, short(repr(head).encode("utf-8", "surrogatepass")), _entry(head), *slots, loose))
    return Loaded(
        file.path, file.mark, settled, fresh.digest, kind, fresh.issuer, fresh.layers, fresh.warnings, tuple(records)
    )


def _entry(head: Head) -> str:
    return short(repr(head.entry).encode("utf-8", "surrogatepass"))


def places(file: Found, kind_name: str, rules: Rules, key: str) -> Marks:
    """Return the marks of a record, read again from its file."""
    kind = rules.kinds[kind_name]
    document, _ = parse(Source(file.path, file.read()), kind_name)
    records: Iterable[Record] = ()
    if document is not None:
        records, _ = validate(document, kind, rules.layers_of(document, kind), rules.config.language)
    return next((record.marks for record in records if record.key == key), Marks(file.path))
