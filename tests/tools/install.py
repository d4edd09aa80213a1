"""Fetch the programs that the served site is held against, once, into ``.tools/``.

- ``.tools/ob2``: a virtual environment with 1EdTech's Open Badges 2.0 validator (PyPI ``openbadges``).
- ``.tools/ob3``: the official Open Badges 3.0 JSON Schemas, from the source archive of PyPI ``openbadgeslib``.
- ``.tools/npm``: jsonld.js with the JSON-LD contexts, the schema.org vocabulary and the Nu HTML checker.

Nothing is fetched again while the pins beside this file stay the same. Run it by hand with
``python tests/tools/install.py``; the tests run it by themselves.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parents[1] / ".tools"

OB3_ARCHIVE = "openbadgeslib==4.6.3"
OB3_SCHEMAS = {
    "ob_v3p0_achievementcredential_schema.json": "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea",
    "ob_v3p0_profile_schema.json": "6b268f2caa591bf657e2a290e195713c41dc2db4e1c797723cfd00a1a83f8f13",
}


def install() -> Path:
    """Bring every tool up to its pins and return the folder they are in."""
    jobs: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
        ("ob2", _read("requirements-ob2.txt") + repr(sys.version_info[:2]), _ob2),
        ("ob3", OB3_ARCHIVE + repr(sorted(OB3_SCHEMAS.items())), _ob3),
        ("npm", _read("package.json") + _read("package-lock.json"), _npm),
    )
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / ".lock").open("w") as lock, ThreadPoolExecutor() as workers:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test runs may start at the same time
        for job in [workers.submit(_ensure, *job) for job in jobs]:
            job.result()
    return TOOLS


def _ensure(name: str, pins: str, fetch: Callable[[Path], None]) -> None:
    """Fetch a tool unless its stamp says that these very pins are there already."""
    folder = TOOLS / name
    stamp = folder / ".pins"
    digest = hashlib.sha256(pins.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    fetch(folder)
    stamp.write_text(digest)


def _ob2(folder: Path) -> None:
    venv.create(folder, with_pip=True)
    _run(folder / "bin" / "python", "-m", "pip", "install", "--no-deps", "-r", HERE / "requirements-ob2.txt")


def _ob3(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as download:
        fetch = ("download", "--no-deps", "--no-binary", "openbadgeslib", "--dest", download, OB3_ARCHIVE)
        _run(sys.executable, "-m", "pip", *fetch)
        (archive,) = Path(download).glob("*.tar.gz")
        with tarfile.open(archive) as files:
            for name, digest in OB3_SCHEMAS.items():
                (member,) = (m for m in files if m.name.endswith(f"/ob_schemas/{name}"))
                content = files.extractfile(member)
                schema = content.read() if content else b""
                if hashlib.sha256(schema).hexdigest() != digest:
                    raise SystemExit(f"{name} is not the schema that the tests were written against")
                (folder / name).write_bytes(schema)


def _npm(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder)


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _read(name: str) -> str:
    return (HERE / name).read_text()


if __name__ == "__main__":
    sys.stdout.write(f"{install()}\n")
