"""Reads a site's folder: config, content, images and static files. Writes nothing."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.core.diagnostics import Diagnostic, Span, error, warning
from sitegen.core.kind import Kind
from sitegen.core.source import Source
from sitegen.core.suggest import did_you_mean

CONFIG = "sitegen.yaml"
TEXTS = (".md", ".yaml", ".yml")
IMAGES = (".png", ".svg", ".jpg", ".jpeg", ".webp", ".gif", ".avif")
LARGEST = 50 * 1024 * 1024
"""Bytes. No file of a catalogue is larger; a bigger one is a mistake that would eat all memory."""


@dataclass
class Inputs:
    """Everything read from a site folder, by paths relative to it."""

    documents: list[tuple[Source, str]] = field(default_factory=list)
    images: dict[str, bytes] = field(default_factory=dict)
    static: dict[str, bytes] = field(default_factory=dict)


def read_config(root: Path) -> tuple[Source | None, list[Diagnostic]]:
    """Read ``sitegen.yaml``."""
    config = root / CONFIG
    if config.is_dir():
        return None, [error("no-config", f"{CONFIG} is a folder", None, "it is a file with the site's settings")]
    if not config.exists():
        hint = "run sitegen in a site's folder, name it with --site, or start one: sitegen new my-catalogue"
        return None, [error("no-config", f"there is no {CONFIG} in {root.resolve()}", None, hint)]
    if not config.is_file():
        # Reading a pipe would wait for ever.
        return None, [error("not-a-file", f"{CONFIG} is neither a file nor a folder", Span(CONFIG), "delete it")]
    try:
        return Source(CONFIG, config.read_bytes()), []
    except OSError as problem:
        return None, [unreadable(CONFIG, problem)]


def read(root: Path, kinds: Sequence[Kind]) -> tuple[Inputs, list[Diagnostic]]:
    """Read content and static files. Faults: unknown folders, links that leave the site, unreadable files."""
    inputs, found = Inputs(), list[Diagnostic]()
    folders = {kind.folder: kind.name for kind in kinds}
    for path, content in _files(root, "content", found):
        _place(inputs, path, content, folders, found)
    for path, content in _files(root, "static", found):
        inputs.static[path] = content
        if path.lower().endswith(IMAGES):
            inputs.images[path] = content
    return inputs, found


def _place(inputs: Inputs, path: str, content: bytes, folders: dict[str, str], found: list[Diagnostic]) -> None:
    folder = path.split("/")[1]
    lower = path.lower()
    if lower.endswith(IMAGES):
        inputs.images[path] = content
    elif not lower.endswith(TEXTS):
        found.append(
            warning(
                "unused-file",
                f"{path} is not content: sitegen reads .md and .yaml files and images",
                Span(path),
                "save a record as .md in UTF-8; move files to be published as they are to static/",
            )
        )
    elif path.count("/") < 2 or folder not in folders:
        guess = did_you_mean(folder, folders)
        hint = f"did you mean content/{guess}/?" if guess else f"folders: {', '.join(f'content/{f}/' for f in folders)}"
        found.append(error("unknown-folder", f"{path} is in no folder that sitegen knows", Span(path), hint))
    else:
        inputs.documents.append((Source(path, content), folders[folder]))


def _files(root: Path, top: str, found: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    """Yield every file below a folder in the order of names, whatever the order on disk."""
    if not (root / top).is_dir():
        return
    home = root.resolve()
    pending = [top]
    seen = {(root / top).resolve()}
    given: set[str] = set()
    while pending:
        folder = pending.pop()
        for name in _names(root, folder, found):
            if _hidden(name, top):
                continue
            path = unicodedata.normalize("NFC", f"{folder}/{name}")
            real = Path(root, folder, name)
            fault = _twin(path, given) or _refused(real, home, path)
            given.add(path)
            if fault:
                found.append(fault)
            elif real.is_dir():
                if real.resolve() not in seen:
                    seen.add(real.resolve())
                    pending.append(f"{folder}/{name}")
            else:
                try:
                    yield path, real.read_bytes()
                except OSError as problem:
                    found.append(unreadable(path, problem))


def _names(root: Path, folder: str, found: list[Diagnostic]) -> list[str]:
    """The names in a folder, in order; those that are no text cannot be part of an address."""
    try:
        names = sorted(os.listdir(root / folder))  # noqa: PTH208 - names only, and no need for Path objects
    except OSError as problem:
        found.append(unreadable(folder, problem))
        return []
    found += (misnamed(f"{folder}/{name}") for name in names if not is_text(name))
    return [name for name in names if is_text(name)]


def unreadable(path: str, problem: OSError) -> Diagnostic:
    """Tell that a file or folder is there and cannot be read."""
    return error("unreadable-file", f"{path} cannot be read: {problem.strerror}", Span(path), "check its rights")


def misnamed(path: str) -> Diagnostic:
    """Tell that the name of a file holds bytes that are not UTF-8."""
    return error("unreadable-file", f"the name of {path} is not saved as UTF-8", Span(path), "rename the file")


def is_text(name: str) -> bool:
    """Say whether a name from the disk is text: bytes that are not UTF-8 come as lone surrogates (PEP 383)."""
    return name.isprintable() or not any("\ud800" <= character <= "\udfff" for character in name)


def _hidden(name: str, top: str) -> bool:
    """Editors' and systems' own files; a static ``.well-known`` is meant to be published."""
    if name == ".well-known" and top == "static":
        return False
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp")) or name in ("Thumbs.db", "desktop.ini")


def _twin(path: str, given: set[str]) -> Diagnostic | None:
    """Two names may look alike and differ in how their accents are spelt; only one can have the address."""
    if path not in given:
        return None
    hint = "rename or delete one of the two"
    return error("twin-files", f"two files are called {path}: their accents are spelt differently", Span(path), hint)


def _leads_away(target: Path, home: Path, path: str) -> bool:
    """Say whether a link leaves the site's folder, or leads to what is hidden in it, such as ``.git``."""
    if not target.is_relative_to(home):
        return True
    hidden = {part for part in target.relative_to(home).parts if part.startswith(".")}
    return not hidden <= set(path.split("/"))


