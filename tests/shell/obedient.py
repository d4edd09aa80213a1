"""A build for tests that does as it is told. It imports next to nothing, so that a process has it soon."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sitegen.shell.serve.changes import Names
from sitegen.shell.serve.outcome import Outcome


@dataclass
class Obedient:
    """Does what the changed names say, and tells in which process."""

    folder: Path

    def prepare(self) -> None:
        (self.folder / "prepared").touch()

    def __call__(self, names: Names) -> Outcome:
        for name in sorted(names or ()):
            getattr(self, name)()
        return Outcome(ok=True, changed=frozenset({str(os.getpid())}))

    def outdated(self) -> bool:
        file = self.folder / "outdated"
        return file.exists() and file.read_text() == str(os.getpid())

    def rest(self) -> None:
        (self.folder / "rested").touch()

    def die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def fail(self) -> None:
        raise ZeroDivisionError("by zero\x1b")

    def leave(self) -> None:
        sys.exit(3)

    def fork(self) -> None:
        worker = os.fork()
        if worker == 0:
            while True:
                time.sleep(3600)
        (self.folder / "worker").write_text(str(worker))

    def interrupt(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    def wait(self) -> None:
        (self.folder / "waiting").write_text(str(os.getpid()))
        time.sleep(3600)


def is_there(number: int) -> bool:
    """Say whether a process runs. One that has ended and that nobody has asked about yet does not."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
    return told.stdout.strip()[:1] not in ("", "Z")
