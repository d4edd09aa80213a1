from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.artwork import Artwork
from sitegen.artwork import png as artwork_png
from sitegen.artwork import svg as artwork_svg
from sitegen.core.diagnostics import Severity, Span
from sitegen.core.images import CODES, ImageFacts, check_badge_image, inspect

ART = Artwork("a", "A badge", "An issuer", "hexagon", 155, 0.1, 3, 10, "fish", "", "A", True)
WHOLE = artwork_png(ART, 32)
SIGNATURE = b"\x89PNG\r\n\x1a\n"
XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 400, height: int = 400, *more: bytes, ihdr: bytes | None = None) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0) if ihdr is None else ihdr
    return SIGNATURE + chunk(b"IHDR", header) + b"".join(more) + chunk(b"IDAT", b"x") + chunk(b"IEND")


def svg(inside: str = "", attributes: str = 'viewBox="0 0 400 400"') -> bytes:
    return f"<svg {XMLNS} {attributes}>{inside}</svg>".encode()


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xc4\x00\x02" + b"\xff" + frame + b"\xff\xd9"


def codes(path: str, content: bytes) -> list[str]:
    return [d.code for d in (*inspect(path, content)[1], *check_badge_image(path, content))]


@pytest.mark.parametrize(
    ("content", "facts"),
    [
        (png(), ImageFacts("image/png", "png", 400, 400, True)),
        (png(800, 600), ImageFacts("image/png", "png", 800, 600, False)),
        (svg(), ImageFacts("image/svg+xml", "svg", 400, 400, True)),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- by hand -->" + svg(),
            ImageFacts("image/svg+xml", "svg", 400, 400, True),
        ),
        (svg().decode().encode("utf-16"), ImageFacts("image/svg+xml", "svg", 400, 400, True)),
        (jpeg(1600, 900), ImageFacts("image/jpeg", "jpg", 1600, 900, False)),
        (b"GIF89a" + struct.pack("<HH", 40, 30) + b"...", ImageFacts("image/gif", "gif", 40, 30, False)),
        (
            b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0abc\x9d\x01\x2a" + struct.pack("<HH", 320, 200),
            ImageFacts("image/webp", "webp", 320, 200, False),
        ),
        (
            b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (99 | 99 << 14).to_bytes(4, "little"),
            ImageFacts("image/webp", "webp", 100, 100, True),
        ),
        (
            b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0abcd" + (299).to_bytes(3, "little") + (199).to_bytes(3, "little"),
            ImageFacts("image/webp", "webp", 300, 200, False),
        ),
    ],
)
def test_an_image_is_known_by_its_bytes(content: bytes, facts: ImageFacts) -> None:
    assert inspect("content/badges/img/a", content) == (facts, [])


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 200 100"', (200, 100)),
        ('viewBox="-5,-5,10.4,10.4"', (10, 10)),
        ('width="64" height="64px" viewBox="0 0 200 100"', (64, 64)),
        ('width="100mm" height="1in"', (378, 96)),
        ('width="100%" height="100%" viewBox="0 0 30 20"', (30, 20)),
        ('width="60" viewBox="0 0 30 20"', (60, 40)),
        ('height="60" viewBox="0 0 30 20"', (90, 60)),
        ('viewBox="0 0 .4 .2"', (1, 1)),
    ],
)
def test_the_size_of_an_svg_is_what_it_states_or_its_view_box(attributes: str, size: tuple[int, int]) -> None:
    facts, found = inspect("a.svg", svg(attributes=attributes))
    assert found == []
    assert facts
    assert (facts.width, facts.height) == size


@pytest.mark.parametrize(
    "attributes",
    ["", 'width="400"', 'viewBox="0 0 0 0"', 'viewBox="0 0 400"', 'width="40em" height="2ex"', 'viewBox="a b c d"'],
)
def test_an_svg_without_a_size_is_an_error(attributes: str) -> None:
    assert codes("a.svg", svg(attributes=attributes)) == ["svg-no-size"]


