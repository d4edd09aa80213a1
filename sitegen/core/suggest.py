"""Did you mean: the one known word that a mistyped word was most likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 80


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate nearest to ``word``, or None where none is near; case does not count."""
    if len(word) > _LONGEST:
        return None
    # Sorted from the last, so that the first of two candidates that differ only by case is kept.
    known = {candidate.casefold(): candidate for candidate in sorted(candidates, reverse=True)}
    near = get_close_matches(word.casefold(), sorted(known), n=1, cutoff=0.7)
    return known[near[0]] if near else None
