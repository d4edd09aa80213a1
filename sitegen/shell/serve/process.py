"""The process that builds. It has no thread beside its own, so that a build can fork workers safely.

The server has threads, and a fork copies the locks that they hold at that moment. The building process is therefore
started afresh (spawned), never forked: that is safe at any time, also when another has to take its place, and the same
on every system. It stays from one build to the next, so that modules are loaded and templates compiled once.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import NamedTuple, Protocol

from sitegen.shell.serve.changes import Names
from sitegen.shell.serve.outcome import Outcome, crash, ended

PAUSE = 0.25
"""Seconds without a further change after which nobody waits for the next build."""

TURNS = 5
"""Builds without such a pause after which one is made."""

FAREWELL = 5.0
"""Seconds that a process may take to end by itself."""


class Rebuild(Protocol):
    """What builds the site again. It is sent to the process by pickle, and keeps there what it likes."""

    def prepare(self) -> None:
        """Load what a build needs, before the first is asked for."""

    def __call__(self, names: Names) -> Outcome:
        """Build. ``names`` is every path that changed since the last build that succeeded, a path of a folder
        standing for all that is below it, or None where everything has to be looked at.
        """

    def outdated(self) -> bool:
        """Say whether the code in this process is no longer what is on the disk."""

    def rest(self) -> None:
        """Make the next build cheaper, while nobody waits."""


class Answer(NamedTuple):
    """What the process says: what came of a build, or None if it did not build; and whether this was its last word."""

    outcome: Outcome | None
    last: bool


class BuilderProcess:
    """The server's end: asks for builds, one at a time, and starts a process whenever there is none.

    One thread asks, another may end it all.
    """

    def __init__(self, rebuild: Rebuild) -> None:
        self._rebuild = rebuild
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._lock = Lock()
        self._over = False

    def start(self) -> None:
        """Start a process, unless there is one."""
        with self._lock:
            if self._over or (self._process and self._process.is_alive()):
                return
            ours, theirs = multiprocessing.Pipe()
            # Not a daemon, as those may not have workers.
            process = multiprocessing.get_context("spawn").Process(
                target=work, args=(theirs, self._rebuild), name="sitegen-builder", daemon=False
            )
            # Ctrl-C is for the server, from the first moment on.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                process.start()
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
            theirs.close()
            self._process, self._connection = process, ours

    def build(self, names: Names) -> Outcome:
        """Have the site built, and wait for what comes of it."""
        while True:
            self.start()
            answer = self._ask(names)
            if answer is None:
                return ended(self._drop())
            if answer.last:
                self._drop()
            if answer.outcome is not None:
                return answer.outcome

    def end(self) -> None:
        """End the process and what it has started, in the midst of a build too: publishing is made for that."""
        with self._lock:
            self._over = True
            if self._process is not None:
                _kill(self._process)

    def _ask(self, names: Names) -> Answer | None:
        """Return what the process says, or None where it is no longer there to say anything."""
        if self._connection is None:
            return None
        try:
            self._connection.send(names)
            answer = self._connection.recv()
        except (EOFError, OSError):
            return None
        assert isinstance(answer, Answer)  # noqa: S101 - it sends nothing else
        return answer

    def _drop(self) -> int | None:
        """Be rid of a process that has ended or is about to, and of its workers; return its exit code."""
        with self._lock:
            process, self._process = self._process, None
            if self._connection is not None:
                self._connection.close()
                self._connection = None
        if process is None:
            return None
        until = time.monotonic() + FAREWELL
        # Not by joining it: that waits for its workers, too, which outlive it when it is killed.
        while process.exitcode is None and time.monotonic() < until:
            time.sleep(0.005)
        _kill(process)
        process.join()
        return process.exitcode


def _kill(process: BaseProcess) -> None:
    """Kill a process that builds, and its workers, which are of its group."""
    if process.pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(ValueError):
        process.kill()


def work(connection: Connection, rebuild: Rebuild) -> None:
    """Build whenever asked to, until nobody is there any more to ask. Runs in the process that builds."""
    # A group of its own, by which the server ends this process and every worker.
    os.setsid()
    # A worker that outlives this process must not make the server believe that it is still there.
    os.register_at_fork(after_in_child=connection.close)
    # Looking for values that refer to each other in a circle takes as long as a build does: it is done in pauses.
    gc.disable()
    turns = 0
    rebuild.prepare()
    with contextlib.suppress(EOFError, OSError):
        while True:
            names = connection.recv()
            if rebuild.outdated():
                connection.send(Answer(None, last=True))
                return
            answer = _answer(rebuild, names)
            connection.send(answer)
            if answer.last:
                return
            turns += 1
            if turns >= TURNS or not connection.poll(PAUSE):
                turns = 0
                rebuild.rest()
                gc.collect()
                # What is still there stays for good, and need not be gone through the next time.
                gc.freeze()


def _answer(rebuild: Rebuild, names: Names) -> Answer:
    try:
        return Answer(rebuild(names), last=False)
    except Exception as problem:  # a fault of ours, or of a site's own format: the preview has to survive it
        # Nobody knows in which state that has left this process.
        return Answer(crash(problem), last=True)
