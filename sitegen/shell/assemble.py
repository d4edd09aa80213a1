"""The full way to publish: the stage becomes the new tree, sharing with the old one what has not changed."""

from __future__ import annotations

import os
import stat

from sitegen.core.diagnostics import Diagnostic
from sitegen.shell.edit import Edit, in_the_way, vanished
from sitegen.shell.outputcheck import FILE
from sitegen.shell.outputstate import MANIFEST, State, beside, digest_of
from sitegen.shell.survey import mode_of, own_folders
from sitegen.shell.swap import change_over, sync_all
from sitegen.shell.tree import Walk, clear_empty, discard, folder_of, make_folders, share, write_file


def assemble(edit: Edit) -> State | Diagnostic:
    """Complete the stage and change it for the output; what was the output is then in the place of the stage."""
    before = edit.state
    ours = own_folders(before)
    theirs = [folder for folder in before.folders if folder not in ours]
    if blocker := in_the_way(edit, theirs):
        return blocker
    # It cannot be relied on, and it takes room.
    discard(beside(edit.target, "spare"))
    shared = _share_kept(edit)
    shared &= _carry_foreign(edit, theirs)
    write_file(f"{edit.stage}/{MANIFEST}", [edit.manifest])
    walk = Walk(edit.stage)
    _clear_unwanted(edit, walk)
    if fault := _wrong(edit, walk):
        return fault
    state = State()
    state.fill_files(walk.files, {**edit.files, MANIFEST: edit.digest})
    state.fill_folders(walk.folders, before)
    state.foreign = {name: walk.files[name].st_ino for name in before.foreign}
    state.differing = {*edit.changed, *edit.removed, MANIFEST}
    root = walk.folders["."]
    state.root = (root.st_dev, root.st_ino)
    open_to_all = all(mode_of(before, folder) == 0o755 for folder in ours & before.rooms.keys())
    state.spare = before.root if before.folders and shared and open_to_all else None
    sync_all(edit.stage)
    state.stamp = edit.stamp()
    change_over(edit.stage, edit.target)
    return state


def _share_kept(edit: Edit) -> bool:
    """Give what has not changed its second name in the new tree. Say whether nothing had to be copied."""
    made = {""}
    shared = True
    for name in edit.files:
        if name in edit.changed:
            continue
        folder = name.rpartition("/")[0]
        if folder not in made:
            make_folders(edit.stage, folder)
            made.add(folder)
        old, new = f"{edit.target}/{name}", f"{edit.stage}/{name}"
        try:
            shared &= share(old, new)
        except FileExistsError:
            # Rendered again with the same outcome: the file that readers know stays.
            os.unlink(new)
            shared &= share(old, new)
        except FileNotFoundError:
            continue  # found missing below
    return shared


def _carry_foreign(edit: Edit, theirs: list[str]) -> bool:
    """Carry over what somebody else put into the output folder, as closed as it was."""
    shared = True
    for folder in sorted(theirs):
        if folder not in edit.files:
            make_folders(edit.stage, folder)
    for name in sorted(edit.state.foreign):
        make_folders(edit.stage, folder_of(name))
        shared &= share(f"{edit.target}/{name}", f"{edit.stage}/{name}")
    ways = {folder for name in edit.files for folder in [name.rpartition("/")[0]]}
    for folder in theirs:
        if folder not in ways:
            os.chmod(f"{edit.stage}/{folder}", mode_of(edit.state, folder) | stat.S_IRWXU)
    return shared


def _clear_unwanted(edit: Edit, walk: Walk) -> None:
    """Take out of the stage what was rendered but is not to be published."""
    wanted = edit.files.keys() | edit.state.foreign.keys() | {MANIFEST}
    for name in sorted(walk.files.keys() - wanted):
        del walk.files[name]
        os.unlink(f"{edit.stage}/{name}")
        gone = clear_empty(edit.stage, name)
        for folder in gone:
            walk.folders.pop(folder, None)
        left = folder_of(gone[-1] if gone else name)
        walk.folders[left] = os.lstat(f"{edit.stage}/{left}")


def _wrong(edit: Edit, walk: Walk) -> Diagnostic | None:
    """Tell of a file that is not in the new tree as it should be, because somebody changed it meanwhile."""
    places, signs = edit.state.places, edit.state.files
    for name, digest in edit.files.items():
        found = walk.files.get(name)
        if found is None or found.st_mode != FILE:
            return vanished(name, edit.target)
        if name in edit.changed or signs.at(places[name]) == (found.st_ino, found.st_size, found.st_mtime_ns):
            continue
        with open(f"{edit.stage}/{name}", "rb") as file:
            if digest_of(file.read()) != digest:
                return vanished(name, edit.target)
    return None
