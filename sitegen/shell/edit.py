"""What a publish has to change, worked out from what the site shall be and what is there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii

from sitegen.core.diagnostics import Diagnostic, error
from sitegen.shell.outputstate import MANIFEST, State, beside, digest_of
from sitegen.shell.survey import Look
from sitegen.shell.tree import parents

_FEW = 20
"""Changed files up to which the manifest is mended instead of being written anew."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A publish: where, from where, what the site shall be, and the difference to what is there.

    ``digest`` is that of the new ``manifest``.
    """

    target: str
    stage: str
    files: Mapping[str, str]
    look: Look
    changed: frozenset[str]
    removed: frozenset[str]
    manifest: bytes
    digest: str

    @property
    def state(self) -> State:
        """The output folder as it is."""
        return self.look.state

    def stamp(self) -> int:
        """Return the file system's own time, now."""
        lock = beside(self.target, "lock")
        os.utime(lock)
        return os.stat(lock).st_mtime_ns


def make_edit(target: str, stage: str, files: Mapping[str, str], look: Look) -> Edit | None:
    """Compare what shall be with what is. None when there is nothing to do."""
    intact = look.intact()
    changed = frozenset([name for name, digest in files.items() if intact.get(name) != digest])
    removed = frozenset(look.state.places.keys() - files.keys() - {MANIFEST})
    manifest = _mended(target, files, changed, removed, look, intact) or _manifest(files)
    digest = digest_of(manifest)
    same = not changed and not removed and intact.get(MANIFEST) == digest
    return None if same and look.fresh else Edit(target, stage, files, look, changed, removed, manifest, digest)


def _manifest(files: Mapping[str, str]) -> bytes:
    lines = [_line(name, digest) for name, digest in sorted(files.items())]
    listed = "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"
    return f'{{\n"sitegen": 1,\n"files": {listed}\n}}\n'.encode()


def _line(name: str, digest: str) -> str:
    return f'{encode_basestring_ascii(name)}: "{digest}"'


def _mended(
    target: str, files: Mapping[str, str], changed: frozenset[str], removed: frozenset[str], look: Look,
    intact: Mapping[str, str],
) -> bytes | None:  # fmt: skip
    """Put a few new digests into the manifest that is there: a large one takes long to write down."""
    state = look.state
    if removed or len(changed) > _FEW or not look.fresh or MANIFEST not in intact or changed - state.places.keys():
        return None
    hexes = state.hexes()
    with open(f"{target}/{MANIFEST}", "rb") as file:
        text = file.read()
    for name in changed:
        old = "\n" + _line(name, hexes[state.places[name]])
        mended = text.replace(old.encode(), ("\n" + _line(name, files[name])).encode(), 1)
        if mended == text and hexes[state.places[name]] != files[name]:
            return None
        text = mended
    return text


def in_the_way(edit: Edit, foreign_folders: Iterable[str]) -> Diagnostic | None:
    """Tell what is not ours and stands where a file of ours, or a folder on the way to it, has to be."""
    files = edit.state.foreign
    folders = {*foreign_folders, *(folder for name in files for folder in parents(name))}
    if edit.look.elsewhere:
        return _stands(edit.look.elsewhere[0], edit.target, "is another file system, mounted inside the output folder")
    if MANIFEST in edit.files:
        return _stands(MANIFEST, edit.target, "is sitegen's own list of files")
    if not files and not folders:
        return None
    ways: set[str] = set()
    for name in edit.files:
        if name in files or name in folders:
            return _stands(name, edit.target)
        for folder in parents(name):
            if folder in ways:
                break
            ways.add(folder)
    # Through a link on the way, a file would be written outside the output folder.
    blocked = sorted(ways & files.keys())
    return _stands(blocked[0], edit.target) if blocked else None


def _stands(name: str, target: str, what: str = "was not written by sitegen") -> Diagnostic:
    return error(
        "foreign-file",
        f"{target}/{name} {what}, and the site needs its place",
        None,
        "move that file away; if it belongs to the site, put it into static/",
    )


def vanished(name: str, target: str) -> Diagnostic:
    """Tell that the output folder changed under a build."""
    return error(
        "output-changed",
        f"{target}/{name} was changed by somebody else while the site was built",
        None,
        "build again",
    )
