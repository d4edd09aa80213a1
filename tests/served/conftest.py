"""Builds the sample site once, serves it, and asks each outside program once about everything."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.served import badges
from tests.served.hosts import PROGRAM, Hosts, serve
from tests.tools.install import HERE, install
from tests.tools.vocabulary import Vocabulary, read_vocabulary

ROOT = Path(__file__).parents[2]
TODAY = "2027-01-10"
"""The sample site is built as on this day, so that its offerings are to come in every test run."""


def _need(name: str, found: object) -> None:
    """Fail where a program is not installed: `make test` installs it, and a skipped proof proves nothing."""
    if not found:
        pytest.fail(f"{name} is not installed; make test installs it")


@pytest.fixture(scope="session")
def tools() -> Path:
    _need("npm", shutil.which("npm"))
    return install()


@pytest.fixture(scope="session")
def vocabulary(tools: Path) -> Vocabulary:
    return read_vocabulary(tools / "npm")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, built with the command that a person would type."""
    output = tmp_path_factory.mktemp("site") / "output"
    command = [sys.executable, "-m", "sitegen", "build", "--site", ".", "--output", str(output), "--date", TODAY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return output


@pytest.fixture(scope="session")
def hosts(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """The sample site on its own host, and the hosts of learning systems and endorsers that it names."""
    _need("nginx", PROGRAM)
    with serve(built, badges.BASE_URL, badges.other_hosts(built), tmp_path_factory.mktemp("nginx")) as running:
        yield running


@dataclass(frozen=True)
class Verified:
    """What 1EdTech's validator says: reports by address, and the context it read documents with."""

    reports: dict[str, Any]
    contexts: dict[str, Any]


@pytest.fixture(scope="session")
def verified(hosts: Hosts, tools: Path) -> Verified:
    """Every badge, issuer and assertion, good and bad, put to 1EdTech's validator in one process."""
    urls = [*badges.definitions(hosts.site), *badges.assertions(hosts), *badges.broken(hosts).values()]
    job = {"address": hosts.address, "hosts": hosts.names, "urls": urls}
    told = _run([str(tools / "ob2" / "bin" / "python"), "-W", "ignore", str(HERE / "verify_ob2.py")], job)
    return Verified({r["url"]: r for r in told["reports"]}, {told["context_url"]: told["context"]})


@pytest.fixture(scope="session")
def expanded(hosts: Hosts, verified: Verified, tools: Path) -> dict[str, str | None]:
    """Every Open Badges document put to jsonld.js in safe mode: by address, what is wrong or None."""
    _need("node", shutil.which("node"))
    urls = [*badges.definitions(hosts.site), *badges.achievements(hosts.site)]
    documents = {url: json.loads(hosts.get(url).body) for url in urls} | badges.misspelt(hosts)
    script = (HERE / "expand.mjs").read_text()
    job = {"contexts": verified.contexts, "documents": documents}
    told: dict[str, str | None] = _run(["node", "--input-type=module", "--eval", script], job, cwd=tools / "npm")
    return told


def _run(command: list[str], job: Any, cwd: Path | None = None) -> Any:
    done = subprocess.run(command, input=json.dumps(job), cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
