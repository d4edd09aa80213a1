"""What everything that can be read of a site is now, by the names under which reading it is noted.

Two builds agree on a name when they give it the same digest: then nothing that was made from it can differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any

from sitegen.core import reads as names
from sitegen.core.site import Site

SIZE = 12
"""Bytes of a digest: as good as none are alike, and short enough to keep one for everything."""

ABSENT = bytes(SIZE)
"""The digest of what is not there."""

Content = Callable[[str, str], str | None]
"""From what (``record``, ``text``, ``source``, ``file``, ``picture``, ``head``, ``entry``) and its name to the
digest of what is kept of it in hexadecimal digits, at least 24, or None where there is none."""


def digest(*parts: str) -> bytes:
    """Return the digest of a list of texts."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


@dataclass(frozen=True)
class Current:
    """Gives each name its digest. ``theme`` is that of the whole theme, ``content`` of what is kept in files.

    ``function`` returns the function that a name stands for, if it is one that is marked for :meth:`Site.once`.
    """

    site: Site
    theme: str
    content: Content
    function: Callable[[str], Callable[..., Any] | None]
    made: dict[str, bytes] = field(default_factory=dict)

    def of(self, name: str) -> bytes:
        """Return the digest of what a name stands for."""
        known = self.made.get(name)
        if known is None:
            what, _, rest = name.partition(" ")
            known = self.made[name] = self._of(what, rest)
        return known

    def _of(self, what: str, rest: str) -> bytes:
        if what in ("record", "text", "source", "file"):
            found = self.content(what, rest)
            return ABSENT if found is None else bytes.fromhex(found[: 2 * SIZE])
        if what == "picture":
            return self._picture(rest)
        if what == "name":
            head = self.site.catalogue.heads.get(rest)
            return digest(head.name) if head else ABSENT
        if what == "address":
            return digest(*(repr(route) for route in self.site.table.of(rest)))
        if what == "once":
            return self._once(rest)
        if what in self._whole:
            return self._whole[what]()
        return digest(*self._keys(what, rest.split(" ")))

    def _keys(self, what: str, rest: list[str]) -> Iterable[str]:
        catalogue = self.site.catalogue
        if what == "all":
            return catalogue.keys_of(rest[0])
        if what == "list":
            return catalogue.keys_listed(rest[0], rest[1] if len(rest) > 1 else None)
        if what == "referring":
            return catalogue.keys_referring(rest[0], rest[1], *rest[2:])
        if what == "showing":
            return catalogue.keys_showing(rest[0], rest[1], *rest[2:])
        if what == "entries":
            keys = sorted(catalogue.keys_of(rest[0]) if rest[0] else catalogue.heads)
            return (self.content("entry", key) or "" for key in keys)
        if what == "held":
            return (catalogue.keys_by_path.get(" ".join(rest), ""),)
        raise ValueError(f"nothing is noted as {what!r}")

    @cached_property
    def shape(self) -> bytes:
        """A digest of all that lists and references are answered from: while it holds, their names need no look."""
        return digest(*(self.content("head", key) or "" for key in sorted(self.site.catalogue.heads)))

    @cached_property
    def _whole(self) -> Mapping[str, Callable[[], bytes]]:
        site, catalogue = self.site, self.site.catalogue
        return {
            names.DAY: lambda: digest(site.__dict__["today"].isoformat()),
            names.THEME: lambda: digest(self.theme),
            names.FILES: lambda: digest(*sorted(site.__dict__["files"])),
            "pictures": lambda: digest(*(f"{p} {self._picture(p).hex()}" for p in sorted(site.__dict__["pictures"]))),
            names.ADDRESSES: lambda: digest(*(repr(route) for route in site.table.values())),
            names.DATES: lambda: digest(repr(catalogue.all_dates)),
            names.RECORDS: lambda: digest(*sorted(catalogue.heads)),
            names.LINKS: lambda: digest(repr(sorted(catalogue.links.items()))),
        }

    def _picture(self, path: str) -> bytes:
        found = self.site.__dict__["pictures"].get(path)
        return digest(repr(found.facts), self.content("picture", path) or "") if found else ABSENT

    def _once(self, rest: str) -> bytes:
        function, *arguments = rest.split(" ")
        make = self.function(function)
        if make is None:
            return ABSENT
        try:
            return value_digest(self.site.once(make, *arguments))
        except Exception:
            # It was of a record that is gone, say. Whoever still wants it is made again, and fails in its own name.
            return ABSENT


def value_digest(value: object) -> bytes:
    """Return the digest of plain data by how it is written down."""
    written = repr(value)
    if " object at 0x" in written:
        raise TypeError(f"a value that is worked out once has to be plain data: {written[:200]}")
    return digest(written)
