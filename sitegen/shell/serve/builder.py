"""Waits for builds in a thread of its own, one after the other, so that the server answers meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from sitegen.shell.serve.changes import Changes, Names, joined
from sitegen.shell.serve.outcome import Outcome, crash

Build = Callable[[Names], Outcome]
"""Has the site built. It is given every path that changed since the last build that succeeded, a path of a folder
standing for all that is below it, or None where everything has to be looked at."""


class Builder(Thread):
    """Takes what changed, has it built, and hands on what came of it."""

    def __init__(self, changes: Changes, build: Build, done: Callable[[Outcome], None]) -> None:
        # A daemon: the end of the server does not wait for the end of a build.
        super().__init__(name="sitegen-builder", daemon=True)
        self._changes, self._build, self._done = changes, build, done

    def run(self) -> None:
        """Build after every change, for ever."""
        owed: Names = frozenset()
        while True:
            owed = joined(owed, self._changes.take())
            outcome = self._outcome(owed)
            if outcome.ok:
                owed = frozenset()
            elif self._changes.pending:
                # Perhaps a file was half saved. The next build has the last word, so this one is not told.
                continue
            self._done(outcome)

    def _outcome(self, names: Names) -> Outcome:
        try:
            return self._build(names)
        except Exception as problem:  # the system may have no process left to give: the preview has to survive it
            return crash(problem)
