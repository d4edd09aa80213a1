"""A dozen small square PNG pictures, so that drawing badges is not what is timed."""

from __future__ import annotations

import functools
import struct
import zlib

SIDE = 400


@functools.cache
def picture(number: int) -> bytes:
    """Return picture ``number``: rings on a plate, 400 by 400, 16 colours."""
    palette = bytes(channel for shade in range(16) for channel in _colour(number, shade))
    rows = bytearray()
    half = SIDE // 2
    across = [(x - half) ** 2 // (900 + number * 40) for x in range(SIDE)]
    for y in range(SIDE):
        down = (y - half) ** 2 // (700 + number * 60)
        shades = [(value + down) & 15 for value in across]
        rows.append(0)
        rows += bytes(shades[at] << 4 | shades[at + 1] for at in range(0, SIDE, 2))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 4, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _colour(number: int, shade: int) -> tuple[int, int, int]:
    return (number * 20 + shade * 3) % 256, (60 + shade * 11) % 256, (240 - number * 9 - shade * 7) % 256


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
