"""Reads a theme and the themes it refines into one value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.parse import parse_yaml
from sitegen.core.source import Source
from sitegen.core.suggest import did_you_mean
from sitegen.core.theme import Theme

BUILT_IN = Path(__file__).parent.parent / "themes"


def read_theme(root: Path, name: str, named_at: Span) -> tuple[Theme, list[Diagnostic]]:
    """Read ``themes/<name>`` of the site, or a built-in theme, with everything it extends below it.

    ``named_at`` is where the settings name it.
    """
    chain, found = _chain(root, name, named_at)
    templates: dict[str, str] = {}
    files: dict[str, str] = {}
    static: dict[str, bytes] = {}
    settings: dict[str, Any] = {}
    for layer, folder in reversed(chain):
        for path, text in _texts(folder / "templates", folder, found):
            templates[path] = templates[f"{layer}/{path}"] = text
            files[path] = files[f"{layer}/{path}"] = f"themes/{layer}/templates/{path}"
        static.update(_bytes(folder / "static", folder, found))
        settings = _merge(settings, _settings(folder, layer, found))
    settings.pop("extends", None)
    return Theme(name, templates, files, static, settings), found


def _chain(root: Path, name: str, named_at: Span) -> tuple[list[tuple[str, Path]], list[Diagnostic]]:
    """The theme and those it extends, nearest first, ending with the built-in one."""
    chain: list[tuple[str, Path]] = []
    found: list[Diagnostic] = []
    current = name
    while current:
        if any(current == known for known, _ in chain):
            path = " → ".join([*(known for known, _ in chain), current])
            found.append(error("theme-circle", f"themes extend each other in a circle: {path}", None, "mend extends:"))
            break
        folder = root / "themes" / current if (root / "themes" / current).is_dir() else BUILT_IN / current
        if "/" in current or current.startswith(".") or not folder.is_dir():
            own = [f.name for f in (root / "themes").iterdir()] if (root / "themes").is_dir() else []
            guess = did_you_mean(current, [*own, "default"])
            hint = f"did you mean '{guess}'?" if guess else "make a folder for it under themes/, or use: theme: default"
            found.append(error("unknown-theme", f"there is no theme '{current}'", named_at, hint))
            current = "" if current == "default" else "default"
            continue
        chain.append((current, folder))
        extends = _settings(folder, current, []).get("extends")
        current = str(extends) if extends else ("" if current == "default" else "default")
    return chain, found


def _settings(folder: Path, layer: str, found: list[Diagnostic]) -> dict[str, Any]:
    path = folder / "theme.yaml"
    if not path.is_file():
        return {}
    data, _, faults = parse_yaml(Source(f"themes/{layer}/theme.yaml", path.read_bytes()))
    found.extend(faults)
    return dict(data or {})


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Settings of the refining theme over those it refines; groups are joined key by key."""
    joined = dict(below)
    for key, value in above.items():
        known = joined.get(key)
        joined[key] = _merge(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return joined


def _paths(top: Path, folder: Path, found: list[Diagnostic]) -> list[tuple[str, Path]]:
    if not top.is_dir():
        return []
    kept = []
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        if not path.is_file() or any(part.startswith(".") for part in name.split("/")):
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            shown = f"themes/{folder.name}/{top.name}/{name}"
            hint = "copy the file into the theme"
            found.append(error("link-outside", f"{shown} is a link that leaves the theme", Span(shown), hint))
            continue
        kept.append((name, path))
    return kept


def _texts(top: Path, folder: Path, found: list[Diagnostic]) -> list[tuple[str, str]]:
    texts = []
    for name, path in _paths(top, folder, found):
        try:
            texts.append((name, path.read_text("utf-8").replace("\r\n", "\n")))
        except UnicodeDecodeError:
            shown = f"themes/{folder.name}/templates/{name}"
            found.append(error("template-error", f"{shown} is not UTF-8 text", Span(shown), "save it as UTF-8"))
    return texts


def _bytes(top: Path, folder: Path, found: list[Diagnostic]) -> list[tuple[str, bytes]]:
    return [(name, path.read_bytes()) for name, path in _paths(top, folder, found)]


CODES: dict[str, tuple[str, str]] = {
    "unknown-theme": ("A theme that is neither in themes/ nor built in", "Check theme: in sitegen.yaml and extends:."),
    "theme-circle": ("Themes extend each other in a circle", "Mend extends: in one of their theme.yaml files."),
}
