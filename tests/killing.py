"""A process that is killed: before any call that it makes of the file system, in the midst of a write, or at any time.

What the process wrote up to then stays as it is, half a piece included; nothing of it is tidied up.
"""

from __future__ import annotations

import io
import os
import pathlib
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CALLS = (
    "open", "write", "pwrite", "link", "symlink", "rename", "replace", "unlink", "mkdir", "rmdir", "chmod", "fchmod",
    "fsync", "utime", "ftruncate", "scandir",
)  # fmt: skip
STOPPED, FAILED = 75, 70


def die() -> None:
    """End this process as the system would."""
    os.kill(os.getpid(), signal.SIGKILL)


class Writing(io.FileIO):
    """A file that tells of every write; the one that ends the process gets half of it done."""

    tick: Callable[[Callable[[], object]], None]

    def write(self, content: Any) -> int:
        self.tick(lambda: io.FileIO.write(self, bytes(content)[: len(bytes(content)) // 2]))
        return super().write(content)


@contextmanager
def counting(
    at: int, stop: Callable[[], object] = die, counts: Callable[[], bool] = lambda: True
) -> Iterator[list[str]]:
    """Count the calls of the file system where ``counts`` says so, and call ``stop`` before the one at ``at``."""
    calls: list[str] = []

    def tick(call: str, half: Callable[[], object] = str) -> None:
        if not counts():
            return
        calls.append(call)
        if len(calls) == at:
            half()
            stop()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            half: Callable[[], object] = str
            if name in ("write", "pwrite"):
                half = lambda: real(args[0], bytes(args[1])[: len(args[1]) // 2], *args[2:])  # noqa: E731
            tick(name, half)
            return real(*args, **named)

        return call

    def opened(path: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if "b" not in mode or not set(mode) & set("wax+"):
            return open_(path, mode, *rest, **named)
        tick("open")
        file = Writing(path, mode.replace("b", ""))
        file.tick = lambda half: tick("write", half)
        return file

    open_ = pathlib.Path.open
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, counted(name, getattr(os, name)))
        patch.setattr(pathlib.Path, "open", opened)
        yield calls


def apart(work: Callable[[], object]) -> int:
    """Do a piece of work in a process of its own and return its number."""
    child = os.fork()
    if not child:
        code = FAILED
        try:
            os.setsid()
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def ended(child: int) -> bool:
    """Wait for a process; say whether it was killed. A failure of the work itself is passed on."""
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), f"the build itself failed: {code}"
    return code != 0


def killed_at(work: Callable[[], object], at: int) -> bool:
    """Do a piece of work and kill it before its ``at``-th call; false when it came to its end before that."""

    def counted() -> None:
        me = os.getpid()
        with counting(at, die, lambda: os.getpid() == me):
            work()

    return ended(apart(counted))


def killed_by_and_by(work: Callable[[], object], seconds: float) -> bool:
    """Do a piece of work and kill it after some time; false when it came to its end before that."""
    child = apart(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return ended(child)
