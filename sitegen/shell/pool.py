"""Spreads work over processes. How many never shows in what comes of it.

Workers are forked where that is safe, so that they share what is in memory; elsewhere the context is sent to
each once, and where it cannot be sent one process does everything. Either way it goes through
:class:`concurrent.futures.Executor`, so that another engine can stand in.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from pathlib import Path
from typing import Any

from sitegen.core.diagnostics import Diagnostic, error

Work = Callable[[Any, Any], Any]
"""A function at the top of a module, called with the context and one item."""

MOST = 256
_DEATH_SIGNAL = 1  # prctl(2), PR_SET_PDEATHSIG
_LINE = 256
"""Bytes in which a worker says what it is doing."""


class WorkerError(Exception):
    """A worker ended, or ran out of memory, in the midst of its work; carries the diagnostic to tell."""

    def __init__(self, doing: str, why: str) -> None:
        hint = "it was probably out of memory: build again with --jobs 1, close other programs, or look at that file"
        where = f" while {doing}" if doing else ""
        super().__init__(doing)
        self.told: Diagnostic = error("worker-died", f"a process of the build {why}{where}", None, hint)


def workers_for(items: int, enough: int, jobs: int | None) -> int:
    """Return how many processes to use: as asked, else one where there is little to do, else one for each core."""
    return jobs or (1 if items < enough else min(MOST, _cores()))


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


class Board:
    """Where each worker says what it is doing, so that it can be told when one dies. Shared by a small file."""

    def __init__(self) -> None:
        descriptor, name = tempfile.mkstemp(prefix="sitegen-")
        self.path = name
        os.ftruncate(descriptor, _LINE * MOST)
        os.close(descriptor)

    def read(self) -> list[str]:
        """Return what workers were doing that have not said that they are done."""
        lines = Path(self.path).read_bytes()
        said = (lines[at : at + _LINE].rstrip(b"\0").decode("utf-8", "replace") for at in range(0, len(lines), _LINE))
        return [line for line in said if line]

    def close(self) -> None:
        """Take the file away."""
        with contextlib.suppress(OSError):
            os.unlink(self.path)


_context: Any = None
_slot: mmap.mmap | None = None
_at = 0


def doing(what: str) -> None:
    """Say what this process does next; costs nothing where nobody listens."""
    if _slot is not None:
        line = what.encode("utf-8", "replace")[:_LINE]
        _slot[_at : _at + _LINE] = line + bytes(_LINE - len(line))


def _said() -> str:
    return "" if _slot is None else _slot[_at : _at + _LINE].rstrip(b"\0").decode("utf-8", "replace")


def _begin(board: str, number: Any, context: bytes | None) -> None:
    """Set a worker up: its line on the board, and the context where it was not inherited."""
    global _slot, _at, _context  # noqa: PLW0603 - a worker process has one of each, set before its first task
    with number.get_lock():
        _at = (number.value % MOST) * _LINE
        number.value += 1
    with Path(board).open("r+b") as file:
        _slot = mmap.mmap(file.fileno(), 0)
    _end_with_the_build()
    # One that is ended because another died is not to blame.
    signal.signal(signal.SIGTERM, _ended)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if context is not None:
        _context = pickle.loads(context)  # noqa: S301 - from the parent by a pipe, never from a file


def _end_with_the_build() -> None:
    """See to it that this worker ends when the build is killed: it would wait for work for ever, or go on writing."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        # By the system, at the same moment: a worker must write nothing into the stage of the build that comes next.
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()
    if os.getppid() != parent.pid:
        os._exit(1)


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _ended(*_: object) -> None:
    doing("")
    os._exit(1)


def _call(task: tuple[Work, Any]) -> Any:
    work, item = task
    try:
        result = work(_context, item)
    except MemoryError:
        # This process lives on and takes other work, so what it was doing goes with the fault.
        raise MemoryError(_said()) from None
    doing("")
    return result


@contextlib.contextmanager
def _pool(workers: int, context: Any, board: Board, how: str, sent: bytes | None) -> Iterator[Executor]:
    global _context  # noqa: PLW0603 - inherited by the workers that are forked while it is set
    maker = multiprocessing.get_context(how)
    _context = context
    pool = ProcessPoolExecutor(
        workers, mp_context=maker, initializer=_begin, initargs=(board.path, maker.Value("i", 0), sent)
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        _context = None


def _can_fork() -> bool:
    """Say whether forking is safe: macOS libraries may not survive it."""
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()


def _sent(context: Any) -> bytes | None:
    """Return the context as it is sent to workers that cannot inherit it; None where it cannot be sent."""
    try:
        return pickle.dumps(context)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


def spread(work: Work, context: Any, items: Sequence[Any], workers: int, method: str | None = None) -> Iterator[Any]:
    """Yield ``work(context, item)`` for each item, in order, worked out by several processes.

    Raises :class:`WorkerError` when one of them dies. ``method`` is how they are started, for tests.
    """
    how = method or ("fork" if _can_fork() else "spawn")
    sent = None if how == "fork" or workers == 1 else _sent(context)
    if workers == 1 or len(items) < 2 or (how != "fork" and sent is None):
        for item in items:
            yield work(context, item)
        return
    board = Board()
    try:
        with _pool(min(workers, len(items)), context, board, how, sent) as pool:
            yield from _gathered(pool, work, items, workers * 3)
    except BrokenProcessPool:
        raise WorkerError(" or ".join(board.read()[:3]), "was ended by the system") from None
    except MemoryError as problem:
        raise WorkerError(str(problem), "ran out of memory") from None
    finally:
        board.close()


def _gathered(pool: Executor, work: Work, items: Sequence[Any], ahead: int) -> Iterator[Any]:
    """Yield results in order, with only so many asked for ahead that they do not pile up in memory."""
    waiting: list[Future[Any]] = []
    for item in items:
        if len(waiting) >= ahead:
            yield waiting.pop(0).result()
        waiting.append(pool.submit(_call, (work, item)))
    while waiting:
        yield waiting.pop(0).result()


CODES: dict[str, tuple[str, str]] = {
    "worker-died": (
        "A process of the build ended before its time",
        "Large sites are built by several processes at once. One was ended by the system, mostly because memory ran "
        "out. The message says what it was doing. Nothing was published; the old site is untouched.",
    ),
}
