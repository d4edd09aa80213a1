"""All records of a site, issuers first, since others inherit from them; and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sitegen.core.current import Content
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.head import Head
from sitegen.core.link import Absent
from sitegen.core.model import UNPUBLISHED, Record
from sitegen.core.reads import Reads
from sitegen.core.settings import check_defaults
from sitegen.core.source import Marks
from sitegen.shell.gallery import Gallery
from sitegen.shell.library import Document, Library, Map
from sitegen.shell.load import Faulty, IssuerDefaults, Loaded, Rules, look_closer, loose, places
from sitegen.shell.shelf import Kept, Shelf


@dataclass
class Records:
    """What is known of every record: their heads, what keeps them, who is absent, and what was found wrong."""

    heads: list[Head]
    kept: dict[str, Kept]
    absent: Absent
    rules: Rules
    files: Mapping[str, Document]
    library: Library
    faults: list[Diagnostic] = field(default_factory=list)

    def places(self, head: Head) -> Marks:
        """Return the marks of the record that a head is of."""
        file, kind = self.files[head.path]
        return places(file, kind, self.rules, head.key)

    def shelf(self, reads: Reads) -> Shelf:
        """Return the records by key, made when they are read."""
        return Shelf(self.kept, self.library.pack, self.rules.models, self.places, reads)


def records_of(
    documents: Sequence[Document], rules: Rules, library: Library, looked: int, drafts: bool, spread: Map | None
) -> Records:
    """Load every file; say of those with faults what is wrong."""
    files = {file.path: (file, kind) for file, kind in documents}
    faulty: list[Faulty] = []
    issuers = [one for one in documents if one[1] == "issuer"]
    broken = library.load(issuers, rules, looked, spread)
    faulty += (look_closer(*one, rules) for one in broken)
    rules, found = _with_issuers(
        rules, issuers, library, [record for one in faulty for record in (*one.loaded, one.salvaged) if record], files
    )
    rest = [one for one in documents if one[1] != "issuer"]
    broken = library.load(rest, rules, looked, spread)
    faulty += (look_closer(*one, rules) for one in broken)
    rows = [library.rows[file.path] for file, _ in documents if file.path in library.rows]
    return _sorted_out(rows, faulty, found, drafts, Records([], {}, Absent(), rules, files, library))


def _with_issuers(
    rules: Rules,
    documents: Sequence[Document],
    library: Library,
    salvaged: Sequence[Record],
    files: Mapping[str, Document],
) -> tuple[Rules, list[Diagnostic]]:
    """Add the defaults that issuers give to their records; of one with faults those that can be read."""
    rows = {file.path: library.rows[file.path] for file, _ in documents if file.path in library.rows}
    kept = {record.head.key: record for row in rows.values() for record in row.records}
    shelf = Shelf(
        kept, library.pack, {"issuer": rules.kinds["issuer"].model}, lambda head: _marks(head, files, rules), Reads()
    )
    issuers: dict[str, IssuerDefaults] = {}
    found: list[Diagnostic] = []
    for issuer in (*(shelf[key] for key in sorted(kept, key=lambda k: kept[k].head.path)), *salvaged):
        defaults = getattr(issuer, "defaults", None)
        if not defaults:
            issuers.setdefault(issuer.slug, IssuerDefaults({}, Marks(issuer.path)))
            continue
        marks = issuer.marks
        issuers.setdefault(issuer.slug, IssuerDefaults(defaults, marks))
        found += check_defaults(issuer, marks, rules.kinds.values())
    return Rules(rules.config, rules.marks, rules.kinds, issuers), found


def _marks(head: Head, files: Mapping[str, Document], rules: Rules) -> Marks:
    file, kind = files[head.path]
    return places(file, kind, rules, head.key)


def _sorted_out(
    rows: Sequence[Loaded], faulty: Sequence[Faulty], found: list[Diagnostic], drafts: bool, records: Records
) -> Records:
    held: set[str] = set()
    public: set[str] = set()
    for row in rows:
        found += row.warnings
        for kept in row.records:
            head = kept.head
            if not drafts and head.status in UNPUBLISHED:
                held.add(head.key)
                continue
            public.add(head.key)
            records.heads.append(head)
            first = records.kept.get(head.key)
            if first is None or head.path < first.head.path:
                records.kept[head.key] = kept
    names: set[str] = set()
    for one in faulty:
        for record in one.loaded:
            records.kept.setdefault(record.key, loose(record))
            records.heads.append(records.kept[record.key].head)
        found += one.faults
        names |= one.names
    salvaged = tuple(one.salvaged for one in faulty if one.salvaged is not None)
    records.absent = Absent(frozenset(held - public), names, salvaged)
    records.faults = found
    return records


def digests(records: Records, gallery: Gallery) -> Content:
    """Give the digest of everything that lies in files."""
    kept, rows = records.kept, records.library.rows

    def digest(what: str, name: str) -> str | None:
        if what == "source":
            return rows[name].digest if name in rows else None
        if what == "file":
            return gallery.digest(f"static/{name}")
        if what == "picture":
            return gallery.digest(name)
        record = kept.get(name)
        if record is None:
            return None
        if what == "head":
            return record.head_digest
        if what == "entry":
            return record.entry_digest
        return record.fields.digest if what == "record" else record.text.digest

    return digest
