"""A small site to change at random: one of everything, each badge with a picture of its own, and edits of all sorts.

Drawing a badge's art takes longer than all the rest of such a site, so no badge here leaves that to sitegen.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import Options, Result, build
from sitegen.formats.html.environment import ThemeEnvironment

SMALL = Path(__file__).parent / "sites" / "small"
DAY = date(2026, 11, 25)
PICTURE = "---\nimage: {{id: img/{}.png, caption: A plate on a table}}\n"
Edit = Callable[[Path, int], None]


def png(number: int, side: int = 400) -> bytes:
    """A picture of one colour."""
    row = b"\0" + bytes((number % 256, number // 256 % 256, 90)) * side

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(row * side, 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


def make(site: Path) -> Path:
    """Lay the site out in a new folder."""
    shutil.copytree(SMALL, site, ignore=shutil.ignore_patterns("expected"))
    (site / "content/badges/img").mkdir()
    for number, badge in enumerate(sorted((site / "content/badges").glob("*.md"))):
        (site / f"content/badges/img/{badge.stem}.png").write_bytes(png(number))
        badge.write_text(badge.read_text().replace("---\n", PICTURE.format(badge.stem), 1))
    return site


@contextmanager
def in_memory(otherwise: Path | None = None) -> Iterator[Path]:
    """A folder in memory where that can be had: hundreds of builds would wait for a disk too long."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else otherwise) as folder:
        yield Path(folder)


@contextmanager
def templates_kept() -> Iterator[None]:
    """Compile each template text once for all builds: that takes most of the time of a site as small as this one."""
    compiled: dict[Any, Any] = {}
    parsed: dict[Any, Any] = {}
    compile_, parse = ThemeEnvironment.compile, ThemeEnvironment.parse

    def compile_once(self: Any, source: Any, name: Any = None, filename: Any = None, *rest: Any, **more: Any) -> Any:
        key = source, name, filename, self.say
        if key not in compiled:
            compiled[key] = compile_(self, source, name, filename, *rest, **more)
        return compiled[key]

    def parse_once(self: Any, source: str, name: Any = None, filename: Any = None) -> Any:
        if (source, name) not in parsed:
            parsed[source, name] = parse(self, source, name, filename)
        return parsed[source, name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ThemeEnvironment, "compile", compile_once)
        patch.setattr(ThemeEnvironment, "parse", parse_once)
        yield


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The names of the files in which two folders differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def cleanly(site: Path, scratch: Path, **options: Any) -> tuple[Result, dict[str, bytes]]:
    """Build a copy of a site that has never been built, by one process; return what came of it and what came out."""
    shutil.rmtree(scratch, ignore_errors=True)
    copy = scratch / "site"
    shutil.copytree(site, copy, symlinks=True, ignore=shutil.ignore_patterns(".sitegen", "output", ".output.*"))
    result = build(copy, Options(output=scratch / "out", **{"today": DAY, **options, "jobs": 1}))
    return result, tree(scratch / "out")


# Edits. Each takes the site and a number, by which it chooses what to change and what into.


def _chosen(site: Path, number: int, pattern: str) -> Path:
    found = sorted(p for p in (site / "content").glob(pattern) if p.is_file()) or [site / "sitegen.yaml"]
    return found[number % len(found)]


def _put(path: Path, key: str, value: str | None) -> None:
    """Give a key of the front matter, or of a YAML file, a value on one line; None takes it out."""
    text = re.sub(rf"(?m)^{key}:.*\n(?:(?: |- ).*\n)*", "", path.read_text())
    if value is not None:
        line = f"{key}: {value}\n"
        text = text.replace("---\n", "---\n" + line, 1) if text.startswith("---\n") else line + text
    path.write_text(text)


def _record(site: Path, number: int) -> Path:
    return _chosen(site, number, "*/*.md")


def _badges(site: Path, number: int) -> list[str]:
    names = sorted(p.stem for p in (site / "content/badges").glob("*.md")) or ["none"]
    return [name for place, name in enumerate(names) if number >> place & 1] or names[:1]


def _body(site: Path, number: int) -> None:
    path = _record(site, number)
    links = ("/courses/safe-kitchen/", "/badges/open-day/", "/about/", "/about/#first", "/about/#part-1")
    path.write_text(f"{path.read_text()}\n## Part {number % 4}\n\nSee [{number}]({links[number % 5]}).\n")


def _copy(site: Path, number: int) -> None:
    path = _chosen(site, number, "badges/*.md" if number % 3 else "*/*.md")
    new = path.with_name(f"copy-{number % 5}.md")
    if new != path:
        new.write_text(path.read_text())


def _rename(site: Path, number: int) -> None:
    path = _record(site, number)
    path.rename(path.with_name(f"moved-{number % 5}.md"))


