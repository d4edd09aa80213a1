"""The one writer. It makes the new site beside the old one and changes them over in one step.

Nothing outside the output folder is touched, and inside it nothing that the writer's own manifest
does not name. A crash at any point leaves the old site or the new one, never a mixture.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from sitegen.core.diagnostics import Diagnostic, error
from sitegen.core.output import Output

MANIFEST = ".sitegen-manifest.json"
"""Lists every file that a build wrote, with its digest. Only files named here are ever removed."""

_EXCHANGE = 2  # renameat2(2), RENAME_EXCHANGE


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish changed: how many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def publish(outputs: Iterable[Output], target: Path, site_root: Path) -> tuple[Published | None, list[Diagnostic]]:
    """Make ``target`` hold exactly these outputs, beside files that are not ours."""
    fault = _unsuitable(target, site_root)
    if fault:
        return None, [fault]
    # By its one real name, so that two ways to say it share one lock.
    target = target.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target):
            return _publish(outputs, target)
    except BlockingIOError:
        hint = "wait for the other build, or end it"
        return None, [error("output-busy", f"another build is writing to {target}", None, hint)]
    except OSError as problem:
        return None, [_failed(problem, target)]


def _publish(outputs: Iterable[Output], target: Path) -> tuple[Published | None, list[Diagnostic]]:
    stage = target.parent / f".{target.name}.sitegen-new"
    _discard(stage)
    _put_back(target)
    old = read_manifest(target)
    stage.mkdir(mode=0o755)
    manifest: dict[str, str] = {}
    written = 0
    try:
        foreign = _keep_foreign(target, stage, old)
        for output in outputs:
            name = output.route.file
            digest = blake2b(output.body, digest_size=16).hexdigest()
            manifest[name] = digest
            if blocker := _blocker(name, foreign):
                _discard(stage)
                return None, [_in_the_way(blocker, target)]
            if not _reuse(target / name, stage / name, old.get(name) == digest, output.body):
                _write(stage / name, output.body)
                written += 1
        _write(stage / MANIFEST, _manifest_bytes(manifest))
        _set_modes(stage, target, manifest, foreign)
        _sync()
        _change_over(stage, target)
    except BaseException:
        _discard(stage)
        raise
    with contextlib.suppress(OSError):  # the new site stands, whatever cannot be cleared away
        _discard(stage)
    removed = sum(1 for name in old if name not in manifest)
    return Published(written, len(manifest) - written, removed), []


def read_manifest(target: Path) -> dict[str, str]:
    """Return what the last build wrote: paths below the output folder and their digests."""
    try:
        files = json.loads((target / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    if not isinstance(files, dict):
        return {}
    return {name: str(digest) for name, digest in files.items() if _inside(name)}


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _manifest_bytes(files: Mapping[str, str]) -> bytes:
    return (json.dumps({"sitegen": 1, "files": dict(sorted(files.items()))}, indent=0) + "\n").encode()


def _unsuitable(target: Path, site_root: Path) -> Diagnostic | None:
    """Refuse folders in which a build could do harm."""
    hint = "choose an empty folder, or one that sitegen made, with --output"
    if target.is_symlink():
        into = f"name the folder that it leads to: --output {target.resolve()}"
        return error("bad-output", f"{target} is a link, and a build replaces its output folder", None, into)
    real, root = target.resolve(), site_root.resolve()
    if target.exists() and not target.is_dir():
        return error("bad-output", f"{target} is a file, not a folder", None, hint)
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where nobody has a home, as in a container
    if real in (Path("/"), Path(home), root) or root.is_relative_to(real):
        return error("bad-output", f"{target} holds the site itself or more", None, hint)
    if (real / "sitegen.yaml").exists():
        return error("bad-output", f"{target} is the folder of a site, with its sources", None, hint)
    if any(real.is_relative_to(root / name) for name in ("content", "static", "themes")):
        return error("bad-output", f"{target} is inside the site's own sources", None, hint)
    if (target / ".git").exists() and not (target / MANIFEST).exists():
        return error("bad-output", f"{target} is a git repository that sitegen did not make", None, hint)
    return None


def _blocker(name: str, foreign: Mapping[str, bool]) -> str | None:
    """Return what is not ours and stands where a file of ours, or a folder on the way to it, has to be."""
    if name in foreign:
        return name
    # Through a link on the way, a file would be written outside the output folder.
    return next((folder for folder in _folders_of(name) if not foreign.get(folder, True)), None)


def _folders_of(name: str) -> list[str]:
    """The folders on the way to a file, below the output folder."""
    return [parent.as_posix() for parent in PurePosixPath(name).parents][:-1]


def _keep_foreign(target: Path, stage: Path, old: Mapping[str, str]) -> dict[str, bool]:
    """Carry over what somebody else put into the output folder; return the names of it, true for folders."""
    foreign: dict[str, bool] = {}
    if not target.is_dir():
        return foreign
    ours = {*old, MANIFEST}
    for folder, folders, files in os.walk(target):
        here = Path(folder).relative_to(target)
        for name in sorted(folders):
            link = Path(folder, name)
            if link.is_symlink():
                _carry(link, stage / here / name)
                foreign[(here / name).as_posix()] = False
        theirs = [name for name in sorted(files) if (here / name).as_posix() not in ours]
        for name in theirs:
            _carry(Path(folder, name), stage / here / name)
            foreign[(here / name).as_posix()] = False
        if theirs or not (folders or files):
            (stage / here).mkdir(exist_ok=True, parents=True)
            foreign.update((inner.as_posix(), True) for inner in (here, *here.parents))
    return foreign


def _carry(source: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        copy.symlink_to(source.readlink())
        return
    try:
        copy.hardlink_to(source)
    except OSError:
        shutil.copy2(source, copy)


def _reuse(old: Path, new: Path, recorded: bool, body: bytes) -> bool:
    """Share a file that has not changed. What is on disk is compared, not only what the manifest says."""
    try:
        if not recorded or old.is_symlink() or old.read_bytes() != body:
            return False
        new.parent.mkdir(parents=True, exist_ok=True)
        new.hardlink_to(old)
    except OSError:
        return False
    return True


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(body)
    # Readable by a web server whatever the umask of the person who builds.
    path.chmod(0o644)


def _set_modes(stage: Path, target: Path, names: Iterable[str], foreign: Mapping[str, bool]) -> None:
    """Open our folders to a web server; somebody else's stay as closed as they were."""
    ours = {".", *(folder for name in names for folder in _folders_of(name))}
    for folder in ours:
        (stage / folder).chmod(0o755)
    for folder in (name for name, is_folder in foreign.items() if is_folder and name not in ours):
        (stage / folder).chmod(stat.S_IMODE((target / folder).stat().st_mode) | stat.S_IRWXU)


