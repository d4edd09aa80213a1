"""Large frozen values as keys of a cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Generic, TypeVar

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
R = TypeVar("R")
KEPT = 4096
"""How many results of one function are kept: the rows and tiles of a large catalogue."""


class Same(Generic[T]):
    """A value as a cache key, by identity: it holds mappings, so it cannot be hashed, and never changes."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value


def once(function: Callable[[A, B], R]) -> Callable[[A, B], R]:
    """Let a pure function of two frozen values be worked out once for each pair of them."""

    @lru_cache(maxsize=KEPT)
    def kept(first: Same[A], second: Same[B]) -> R:
        return function(first.value, second.value)

    @wraps(function)
    def ask(first: A, second: B) -> R:
        return kept(Same(first), Same(second))

    return ask
