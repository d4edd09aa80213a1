"""The wheel, in a clean environment away from the repository."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_an_installed_wheel_starts_and_builds_a_site(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)],
        check=True,
    )
    (wheel,) = tmp_path.glob("sitegen-*.whl")
    venv.create(tmp_path / "clean", with_pip=True)
    commands = tmp_path / "clean" / "bin"
    subprocess.run([commands / "pip", "install", "--quiet", "--disable-pip-version-check", wheel], check=True)
    subprocess.run([commands / "sitegen", "new", "my-catalogue"], cwd=tmp_path, check=True, capture_output=True)
    site = tmp_path / "my-catalogue"
    done = subprocess.run(
        [commands / "sitegen", "build", "--strict"], cwd=site, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (site / "output/index.html").exists()
    (client,) = (tmp_path / "clean").rglob("sitegen/shell/serve/client")
    assert {path.name for path in client.iterdir()} == {"livereload.js", "livereload.css"}
    assert list((site / "output/assets").rglob("*.css")), "the theme did not travel in the wheel"
