"""Builds in a thread of its own, one build after the other, so that the server answers meanwhile."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable
from threading import Thread

from sitegen.shell.serve.changes import Changes, Names, joined
from sitegen.shell.serve.outcome import Outcome, crash

Rebuild = Callable[[Names], Outcome]
"""Builds the site again. It is given every path that changed since the last build that succeeded, a path of a folder
standing for all that is below it, or None where everything has to be looked at."""


class Builder(Thread):
    """Takes what changed, builds, and hands on what came of it."""

    def __init__(self, changes: Changes, rebuild: Rebuild, done: Callable[[Outcome], None]) -> None:
        # A daemon: the end of the server does not wait for the end of a build.
        super().__init__(name="sitegen-builder", daemon=True)
        self._changes, self._rebuild, self._done = changes, rebuild, done
        self.busy = False

    def run(self) -> None:
        """Build after every change, for ever."""
        with contextlib.suppress(AttributeError):
            # Processes that a build starts inherit this: Ctrl-C is for the server, and they end with it.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        owed: Names = frozenset()
        while True:
            owed = joined(owed, self._changes.take())
            self.busy = True
            outcome = self._build(owed)
            self.busy = False
            if outcome.ok:
                owed = frozenset()
            elif self._changes.pending:
                # Perhaps a file was half saved. The next build has the last word, so this one is not told.
                continue
            self._done(outcome)

    def _build(self, names: Names) -> Outcome:
        try:
            return self._rebuild(names)
        except Exception as problem:  # a fault of ours, or of a site's own format: the preview has to survive it
            return crash(problem)
