"""Reading the size of a raster image out of its bytes, and what is wrong with them. Nothing is decoded."""

from __future__ import annotations

import struct
import zlib

from sitegen.core.diagnostics import Diagnostic, Span, error, warning

Size = tuple[int, int]

MOST_PIXELS = 10_000
"""Wider or higher images make a browser or a build run out of memory, whatever their bytes look like."""

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"

BAKED = ("openbadges", "openbadgecredential")
"""Keywords under which a PNG carries somebody's award (Open Badges 2.0, Baking; Open Badges 3.0, Document Formats)."""

_DAMAGED_HINT = "export the image again and upload it as it is; if it came by mail, ask for it once more"


def png(path: str, content: bytes) -> tuple[Size | None, list[Diagnostic]]:
    """Walk the chunks of a PNG (PNG, third edition, section 5) and return its width and height in pixels."""
    chunks, fault = _chunks(content)
    if fault:
        return None, [_damaged(path, "PNG", fault)]
    kind, data = chunks[0]
    if kind != b"IHDR" or len(data) != 13:
        return None, [_damaged(path, "PNG", "it does not begin with its size")]
    size: Size = struct.unpack(">II", data[:8])
    kinds = {kind for kind, _ in chunks}
    found = dimensions(path, size)
    if b"IDAT" not in kinds:
        found.append(_damaged(path, "PNG", "there is no picture in it"))
    if b"acTL" in kinds:
        found.append(_animated(path))
    keywords = {data.partition(b"\0")[0].lower() for kind, data in chunks if kind in (b"iTXt", b"tEXt", b"zTXt")}
    if keywords & {word.encode() for word in BAKED}:
        found.append(baked(path, Span(path)))
    if sum(12 + len(data) for _, data in chunks) + len(PNG_SIGNATURE) < len(content):
        found.append(
            warning(
                "image-extra-bytes",
                "there is something after the end of the picture, which no viewer shows",
                Span(path),
                "export the image again, so that nothing hidden is published with it",
            )
        )
    return size, found


def jpeg(path: str, content: bytes) -> tuple[Size | None, list[Diagnostic]]:
    """Return the size of a JPEG from its frame header (ITU-T T.81, section B.2.2)."""
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            break
        marker = content[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return (width, height), dimensions(path, (width, height))
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None, [_damaged(path, "JPEG", "its size cannot be found")]


def gif(path: str, content: bytes) -> tuple[Size | None, list[Diagnostic]]:
    """Return the size of a GIF from its screen descriptor (GIF89a, section 18)."""
    if len(content) < 10:
        return None, [_damaged(path, "GIF", "it ends too early")]
    size: Size = struct.unpack("<HH", content[6:10])
    return size, dimensions(path, size)


def webp(path: str, content: bytes) -> tuple[Size | None, list[Diagnostic]]:
    """Return the size of a WebP from its first chunk (RFC 9649, sections 2.5 to 2.7)."""
    kind, data = content[12:16], content[20:]
    size: Size | None = None
    if kind == b"VP8X" and len(data) >= 10:
        size = (int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1)
    elif kind == b"VP8L" and len(data) >= 5 and data[0] == 0x2F:
        bits = int.from_bytes(data[1:5], "little")
        size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    elif kind == b"VP8 " and len(data) >= 10 and data[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", data[6:10])
        size = (width & 0x3FFF, height & 0x3FFF)
    if size is None:
        return None, [_damaged(path, "WebP", "its size cannot be found")]
    return size, dimensions(path, size)


def dimensions(path: str, size: Size) -> list[Diagnostic]:
    """Return the fault of an image that has no size or too much of it."""
    width, height = size
    if not width or not height:
        return [_damaged(path, "image", f"it is {width} by {height} pixels, so there is nothing to see")]
    if max(size) > MOST_PIXELS:
        return [
            error(
                "image-too-large",
                f"the image is {width:,} by {height:,} pixels; at most {MOST_PIXELS:,} either way can be shown",
                Span(path),
                "save it smaller: 400 to 1,200 pixels is right for a badge, 2,400 for a photograph",
            )
        ]
    return []


def baked(path: str, span: Span) -> Diagnostic:
    """Return the fault of an image that holds one person's award, and so may not be published for all."""
    return error(
        "image-baked",
        "this image holds somebody's award: it was downloaded from a person's collection of badges",
        span,
        f"put the plain artwork in place of {path.rpartition('/')[2]}, so that no learner's data is published",
    )


def _chunks(content: bytes) -> tuple[list[tuple[bytes, bytes]], str]:
    """Return the chunks of a PNG up to its end as (type, data), and what is wrong, or ''."""
    if not content.startswith(PNG_SIGNATURE):
        return [], "its first bytes were changed, as happens when an image is sent as text"
    chunks: list[tuple[bytes, bytes]] = []
    at = len(PNG_SIGNATURE)
    while not chunks or chunks[-1][0] != b"IEND":
        if at + 12 > len(content):
            return [], "it breaks off before its end"
        length = int.from_bytes(content[at : at + 4], "big")
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if len(check) < 4:
            return [], "it breaks off before its end"
        if zlib.crc32(data, zlib.crc32(kind)) != int.from_bytes(check, "big"):
            return [], f"its check sums do not agree, first in the part '{kind.decode('ascii', 'replace')}'"
        chunks.append((kind, data))
        at += 12 + length
    return chunks, ""


def _damaged(path: str, kind: str, what: str) -> Diagnostic:
    name = "the image" if kind == "image" else f"the {kind} image"
    return error("image-damaged", f"{name} is damaged: {what}", Span(path), _DAMAGED_HINT)


def _animated(path: str) -> Diagnostic:
    return warning(
        "image-animated",
        "the image moves (an animated PNG): most badge platforms show its first picture only, and motion disturbs some",
        Span(path),
        "make sure that the first picture says everything, or export it without animation",
    )