def _sync() -> None:
    """Have everything on disk before the change-over, so that a power cut cannot publish empty files."""
    if hasattr(os, "sync"):
        os.sync()


def _change_over(stage: Path, target: Path) -> None:
    """Put the new folder in the place of the old one: in one step where the system can."""
    if not target.exists():
        stage.rename(target)
        return
    if _exchange(stage, target):
        return
    aside = target.parent / f".{target.name}.sitegen-old"
    _discard(aside)
    target.rename(aside)
    try:
        stage.rename(target)
    except OSError:
        aside.rename(target)
        raise
    _discard(aside)


def _put_back(target: Path) -> None:
    """Undo a change-over by renaming that was ended between its two steps."""
    aside = target.parent / f".{target.name}.sitegen-old"
    if aside.is_dir() and not aside.is_symlink() and not target.exists():
        aside.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    here = -100  # AT_FDCWD
    return bool(renameat2(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE) == 0)


def _discard(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Hold the lock of an output folder; the system frees it when the process ends, however it ends."""
    lock = target.parent / f".{target.name}.sitegen-lock"
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _in_the_way(name: str, target: Path) -> Diagnostic:
    return error(
        "foreign-file",
        f"{target / name} was not written by sitegen, and the site needs its place",
        None,
        "move that file away; if it belongs to the site, put it into static/",
    )


def _failed(problem: OSError, target: Path) -> Diagnostic:
    full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
    hint = "free some space and build again" if full else "check who may write there"
    why = problem.strerror or str(problem)
    return error(
        "cannot-publish", f"the site could not be written to {target}: {why}; the old one is untouched", None, hint
    )


CODES: dict[str, tuple[str, str]] = {
    "bad-output": (
        "An output folder in which a build could do harm",
        "A build replaces its output folder. It refuses folders that hold the site, the home folder, a repository of "
        "somebody else's, or the site's sources.",
    ),
    "output-busy": ("Two builds write to one folder", "Wait for the other build to end."),
    "foreign-file": (
        "A file in the output folder is in the way",
        "sitegen never overwrites a file that it did not write. Move it away, or put it into static/.",
    ),
    "cannot-publish": (
        "The site could not be written",
        "The disk is full, or the folder may not be written to. The site that was there before is untouched.",
    ),
}
