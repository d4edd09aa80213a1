"""Numbers grown from an id: the same id gives the same numbers in every process, for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seed:
    """What an id decides.

    Every question has a label of its own, so that asking a new one changes no earlier answer.
    """

    id: str

    def share(self, label: str) -> float:
        """Return a number from 0 up to but not including 1."""
        text = f"{self.id}\0{label}".encode("utf-8", "backslashreplace")
        return int.from_bytes(hashlib.sha256(text).digest()[:6], "big") / 2**48

    def between(self, label: str, low: float, high: float) -> float:
        """Return a number from ``low`` to ``high``."""
        return low + (high - low) * self.share(label)

    def whole(self, label: str, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both possible."""
        return low + int((high - low + 1) * self.share(label))

    def pick(self, label: str, options: Sequence[T]) -> T:
        """Return one of the options, which must differ as text.

        Each is dealt a number and the highest wins, so that adding an option changes few answers.
        """
        return max(options, key=lambda option: self.share(f"{label} {option}"))
