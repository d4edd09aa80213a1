"""Head: what the whole catalogue has to know of a record without reading it."""

from __future__ import annotations

from typing import NamedTuple

from sitegen.core.model import Image, Record, references


class Reference(NamedTuple):
    """One reference in a record: the place it stands in, what it names, which kinds it may name, URLs or not."""

    at: tuple[str | int, ...]
    text: str
    kinds: tuple[str, ...]
    external: bool

    @property
    def field(self) -> str:
        """The top-level field; below ``entry`` (a skill as its framework lists it) the inner one."""
        first = self.at[0]
        if first != "entry":
            return str(first)
        return next((part for part in self.at[1:] if isinstance(part, str)), "entry")


class Entry(NamedTuple):
    """What an address is made from: everything in a head but the name and the references."""

    key: str
    path: str
    language: str
    version: str
    listed: bool
    topic: str
    image: str

    @property
    def kind(self) -> str:
        """Which kind of record this is."""
        return self.key.partition(":")[0]

    @property
    def slug(self) -> str:
        """The id that its address is made of."""
        return self.key.partition(":")[2]


class Head(NamedTuple):
    """The facts by which records are found, listed, put in order and joined.

    ``image`` is the picture that the record names, as its author wrote it. ``status`` and ``listed`` are
    those of the record; ``listed`` says whether the public catalogue shows it. ``published`` and ``modified``
    are days as ISO 8601 writes them, or empty.
    """

    key: str
    path: str
    name: str
    language: str
    version: str
    status: str
    listed: bool
    topic: str
    image: str
    published: str
    modified: str
    references: tuple[Reference, ...]

    @property
    def kind(self) -> str:
        """Which kind of record this is."""
        return self.key.partition(":")[0]

    @property
    def slug(self) -> str:
        """The id that its address is made of."""
        return self.key.partition(":")[2]

    @property
    def entry(self) -> Entry:
        """The part of it that addresses are made from."""
        return Entry(self.key, self.path, self.language, self.version, self.listed, self.topic, self.image)

    @property
    def order(self) -> tuple[str, str]:
        """Its place in lists: by name, then by key."""
        return self.name.casefold(), self.key


def head_of(record: Record) -> Head:
    """Return the head of a validated record."""
    image = getattr(record, "image", None)
    return Head(
        record.key,
        record.path,
        record.name,
        record.language,
        record.version or "",
        record.status,
        bool(getattr(record, "listed", not record.retired)),
        record.topic or "",
        image.id if isinstance(image, Image) else "",
        record.datePublished.isoformat() if record.datePublished else "",
        record.dateModified.isoformat() if record.dateModified else "",
        tuple(Reference(at, text, to.kinds, to.external) for at, text, to in references(record)),
    )
