"""Ids that addresses are made of."""

from __future__ import annotations

import re
import unicodedata

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Say whether a text can be an id: small letters a to z, digits and single hyphens."""
    return bool(_SLUG.fullmatch(text))


def propose(text: str) -> str:
    """Return the id nearest to a text, accents folded; empty where nothing of it can stand in an address."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
