"""What is in an output folder before a publish: by its state, or by walking and reading where that does not do."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from time import monotonic

from sitegen.shell.outputcheck import FILE, Seen, folders_intact, inspect
from sitegen.shell.outputstate import DIGEST, MANIFEST, State, digest_of, load
from sitegen.shell.tree import Walk

_UNKNOWN = "00" * DIGEST
_SOON = 1.0
"""Seconds for which a look at the folders is relied on."""


@dataclass(frozen=True, slots=True)
class Look:
    """An output folder as it is now.

    ``fresh`` says that it is as its state file has it, but for the ``altered`` files of ours.
    ``elsewhere`` are folders that lie on another file system.
    """

    state: State
    altered: set[str]
    fresh: bool
    elsewhere: tuple[str, ...] = ()
    when: float = field(default_factory=monotonic)

    def intact(self) -> dict[str, str]:
        """Return the files that are as they were published, the manifest among them, with their digests."""
        return Seen(self.state, self.altered, strangers=False).intact()


def look(target: str) -> Look:
    """See what an output folder holds. Reads files only where nothing can be known without."""
    state = load(target)
    seen = inspect(target, state) if state else None
    if seen is None:
        return _walked(target, read_manifest(target), None)
    if seen.strangers:
        return _walked(target, dict(zip(seen.state.names, seen.state.hexes(), strict=True)), seen)
    return Look(seen.state, seen.altered, fresh=True)


def look_again(target: str, before: Look) -> Look:
    """See whether something came or went since the last look, if that is a while ago."""
    if not before.fresh or monotonic() - before.when < _SOON:
        return before
    try:
        same = folders_intact(target, before.state)
    except OSError:
        same = False
    return before if same else look(target)


def _walked(target: str, claims: Mapping[str, str], seen: Seen | None) -> Look:
    """Go through the folder: what it has of ours (by the claims that were made of it), and what of others."""
    state = State()
    altered: set[str] = set()
    if not os.path.isdir(target):
        return Look(state, altered, fresh=False)
    walk = Walk(target)
    root = walk.folders["."]
    state.root = (root.st_dev, root.st_ino)
    for name, found in walk.files.items():
        if name != MANIFEST and name not in claims:
            state.foreign[name] = found.st_ino
        elif _sound(target, name, found, claims.get(name, ""), seen):
            state.put_file(name, claims[name], found)
        else:
            state.put_file(name, _UNKNOWN, None)
            altered.add(name)
    for name, found in walk.folders.items():
        state.put_folder(name, found)
    elsewhere = tuple(name for name, found in walk.folders.items() if found.st_dev != root.st_dev)
    return Look(state, altered, fresh=False, elsewhere=elsewhere)


def _sound(target: str, name: str, found: os.stat_result, digest: str, seen: Seen | None) -> bool:
    """Say whether a file is what is claimed of it: by its signature, or by its bytes."""
    if found.st_mode != FILE:
        return False
    if seen is not None:
        sign = (found.st_ino, found.st_size, found.st_mtime_ns)
        return name not in seen.altered and sign == seen.state.files.at(seen.state.places[name])
    with open(f"{target}/{name}", "rb") as file:
        return digest_of(file.read()) == digest


def read_manifest(target: str | os.PathLike[str]) -> dict[str, str]:
    """Return what the last build wrote: paths below the output folder and their digests."""
    try:
        with open(os.open(f"{os.fspath(target)}/{MANIFEST}", os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            files = json.loads(file.read())["files"]
    except OSError as problem:
        # A list that is there and cannot be read must not make our own files look like somebody else's.
        if problem.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return {}
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    if not isinstance(files, dict):
        return {}
    return {name: str(digest) for name, digest in files.items() if _inside(name)}


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def own_folders(state: State) -> set[str]:
    """The folders that hold something of ours, the root among them."""
    found = {"."}
    for name in state.names:
        folder = name.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def mode_of(state: State, folder: str) -> int:
    """The permissions of a folder."""
    return stat.S_IMODE(state.here.detail[state.rooms[folder]])
