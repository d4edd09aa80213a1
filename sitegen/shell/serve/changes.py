"""Gathers changed names until it is time to build: at once after a quiet time, at the end of a burst otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition

Names = frozenset[str] | None
"""Paths below the site's folder that changed; None where nobody knows, so that everything has to be looked at."""

RECENT = 0.5
"""Seconds. A change this soon after another belongs to a burst: a save of many files, a change of branch."""

SETTLE = 0.25
"""Seconds without any change after which a burst is over."""

LONGEST = 5.0
"""Seconds that a burst can hold up a build; a program that never stops writing must not stop the preview."""

MANY = 20
"""Files that change in one moment when it is a program that saves them, which may not have ended."""


def joined(one: Names, other: Names) -> Names:
    """Return what changed in either; not to know is stronger than any name."""
    return None if one is None or other is None else one | other


class Changes:
    """What changed since it was last asked. One thread puts, one thread takes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._more = Condition()
        self._names: Names = frozenset()
        self._last = float("-inf")
        self._burst = False

    @property
    def pending(self) -> bool:
        """Whether something changed that nobody has taken."""
        return self._names is None or bool(self._names)

    def put(self, names: Names) -> None:
        """Add what changed."""
        with self._more:
            now = self._clock()
            many = names is None or len(names) > MANY
            # The very first is the start of the server, which waits for nothing.
            self._burst = self._burst or now - self._last < RECENT or (many and self._last > 0)
            self._last = now
            self._names = joined(self._names, names)
            self._more.notify_all()

    def take(self) -> Names:
        """Wait until something has changed and has settled; return it."""
        with self._more:
            while not self.pending:
                self._more.wait()
            end = self._clock() + LONGEST
            while self._burst and (left := min(self._last + SETTLE, end) - self._clock()) > 0:
                self._more.wait(left)
            names, self._names, self._burst = self._names, frozenset(), False
            return names
