"""Small catalogues for tests, made from the text that an author would write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import dedent

from sitegen.core.catalogue import Catalogue
from sitegen.core.config import Config
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.head import head_of
from sitegen.core.link import Absent, check, link
from sitegen.core.model import Record
from sitegen.core.parse import parse
from sitegen.core.source import Source
from sitegen.core.validate import validate
from sitegen.kinds import KINDS

KIND_OF_FOLDER = {kind.folder: kind for kind in KINDS}
BY_NAME = {kind.name: kind for kind in KINDS}

ISSUER = """\
---
name: Example Academy
url: https://academy.example/
email: badges@academy.example
description: A school that exists for tests.
assertionHosts: [lms.academy.example]
---
"""


def config(**settings: object) -> Config:
    """A valid config, with what a test wants to be different."""
    base: dict[str, object] = {
        "name": "Test catalogue",
        "base_url": "https://badges.academy.example",
        "description": "Courses for tests.",
        "topics": [{"id": "food", "name": "Food", "hue": 50}],
    }
    return Config.model_validate(base | settings)


def badge(name: str = "A badge", **fields: str) -> str:
    """The text of a badge file that is right, with fields of a test's own, each as YAML after its key."""
    own = {"issuer": "academy", "description": "Shows that a test passed.", "badgeKind": "participation"} | fields
    lines = "".join(f"{key}: {value}\n" for key, value in own.items())
    return f"---\nname: {name}\n{lines}---\nTake part in the whole day.\n"


def course(name: str = "A course", **fields: str) -> str:
    """The text of a course file that is right."""
    own = {"provider": "academy", "description": "Teaches how to pass."} | fields
    lines = "".join(f"{key}: {value}\n" for key, value in own.items())
    return f"---\nname: {name}\n{lines}---\nYou will learn a lot.\n"


def pathway(steps: str, **fields: str) -> str:
    """The text of a pathway file; ``steps`` is the YAML below ``steps:``."""
    own = {"description": "Leads somewhere."} | fields
    lines = "".join(f"{key}: {value}\n" for key, value in own.items())
    return f"---\nname: A pathway\n{lines}steps:\n{dedent(steps).strip()}\n---\n"


def load(files: Mapping[str, str]) -> tuple[list[Record], list[Diagnostic]]:
    """Parse and validate files given by path below ``content/``; an issuer ``academy`` is always there."""
    records: list[Record] = []
    found: list[Diagnostic] = []
    for path, text in {"issuers/academy.md": ISSUER, **files}.items():
        kind = KIND_OF_FOLDER[path.split("/")[0]]
        document, faults = parse(Source(f"content/{path}", text.encode()), kind.name)
        found += faults
        if document is not None:
            loaded, faults = validate(document, kind)
            records += loaded
            found += faults
    return records, found


def catalogue(files: Mapping[str, str], **settings: object) -> tuple[Catalogue, list[Diagnostic]]:
    """Load and link files."""
    records, found = load(files)
    linked, faults = linked_up(records, config(**settings))
    return linked, [*found, *faults]


def linked_up(
    records: Sequence[Record], settings: Config, absent: Absent | None = None
) -> tuple[Catalogue, list[Diagnostic]]:
    """Join records into a catalogue and hold each to its rules, as a build does."""
    table: dict[str, Record] = {}
    for record in sorted(records, key=lambda r: (r.key, r.path)):
        table.setdefault(record.key, record)
    of_path = {(record.key, record.path): record for record in records}
    heads = [head_of(record) for record in records]
    linked, found = link(heads, table, lambda head: of_path[head.key, head.path].marks, settings, absent)
    for record in table.values():
        found += check(record, linked, settings, BY_NAME)
    return linked, found


def told(found: list[Diagnostic]) -> list[str]:
    """Diagnostics as ``path:line:column code``, in order."""
    places = [(d.span.path, d.span.line, d.span.column, d.code) if d.span else ("", 0, 0, d.code) for d in found]
    return [f"{path}:{line}:{column} {code}" for path, line, column, code in sorted(places)]
