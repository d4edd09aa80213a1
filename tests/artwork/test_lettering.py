from __future__ import annotations

import pytest

from sitegen.artwork import glyphs
from sitegen.artwork.lettering import glyph, line, settable, width
from sitegen.artwork.path import area, flattened


def drawn(cut: str) -> list[str]:
    table = {"print": glyphs.PRINT, "initials": glyphs.INITIALS}[cut]
    return [chr(int(row.split(" ")[0], 16)) for row in table.splitlines()]


@pytest.mark.parametrize("cut", ["print", "initials"])
def test_every_outline_can_be_read_and_lies_on_its_line(cut: str) -> None:
    for char in drawn(cut):
        shape = glyph(char, cut)
        assert shape.advance > 0, char
        assert bool(shape.path) == (char != " "), char
        for contour in shape.path:
            points = flattened(contour, 20)
            assert all(-400 <= x <= 1700 and -1200 <= y <= 500 for x, y in points), char
            assert abs(area(points)) > 50, char


def test_initials_cover_latin_to_extended_a() -> None:
    codes = [*range(0x20, 0x7F), *(c for c in range(0xA1, 0x180) if c != 0xAD)]
    assert all(chr(code) in drawn("initials") for code in codes)


def test_small_print_covers_whatever_those_become_as_capitals() -> None:
    there = set(drawn("print"))
    assert {c for char in drawn("initials") for c in char.upper()} - there == {"\u039c"}
    assert "\xb5" in there  # the micro sign, whose capital is that Greek letter


@pytest.mark.parametrize("text", ["WM", "pH", "Ž", "ĐŽ", "Ü", "E\u0301", "ẞ", "3D"])
def test_latin_initials_can_be_set(text: str) -> None:
    assert settable(text, "initials")


@pytest.mark.parametrize("text", ["", " ", "日", "ع", "Я", "🍎", "A日", "\u202e", "\ud800", "q\u0308"])
def test_what_has_no_outline_cannot_be_set(text: str) -> None:
    assert not settable(text, "initials")


def test_an_accented_letter_is_its_letter_and_more() -> None:
    plain, accented = glyph("E", "print").path, glyph("É", "print").path
    assert accented[: len(plain)] == plain
    assert len(accented) > len(plain)


def test_capitals_that_lean_together_are_set_closer() -> None:
    assert line("AV").width < width("AV", "initials") == pytest.approx(width("VA", "initials"))
    assert line("HH").width == pytest.approx(width("HH", "initials"))


def test_a_letter_and_its_accent_apart_are_one_letter() -> None:
    assert line("E\u0301") == line("É")


def test_the_licence_stands_beside_the_outlines() -> None:
    assert "SIL Open Font Licence" in (glyphs.__doc__ or "")
