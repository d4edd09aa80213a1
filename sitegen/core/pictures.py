"""The images that records name: found, recognised by their bytes, and held to what they are used for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.core.catalogue import Catalogue
from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.images import check_badge_image, inspect
from sitegen.core.model import Image
from sitegen.core.site import Picture, picture_path
from sitegen.core.suggest import did_you_mean


def gather(catalogue: Catalogue, files: Mapping[str, bytes]) -> tuple[dict[str, Picture], list[Diagnostic]]:
    """Look at every image that a record names. ``files`` maps paths in the site folder to bytes."""
    pictures: dict[str, Picture] = {}
    found: list[Diagnostic] = []
    for record in catalogue.records.values():
        image = getattr(record, "image", None)
        if not isinstance(image, Image):
            continue
        path = picture_path(record, image.id)
        if path not in files:
            found.append(_missing(record, path, files))
            continue
        facts, faults = inspect(path, files[path])
        found.extend(faults)
        if record.kind == "badge":
            found.extend(check_badge_image(path, files[path]))
        if facts:
            pictures[path] = Picture(path, files[path], facts)
        found.extend(_weak_caption(record))
    return pictures, found


def _missing(record: Any, path: str, files: Mapping[str, bytes]) -> Diagnostic:
    folded = {name.casefold(): name for name in files}
    span = record.span("image", "id")
    other = folded.get(path.casefold())
    if other:
        return error(
            "image-case",
            f"the image '{record.image.id}' is called '{other.rpartition('/')[2]}': capital and small letters count",
            span,
            "write the name exactly as the file has it",
        )
    guess = did_you_mean(path, files)
    hint = f"did you mean '{guess}'?" if guess else "put the file there, or correct the name"
    return error("missing-image", f"there is no image at {path}", span, hint)


def _weak_caption(record: Any) -> list[Diagnostic]:
    caption: str = record.image.caption
    if caption.casefold() in (record.name.casefold(), "image", "badge image", "badge", "logo"):
        span: Span = record.span("image", "caption")
        return [
            error(
                "caption-says-nothing",
                f"the caption '{caption}' does not say what the picture shows",
                span,
                "describe the picture for somebody who cannot see it: 'A serving dome inside a hexagon'",
            )
        ]
    return []


CODES: dict[str, tuple[str, str]] = {
    "missing-image": (
        "A record names an image that is not there",
        "The name is read from the folder of the record's own file; a name that starts with / is read from static/.",
    ),
    "image-case": (
        "An image's name differs in capital and small letters",
        "It would be found on some computers and not on the web server. Write it exactly as the file is called.",
    ),
    "caption-says-nothing": (
        "A caption that repeats the name",
        "People who cannot see the picture hear the caption instead. It says what the picture shows, including any "
        "words in it (Open Badges 2.0 implementation guide, accessibility).",
    ),
}
