"""The images that records name: found, recognised by their bytes, and held to what they are used for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.head import Head
from sitegen.core.images import ImageFacts, check_badge_image, inspect
from sitegen.core.model import Image, Record
from sitegen.core.site import Picture, picture_path
from sitegen.core.source import Marks
from sitegen.core.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Looked:
    """What one image file shows itself to be, and what is wrong with it: for anything, and for a badge."""

    facts: ImageFacts | None
    faults: tuple[Diagnostic, ...] = ()
    badge_faults: tuple[Diagnostic, ...] = ()


def look(path: str, content: bytes) -> Looked:
    """Recognise an image by its bytes."""
    facts, faults = inspect(path, content)
    return Looked(facts, tuple(faults), tuple(check_badge_image(path, content)))


def gather(
    heads: Iterable[Head],
    names: Collection[str],
    looked: Callable[[str], Looked],
    read: Callable[[str], bytes],
    places: Callable[[Head], Marks],
) -> tuple[dict[str, Picture], list[Diagnostic]]:
    """Find every image that a record names among the ``names`` of the image files in the site's folder.

    ``looked`` gives what such a file shows itself to be, ``read`` its bytes.
    """
    pictures: dict[str, Picture] = {}
    found: list[Diagnostic] = []
    for head in heads:
        if not head.image:
            continue
        path = picture_path(head.path, head.image)
        if path not in names:
            found.append(_missing(head, path, names, places(head).value(("image", "id"))))
            continue
        seen = looked(path)
        found.extend(seen.faults)
        if head.kind == "badge":
            found.extend(seen.badge_faults)
        if seen.facts and path not in pictures:
            pictures[path] = Picture(path, _reader(read, path), seen.facts)
    return pictures, found


def _reader(read: Callable[[str], bytes], path: str) -> Callable[[], bytes]:
    return lambda: read(path)


def _missing(head: Head, path: str, names: Collection[str], span: Span) -> Diagnostic:
    folded = {name.casefold(): name for name in names}
    other = folded.get(path.casefold())
    if other:
        return error(
            "image-case",
            f"the image '{head.image}' is called '{other.rpartition('/')[2]}': capital and small letters count",
            span,
            "write the name exactly as the file has it",
        )
    guess = did_you_mean(path, names)
    hint = f"did you mean '{guess}'?" if guess else "put the file there, or correct the name"
    return error("missing-image", f"there is no image at {path}", span, hint)


def check_caption(record: Record) -> Iterator[Diagnostic]:
    """Find a caption that says no more than the name of the record."""
    image = getattr(record, "image", None)
    if isinstance(image, Image) and image.caption.casefold() in (
        record.name.casefold(),
        "image",
        "badge image",
        "badge",
        "logo",
    ):
        yield error(
            "caption-says-nothing",
            f"the caption '{image.caption}' does not say what the picture shows",
            record.span("image", "caption"),
            "describe the picture for somebody who cannot see it: 'A serving dome inside a hexagon'",
        )


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
