"""The pictogram set: solid, square-ended signs on a box of 100 units, in the manner of transport signs.

A pictogram is made of a few parts, drawn in their order. Ink is the colour of the sign, paper that of the
disc behind it. Lines end square and have mitred corners.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sitegen.artwork.path import Circle


@dataclass(frozen=True, slots=True)
class Part:
    """A circle or SVG path data, filled or, where ``width`` is not 0, stroked, in ink or in paper."""

    shape: Circle | str
    ink: bool = True
    width: float = 0.0


Pictogram = tuple[Part, ...]


def _ink(data: str) -> Part:
    return Part(data)


def _cut(data: str) -> Part:
    return Part(data, ink=False)


def _line(data: str, width: float = 9.0) -> Part:
    return Part(data, width=width)


def _score(data: str, width: float = 6.0) -> Part:
    return Part(data, ink=False, width=width)


def _dot(x: float, y: float, r: float) -> Part:
    return Part(Circle(x, y, r))


def _hole(x: float, y: float, r: float) -> Part:
    return Part(Circle(x, y, r), ink=False)


def _ring(x: float, y: float, r: float, width: float = 8.0) -> Part:
    return Part(Circle(x, y, r), width=width)


def _spokes(count: int, near: float, far: float, first: float = 0.0, around: float = 360.0) -> str:
    """Return lines outwards from the middle of the box."""
    out = ""
    for i in range(count):
        t = math.radians(first + around * i / count)
        sin, cos = math.sin(t), math.cos(t)
        out += f"M{50 + near * sin:.1f} {50 - near * cos:.1f}L{50 + far * sin:.1f} {50 - far * cos:.1f}"
    return out


def _teeth(count: int, root: float, tip: float) -> str:
    """Return the outline of a gear wheel about the middle of the box."""
    points = []
    for i in range(count):
        for share, r in ((-0.30, root), (-0.20, tip), (0.20, tip), (0.30, root)):
            t = 2 * math.pi * (i + share) / count
            points.append(f"{50 + r * math.sin(t):.1f} {50 - r * math.cos(t):.1f}")
    return "M" + "L".join(points) + "Z"


def _star(points: int, inner: float, outer: float, y: float = 50.0) -> str:
    corners = []
    for i in range(2 * points):
        r, t = (inner if i % 2 else outer), math.pi * i / points
        corners.append(f"{50 + r * math.sin(t):.1f} {y - r * math.cos(t):.1f}")
    return "M" + "L".join(corners) + "Z"


_HEART = "M50 93C12 66 4 48 6 32C8 12 38 4 50 26C62 4 92 12 94 32C96 48 88 66 50 93Z"

_SET: dict[str, Pictogram] = {
    "anchor": (
        _ring(50, 15, 9, 8), _line("M50 24V88M29 38H71"),
        _line("M14 58C16 78 32 87.5 50 87.500C68 87.5 84 78 86 58"),
        _ink("M3 67L14 46L28 65ZM97 67L86 46L72 65Z"),
    ),
    "balance": (
        _line("M50 8V88M12 22H88", 8), _line("M26 91H74", 10),
        _ink("M2 60H40A19 19 0 0 1 2 60ZM60 60H98A19 19 0 0 1 60 60Z"),
        _line("M21 22L6 61M21 22L36 61M79 22L64 61M79 22L94 61", 4), _dot(50, 16, 9),
    ),
    "bars": (_ink("M10 90V56H30V90ZM40 90V34H60V90ZM70 90V10H90V90Z"),),
    "boat": (_ink("M4 66H96L82 92H20ZM47 4V58H10ZM54 14L90 58H54Z"),),
    "bolt": (_ink("M62 2L16 56H43L36 98L86 40H55Z"),),
    "book": (
        _ink("M3 16C20 10 36 13 47 21V91C36 83 20 80 3 86ZM97 16C80 10 64 13 53 21V91C64 83 80 80 97 86Z"),
        _score("M13 34C22 32 30 33 38 37M13 52C22 50 30 51 38 55", 5),
        _score("M62 37C70 33 78 32 87 34M62 55C70 51 78 50 87 52", 5),
    ),
    "boxes": (
        _ink("M27 8H73V48H27ZM3 53H48V93H3ZM52 53H97V93H52Z"),
        _cut("M44 8H56V22H44ZM20 53H32V67H20ZM69 53H81V67H69Z"),
    ),
    "bridge": (
        _line("M0 72H100", 10), _ink("M20 12H32V94H20ZM68 12H80V94H68Z"),
        _line("M0 52Q16 42 26 18Q50 78 74 18Q84 42 100 52", 6), _line("M41 46V70M50 50V70M59 46V70", 4),
    ),
    "calendar": (
        _ink("M8 18H92V94H8ZM24 6H36V22H24ZM64 6H76V22H64Z"), _cut("M17 40H83V85H17Z"),
        _ink("M25 48H39V60H25ZM45 48H59V60H45ZM65 48H75V60H65ZM25 67H39V79H25ZM45 67H59V79H45Z"),
    ),
    "camera": (
        _ink("M3 27H27L35 13H65L73 27H97V88H3Z"), _hole(50, 56, 22), _dot(50, 56, 13),
        _cut("M80 35H90V43H80Z"),
    ),
    "cap": (
        _ink("M50 14L99 38L50 62L1 38ZM21 55L50 69L79 55V76C66 89 34 89 21 76Z"), _line("M91 40V78", 6),
        _ink("M86 74H96V90H86Z"),
    ),
    "clipboard": (
        _ink("M12 13H88V97H12Z"), _cut("M28 8H72V30H28Z"), _ink("M34 3H66V24H34Z"),
        _score("M24 47L31 54L42 41M24 73L31 80L42 67", 6.5), _score("M50 48H77M50 74H77", 8),
    ),
    "cloche": (
        _ink("M10 66A40 40 0 0 1 90 66Z"), _dot(50, 20, 8), _ink("M3 73H97V84H3Z"),
        _score("M24 58A27 27 0 0 1 44 36"),
    ),
    "cloud": (_ink("M26 84A21 21 0 0 1 22 42.500A30 30 0 0 1 79 44A20 20 0 0 1 77 84Z"),),
    "code": (_line("M31 24L9 50L31 76M69 24L91 50L69 76", 10.5), _line("M59 14L41 86", 9.5)),
    "compass": (_ring(50, 50, 42, 9), _ink("M75 25L58 58L25 75L42 42Z"), _hole(50, 50, 6)),
    "cup": (
        _ink("M12 26H76V68A18 18 0 0 1 58 86H30A18 18 0 0 1 12 68Z"),
        _line("M74 38H82A10 10 0 0 1 92 48V52A10 10 0 0 1 82 62H74", 8), _ink("M4 90H84V98H4Z"),
        _line("M30 4V19M44 4V19M58 4V19", 7),
    ),
    "cutlery": (
        _line("M30 40V96", 11), _ink("M13 4H20V32H26.500V4H33.500V32H40V4H47V36A17 17 0 0 1 13 36Z"),
        _ink("M64 96V58H58V26C58 12 66 4 76 4V96Z"),
    ),
    "cycle": (
        _line("M18.5 58A32.5 32.5 0 0 1 66 22M81.5 42A32.5 32.5 0 0 1 34 78", 11),
        _ink("M60 2L88 24L58 42ZM40 98L12 76L42 58Z"),
    ),
    "database": (
        _ink("M10 22C10 -1 90 -1 90 22V78C90 101 10 101 10 78Z"),
        _score("M10 26C10 47 90 47 90 26M10 50C10 71 90 71 90 50", 6),
    ),
    "drop": (
        _ink("M50 3C66 28 83 44 83 65A33 33 0 0 1 17 65C17 44 34 28 50 3Z"),
        _score("M32 64A18 18 0 0 0 50 82", 7),
    ),
    "dune": (
        _ink("M2 92C26 66 60 64 98 92Z"), _line("M46 76C46 50 38 30 20 16", 7.5),
        _line("M50 76C50 50 50 30 54 5", 7.5), _line("M54 76C56 56 66 40 84 30", 7.5),
        _line("M43 78C40 64 32 52 14 46", 6),
    ),
    "eye": (
        _ink("M1 50C24 13 76 13 99 50C76 87 24 87 1 50Z"), _hole(50, 50, 20), _dot(50, 50, 10.5),
    ),
    "first-aid": (
        _ink("M4 29H96V92H4Z"), _line("M33 33V14H67V33", 9),
        _cut("M42 39H58V52H71V68H58V82H42V68H29V52H42Z"),
    ),
    "fish": (
        _ink("M3 50C22 23 53 21 75 46L96 27V73L75 54C53 79 22 77 3 50Z"), _hole(26, 46, 5.5),
        _score("M43 36C50 45 50 55 43 64", 5.5),
    ),
    "flask": (
        _ink("M33 3H67V14H61V37L91 86Q96 97 84 97H16Q4 97 9 86L39 37V14H33Z"),
        _cut("M47 14H53V40L63 57H37L47 40Z"), _hole(42, 74, 6), _hole(61, 83, 4.5),
    ),
    "gear": (_ink(_teeth(8, 36, 48)), _hole(50, 50, 16)),
    "globe": (
        _ring(50, 50, 42, 8), _line("M50 8C25 30 25 70 50 92C75 70 75 30 50 8M9 50H91", 6.5),
        _line("M17 28H83M17 72H83", 5.5),
    ),
    "hammer": (
        _ink("M3 10H20V16H60C78 16 90 25 97 44C86 36 77 34 70 38H20V44H3ZM43 44H60L62 97H41Z"),
    ),
    "heart": (_ink(_HEART), _score("M4 52H33L42 35L54 69L63 52H96", 6.5)),
    "house-heart": (
        _ink("M50 4L98 46H85V94H15V46H2Z"),
        _cut("M50 82C27 66 27 55 32 49C38 42 47 44 50 51C53 44 62 42 68 49C73 55 73 66 50 82Z"),
    ),
    "key": (_ring(25, 50, 17, 12), _line("M41 50H99", 12), _ink("M70 52H81V74H70ZM88 52H99V70H88Z")),
    "lamp": (
        _ink("M35 70C35 60 19 54 19 34A31 31 0 0 1 81 34C81 54 65 60 65 70Z"),
        _ink("M35 75H65V84H35ZM41 89H59V98H41Z"), _score("M34 36A17 17 0 0 1 50 19", 6),
    ),
    "leaf": (
        _ink("M93 7C98 62 70 94 24 81C8 40 38 6 93 7Z"), _line("M4 97L34 68", 8),
        _score("M26 76L70 31M46 56V36M44 58H66", 5.5),
    ),
    "lens": (_ring(41, 41, 29, 12), _line("M61 61L95 95", 15)),
    "lock": (
        _ink("M14 44H86V97H14Z"), _line("M29 46V29A21 21 0 0 1 71 29V46", 10.5), _hole(50, 64, 8.5),
        _cut("M45.5 66H54.500V85H45.500Z"),
    ),
    "microphone": (
        _ink("M33 19A17 17 0 0 1 67 19V47A17 17 0 0 1 33 47Z"), _line("M18 44V47A32 32 0 0 0 82 47V44", 8),
        _line("M50 78V94", 9), _ink("M28 89H72V98H28Z"),
    ),
    "mountain": (
        _ink("M0 91L38 18L58 56L69 40L100 91Z"), _score("M14 47L29 58L38 46L47 58L64 47", 6),
    ),
    "music": (
        _ink("M30 17L90 4V24L40 35V80H30ZM80 14H90V70H80Z"), _dot(25, 80, 15), _dot(75, 70, 15),
    ),
    "nine-dots": (
        *(_dot(x, y, 9) for x in (18, 47, 76) for y in (34, 63, 92)), _line("M18 94V8L93 83", 7.5),
    ),
    "nodes": (
        _line(_spokes(6, 0, 38), 6.5), _dot(50, 50, 17),
        *(_dot(x, y, 10) for x, y in ((50, 11), (83.8, 30.5), (83.8, 69.5), (50, 89), (16.2, 69.5), (16.2, 30.5))),
        _hole(50, 50, 6.5),
    ),
    "palette": (
        _ink(
            "M52 6C22 6 3 27 3 52C3 76 22 94 44 94C57 94 58 84 54 76"
            "C49 66 58 60 69 62C88 65 97 54 97 43C97 21 77 6 52 6Z"
        ),
        _hole(25, 56, 7.5), _hole(36, 32, 7.5), _hole(60, 24, 7.5), _hole(79, 40, 7),
    ),
    "paw": (
        _ink("M50 48C66 48 80 66 80 80C80 92 70 95 62 91C54 88 46 88 38 91C30 95 20 92 20 80C20 66 34 48 50 48Z"),
        _ink("M37 6C44 6 48 14 48 24C48 34 44 41 37 41C30 41 26 34 26 24C26 14 30 6 37 6Z"),
        _ink("M63 6C70 6 74 14 74 24C74 34 70 41 63 41C56 41 52 34 52 24C52 14 56 6 63 6Z"),
        _dot(13, 48, 11), _dot(87, 48, 11),
    ),
    "pencil": (
        _ink("M72 4L96 28L33 91L3 97L9 67Z"), _score("M58 18L82 42", 6),
        _cut("M9 79L21 91L10 93.500L6.5 90Z"),
    ),
    "people": (
        _dot(50, 22, 15), _ink("M24 92V68C24 50 35 42 50 42C65 42 76 50 76 68V92Z"), _dot(17, 33, 11),
        _dot(83, 33, 11), _ink("M1 84V68C1 54 8 48 18 48C20 48 22 48.5 23 49C19 54 18 60 18 68V84Z"),
        _ink("M99 84V68C99 54 92 48 82 48C80 48 78 48.5 77 49C81 54 82 60 82 68V84Z"),
    ),
    "pin": (
        _ink("M50 98C34 72 15 56 15 36A35 35 0 0 1 85 36C85 56 66 72 50 98Z"), _hole(50, 36, 14),
    ),
    "plug": (
        _ink("M28 2H39V28H28ZM61 2H72V28H61ZM16 28H84V46C84 62 72 73 58 75V98H42V75C28 73 16 62 16 46Z"),
    ),
    "pot": (
        _ink("M14 38H86V80A14 14 0 0 1 72 94H28A14 14 0 0 1 14 80Z"),
        _ink("M2 44H20V55H2ZM80 44H98V55H80ZM8 23H92V32H8ZM42 11H58V24H42Z"),
    ),
    "puzzle": (
        _ink(
            "M4 30H34C28 24 28 6 43 6C58 6 58 24 52 30H80V56C86 50 99 50 99 65C99 80 86 80 80 74"
            "V98H52C58 90 55 80 43 80C31 80 28 90 34 98H4Z"
        ),
    ),
    "scissors": (
        _ring(21, 24, 13, 9), _ring(21, 76, 13, 9),
        _ink("M28 34L34 28L98 78L96 84L84 84ZM28 66L34 72L98 22L96 16L84 16Z"), _hole(55, 50, 4),
    ),
    "screen": (
        _ink("M2 8H98V72H2ZM40 72H60V84H74V94H26V84H40Z"), _cut("M12 18H88V62H12Z"),
        _ink("M20 50L38 34L50 44L72 24H80V32L52 56L39 45L24 58Z"),
    ),
    "seedling": (
        _line("M50 98V48", 9),
        _ink("M54 54C54 32 70 22 97 22C97 46 80 56 54 54ZM46 42C46 20 30 8 3 8C3 32 20 44 46 42Z"),
    ),
    "shield-check": (
        _ink("M50 2C62 11 76 15 92 15V44C92 69 76 87 50 98C24 87 8 69 8 44V15C24 15 38 11 50 2Z"),
        _score("M27 49L44 66L74 34", 11),
    ),
    "signal": (
        _dot(50, 36, 10), _line("M28 58A31 31 0 0 1 28 14M72 58A31 31 0 0 0 72 14", 8),
        _line("M13 72A51 51 0 0 1 13 0M87 72A51 51 0 0 0 87 0", 8),
        _ink("M45 44H55L68 98H57L50 66L43 98H32Z"),
    ),
    "solar": (
        _ink("M21 55H79L99 97H1Z"), _score("M40 55L33 97M60 55L67 97M12 75H88", 5), _dot(50, 27, 14),
        _line("M50 9V-1M32 27H21M68 27H79M37.5 14.500L30 7M62.5 14.500L70 7M50 45V49", 7),
    ),
    "speech": (_ink("M2 6H72V58H36L18 74V58H2Z"), _ink("M79 30H98V80H84V97L65 80H36V66H79Z")),
    "star": (_ink(_star(5, 20.5, 50, 54)),),
    "stethoscope": (
        _line("M31 8H20V34C20 50 30 59 42 59C54 59 64 50 64 34V8H53", 8.5),
        _line("M42 58V70C42 86 52 93 63 93C76 93 84 86 84 72V60", 8.5), _ring(84, 47, 9.5, 9),
    ),
    "story": (_ink("M4 10H96V74H46L25 96V74H4Z"), _score("M18 58L38 38L54 50L82 25", 8.5)),
    "sun": (_dot(50, 50, 22), _line(_spokes(8, 30, 49), 10)),
    "target": (_ring(50, 50, 43, 10), _ring(50, 50, 23, 10), _dot(50, 50, 8.5)),
    "thermometer": (
        _ink("M27 16A15 15 0 0 1 57 16V56A23 23 0 1 1 27 56Z"), _score("M42 26V76", 8), _hole(42, 75, 11),
        _dot(42, 75, 4), _line("M66 18H90M66 34H82M66 50H90", 7.5),
    ),
    "tree": (_ink("M50 1L78 35H67L86 60H71L94 84H6L29 60H14L33 35H22ZM43 84H57V99H43Z"),),
    "trophy": (
        _ink("M24 5H76V36C76 52 66 62 56 64V78H72V95H28V78H44V64C34 62 24 52 24 36Z"),
        _line("M24 15H8V24C8 36 16 42 27 42M76 15H92V24C92 36 84 42 73 42", 7.5),
    ),
    "truck": (
        _ink("M1 22H60V74H1ZM65 36H83L99 56V74H65Z"), _cut("M72 43H80L89 56H72Z"), _hole(24, 75, 16),
        _hole(77, 75, 16), _dot(24, 75, 11), _dot(77, 75, 11),
    ),
    "wave": (
        *(
            _line(f"M1 {y}C9 {y} 15 {y - 15} 26 {y - 15}S41 {y} 50 {y}S63 {y - 15} 74 {y - 15}S91 {y} 99 {y}", 11)
            for y in (35, 62, 89)
        ),
    ),
    "wheat": (
        _line("M50 98V22", 6.5),
        *(
            _ink(
                f"M50 {y}C{50 + s * 9} {y - 3} {50 + s * 29} {y - 8} {50 + s * 31} {y - 27}"
                f"C{50 + s * 12} {y - 25} 50 {y - 14} 50 {y}Z"
            )
            for y in (45, 66, 87)
            for s in (1, -1)
        ),
        _ink("M50 31C39 21 41 10 50 1C59 10 61 21 50 31Z"),
    ),
    "wheel": (
        _ring(50, 50, 29, 9), _line(_spokes(8, 8, 49), 7.5), _dot(50, 50, 12), _hole(50, 50, 4.5),
    ),
    "wrench": (
        _line("M22 78L66 34", 18), _dot(70, 30, 25), _cut("M62 25L92 -5L105 8L75 38Z"), _dot(22, 78, 17),
        _hole(22, 78, 7),
    ),
}  # fmt: skip

PICTOGRAMS: Mapping[str, Pictogram] = MappingProxyType(_SET)
"""Every pictogram by name, in alphabetical order."""

NEUTRAL = ("balance", "bolt", "book", "cap", "compass", "key", "lamp", "star", "target")
"""Signs that claim no subject, for a badge that has neither a pictogram nor initials that can be set."""
