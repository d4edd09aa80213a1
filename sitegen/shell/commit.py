"""Publishes a staged site by one of two ways, and keeps the record of it.

Two whole trees share their files by hard links: the output folder that readers see, and a spare
beside it. A change goes into the spare, which then changes places with the output in one step, so
that publishing costs what the change costs (docs/decisions/0010). Where there is no spare that can
be relied on, the stage itself becomes the new tree, and the old one the spare.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.core.diagnostics import Diagnostic
from sitegen.shell.assemble import assemble
from sitegen.shell.edit import make_edit
from sitegen.shell.outputcheck import spare_intact
from sitegen.shell.outputstate import State, beside, encoded
from sitegen.shell.spare import catch_up, make_twin, update, usable
from sitegen.shell.survey import Look, look
from sitegen.shell.tree import discard, write_file


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish changed: how many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def commit(target: str, stage: str, files: Mapping[str, str], seen: Look) -> tuple[Published | None, list[Diagnostic]]:
    """Make the output hold exactly these files, beside what is not ours. Called by the holder of the lock."""
    edit = make_edit(target, stage, files, seen)
    if edit is None:
        return Published(0, len(files), 0), []
    by_spare = usable(edit)
    work = beside(target, "next") if by_spare else stage
    try:
        done = update(edit) if by_spare else assemble(edit)
    except BaseException:
        with contextlib.suppress(OSError):
            discard(work)
        raise
    if isinstance(done, Diagnostic):
        return None, [done]
    _record(target, done, work)
    return Published(len(edit.changed), len(files) - len(edit.changed), len(edit.removed)), []


def _record(target: str, state: State, work: str) -> None:
    """Write down what the output holds now, and give the old tree, or be rid of it, as the spare."""
    # The new site stands, whatever goes wrong here: it only makes the next publish dearer.
    with contextlib.suppress(OSError):
        if state.spare is None:
            discard(work)
        try:
            save(target, state)
            if state.spare is not None:
                os.rename(work, beside(target, "spare"))
        except OSError:
            discard(work)


def save(target: str, state: State) -> None:
    """Replace the state file."""
    fresh = beside(target, "state-new")
    try:
        write_file(fresh, encoded(state))
        os.rename(fresh, beside(target, "state"))
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(fresh)
        raise


def prepare(target: str) -> bool:
    """Have a spare ready that equals the output. Called by the holder of the lock, when there is time."""
    seen = look(target)
    state, work = seen.state, beside(target, "next")
    if not seen.fresh or seen.altered:
        return False
    ready = spare_intact(beside(target, "spare"), state)
    if ready and not state.differing:
        return True
    try:
        if ready:
            catch_up(target, state)
        else:
            discard(beside(target, "spare"))
            if not make_twin(target, state):
                discard(work)
                return False
        save(target, state)
        os.rename(work, beside(target, "spare"))
    except BaseException:
        with contextlib.suppress(OSError):
            discard(work)
        raise
    return True