def test_our_own_artwork_passes_every_check() -> None:
    assert codes("a.svg", artwork_svg(ART)) == []
    assert codes("a.png", artwork_png(ART)) == []


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"\0\0\0\x18ftypavif", "AVIF"),
        (b"%PDF-1.7", "PDF"),
        (b"8BPS\0\1", "Photoshop"),
        (b"II*\0", "TIFF"),
        (b"BM\x36\0\0\0\0\0\0\0", "BMP"),
        (b"\x1f\x8b\x08", "SVGZ"),
        (b"<!DOCTYPE html><title>Sign in</title>", "web page"),
        (b"\n<!-- saved --><HTML lang=en>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "pointer"),
        (b"", "empty"),
        (b"\0" * 200, "empty"),
        (b"hello", "no image"),
    ],
)
def test_a_file_that_is_no_web_image_is_named_for_what_it_is(start: bytes, name: str) -> None:
    facts, (fault,) = inspect("content/badges/img/a.png", start)
    assert facts is None
    assert fault.code == "image-format"
    assert name in fault.message
    assert fault.span == Span("content/badges/img/a.png")
    assert fault.hint
    assert check_badge_image("content/badges/img/a.png", start) == []


def test_a_jpeg_may_show_a_course_but_not_a_badge() -> None:
    facts, found = inspect("a.jpg", jpeg(1600, 900))
    assert facts
    assert found == []
    (fault,) = check_badge_image("a.jpg", jpeg(1600, 900))
    assert fault.code == "badge-image-format"
    assert "this is a JPEG image; Open Badges allow PNG or SVG" in fault.message
    assert "export it as PNG" in (fault.hint or "")


@pytest.mark.parametrize("cut", [9, 20, 33, 40, 50, 57])
def test_a_png_that_breaks_off_is_damaged(cut: int) -> None:
    facts, (fault,) = inspect("a.png", png()[:cut])
    assert facts is None
    assert fault.code == "image-damaged"
    assert "breaks off" in fault.message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (png().replace(b"IDAT", b"IDAS"), "check sums"),
        (png().replace(b"\r\n\x1a\n", b"\n\x1a\n"), "sent as text"),
        (png(0, 400), "nothing to see"),
        (png(ihdr=b"\0" * 12), "begin with its size"),
        (SIGNATURE + chunk(b"IEND"), "begin with its size"),
        (SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 90, 90, 8, 0, 0, 0, 0)) + chunk(b"IEND"), "no picture"),
        (b"\xff\xd8\xff\xe0\x00\x04ab", "size cannot be found"),
        (b"\xff\xd8\xff\xe0\xff\xff", "size cannot be found"),
        (b"GIF89a\x01", "too early"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "size cannot be found"),
    ],
)
def test_damage_is_told_apart(content: bytes, says: str) -> None:
    facts, found = inspect("a.png", content)
    assert facts is None
    assert [d.code for d in found] == ["image-damaged"]
    assert says in found[0].message


def test_an_image_of_more_than_ten_thousand_pixels_is_refused() -> None:
    assert inspect("a.png", png(10_000, 10_000))[1] == []
    facts, (fault,) = inspect("a.png", png(10_001, 10))
    assert (facts, fault.code) == (None, "image-too-large")
    assert inspect("a.jpg", jpeg(30_000, 30_000))[1][0].code == "image-too-large"


def test_an_animated_png_is_a_warning() -> None:
    facts, (fault,) = inspect("a.png", png(400, 400, chunk(b"acTL", b"\0" * 8)))
    assert facts
    assert (fault.code, fault.severity) == ("image-animated", Severity.WARNING)


def test_what_follows_the_end_of_a_png_is_a_warning() -> None:
    assert codes("a.png", png() + b"PK\x03\x04 a whole archive") == ["image-extra-bytes"]


@pytest.mark.parametrize(
    "content",
    [
        png(400, 400, chunk(b"iTXt", b"openbadges\0\0\0\0\0{}")),
        png(400, 400, chunk(b"tEXt", b"openbadges\0https://issuer.example/assertions/1")),
        png(400, 400, chunk(b"iTXt", b"OpenBadgeCredential\0\0\0\0\0{}")),
        svg('<openbadges:assertion xmlns:openbadges="http://openbadges.org" verify="https://issuer.example/1"/>'),
        svg('<b:credential xmlns:b="https://purl.imsglobal.org/ob/v3p0">{}</b:credential>'),
        svg('<openbadges:assertion xmlns:openbadges="https://openbadges.example/"/>'),
    ],
)
def test_an_image_that_holds_an_award_is_refused(content: bytes) -> None:
    facts, (fault,) = inspect("a.png", content)
    assert (facts, fault.code) == (None, "image-baked")
    assert "learner" in (fault.hint or "")


