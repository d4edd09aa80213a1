"""A disk that fails, a computer that stops and a power cut: counts every call that the writer makes of the system."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sitegen.shell import assemble, spare, swap

CALLS = (
    "open", "write", "link", "symlink", "rename", "unlink", "mkdir", "rmdir", "chmod", "fchmod", "fsync", "utime",
)  # fmt: skip


class Disk:
    """Lets every call through but the one at ``at``, counted from 1, before which ``stop`` is called.

    ``unsynced`` are the inodes of the files that were written and have not been synchronised since: a
    power cut could leave them empty.
    """

    def __init__(self, at: int = 0, stop: Callable[[str], object] = len) -> None:
        self.at = at
        self.stop = stop
        self.count = 0
        self.calls: list[str] = []
        self.unsynced: set[int] = set()
        self._real = {name: getattr(os, name) for name in CALLS}

    @contextmanager
    def attached(self) -> Iterator[Disk]:
        """Stand between the writer and the system."""
        with pytest.MonkeyPatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, self._counted(name))
            exchanger = swap._exchanger()
            assert exchanger is not None
            patch.setattr(swap, "_exchanger", lambda: lambda one, other: self._exchange(exchanger, one, other))
            for module in (assemble, spare, swap):
                patch.setattr(module, "sync_all", self._sync_all)
            yield self

    def _tick(self, call: str) -> None:
        self.count += 1
        self.calls.append(call)
        if self.count == self.at:
            self.stop(call)

    def _counted(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            self._tick(name)
            result = self._real[name](*args, **named)
            if name == "write":
                self.unsynced.add(os.fstat(args[0]).st_ino)
            elif name == "fsync":
                self.unsynced.discard(os.fstat(args[0]).st_ino)
            return result

        return call

    def _exchange(self, real: Callable[[bytes, bytes], int], one: bytes, other: bytes) -> int:
        try:
            self._tick("exchange")
        except OSError as problem:
            return problem.errno or 0
        return real(one, other)

    def _sync_all(self, _: str) -> None:
        self._tick("sync")
        self.unsynced.clear()


def killed(work: Callable[[], object], at: int, report: Path) -> bool:
    """Do a piece of work in a process of its own that is killed before its ``at``-th call.

    Return false when it came to its end before that. ``report`` then names the inodes that a power
    cut at that moment would empty.
    """
    child = os.fork()
    if not child:
        code = 3
        try:
            disk = Disk(at)

            def stop(call: str) -> None:
                disk.at = 0
                report.write_text(" ".join(map(str, disk.unsynced)))
                os.kill(os.getpid(), signal.SIGKILL)

            disk.stop = stop
            with disk.attached():
                work()
            report.write_text(" ".join(map(str, disk.unsynced)))
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return status != 0


def cut_the_power(root: Path, report: Path, output: Path) -> None:
    """Empty every file that was not on disk yet. The site that readers see holds none of these."""
    lost = {int(inode) for inode in report.read_text().split()}
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_ino in lost:
            assert not path.is_relative_to(output), f"{path} was published before it was on disk"
            os.truncate(path, 0)
