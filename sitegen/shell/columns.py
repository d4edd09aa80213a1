"""Rows of what was made as columns: reading a file of them costs little for what is not looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeAlias

from sitegen.core.diagnostics import Diagnostic
from sitegen.core.rows import diagnostic_of, diagnostic_row

FEW = 64
"""Names that are each looked for by themselves."""

Numbers: TypeAlias = "array[int]"


class Row(NamedTuple):
    """One piece of work: its digest, the names it read, the addresses and anchors of a page, what was told.

    ``reads``, ``links`` and ``assets`` are numbers in the table of names. ``ids``, ``repeated`` and ``data`` are
    texts joined by line ends: the anchors of a page, those given twice, and why its JSON-LD does not parse.
    """

    name: str
    digest: str
    reads: Numbers
    links: Numbers = array("I")
    assets: Numbers = array("I")
    ids: str = ""
    repeated: str = ""
    data: str = ""
    told: tuple[Diagnostic, ...] = ()
    page: bool = False
    owner: tuple[str, str, str] = ("", "", "")
    """Format, subject and role of the route of an output."""


@dataclass
class Columns:
    """Rows as columns."""

    names: list[str] = field(default_factory=list)
    digests: bytes = b""
    columns: dict[str, tuple[Numbers, Numbers]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    told: Mapping[str, list[list[object]]] = field(default_factory=dict)

    def row(self, at: int) -> Row:
        """Return one row."""
        numbers = []
        for column in ("reads", "links", "assets"):
            ends, values = self.columns[column]
            numbers.append(values[ends[at - 1] if at else 0 : ends[at]])
        ids, repeated, data, page, format_name, subject, role = self.texts[at].split("\x02")
        owner = format_name, subject, role
        told = tuple(diagnostic_of(one) for one in self.told.get(str(at), ()))
        digest = self.digests[at * 16 : at * 16 + 16].hex()
        reads, links, assets = numbers
        return Row(self.names[at], digest, reads, links, assets, ids, repeated, data, told, page == "1", owner)

    def reading(self, changed: Collection[int]) -> Iterator[int]:
        """Yield the places of the rows that read one of some names, in order."""
        ends, values = self.columns["reads"]
        last = -1
        few = len(changed) <= FEW
        places = self._places(changed) if few else [place for place, name in enumerate(values) if name in changed]
        for place in places:
            if place >= last:
                at = bisect_right(ends, place)
                last = ends[at]
                yield at

    def _places(self, changed: Collection[int]) -> list[int]:
        """Where some few names are read, found by their bytes: what changes by an edit is little, and all is much."""
        whole = self._bytes
        size = self.columns["reads"][1].itemsize
        found = []
        for name in changed:
            wanted = array("I", (name,)).tobytes()
            at = whole.find(wanted)
            while at >= 0:
                if at % size == 0:
                    found.append(at // size)
                at = whole.find(wanted, at + 1)
        return sorted(found)

    @cached_property
    def _bytes(self) -> bytes:
        return self.columns["reads"][1].tobytes()

    @staticmethod
    def of(rows: Iterable[Row]) -> Columns:
        """Return rows as columns."""
        made = Columns(columns={name: (array("I"), array("I")) for name in ("reads", "links", "assets")})
        told: dict[str, list[list[object]]] = {}
        digests = bytearray()
        for row in rows:
            for name, numbers in (("reads", row.reads), ("links", row.links), ("assets", row.assets)):
                ends, values = made.columns[name]
                values.extend(numbers)
                ends.append(len(values))
            if row.told:
                told[str(len(made.names))] = [diagnostic_row(one) for one in row.told]
            made.names.append(row.name)
            made.texts.append(_joined(row.ids, row.repeated, row.data, "1" if row.page else "", *row.owner))
            digests += bytes.fromhex(row.digest)
        made.digests, made.told = bytes(digests), told
        return made


def _joined(*texts: str) -> str:
    joined = "\x02".join(texts)
    if joined.count("\x02") >= len(texts) or "\x03" in joined:
        # A template can write any character into an anchor; these two would part the columns.
        joined = "\x02".join(text.replace("\x02", "\ufffd").replace("\x03", "\ufffd") for text in texts)
    return joined