def test_other_text_in_a_png_is_no_fault() -> None:
    assert codes("a.png", png(400, 400, chunk(b"tEXt", b"Author\0openbadges"), chunk(b"tEXt", b"no end"))) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<script>fetch('https://x.example')</script>",
        "<SCRIPT/>",
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>',
        '<g onclick="go()"/>',
        '<g ONLOAD="go()"/>',
        '<a href="javascript:go()"/>',
        '<a href=" java&#10;script:go()"/>',
        '<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="JavaScript:go()"/>',
        '<set attributeName="href" to="javascript:go()"/>',
        '<animate attributeName="xlink:href" values="javascript:go()"/>',
        '<set attributeName="onload" to="go()"/>',
    ],
)
def test_an_svg_that_could_run_a_program_is_refused(inside: str) -> None:
    facts, found = inspect("a.svg", svg(inside))
    assert facts is None
    assert [d.code for d in found] == ["svg-script"]


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="https://x.example/a.png"/>',
        '<image href="//x.example/a.png"/>',
        '<image href="data:image/svg+xml;base64,AA=="/>',
        '<use href="other.svg#a"/>',
        '<use href="data:image/png;base64,AA=="/>',
        '<a href="data:text/html,x"/>',
        '<feImage xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="a.png"/>',
        '<rect fill="url(https://x.example/#g)"/>',
        "<rect style=\"fill: URL( 'https://x.example/' )\"/>",
        '<rect style="fill:u\\72l(https://x.example/)"/>',
        '<set attributeName="fill" to="url(//x.example/)"/>',
        "<style>@import 'https://x.example/a.css';</style>",
        "<style><![CDATA[@\\69mport 'a.css';]]></style>",
        "<style>@font-face{src:url(https://x.example/a.woff2)}</style>",
        "<style>g{background:image-set('a.png' 1x)}</style>",
        '<g xml:base="https://x.example/"/>',
        "<?xml-stylesheet href='a.css'?>",
    ],
)
def test_an_svg_that_loads_something_is_refused(inside: str) -> None:
    facts, found = inspect("a.svg", svg(inside))
    assert facts is None
    assert [d.code for d in found] == ["svg-external"]


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="data:image/png;base64,AA=="/>',
        '<use href="#a"/><rect fill="url(#g)"/><rect style="fill:url(\'#g\')"/>',
        "<style>.a{fill:red} @font-face{src:url(data:font/woff2;base64,AA==)}</style>",
        '<g aria-label="JavaScript: an introduction"/><title>on click: url</title>',
        '<metadata><r:Work xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" r:about="https://x.example/"/></metadata>',
        '<animate attributeName="opacity" to="0"/>',
        "<!-- a note --><?keep this?>&amp;",
    ],
)
def test_what_an_svg_may_hold_is_no_fault(inside: str) -> None:
    assert codes("a.svg", svg(inside)) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (svg("<foreignObject/>"), "svg-web-page"),
        (svg('<body xmlns="http://www.w3.org/1999/xhtml"/>'), "svg-web-page"),
        (b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "svg-doctype"),
        (b'<!doctype svg SYSTEM "file:///etc/passwd">' + svg(), "svg-doctype"),
        (("<!DOCTYPE svg>" + svg().decode()).encode("utf-16"), "svg-doctype"),
        (svg("<g>" * 100 + "</g>" * 100), "svg-too-deep"),
        (svg("<g>" * 400 + "</g>" * 400), "svg-too-deep"),
        (svg("<g>" * 100_000), "svg-too-deep"),
        (svg("<g>"), "svg-broken"),
        (svg("&nbsp;"), "svg-broken"),
        (b"<svg viewBox='0 0 1 1'/>", "svg-broken"),
        (b"<?xml version='1.0'?><rss/>", "svg-broken"),
        (b"<?xml version='1.0' encoding='nonsense'?>" + svg(), "svg-broken"),
        (b"<", "svg-broken"),
        (svg("<g/>" * 1_400_000), "svg-too-heavy"),
    ],
)
def test_an_svg_that_no_page_should_carry_is_refused(content: bytes, code: str) -> None:
    facts, found = inspect("a.svg", content)
    assert facts is None
    assert [d.code for d in found] == [code]


def test_groups_one_hundred_deep_are_allowed() -> None:
    assert codes("a.svg", svg("<g>" * 99 + "</g>" * 99)) == []


