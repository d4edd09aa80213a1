"""Reads a theme and the themes it refines into one value."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Any

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.parse import parse_yaml
from sitegen.core.source import KeyPath, Source
from sitegen.core.suggest import did_you_mean
from sitegen.core.theme import Theme
from sitegen.shell.read import is_text, misnamed, unreadable

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
    marks: dict[KeyPath, Span] = {}
    for layer, folder in reversed(chain):
        for path, text in _texts(folder / "templates", folder, found):
            templates[path] = templates[f"{layer}/{path}"] = text
            files[path] = files[f"{layer}/{path}"] = f"themes/{layer}/templates/{path}"
        static.update(_bytes(folder / "static", folder, found))
        said, places = _settings(folder, layer, found)
        settings = _merge(settings, said)
        marks.update(places)
    settings.pop("extends", None)
    return _known(Theme(name, templates, files, static, settings, marks)), found


_last: dict[str, Theme] = {}
"""The theme of each name that was read last."""


def _known(theme: Theme) -> Theme:
    """Return the very value that was read before where it is the same: what was compiled of it still holds."""
    if _last.get(theme.name) != theme:
        _last[theme.name] = theme
    return _last[theme.name]


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
        folder = root / "themes" / current if _is_folder(root / "themes" / current) else BUILT_IN / current
        if "/" in current or current.startswith(".") or not _is_folder(folder):
            guess = did_you_mean(current, [*_names(root / "themes"), "default"])
            hint = f"did you mean '{guess}'?" if guess else "make a folder for it under themes/, or use: theme: default"
            found.append(error("unknown-theme", f"there is no theme '{current}'", named_at, hint))
            current = "" if current == "default" else "default"
            continue
        chain.append((current, folder))
        extends = _settings(folder, current, [])[0].get("extends")
        current = str(extends) if extends else ("" if current == "default" else "default")
    return chain, found


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:  # no such folder, or one that may not be looked into
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, or a folder that may not be looked into
        return False


def _settings(folder: Path, layer: str, found: list[Diagnostic]) -> tuple[dict[str, Any], dict[KeyPath, Span]]:
    """What ``theme.yaml`` says, and where its keys and the items of its lists stand."""
    shown = f"themes/{layer}/theme.yaml"
    content = _content(folder / "theme.yaml", shown, found)
    if content is None:
        return {}, {}
    data, marks, faults = parse_yaml(Source(shown, content))
    found.extend(faults)
    return dict(data or {}), {**{at: span for at, span in marks.values.items() if at}, **marks.keys}


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Settings of the refining theme over those it refines; groups are joined key by key."""
    joined = dict(below)
    for key, value in above.items():
        known = joined.get(key)
        joined[key] = _merge(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return joined


def _paths(top: Path, folder: Path, found: list[Diagnostic]) -> list[tuple[str, Path]]:
    if not _is_folder(top):
        return []
    kept = []
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        if not path.is_file() or any(part.startswith(".") for part in name.split("/")):
            continue
        shown = f"themes/{folder.name}/{top.name}/{name}"
        if not is_text(name):
            found.append(misnamed(shown))
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            hint = "copy the file into the theme"
            found.append(error("link-outside", f"{shown} is a link that leaves the theme", Span(shown), hint))
            continue
        kept.append((name, path))
    return kept


def _texts(top: Path, folder: Path, found: list[Diagnostic]) -> list[tuple[str, str]]:
    texts = []
    for name, content in _bytes(top, folder, found):
        try:
            # One kind of line end, as reading text would have it.
            texts.append((name, content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")))
        except UnicodeDecodeError:
            shown = f"themes/{folder.name}/templates/{name}"
            found.append(error("template-error", f"{shown} is not UTF-8 text", Span(shown), "save it as UTF-8"))
    return texts


def _bytes(top: Path, folder: Path, found: list[Diagnostic]) -> list[tuple[str, bytes]]:
    read = []
    for name, path in _paths(top, folder, found):
        content = _content(path, f"themes/{folder.name}/{top.name}/{name}", found)
        read.extend([(name, content)] if content is not None else [])
    return read


def _content(path: Path, shown: str, found: list[Diagnostic]) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as problem:
        found.append(unreadable(shown, problem))
        return None


def theme_digest(theme: Theme) -> str:
    """Return a digest of everything in a theme."""
    digest = blake2b(digest_size=16)
    for name, text in sorted(theme.templates.items()):
        digest.update(f"{name}\0{text}\0".encode("utf-8", "surrogatepass"))
    for name, content in sorted(theme.static.items()):
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogatepass") + content)
    digest.update(repr((theme.name, theme.settings, sorted(theme.template_files.items()), theme.marks)).encode())
    return digest.hexdigest()


CODES: dict[str, tuple[str, str]] = {
    "unknown-theme": ("A theme that is neither in themes/ nor built in", "Check theme: in sitegen.yaml and extends:."),
    "theme-circle": ("Themes extend each other in a circle", "Mend extends: in one of their theme.yaml files."),
}
