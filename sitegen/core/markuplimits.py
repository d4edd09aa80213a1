"""How much Markdown one text may hold, and how deep, told from the text alone.

Converters take time that grows with the square, and call themselves for every level: a text of 25 kB
can keep one busy for minutes. What is refused here is never given to a converter. The limits are far
above what people write; ``docs`` names none of them because nobody meets one by writing.
"""

from __future__ import annotations

MAX_SIZE = 1_048_576
"""Bytes in one text."""

MAX_DEPTH = 100
"""Blocks inside blocks, and brackets inside brackets."""

_MAX_LINES = 20_000
_MAX_PIECES = 30_000
_MAX_PIECES_IN_BLOCK = 10_000
_MAX_FENCES = 1_000
_MAX_FENCED_LINE_SUM = 0
_MAX_DEFINITIONS = 2_000
_MAX_ABBREVIATIONS = 200
_MAX_UNCLOSED = 100
