"""The one writer. It makes the new site beside the old one and changes them over in one step.

Nothing outside the output folder and its hidden helpers beside it is touched, and inside it nothing
that the writer's own records do not name. A crash at any point leaves the old site or the new one,
never a mixture.

A build opens a stage, writes into it what it rendered, from any number of processes, and commits
the list of all files. The parts: ``stage`` (lock, staging), ``survey`` (what is there), ``edit``
(what has to change), ``spare`` and ``assemble`` (the two ways to make the new tree), ``swap`` (the
change-over), ``outputstate`` and ``outputcheck`` (the record, and whether it still holds).

What cannot be promised: on NFS the lock holds between computers only where the server keeps locks;
a file system that loses data that it said was on disk can lose the site; and Windows, which has
neither the lock nor the exchange that this needs, is not supported.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from sitegen.core.diagnostics import Diagnostic
from sitegen.core.output import Output
from sitegen.shell.commit import Published
from sitegen.shell.outputcheck import untouched
from sitegen.shell.outputstate import MANIFEST
from sitegen.shell.stage import Stage, StageError, cannot_publish, open_stage, prepare_spare
from sitegen.shell.survey import look, read_manifest

__all__ = [
    "CODES",
    "MANIFEST",
    "Published",
    "Stage",
    "StageError",
    "open_stage",
    "prepare_spare",
    "publish",
    "read_manifest",
    "recorded",
    "untouched",
]


def publish(outputs: Iterable[Output], target: Path, site_root: Path) -> tuple[Published | None, list[Diagnostic]]:
    """Make ``target`` hold exactly these outputs, beside files that are not ours."""
    with open_stage(target, site_root) as (stage, faults):
        if stage is None:
            return None, faults
        try:
            files = {output.route.file: stage.put(output.route.file, output.body) for output in outputs}
        except StageError as problem:
            return None, [problem.told]
        return stage.commit(files)


def recorded(target: Path) -> dict[str, str]:
    """Return what is in an output folder as it was published: name and digest of every file that nobody changed.

    Raises ``StageError`` where the folder cannot be read.
    """
    if target.is_symlink():
        return {}
    try:
        found = look(os.path.realpath(target)).intact()
    except OSError as problem:
        raise StageError(cannot_publish(problem, str(target))) from problem
    found.pop(MANIFEST, None)
    return found


CODES: dict[str, tuple[str, str]] = {
    "bad-output": (
        "An output folder in which a build could do harm",
        "A build replaces its output folder. It refuses folders that hold the site, the home folder, a repository of "
        "somebody else's, or the site's sources, and a folder on which a disk is mounted, which cannot be replaced.",
    ),
    "output-busy": ("Two builds write to one folder", "Wait for the other build to end."),
    "output-changed": (
        "The output folder was changed during a build",
        "Somebody else changed or removed a file that the build meant to keep. Nothing was published; build again.",
    ),
    "foreign-file": (
        "A file in the output folder is in the way",
        "sitegen never overwrites a file that it did not write. Move it away, or put it into static/.",
    ),
    "cannot-publish": (
        "The site could not be written",
        "The disk is full, or the folder may not be written to. The site that was there before is untouched.",
    ),
}
