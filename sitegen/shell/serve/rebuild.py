"""Builds for the preview, one build after the other in one process, and says which files changed."""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.formats.hosting.rules import common
from sitegen.shell.edition import edition, own_modules
from sitegen.shell.extensions import BUILT_IN_FORMATS
from sitegen.shell.publish import prepare_spare, read_manifest
from sitegen.shell.serve.changes import Names
from sitegen.shell.serve.outcome import Outcome, failure

if TYPE_CHECKING:
    from sitegen.build import Result

Run = Callable[[], "Result"]
"""Builds the site once, and tells the person at the terminal what came of it."""


class Rebuild:
    """Builds the site in ``root`` into ``target``. What the last build made is known to the next."""

    def __init__(self, root: Path, target: Path, run: Run) -> None:
        self._root, self._target, self._run = root, target, run
        self._files: Mapping[str, str] | None = None
        self._package = b""
        self._code: dict[str, int | None] = {}

    def prepare(self) -> None:
        """Load sitegen's own modules."""
        self._package = edition(())
        importlib.import_module("sitegen.build")
        for name in BUILT_IN_FORMATS:
            importlib.import_module(f"sitegen.formats.{name}")
        # Python tells what it kept of a module by the second: a site's own may be saved twice in one.
        sys.dont_write_bytecode = True

    def __call__(self, names: Names) -> Outcome:
        """Build, and say what came of it. What has to be made again is found by the build itself."""
        began = time.time_ns()
        first = self._files is None
        before = read_manifest(self._target) if self._files is None else self._files
        # A module that could not be loaded may be there now.
        importlib.invalidate_caches()
        result = self._run()
        self._learn_code(began)
        code = self._code_tops()
        if result.published is None or result.site is None:
            return replace(failure(result.diagnostics, result.texts), code=code | self._named())
        after = self._files = dict(result.files)
        changed = frozenset(name for name, digest in after.items() if before.get(name) != digest)
        # Content alone gives no file that was there before another media type.
        known = (
            names is not None and all(name.startswith("content/") for name in names) and after.keys() == before.keys()
        )
        routes = () if known and not first else result.site.table.values()
        return Outcome(
            ok=True,
            changed=changed,
            removed=frozenset(before.keys() - after.keys()),
            media_types={route.file: route.media_type for route in routes if first or route.file in changed},
            headers=common(result.site),
            code=code,
        )

    def outdated(self) -> bool:
        """Say whether sitegen or a module of the site's own is no longer what this process has loaded."""
        return edition(()) != self._package or any(_time(file) != then for file, then in self._code.items())

    def rest(self) -> None:
        """Get the second tree of the output ready, so that the next publish has less to do."""
        prepare_spare(self._target)

    def _learn_code(self, began: int) -> None:
        for file in own_modules(str(self._root)):
            if file not in self._code:
                found = _time(file)
                # Changed while it was loaded: nobody knows what was read of it.
                self._code[file] = found if found is not None and found < began else None

    def _code_tops(self) -> frozenset[str]:
        """What stands in the site's folder and holds its code; not what is installed there, as in a ``venv/``."""
        installed = tuple(str(Path(prefix).resolve()) + os.sep for prefix in (sys.prefix, sys.base_prefix))
        home = self._root.resolve()
        own = (Path(file) for file in self._code if not file.startswith(installed))
        return frozenset(file.relative_to(home).parts[0] for file in own)

    def _named(self) -> frozenset[str]:
        """Where modules have to be that the settings name, which perhaps could not be loaded."""
        # Only here: the server itself has no need of these.
        from sitegen.core.settings import settings  # noqa: PLC0415
        from sitegen.shell.read import read_config  # noqa: PLC0415

        source = read_config(self._root)[0]
        config = settings(source)[0] if source else None
        return frozenset(_tops(self._root, (*config.kinds, *config.formats)) if config else ())


def _tops(root: Path, modules: Iterable[str]) -> Iterable[str]:
    for module in modules:
        top = module.partition(".")[0]
        if "." in module and top.isidentifier() and (root / top).is_dir():
            yield top


def _time(file: str) -> int | None:
    try:
        return Path(file).stat().st_mtime_ns
    except OSError:
        return None
