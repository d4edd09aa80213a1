"""Loads every content file: parsed and validated once, and not again until it or what it inherits has changed.

What came of a file is kept under the digest of its bytes and of the defaults that bear on it. A file with an
error is never kept: it is read again until it is mended.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
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
from sitegen.core.validate import Defaults, looks_like, salvage, stem, validate, wrong_folder
from sitegen.shell.read import Found, digest_of, unreadable
from sitegen.shell.shelf import Kept, Slot, short
from sitegen.shell.walk import Mark


class IssuerDefaults(NamedTuple):
    """What an issuer gives to its records, by kind, and where it says so."""

    values: Mapping[str, Mapping[str, Any]]
    marks: Marks


@dataclass(frozen=True)
class Rules:
    """What decides, beside its own bytes, what a file becomes: the settings, the kinds and the issuers' defaults."""

    config: Config
    marks: Marks
    kinds: Mapping[str, Kind]
    issuers: Mapping[str, IssuerDefaults] = field(default_factory=dict)

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
        if found is None or kind.name not in found.values:
            return (site,)
        return Defaults(found.values[kind.name], found.marks, ("defaults", kind.name)), site

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
    def models(self) -> dict[str, type[Record]]:
        """The model of each kind of record, those that a file of another kind brings among them."""
        return {model.KIND: model for kind in self.kinds.values() for model in (kind.model, *kind.parts)}

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
    parts = tuple(_parts(record, rules) for record in records)
    return Fresh(digest_of(content), issuer, rules.digest(kind_name, issuer), (*faults, *found), parts)


def _parts(record: Record, rules: Rules) -> tuple[Head, bytes | None, bytes]:
    fields: bytes | None = None
    if type(record) is rules.models.get(record.KIND):
        with suppress(NotPackableError):
            fields = pack(record)
    return head_of(record), fields, record.body.encode("utf-8", "surrogatepass")


def loose(record: Record) -> Kept:
    """Return a record that is kept as it is, for this run only."""
    nowhere = Slot(0, 0, short(b""))
    return Kept(head_of(record), "", "", nowhere, nowhere, record)


def keep(
    file: Found,
    kind: str,
    fresh: Fresh,
    settled: bool,
    put: Callable[[bytes], Slot],
    again: Callable[[], Sequence[Record]],
) -> Loaded:
    """Put the pieces of a fresh file away. ``again`` gives its records where one cannot be kept as bytes."""
    records: list[Kept] = []
    for place, (head, fields, text) in enumerate(fresh.parts):
        loose = again()[place] if fields is None else None
        digest = short(fields) if fields is not None else fresh.digest
        slots = Slot(0, 0, digest) if fields is None else put(fields), put(text)
        records.append(
            Kept(head, short(repr(head).encode("utf-8", "surrogatepass")), _entry(head), *slots, loose, own=True)
        )
    return Loaded(
        file.path, file.mark, settled, fresh.digest, kind, fresh.issuer, fresh.layers, fresh.warnings, tuple(records)
    )


def _entry(head: Head) -> str:
    return short(repr(head.entry).encode("utf-8", "surrogatepass"))


class Faulty(NamedTuple):
    """What can be said of a file that did not become records."""

    faults: list[Diagnostic]
    names: set[str]
    """The keys under which others may refer to it; ``skill:*`` where it may hold any skill."""
    salvaged: Record | None = None
    loaded: tuple[Record, ...] = ()
    """The records all the same, where it is plain what the author meant: they are held to the rules, too."""


def look_closer(file: Found, kind_name: str, rules: Rules) -> Faulty:
    """Say what is wrong with a file, and save what can be read of it, so that its references are checked too."""
    kind = rules.kinds[kind_name]
    try:
        document, found = parse(Source(file.path, file.read()), kind_name)
    except OSError as problem:
        return Faulty([unreadable(file.path, problem)], {f"{kind_name}:{stem(file.path)}"})
    names: set[str] = set()
    if document is None or has_errors(found):
        names.add(f"{kind_name}:{stem(file.path)}")
    if document is None:
        return Faulty(found, names | ({"skill:*"} if kind_name == "framework" else set()))
    layers = rules.layers_of(document, kind)
    loaded, faults = validate(document, kind, layers, rules.config.language)
    if loaded:
        return Faulty([*found, *faults], names, loaded=loaded)
    other = looks_like(document, kind, rules.kinds.values())
    told = [wrong_folder(document, kind, other)] if other else faults
    names |= _names(document, kind) | _names(document, other or kind)
    return Faulty([*found, *told], names, salvage(document, kind, layers, rules.config.language))


def _names(document: Document, kind: Kind) -> set[str]:
    """The keys under which others may refer to a file that did not validate, its skills among them."""
    names = {f"{kind.name}:{document.data.get('id') or stem(document.path)}"}
    skills = document.data.get("skills")
    for skill in skills if isinstance(skills, list) else []:
        if isinstance(skill, dict) and isinstance(skill.get("id"), str):
            names.add(f"skill:{skill['id']}")
    return names


def places(file: Found, kind_name: str, rules: Rules, key: str) -> Marks:
    """Return the marks of a record, read again from its file."""
    kind = rules.kinds[kind_name]
    document, _ = parse(Source(file.path, file.read()), kind_name)
    records: Iterable[Record] = ()
    if document is not None:
        records, _ = validate(document, kind, rules.layers_of(document, kind), rules.config.language)
    return next((record.marks for record in records if record.key == key), Marks(file.path))
