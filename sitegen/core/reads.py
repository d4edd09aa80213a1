"""What a piece of work reads of the site, noted as it reads, so that it is known when it must be done again.

Each thing that can change by itself has a name, such as ``record badge:food-safety``. The site and the
catalogue note the names; nothing else has to. Without anybody listening, noting does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Reads:
    """Collects the names of what is read. One for a whole site; who works on it listens by :meth:`apart`."""

    __slots__ = ("noted",)

    def __init__(self) -> None:
        self.noted: set[str] | None = None

    def note(self, name: str) -> None:
        """Take down that something was read."""
        if self.noted is not None:
            self.noted.add(name)

    @contextmanager
    def apart(self) -> Iterator[set[str]]:
        """Collect what is read within, apart from what is read around it."""
        before, self.noted = self.noted, set()
        try:
            yield self.noted
        finally:
            self.noted = before


# The names. ``explain`` reads them back to people, so they are words and not numbers.
ADDRESSES, DATES, DAY, FILES, LINKS, RECORDS, THEME = "addresses", "dates", "day", "files", "links", "records", "theme"
"""Every address, when records say they changed, the day of the build, the names of the static files, who refers
to whom, the keys of all records, and everything in the theme."""


def file(path: str) -> str:
    """Name the bytes of a static file."""
    return f"file {path}"


def picture(path: str) -> str:
    """Name what an image shows itself to be."""
    return f"picture {path}"


def kind(name: str) -> str:
    """Name which records of a kind there are, and in what order."""
    return f"all {name}"


def entries(name: str) -> str:
    """Name what the addresses of a kind of records are made from, of all kinds when it is empty."""
    return f"entries {name}".rstrip()


def listed(name: str, topic: str | None) -> str:
    """Name which records of a kind the public catalogue shows, of one topic or of all, and in what order."""
    return f"list {name}" if topic is None else f"list {name} {topic}"


def referring(key: str, name: str, fields: tuple[str, ...]) -> str:
    """Name which records of a kind refer to one in some fields, and in what order."""
    return " ".join(("referring", key, name, *fields))


def showing(key: str, name: str, fields: tuple[str, ...]) -> str:
    """Name which records of a kind that the public catalogue shows refer to one in some fields, and in what order."""
    return " ".join(("showing", key, name, *fields))


def held(path: str) -> str:
    """Name which record a content file holds."""
    return f"held {path}"


def memo(function: str, arguments: tuple[str, ...]) -> str:
    """Name what a function that is worked out once for a site returns."""
    return " ".join(("once", function, *arguments))


_WORDS = {
    "record": "the fields of {}",
    "text": "the text of {}",
    "name": "the name of {}",
    "source": "the lines of {}",
    "address": "the addresses of {}",
    "file": "the file static/{}",
    "picture": "the picture {}",
    "all": "which records of this kind there are, and their order: {}",
    "list": "which records the catalogue lists, and their order: {}",
    "referring": "which records refer to {}",
    "showing": "which listed records refer to {}",
    "entries": "what addresses are made from {}",
    "held": "which record the file {} holds",
    "once": "what is worked out once by {}",
}


def words(name: str) -> str:
    """Return what a name stands for, in words for people."""
    what, _, rest = name.partition(" ")
    return _WORDS[what].format(rest).rstrip() if what in _WORDS else f"the {name}"
