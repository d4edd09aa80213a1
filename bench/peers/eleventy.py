"""Eleventy, from npm, with templates in JavaScript: its fastest kind."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bench.generate_eleventy import SITE, generate
from bench.peers.peer import Peer


def _main(tools: Path) -> Path:
    return tools / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"


def _install(tools: Path) -> None:
    folder = tools / "eleventy"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SITE / name, folder / name)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, check=True)


def _command(tools: Path, site: Path) -> list[str]:
    # Node finds packages from the site's folder upwards, so the site is given the installed ones.
    modules = site / "node_modules"
    if not modules.exists():
        modules.symlink_to(tools / "eleventy" / "node_modules")
    return ["node", str(_main(tools)), "--quiet"]


ELEVENTY = Peer(
    name="eleventy",
    title="Eleventy",
    command=_command,
    serve=lambda tools, site, port: [*_command(tools, site), "--serve", "--incremental", f"--port={port}"],
    version=lambda tools: ["node", str(_main(tools)), "--version"],
    generate=generate,
    installed=lambda tools: shutil.which("node") is not None and _main(tools).exists(),
    install=_install,
    output="_site",
    courses="content/courses/{}.md",
    badges="content/badges/{}.md",
    partial="lib/footer.js",
    config="content/_data/site.json",
    caches=(".cache",),
    environment={"ELEVENTY_ENV": "production"},
)