def test_each_kind_of_fault_in_an_svg_is_reported_once_with_its_first_line() -> None:
    inside = "\n<g/>\n<script/>\n<g onclick=''/>\n<image href='a.png'/>\n<foreignObject/>"
    _, found = inspect("content/badges/img/a.svg", svg(inside))
    assert [(d.code, d.span) for d in found] == [
        ("svg-script", Span("content/badges/img/a.svg", 3)),
        ("svg-external", Span("content/badges/img/a.svg", 5)),
        ("svg-web-page", Span("content/badges/img/a.svg", 6)),
    ]


def test_a_broken_svg_is_reported_where_it_breaks() -> None:
    _, (fault,) = inspect("a.svg", svg("\n\n<g></h>"))
    assert fault.span
    assert fault.span.line == 3
    assert "cannot be read" in fault.message


@pytest.mark.parametrize(
    ("path", "content", "found"),
    [
        ("a.png", png(400, 500), ["badge-image-not-square"]),
        ("a.png", png(89, 89), ["badge-image-too-small"]),
        ("a.png", png(90, 90), ["badge-image-small"]),
        ("a.png", png(399, 399), ["badge-image-small"]),
        ("a.PNG", png(400, 400), []),
        ("a.svg", png(), ["badge-image-ending"]),
        ("a", svg(), ["badge-image-ending"]),
        ("v1.0/badge", png(), ["badge-image-ending"]),
        ("a.svg", svg(attributes='viewBox="0 0 400 300"'), ["badge-image-not-square"]),
        ("a.svg", svg(attributes='viewBox="0 0 24 24"'), []),
        ("a.svg", svg(attributes='viewBox="0 0 210.4 210"'), []),
        ("a.png", png(60, 50), ["badge-image-not-square", "badge-image-too-small"]),
        ("a.png", png(400, 400, chunk(b"tEXt", b"Comment\0" + b"x" * 1_100_000)), ["badge-image-heavy"]),
        ("a.svg", svg("<script/>", 'viewBox="0 0 2 1"'), ["svg-script", "badge-image-not-square"]),
    ],
)
def test_a_badge_image_is_square_large_light_and_rightly_named(path: str, content: bytes, found: list[str]) -> None:
    assert codes(path, content) == found


def test_the_ending_hint_says_the_new_name() -> None:
    (fault,) = check_badge_image("content/badges/img/food.safety.svg", png())
    assert "call it food.safety.png" in (fault.hint or "")


def test_every_fault_is_explained_and_every_explanation_is_of_a_fault() -> None:
    samples = [
        *(("a.png", c) for c in (png(89, 60), png(90, 90), png(90_000, 1), png() + b"x", b"", png()[:40], jpeg(9, 9))),
        ("a.png", png(400, 400, chunk(b"acTL"), chunk(b"tEXt", b"openbadges\0"), chunk(b"tEXt", b"x" * 1_100_000))),
        ("b", svg("<g>" * 120 + "<script/><foreignObject/><use href='x'/>" + "</g>" * 120, "")),
        *(("a.svg", c) for c in (b"<!DOCTYPE svg>" + svg(), svg("<"), svg("<g/>" * 1_400_000))),
        ("a.svg", png()),
    ]
    assert {code for path, content in samples for code in codes(path, content)} == set(CODES)
    assert list(CODES) == sorted(CODES)


@given(st.binary(max_size=300))
@example(SIGNATURE + b"\xff" * 40)
@example(b"\xff\xd8\xff" + b"\xff" * 40)
@example(b"RIFF\0\0\0\0WEBPVP8L" + b"\x2f" * 9)
@example(b"<svg xmlns='http://www.w3.org/2000/svg' \xff='1'/>")
def test_no_bytes_make_it_fail(content: bytes) -> None:
    for start in (b"", SIGNATURE, b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", b"<svg ", b"\xff\xfe<\0"):
        facts, found = inspect("a.png", start + content)
        assert facts or found
        check_badge_image("a.png", start + content)


@given(st.integers(0, 2000), st.integers(0, 255))
def test_no_single_changed_byte_of_a_png_goes_unnoticed(at: int, value: int) -> None:
    at %= len(WHOLE)
    changed = WHOLE[:at] + bytes([value]) + WHOLE[at + 1 :]
    assert changed == WHOLE or inspect("a.png", changed)[1]
