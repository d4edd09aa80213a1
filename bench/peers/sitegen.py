"""Ourselves, by the command line alone."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.generate_sitegen import generate
from bench.peers.peer import Peer


def _nothing(_: Path) -> None:
    """Nothing to install: we are here already."""


SITEGEN = Peer(
    name="sitegen",
    title="sitegen",
    command=lambda _, site: [sys.executable, "-m", "sitegen", "build", "--site", str(site)],
    serve=lambda _, site, port: [sys.executable, "-m", "sitegen", "serve", "--site", str(site), "--port", str(port)],
    version=lambda _: [sys.executable, "-m", "sitegen", "--version"],
    generate=generate,
    installed=lambda _: True,
    install=_nothing,
    output="output",
    courses="content/courses/{}.md",
    badges="content/badges/{}.md",
    partial="themes/bench/templates/part/footer.html",
    config="sitegen.yaml",
    # Whatever a publisher keeps beside its output goes, too.
    caches=(".sitegen", ".output.*", ".sitegen-*"),
)
