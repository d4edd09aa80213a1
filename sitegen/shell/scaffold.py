"""Writes the first files of a new site or record. Never over something that is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.core.kind import Kind
from sitegen.core.model import UNPUBLISHED
from sitegen.core.parse import parse
from sitegen.core.settings import settings
from sitegen.core.slug import propose
from sitegen.core.source import Source
from sitegen.kinds import KINDS
from sitegen.shell.read import is_text
from sitegen.starters import record, site


class RefusedError(Exception):
    """A starter cannot be written; the message says why, for the person who asked."""


def new_site(folder: Path) -> list[Path]:
    """Write a small site that builds, into a folder that is not there yet or is empty."""
    _check_text(folder.name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RefusedError(f"{folder} is already there and not empty; choose another name")
    written = []
    for name, content in sorted(site(folder.resolve().name).items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def new_record(root: Path, kind: str, name: str) -> list[Path]:
    """Write a starter record into the site's content folder, referring to what is there already."""
    if not (root / "sitegen.yaml").is_file():
        raise RefusedError(f"there is no site in {root.resolve()}; go to its folder, or name it with --site")
    _check_text(name)
    record_id = propose(name)
    if not record_id:
        raise RefusedError(f"'{name}' has no letter a to z or digit in it to make an address of; choose another name")
    known = {kind.folder: sorted(_ids(root, kind)) for kind in KINDS} | {"topics": _topics(root)}
    path, content = record(kind, record_id, name, known)
    target = root / path
    if target.exists():
        raise RefusedError(f"{path} is already there; choose another name")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return [target]


def _check_text(name: str) -> None:
    if not is_text(name):
        raise RefusedError("the name is not typed or saved as UTF-8; choose another name")


def _ids(root: Path, kind: Kind) -> Iterator[str]:
    """The ids of records that a new one can refer to: drafts would only make it fail."""
    files = (root / "content" / kind.folder).glob("**/*.md")
    for path in sorted(path for path in files if path.is_file()):
        document, _ = parse(Source(path.name, path.read_bytes()), kind.name)
        if document and str(document.data.get("status")) not in UNPUBLISHED:
            yield str(document.data.get("id") or path.stem)


def _topics(root: Path) -> list[str]:
    config, _, _ = settings(Source("sitegen.yaml", (root / "sitegen.yaml").read_bytes()))
    return [topic.id for topic in config.topics] if config else []