def _refused(real: Path, home: Path, path: str) -> Diagnostic | None:
    try:
        target = real.resolve(strict=True)
        mode = real.stat()
    except (OSError, RuntimeError):
        return error("broken-link", f"{path} is a link that leads nowhere", Span(path), "mend the link or delete it")
    if _leads_away(target, home, path):
        return error(
            "link-outside",
            f"{path} is a link that leaves the site's folder, or leads to something hidden in it",
            Span(path),
            "copy the file into the site: what is published must be in one place",
        )
    if stat.S_ISDIR(mode.st_mode):
        return None
    if not stat.S_ISREG(mode.st_mode):
        return error("not-a-file", f"{path} is neither a file nor a folder", Span(path), "delete it")
    if mode.st_size > LARGEST:
        size = mode.st_size // (1024 * 1024)
        return error("file-too-large", f"{path} has {size} MB; the most is 50 MB", Span(path), "make it smaller")
    return None


CODES: dict[str, tuple[str, str]] = {
    "no-config": (
        "There is no sitegen.yaml",
        "A site is a folder with a sitegen.yaml in it. Run sitegen there, or name the folder with --site.",
    ),
    "unused-file": (
        "A file under content/ that is not content",
        "Markdown, YAML and images are read. Files to be published as they are belong in static/.",
    ),
    "unknown-folder": (
        "A content file outside the known folders",
        "The folder says what kind of record a file is: issuers, frameworks, badges, courses, pathways, pages.",
    ),
    "unreadable-file": ("A file cannot be read", "Check who may read it, and that its name is saved as UTF-8."),
    "twin-files": (
        "Two files with the same name, spelt in two ways",
        "An accented letter can be one character or two. Both names look alike and would share one address. Rename "
        "or delete one of the two.",
    ),
    "broken-link": ("A symbolic link leads nowhere", "Mend the link or delete it."),
    "link-outside": (
        "A symbolic link leaves the site's folder",
        "A link could publish any file of the computer by mistake. Copy the file into the site instead.",
    ),
    "not-a-file": ("Something that is neither a file nor a folder", "Devices and pipes cannot be content. Delete it."),
    "file-too-large": ("A file of more than 50 MB", "Make it smaller, or host it elsewhere and link it."),
}
