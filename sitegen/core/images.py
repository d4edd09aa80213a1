"""What an image file is, by its bytes: names and endings can lie.

Open Badges 2.0 and 3.0 allow PNG and SVG for a badge. Other records may show a photograph as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sitegen.core import rasterimage, svgimage
from sitegen.core.diagnostics import Diagnostic, Severity, Span, error, warning
from sitegen.core.rasterimage import Size

SMALLEST, GOOD = 90, 400
"""A badge has to be legible at 90 pixels and is asked for at 400 (Canvas Badges; so are most platforms)."""

HEAVY = 1024 * 1024
"""Bytes beyond which a badge is slow to load on a telephone."""


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What the bytes of an image show: its type, the ending of its name without a dot, its size in pixels.

    The size of an SVG is the one it states, in CSS pixels, or that of its viewBox.
    """

    media_type: str
    extension: str
    width: int
    height: int
    square: bool


Reader = Callable[[str, bytes], tuple[Size | None, list[Diagnostic]]]

_READ: dict[str, tuple[str, str, Reader]] = {
    "PNG": ("image/png", "png", rasterimage.png),
    "SVG": ("image/svg+xml", "svg", svgimage.svg),
    "JPEG": ("image/jpeg", "jpg", rasterimage.jpeg),
    "GIF": ("image/gif", "gif", rasterimage.gif),
    "WebP": ("image/webp", "webp", rasterimage.webp),
}

_ENDINGS = {"jpg": ("jpg", "jpeg")}

_MAGIC: tuple[tuple[str, str], ...] = (
    (r"\x89PNG", "PNG"),
    (r"\xff\xd8\xff", "JPEG"),
    (r"GIF8[79]a", "GIF"),
    (r"RIFF.{4}WEBP", "WebP"),
    (r".{4}ftypavi[fs]", "AVIF"),
    (r".{4}ftyp(?:hei|hev|mif1|msf1)", "HEIC"),
    (r"\xff\x0a|\0\0\0\x0cJXL ", "JPEG XL"),
    (r"%PDF", "PDF"),
    (r"%!PS", "EPS"),
    (r"8BPS", "Photoshop"),
    (r"BM.{4}\0\0\0\0", "BMP"),
    (r"II\*\0|MM\0\*", "TIFF"),
    (r"\0\0\x01\0", "ICO"),
    (r"\x1f\x8b", "compressed SVG (SVGZ)"),
    (r"PK\x03\x04", "ZIP"),
    (r"version https://git-lfs", "Git LFS pointer"),
    (r"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", "web page"),
    (r"(?:\xef\xbb\xbf)?\s*<|\xff\xfe<\0|\xfe\xff\0<", "SVG"),
)
"""First bytes, as regular expressions over Latin-1, and what they mean; the first that fits holds."""


def inspect(path: str, content: bytes) -> tuple[ImageFacts | None, list[Diagnostic]]:
    """Return what an image is, or None where it must not be published, and what is wrong with it."""
    facts, found = _look(path, content)
    return (None if any(d.severity is Severity.ERROR for d in found) else facts), found


def check_badge_image(path: str, content: bytes) -> list[Diagnostic]:
    """Return what is wrong with an image as that of a badge, beyond what :func:`inspect` reports."""
    facts, _ = _look(path, content)
    if not facts:
        return []
    kind = _kind(content)
    if kind not in ("PNG", "SVG"):
        return [
            error(
                "badge-image-format",
                f"this is a {kind} image; Open Badges allow PNG or SVG",
                Span(path),
                "export it as PNG, 400 by 400 pixels or more, and name that file",
            )
        ]
    return [*_ending(path, facts, kind), *_shape(path, facts), *_weight(path, content)]