def _delete(site: Path, number: int) -> None:
    path = _chosen(site, number, "*/copy-*.md" if number % 4 else "*/*.md")
    if path.suffix == ".md":
        path.unlink()


def _template(site: Path, number: int) -> None:
    folder = site / "themes/mine/templates/part"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "crumbs.html").write_text(f"<!-- {number} -->" if number % 7 else "{{ nothing_of_this_name }}")
    _put(site / "sitegen.yaml", "theme", "mine" if number % 5 else None)


def _static(site: Path, number: int) -> None:
    path = site / "static" / ("a.txt", "b/c.txt", "d.css")[number % 3]
    if path.exists() and number % 2:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"/* {number} */")


def _picture(site: Path, number: int) -> None:
    path = _chosen(site, number, "badges/img/*.png")
    if path.suffix == ".png":
        path.write_bytes(png(number, (400, 400, 400, 200)[number % 4]))


def _own_picture(site: Path, number: int) -> None:
    badge, picture = _chosen(site, number, "badges/*.md"), _chosen(site, number // 7, "badges/img/*.png")
    _put(badge, "image", f"{{id: img/{picture.name}, caption: Number {number}}}")


def _steps(site: Path, number: int) -> None:
    steps = "".join(f"\n  - badge: {name}" for name in _badges(site, number))
    _put(_chosen(site, number, "pathways/*.md"), "steps", steps)


def _same_size(site: Path, number: int) -> None:
    """Change a letter and give the file its old time back, as some tools do."""
    path = _record(site, number)
    before, text = path.stat(), path.read_text()
    path.write_text(re.sub(r"[aeiou](?=[^aeiou]*\Z)", "aeiou"[number % 5], text))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _broken(site: Path, number: int) -> None:
    path = _record(site, number)
    wrong = ("nmae: X\n", "issuer: nobody\n", "url: [\n", "description: second\ndescription: third\n", "\tx: 1\n")
    path.write_text(path.read_text().replace("---\n", "---\n" + wrong[number % len(wrong)], 1))


def _skill(site: Path, number: int) -> None:
    for path in sorted((site / "content/frameworks").glob("*.yaml")):
        path.write_text(re.sub(r"(?m)^    statement: .*$", f"    statement: Set {number} controls.", path.read_text()))


EDITS: dict[str, Edit] = {
    "body": _body,
    "name": lambda site, n: _put(_record(site, n), "name", f"Name {n}"),
    "description": lambda site, n: _put(_record(site, n), "description", f"What {n} is."),
    "topic": lambda site, n: _put(_chosen(site, n, "[bcp][ao][dut]*/*.md"), "topic", (None, "food")[n % 2]),
    "status": lambda site, n: _put(
        _chosen(site, n, "badges/*.md"), "status", (None, "archived", "draft", "superseded", "paused")[n % 5]
    ),
    "version": lambda site, n: _put(_chosen(site, n, "badges/*.md"), "version", f'"{n}"'),
    "skill": lambda site, n: _put(_chosen(site, n, "badges/*.md"), "skill", (None, "[control-hazards]")[n % 2]),
    "supersedes": lambda site, n: _put(
        _chosen(site, n, "badges/*.md"), "supersedes", (None, _badges(site, n // 3)[0])[n % 2]
    ),
    "updated": lambda site, n: _put(_record(site, n), "dateModified", f"2026-0{n % 9 + 1}-11"),
    "hours": lambda site, n: _put(_chosen(site, n, "[bc]*/*.md"), "volumeOfLearning", f"{n % 90 + 1} hours"),
    "prerequisite": lambda site, n: _put(
        _chosen(site, n, "badges/*.md"), "prerequisite", (None, f"[{_badges(site, n // 3)[0]}]")[n % 2]
    ),
    "awards": lambda site, n: _put(
        site / "content/courses/safe-kitchen.md", "awards", f"[{', '.join(_badges(site, n))}]"
    ) if (site / "content/courses/safe-kitchen.md").exists() else None,
    "steps": _steps,
    "copy": _copy,
    "rename": _rename,
    "delete": _delete,
    "config": lambda site, n: _put(site / "sitegen.yaml", "description", f"Site {n}."),
    "defaults": lambda site, n: _put(
        site / "sitegen.yaml", "defaults", (None, "{badge: {mode: [online]}}", "{course: {topic: food}}")[n % 3]
    ),
    "show": lambda site, n: _put(site / "sitegen.yaml", "show_engagement_badges", (None, "true")[n % 2]),
    "issuer": lambda site, n: _put(
        _chosen(site, n, "issuers/*.md"), "defaults", (None, "{badge: {badgeKind: participation}}")[n % 2]
    ),
    "skill name": _skill,
    "template": _template,
    "static": _static,
    "picture": _picture,
    "own picture": _own_picture,
    "same size": _same_size,
    "broken": _broken,
}  # fmt: skip
