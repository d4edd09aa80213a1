"""Numbers that look random and are the same on every machine, in every version of Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1


class Dice:
    """SplitMix64: a seed gives one sequence for ever. ``random.Random`` does not promise as much for ``choice``."""

    def __init__(self, *seed: int) -> None:
        self._state = 0
        for part in seed:
            self._state = (self._state * 0x9E3779B97F4A7C15 + part + 1) & _MASK

    def below(self, bound: int) -> int:
        """Return a number from 0 up to, but not, ``bound``."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return (mixed ^ (mixed >> 31)) % bound

    def one(self, things: Sequence[T]) -> T:
        """Return one of ``things``."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """Return ``count`` different ones of ``things``, in the order drawn."""
        chosen: list[T] = []
        while len(chosen) < count:
            thing = self.one(things)
            if thing not in chosen:
                chosen.append(thing)
        return chosen
