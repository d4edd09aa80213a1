"""Reads a site's folder: config, content, images and static files. Writes nothing."""

from __future__ import annotations

import contextlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from sitegen.core.diagnostics import Diagnostic, Span, error, warning
from sitegen.core.kind import Kind
from sitegen.core.source import Source
from sitegen.core.suggest import did_you_mean
from sitegen.shell.walk import CONFIG, Mark, leads_away, mark, walk

TEXTS = (".md", ".yaml", ".yml")
IMAGES = (".png", ".svg", ".jpg", ".jpeg", ".webp", ".gif", ".avif")
LARGEST = 50 * 1024 * 1024
"""Bytes. No file of a catalogue is larger; a bigger one is a mistake that would eat all memory."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the site: its path in Unicode normal form C, where it really is, and its mark."""

    path: str
    real: str
    mark: Mark

    def read(self) -> bytes:
        """Return its bytes.

        Raises :class:`ChangedError` when it is no longer the file that was found, OSError when it cannot be read.
        """
        # A name can be swapped between the look and the reading: what was opened decides, and never waits for a pipe.
        descriptor = os.open(self.real, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            opened = os.fstat(descriptor)
            if not stat.S_ISREG(opened.st_mode) or mark(opened) != self.mark:
                raise ChangedError(self.path)
            content = file.read()
            if mark(os.fstat(descriptor)) != self.mark:
                raise ChangedError(self.path)
        return content


class ChangedError(Exception):
    """A source changed while the site was built from it."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.told = error(
            "source-changed",
            f"{path} changed while the site was being built",
            Span(path),
            "build again when whatever writes it is done; nothing was published from a half-written file",
        )


@dataclass
class Inputs:
    """Every file of a site folder, by paths relative to it. ``documents`` have the name of their kind beside them."""

    documents: list[tuple[Found, str]] = field(default_factory=list)
    images: dict[str, Found] = field(default_factory=dict)
    static: dict[str, Found] = field(default_factory=dict)


class Texts(Mapping[str, str]):
    """The texts of settings, content and templates by their paths, read when a report quotes from one.

    ``built_in`` is the folder in which the themes of sitegen itself are; ``documents`` are the content files.
    """

    def __init__(self, root: Path, built_in: Path) -> None:
        self._roots = (root, built_in)
        self.documents: set[str] = set()

    def __getitem__(self, path: str) -> str:
        if path == CONFIG or path in self.documents or (path.startswith("themes/") and "/templates/" in path):
            for root in self._roots:
                with contextlib.suppress(OSError, ValueError):
                    if (root / path).is_file():
                        return (root / path).read_bytes().decode("utf-8", "replace")
        raise KeyError(path)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __contains__(self, path: object) -> bool:
        try:
            self[str(path)]
        except KeyError:
            return False
        return True


def digest_of(content: bytes) -> str:
    """Return the digest by which the content of a file is known again: 32 hexadecimal digits."""
    return blake2b(content, digest_size=16).hexdigest()


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


def survey(root: Path, kinds: Sequence[Kind]) -> tuple[Inputs, list[Diagnostic]]:
    """Find content and static files. Faults: unknown folders, links that leave the site, what is no file."""
    inputs, found = Inputs(), list[Diagnostic]()
    folders = {kind.folder: kind.name for kind in kinds}
    for file in _files(root, "content", found):
        _place(inputs, file, folders, found)
    for file in _files(root, "static", found):
        inputs.static[file.path] = file
        if file.path.lower().endswith(IMAGES):
            inputs.images[file.path] = file
    return inputs, found


def _place(inputs: Inputs, file: Found, folders: dict[str, str], found: list[Diagnostic]) -> None:
    path = file.path
    folder = path.split("/")[1]
    lower = path.lower()
    if lower.endswith(IMAGES):
        inputs.images[path] = file
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
        inputs.documents.append((file, folders[folder]))


def _files(root: Path, top: str, found: list[Diagnostic]) -> Iterator[Found]:
    """Yield every file below a folder in the order of names, whatever the order on disk."""
    if not (root / top).is_dir():
        return
    base = str(root)
    given: set[str] = set()
    for name, marked, mode, linked in walk(base, top):
        if not is_text(name):
            found.append(misnamed(name))
            continue
        path = name if name.isascii() else unicodedata.normalize("NFC", name)
        real = f"{base}/{name}"
        fault = _twin(path, given) or _refused(real, base, path, marked, mode, linked)
        given.add(path)
        if fault:
            found.append(fault)
        else:
            yield Found(path, real, marked)


def unreadable(path: str, problem: OSError) -> Diagnostic:
    """Tell that a file or folder is there and cannot be read."""
    return error("unreadable-file", f"{path} cannot be read: {problem.strerror}", Span(path), "check its rights")


def misnamed(path: str) -> Diagnostic:
    """Tell that the name of a file holds bytes that are not UTF-8."""
    return error("unreadable-file", f"the name of {path} is not saved as UTF-8", Span(path), "rename the file")


def is_text(name: str) -> bool:
    """Say whether a name from the disk is text: bytes that are not UTF-8 come as lone surrogates (PEP 383)."""
    return name.isprintable() or not any("\ud800" <= character <= "\udfff" for character in name)


def _twin(path: str, given: set[str]) -> Diagnostic | None:
    """Two names may look alike and differ in how their accents are spelt; only one can have the address."""
    if path not in given:
        return None
    hint = "rename or delete one of the two"
    return error("twin-files", f"two files are called {path}: their accents are spelt differently", Span(path), hint)


def _refused(real: str, root: str, path: str, marked: Mark, mode: int, linked: bool) -> Diagnostic | None:
    if mode == 0:
        return _not_there(real, path)
    if linked and leads_away(real, root, path):
        return error(
            "link-outside",
            f"{path} is a link that leaves the site's folder, or leads to something hidden in it",
            Span(path),
            "copy the file into the site: what is published must be in one place",
        )
    if not stat.S_ISREG(mode):
        return error("not-a-file", f"{path} is neither a file nor a folder", Span(path), "delete it")
    if marked[0] > LARGEST:
        size = marked[0] // (1024 * 1024)
        return error("file-too-large", f"{path} has {size} MB; the most is 50 MB", Span(path), "make it smaller")
    return None


def _not_there(real: str, path: str) -> Diagnostic:
    """Tell why a name could not be looked at: a folder that is closed, or a link that leads nowhere."""
    try:
        os.listdir(real)
    except OSError as problem:
        if path.endswith("/"):
            return unreadable(path.rstrip("/"), problem)
    return error("broken-link", f"{path} is a link that leads nowhere", Span(path), "mend the link or delete it")


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
    "source-changed": (
        "A source changed while the site was being built",
        "What was read first and what was read later might not fit together, so nothing was published. Build again.",
    ),
    "file-too-large": ("A file of more than 50 MB", "Make it smaller, or host it elsewhere and link it."),
}
