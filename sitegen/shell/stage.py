"""The stage: where the files of a build are written, by however many processes, before they are published."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from sitegen.core.diagnostics import Diagnostic, error
from sitegen.shell.commit import Published, commit, prepare
from sitegen.shell.outputstate import MANIFEST, beside, digest_of
from sitegen.shell.survey import Look, look, look_again
from sitegen.shell.swap import put_back
from sitegen.shell.tree import discard, folder_of, make_folder, make_folders, write_file

_LEFTOVERS = ("new", "next", "old", "state-new")
_NOT_NAMES = {"", ".", ".."}


class StageError(Exception):
    """The disk failed a build; carries the diagnostic to tell, also from one process to another."""

    def __init__(self, told: Diagnostic) -> None:
        super().__init__(told)
        self.told = told

    def __str__(self) -> str:
        return self.told.message


class Stage:
    """A place for the files of a build. It is only paths, so that it can be handed to other processes."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.folder = beside(target, "new")
        self._made = {"."}
        self._look: Look | None = None

    def __reduce__(self) -> tuple[type[Stage], tuple[str]]:
        return Stage, (self.target,)

    def put(self, name: str, body: bytes) -> str:
        """Write a file of the site; return its digest. Raises ``StageError``, as with a full disk."""
        if not _NOT_NAMES.isdisjoint(name.split("/")):
            raise ValueError(f"{name!r} is not a path below the output folder")
        folder = folder_of(name)
        try:
            if folder not in self._made:
                make_folders(self.folder, folder)
                self._made.add(folder)
            write_file(f"{self.folder}/{name}", [body])
        except OSError as problem:
            raise StageError(cannot_publish(problem, self.target)) from problem
        return digest_of(body)

    def recorded(self) -> dict[str, str]:
        """Return what is in the output folder as it was published, as name and digest.

        The same look serves ``commit``, which is why this is cheaper than to ask from outside. Raises
        ``StageError`` where the folder cannot be read.
        """
        try:
            self._look = look(self.target)
        except OSError as problem:
            raise StageError(cannot_publish(problem, self.target)) from problem
        found = self._look.intact()
        found.pop(MANIFEST, None)
        return found

    def commit(self, files: Mapping[str, str]) -> tuple[Published | None, list[Diagnostic]]:
        """Publish: make the output hold exactly these files, given as name and digest.

        A file with another digest than the one recorded has been ``put``; any other stays as it is.
        """
        try:
            seen = look_again(self.target, self._look) if self._look else look(self.target)
            self._look = None
            return commit(self.target, self.folder, files, seen)
        except OSError as problem:
            return None, [cannot_publish(problem, self.target)]


@contextlib.contextmanager
def open_stage(target: Path, site_root: Path) -> Iterator[tuple[Stage | None, list[Diagnostic]]]:
    """Lock an output folder and lay out a stage for it; or say why not. What is not committed is cleared away."""
    fault = _unsuitable(target, site_root)
    if fault:
        yield None, [fault]
        return
    # By its one real name, so that two ways to say it share one lock.
    real = str(target.resolve())
    with contextlib.ExitStack() as stack:
        try:
            os.makedirs(os.path.dirname(real), exist_ok=True)
            stack.enter_context(alone(real))
            _clear(real)
            make_folder(beside(real, "new"))
        except BlockingIOError:
            hint = "wait for the other build, or end it"
            told = error("output-busy", f"another build is writing to {real}", None, hint)
        except OSError as problem:
            told = cannot_publish(problem, real)
        else:
            stack.callback(_drop_stage, beside(real, "new"))
            yield Stage(real), []
            return
        yield None, [told]


def prepare_spare(target: Path) -> bool:
    """Make the next publish cheap: have the spare tree ready now, while nobody waits. False when it cannot be had."""
    real = os.path.realpath(target)
    if os.path.islink(target) or not os.path.isdir(real):
        return False
    try:
        with alone(real):
            _clear(real)
            return prepare(real)
    except OSError:
        return False


def _clear(target: str) -> None:
    """Clear away what a build left that was killed."""
    put_back(target)
    for what in _LEFTOVERS:
        path = beside(target, what)
        if os.path.isfile(path):
            os.unlink(path)
        else:
            discard(path)


def _drop_stage(folder: str) -> None:
    # The site stands or was never touched; what cannot be cleared away now is told by the next build.
    with contextlib.suppress(OSError):
        discard(folder)


_held: set[int] = set()


def _let_go() -> None:
    """In a forked process: close the locks, or a worker left over from a killed build would keep its lock."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)


@contextlib.contextmanager
def alone(target: str) -> Iterator[None]:
    """Hold the lock of an output folder; the system frees it when the process ends, however it ends."""
    descriptor = os.open(beside(target, "lock"), os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    _held.add(descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        if descriptor in _held:  # in a forked process it is closed, and the number may be another file's
            _held.discard(descriptor)
            os.close(descriptor)


def _unsuitable(target: Path, site_root: Path) -> Diagnostic | None:
    """Refuse folders in which a build could do harm."""
    hint = "choose an empty folder, or one that sitegen made, with --output"
    if target.is_symlink():
        into = f"name the folder that it leads to: --output {target.resolve()}"
        return error("bad-output", f"{target} is a link, and a build replaces its output folder", None, into)
    real, root = target.resolve(), site_root.resolve()
    if target.exists() and not target.is_dir():
        return error("bad-output", f"{target} is a file, not a folder", None, hint)
    home = os.path.expanduser("~")  # not Path.home(), which raises where nobody has a home, as in a container
    if real in (Path("/"), Path(home), root) or root.is_relative_to(real):
        return error("bad-output", f"{target} holds the site itself or more", None, hint)
    if os.path.ismount(real):
        inside = "name a folder inside it with --output, and let the web server show that"
        return error("bad-output", f"{target} is where a disk is mounted, and cannot be replaced", None, inside)
    if (real / "sitegen.yaml").exists():
        return error("bad-output", f"{target} is the folder of a site, with its sources", None, hint)
    if any(real.is_relative_to(root / name) for name in ("content", "static", "themes")):
        return error("bad-output", f"{target} is inside the site's own sources", None, hint)
    if (target / ".git").exists() and not (target / MANIFEST).exists():
        return error("bad-output", f"{target} is a git repository that sitegen did not make", None, hint)
    return None


def cannot_publish(problem: OSError, target: str) -> Diagnostic:
    """Tell why the site could not be written."""
    hint = "check who may write there"
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "free some space and build again"
    elif problem.errno == errno.EBUSY:
        hint = "a folder on which a disk is mounted cannot be replaced: name one inside it with --output"
    why = problem.strerror or str(problem)
    where = f" ({os.fsdecode(problem.filename)})" if isinstance(problem.filename, str | bytes) else ""
    text = f"the site could not be written to {target}: {why}{where}; the old one is untouched"
    return error("cannot-publish", text, None, hint)