def _look(path: str, content: bytes) -> tuple[ImageFacts | None, list[Diagnostic]]:
    """Return the facts even of an image with faults, so that all of them can be reported at once."""
    kind = _kind(content)
    if kind not in _READ:
        return None, [_unusable(path, kind)]
    media_type, extension, read = _READ[kind]
    size, found = read(path, content)
    if not size:
        return None, found
    return ImageFacts(media_type, extension, *size, square=_square(size, kind)), found


def _kind(content: bytes) -> str:
    """Return what the first bytes show a file to be, '' for what is unknown and 'empty' for nothing."""
    start = content[:4096].decode("latin-1")
    if not start.strip("\0 \t\r\n"):
        return "empty"
    return next((kind for magic, kind in _MAGIC if re.match(magic, start, re.DOTALL | re.IGNORECASE)), "")


def _square(size: Size, kind: str) -> bool:
    """Say whether width and height agree; those of an SVG, which are rounded, may differ by a hundredth."""
    width, height = size
    return width == height or (kind == "SVG" and abs(width - height) <= max(size) / 100)


def _unusable(path: str, kind: str) -> Diagnostic:
    reasons = {
        "empty": ("the file is empty", "export the image again, or wait until it is uploaded in full"),
        "": ("this is no image that browsers show", "name a PNG or SVG file"),
        "web page": (
            "this is a web page, not an image: a link was saved in place of the picture",
            "open the page, save the picture itself, and name that file",
        ),
        "Git LFS pointer": ("this is a pointer to the image, not the image", "run 'git lfs pull', then build again"),
    }
    article = "an" if kind[:1] in "AEI" else "a"
    message, hint = reasons.get(
        kind,
        (
            f"this is {article} {kind} file, which not every browser shows",
            "export it as PNG or SVG, and name that file",
        ),
    )
    return error("image-format", message, Span(path), hint)


def _ending(path: str, facts: ImageFacts, kind: str) -> list[Diagnostic]:
    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    if ending in _ENDINGS.get(facts.extension, (facts.extension,)):
        return []
    stem = path.rpartition("/")[2].rpartition(".")[0] or path.rpartition("/")[2]
    return [
        error(
            "badge-image-ending",
            f"this is a {kind} image by its content, but its name does not end in .{facts.extension}",
            Span(path),
            f"call it {stem}.{facts.extension}, here and where it is named",
        )
    ]


def _shape(path: str, facts: ImageFacts) -> list[Diagnostic]:
    found = []
    width, height = facts.width, facts.height
    if not facts.square:
        found.append(
            error(
                "badge-image-not-square",
                f"the image is {width} by {height}, and a badge has to be square",
                Span(path),
                "centre it on a transparent square and export it again: cropping or stretching would spoil it",
            )
        )
    if facts.extension == "svg":
        return found
    if min(width, height) < SMALLEST:
        found.append(
            error(
                "badge-image-too-small",
                f"the image is {width} by {height} pixels; below {SMALLEST} a badge cannot be read",
                Span(path),
                f"export it from the original at {GOOD} by {GOOD} pixels or more; enlarging this file does not help",
            )
        )
    elif min(width, height) < GOOD:
        found.append(
            warning(
                "badge-image-small",
                f"the image is {width} by {height} pixels and will look soft on good screens",
                Span(path),
                f"export it from the original at {GOOD} by {GOOD} pixels or more",
            )
        )
    return found


def _weight(path: str, content: bytes) -> list[Diagnostic]:
    if len(content) <= HEAVY:
        return []
    return [
        warning(
            "badge-image-heavy",
            f"the image is {len(content) / HEAVY:.1f} MB, which is slow on a telephone",
            Span(path),
            "export it at 600 by 600 pixels, or with fewer colours: 100 kB is plenty",
        )
    ]


