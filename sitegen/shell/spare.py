"""The spare tree: a second copy of the site that shares its files, for the next change to go into.

Under its own name the spare equals the output but for the names that the state lists. While it is
worked on it has another name: a tree that a crash left half done is never taken for a whole one.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable

from sitegen.core.diagnostics import Diagnostic
from sitegen.shell.edit import Edit, vanished
from sitegen.shell.outputcheck import spare_intact
from sitegen.shell.outputstate import MANIFEST, State, beside
from sitegen.shell.swap import change_over, sync, sync_all, sync_one
from sitegen.shell.tree import (
    clear_empty,
    folder_of,
    make_folder,
    make_folders,
    parents,
    remove_file,
    share,
    write_file,
)


def usable(edit: Edit) -> bool:
    """Say whether the spare can take this change: it is as recorded, and nothing foreign has to be weighed."""
    if not edit.look.fresh or edit.state.spare is None or MANIFEST in edit.files:
        return False
    state = edit.state
    for name in edit.changed - state.places.keys():
        if name in state.rooms or name in state.foreign or any(folder in state.foreign for folder in parents(name)):
            return False
    return spare_intact(beside(edit.target, "spare"), state)


def update(edit: Edit) -> State | Diagnostic:
    """Bring the spare up to date with the change and exchange it with the output."""
    state = edit.state
    for name in edit.changed:
        if not os.path.isfile(f"{edit.stage}/{name}"):
            return vanished(name, edit.target)
    work = _Work(edit.target)
    stale = state.differing - edit.changed - edit.removed - {MANIFEST}
    work.remove([*edit.removed, *(stale - state.places.keys())])
    work.take_over(stale & state.places.keys())
    for name in sorted(edit.changed):
        work.make_room(name)
        os.rename(f"{edit.stage}/{name}", f"{work.path}/{name}")
    work.write(MANIFEST, edit.manifest)
    found = {name: os.lstat(f"{work.path}/{name}") for name in (*edit.changed, MANIFEST)}
    folders = work.folders()
    sync(work.path, found, [name for name, seen in folders.items() if seen])
    stamp = edit.stamp()
    change_over(work.path, edit.target)

    state.root, state.spare = state.spare or (0, 0), state.root
    state.stamp = stamp
    state.here, state.there = state.there, state.here
    _learn(state, folders)
    for name in edit.removed:
        state.drop_file(name)
    digests = {**edit.files, MANIFEST: edit.digest}
    for name, seen in found.items():
        state.put_file(name, digests[name], seen)
    state.differing = {*edit.changed, *edit.removed, MANIFEST}
    return state


def catch_up(target: str, state: State) -> None:
    """Make a spare that still differs from the output equal to it, so that the next publish has less to do."""
    work = _Work(target)
    work.remove(state.differing - state.places.keys())
    work.take_over(state.differing & state.places.keys())
    folders = work.folders()
    sync(work.path, (), [name for name, seen in folders.items() if seen])
    state.here, state.there = state.there, state.here
    _learn(state, folders)
    state.here, state.there = state.there, state.here
    state.differing = set()


def make_twin(target: str, state: State) -> bool:
    """Make a spare where there is none. False when the file system cannot share files between two names."""
    work = beside(target, "next")
    make_folder(work)
    for name in sorted(state.folders):
        if name != ".":
            make_folder(f"{work}/{name}")
    for name in (*state.names, *state.foreign):
        if not share(f"{target}/{name}", f"{work}/{name}"):
            return False
    for name in sorted(state.folders, reverse=True):
        os.chmod(f"{work}/{name}", stat.S_IMODE(state.here.detail[state.rooms[name]]))
    sync_all(work)
    for i, name in enumerate(state.folders):
        seen = os.lstat(f"{work}/{name}")
        state.there.put(i, seen.st_ino, seen.st_mode, seen.st_mtime_ns)
        if name == ".":
            state.spare = (seen.st_dev, seen.st_ino)
    state.differing = set()
    return True


def _learn(state: State, folders: dict[str, os.stat_result | None]) -> None:
    for name, seen in folders.items():
        if seen is None:
            state.drop_folder(name)
        else:
            state.put_folder(name, seen)


class _Work:
    """The spare while it is worked on, and which of its folders were touched."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.path = beside(target, "next")
        self._touched: set[str] = set()
        os.rename(beside(target, "spare"), self.path)
        # From here on the spare may be half done: that has to be known on disk before it is true.
        sync_one(os.path.dirname(self.path))

    def remove(self, names: Iterable[str]) -> None:
        """Remove files that the site no longer has, and folders that are empty without them."""
        # Backwards, as either of `a` and `a/b` may be what is here: then the folder is gone before the file's turn.
        for name in sorted(names, reverse=True):
            self._touched |= {".", *parents(name)}
            remove_file(f"{self.path}/{name}")
            clear_empty(self.path, name)

    def take_over(self, names: Iterable[str]) -> None:
        """Share files of the output that this tree has in an older version, or not at all."""
        for name in sorted(names):
            self.make_room(name)
            remove_file(f"{self.path}/{name}")
            share(f"{self.target}/{name}", f"{self.path}/{name}")

    def make_room(self, name: str) -> None:
        """Make the folders that a file needs."""
        make_folders(self.path, folder_of(name))
        # All on the way, also those that were there: this tree may have folders that the output has not.
        self._touched |= {".", *parents(name)}

    def write(self, name: str, body: bytes) -> None:
        """Write a file anew: never in place, as the old one may be shared with the output."""
        remove_file(f"{self.path}/{name}")
        self._touched.add(folder_of(name))
        write_file(f"{self.path}/{name}", [body])

    def folders(self) -> dict[str, os.stat_result | None]:
        """Return every folder that was touched, as it is now; None for one that is gone."""
        found: dict[str, os.stat_result | None] = {}
        for name in sorted(self._touched):
            found[name] = None
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                seen = os.lstat(f"{self.path}/{name}")
                found[name] = seen if stat.S_ISDIR(seen.st_mode) else None
        return found
