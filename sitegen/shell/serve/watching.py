"""Watches a site's sources: by notices of the system where it gives them, by looking again and again where not.

The folders with sources are watched with all that is below them. The site's own folder is watched by itself, for
its settings and for source folders that vanish and come back; the output folder in it is nobody's business.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

from watchfiles import Change, watch

from sitegen.shell.serve.changes import Names

FOLDERS = ("content", "static", "themes")
FILES = ("sitegen.yaml",)

STEP = 10
"""Milliseconds without a further file after which changes are reported."""

LOOK = 100
"""Milliseconds after which a watch that has seen nothing says that it is in place."""

POLL = 500
"""Milliseconds between two looks at every file, where the system gives no notices."""

_BATCH = 1000
"""Milliseconds that changes are held back for at most."""


class Watching:
    """Reports the paths that change below a site's folder until it is stopped.

    Whenever a watch begins, it reports None: what happened before it is not known. ``code`` are more files and folders
    to be watched, which hold the site's own modules; they are known when they are loaded.
    """

    def __init__(self, root: Path, report: Callable[[Names], None], tell: Callable[[str], None]) -> None:
        self.root = root.resolve()
        self._report, self._tell = report, tell
        self.code: frozenset[str] = frozenset()
        self._polling: bool | None = None
        self._stopped = Event()
        self._sources = Event()
        self._known: list[tuple[int, int] | None] = []
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Begin to watch, in threads."""
        self._restart()
        self._spawn(Thread(target=self._watch_root, name="sitegen-watch-root", daemon=True))

    def stop(self) -> None:
        """Stop watching. Threads that wait in the watcher must have left it before the interpreter ends."""
        self._stopped.set()
        self._sources.set()
        for thread in self._threads:
            thread.join(1)

    def _spawn(self, thread: Thread) -> None:
        self._threads = [*(old for old in self._threads if old.is_alive()), thread]
        thread.start()

    def _restart(self) -> None:
        """Watch the source folders that are there now, and no others any more."""
        self._sources.set()
        self._sources = Event()
        # Taken before the watch begins: what comes or goes in between is found to differ, and watched anew.
        self._known = self._identities()
        self._spawn(Thread(target=self._watch_sources, args=(self._sources,), name="sitegen-watch", daemon=True))

    def _watch_root(self) -> None:
        while not self._stopped.is_set():
            for changes in self._changes([self.root], self._stopped, recursive=False):
                paths = {path for change, path in changes if change is not Change.modified}
                if self._identities() != self._known or paths & {str(self.root / name) for name in self._folders()}:
                    break
                names = {name for _, path in changes if (name := self._name(path)) in (*FILES, *self.code)}
                if names:
                    self._report(frozenset(names))
            while not self.root.is_dir() and not self._stopped.is_set():
                if self._known[0]:
                    # Said once: there is nothing left to build from.
                    self._known = self._identities()
                    self._report(None)
                self._stopped.wait(POLL / 1000)
            if not self._stopped.is_set():
                self._restart()

    def _watch_sources(self, stop: Event) -> None:
        folders = [path for name in self._folders() if (path := self.root / name).is_dir()]
        if not folders:
            self._report(None)
            return
        begun = False
        for changes in self._changes(folders, stop, recursive=True):
            if stop.is_set():
                return
            if not begun:
                begun = True
                self._report(None)
            elif changes and (names := self._names(changes)) != frozenset():
                self._report(names)

    def _changes(self, paths: list[Path], stop: Event, *, recursive: bool) -> Iterator[set[tuple[Change, str]]]:
        """Changes as they come, and an empty set whenever there was none for a while. Ends when a path is gone."""
        while not stop.is_set():
            try:
                yield from watch(
                    *paths,
                    watch_filter=None,
                    debounce=_BATCH,
                    step=STEP if recursive else 5 * STEP,
                    stop_event=stop,
                    rust_timeout=LOOK if recursive else 10 * LOOK,
                    yield_on_timeout=True,
                    raise_interrupt=False,
                    force_polling=self._polling,
                    poll_delay_ms=POLL,
                    recursive=recursive,
                    ignore_permission_denied=True,
                )
                return
            except FileNotFoundError:
                self._stopped.wait(LOOK / 1000)
                return
            except (OSError, RuntimeError) as problem:
                if self._polling:
                    # Something comes and goes while it is looked at: look again.
                    self._stopped.wait(POLL / 1000)
                    continue
                self._polling = True
                self._tell(f"This system gives no notice of changes ({problem}); sitegen looks every half second.")

    def _identities(self) -> list[tuple[int, int] | None]:
        """Which folders these are: one that was deleted and made again is another, whose changes nobody reports."""
        return [_identity(self.root), *(_identity(self.root / name) for name in self._folders())]

    def _folders(self) -> list[str]:
        return [*FOLDERS, *sorted(name for name in self.code if (self.root / name).is_dir())]

    def _names(self, changes: set[tuple[Change, str]]) -> Names:
        """The paths below the site's folder, without what editors leave behind for a moment."""
        made = {path for change, path in changes if change is Change.added}
        names = set()
        for change, path in changes:
            name = self._name(path)
            if name is None or ignored(name):
                continue
            if not os.path.lexists(path):
                if path in made:
                    continue  # came and went: a file that was written beside another and took its place
                if "." not in name.rpartition("/")[2]:
                    return None  # a folder, of whose files nothing is said
            elif Path(path).is_dir():
                # It may have been filled before anybody watched it.
                if change is Change.added:
                    return None
                continue
            names.add(unicodedata.normalize("NFC", name))
        return frozenset(names)

    def _name(self, path: str) -> str | None:
        try:
            return Path(path).relative_to(self.root).as_posix()
        except ValueError:
            return None


def ignored(name: str) -> bool:
    """Say whether a path is none that a build reads: hidden files, and what editors write beside a file."""
    top, _, rest = name.partition("/")
    return any(_droppings(part, top) for part in rest.split("/"))


def _droppings(part: str, top: str) -> bool:
    if part == ".well-known" and top == "static":
        return False
    # Vim tries with a file called 4913 whether it may write into a folder.
    return part.startswith((".", "#")) or part.endswith(("~", ".swp", ".tmp", "___")) or part in ("4913", "__pycache__")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)