CODES: dict[str, tuple[str, str]] = {
    "badge-image-ending": (
        "A badge image whose name ends in the wrong letters",
        "Web servers and badge platforms go by the ending of a name: an SVG that is called .png is not shown. Give the "
        "file the ending that its content has; renaming does not turn one kind of image into another.",
    ),
    "badge-image-format": (
        "A badge image that is neither PNG nor SVG",
        "Open Badges 2.0 and 3.0 allow PNG and SVG only, as an award is written into the image. Open the original in "
        "your drawing program and export it as PNG.",
    ),
    "badge-image-heavy": (
        "A badge image of more than 1 MB",
        "Learners see badges on telephones, many at a time. Export it at 600 by 600 pixels, which is about 100 kB.",
    ),
    "badge-image-not-square": (
        "A badge image that is not square",
        "Badge platforms show badges in squares and crop or stretch what is not. Put the badge in the middle of a "
        "transparent square.",
    ),
    "badge-image-small": (
        "A badge image of fewer than 400 pixels",
        "It is accepted, and looks soft on phones and in certificates. Export it at 400 by 400 pixels or more.",
    ),
    "badge-image-too-small": (
        "A badge image of fewer than 90 pixels",
        "Nobody could read it. Export it from the original at 400 by 400 pixels or more.",
    ),
    "image-animated": (
        "A PNG that moves",
        "Most badge platforms show the first picture only. Motion that cannot be stopped also shuts some people out "
        "(WCAG 2.2, success criterion 2.2.2). Export a still picture.",
    ),
    "image-baked": (
        "An image with somebody's award in it",
        "When a badge is awarded, the name or address of its holder is written into a copy of the image. Such a copy, "
        "downloaded from a backpack or a profile, must not become the badge's image: it would publish that person's "
        "data and every later award would carry it. Use the artwork itself.",
    ),
    "image-damaged": (
        "An image that is damaged",
        "Part of it is missing or was changed on the way, so that browsers show half a picture or none. Export it or "
        "upload it again.",
    ),
    "image-extra-bytes": (
        "Something behind the end of an image",
        "A PNG says where it ends. What follows is shown by nothing, and would be published all the same. Exporting "
        "the image again leaves it out.",
    ),
    "image-format": (
        "A file that is no image for the web",
        "The first bytes of a file tell what it is, whatever its name ends in. Pictures here are PNG or SVG; "
        "photographs of courses and pages may be JPEG, GIF or WebP as well.",
    ),
    "image-too-large": (
        "An image of more than 10,000 pixels",
        "Browsers and build machines run out of memory over it. Save it smaller.",
    ),
    "svg-broken": (
        "An SVG that cannot be read",
        "An SVG is a text in XML, and one wrong character makes browsers show nothing at all. Export it again rather "
        "than mending it by hand.",
    ),
    "svg-doctype": (
        "An SVG with a document type",
        "A document type can define abbreviations that grow without end or that load files. No browser needs it in "
        "an SVG. Delete the part from <!DOCTYPE to its closing >.",
    ),
    "svg-external": (
        "An SVG that loads something",
        "A badge image is copied to many places and has to last for decades. Whatever it loads from elsewhere will "
        "be missing there, and tells the other side who looks at it. Embed pictures as PNG and turn text into paths.",
    ),
    "svg-no-size": (
        "An SVG without a size",
        "Without a viewBox, or a width and a height, an SVG cannot be scaled and browsers cut it off.",
    ),
    "svg-script": (
        "An SVG that can run a program",
        "Scripts, instructions such as onclick and links to javascript: act in the browser of whoever opens the image. "
        "A picture needs none of them. Export it as plain SVG.",
    ),
    "svg-too-deep": (
        "An SVG with too many groups within groups",
        "Programs that turn an SVG into pixels crash over it. Ungroup it in your drawing program.",
    ),
    "svg-too-heavy": (
        "An SVG of more than 5 MB",
        "It holds far more points than can be seen, or whole photographs. Simplify it, or export it as PNG.",
    ),
    "svg-web-page": (
        "An SVG with a web page inside",
        "Text boxes of some programs are exported as pieces of HTML, which badge platforms do not show and which can "
        "act like a page. Turn the text into paths.",
    ),
}
