from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.artwork import contrast_ratio, oklch_to_srgb
from sitegen.artwork.colour import chroma_ceiling, relative_luminance

hues = st.floats(-720, 720)


@pytest.mark.parametrize(
    ("lightness", "chroma", "hue", "colour"),
    [
        (0, 0, 0, "#000000"),
        (1, 0, 0, "#ffffff"),
        (0.5999, 0, 90, "#808080"),
        (0.627955, 0.257683, 29.2339, "#ff0000"),
        (0.866440, 0.294827, 142.4953, "#00ff00"),
        (0.452014, 0.313214, 264.0520, "#0000ff"),
        (0.967983, 0.211006, 109.7692, "#ffff00"),
    ],
)
def test_the_corners_of_srgb_come_out_to_one_step(lightness: float, chroma: float, hue: float, colour: str) -> None:
    shown = oklch_to_srgb(lightness, chroma, hue)
    assert all(abs(int(shown[i : i + 2], 16) - int(colour[i : i + 2], 16)) <= 1 for i in (1, 3, 5))


def test_a_colour_that_srgb_cannot_show_gives_up_chroma_only() -> None:
    shown = oklch_to_srgb(0.48, 0.4, 200)
    assert shown == oklch_to_srgb(0.48, chroma_ceiling(0.48, 200), 200)
    grey = oklch_to_srgb(0.48, 0, 200)
    assert relative_luminance(shown) == pytest.approx(relative_luminance(grey), abs=0.02)


@pytest.mark.parametrize(("hue", "ceiling"), [(88, 0.098), (155, 0.115), (200, 0.082), (50, 0.12)])
def test_the_ceiling_of_a_hue_is_what_the_ring_of_topics_was_measured_with(hue: float, ceiling: float) -> None:
    assert ceiling - 0.001 < chroma_ceiling(0.48, hue) < ceiling + 0.009


@given(st.floats(-1, 2), st.floats(-1, 5), hues)
def test_any_numbers_give_a_colour(lightness: float, chroma: float, hue: float) -> None:
    assert re.fullmatch("#[0-9a-f]{6}", oklch_to_srgb(lightness, chroma, hue))


@given(st.floats(0.2, 0.9), hues)
def test_hue_is_a_circle(lightness: float, hue: float) -> None:
    one, other = oklch_to_srgb(lightness, 0.05, hue), oklch_to_srgb(lightness, 0.05, hue + 360)
    assert all(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) <= 1 for i in (1, 3, 5))


def test_black_on_white_is_21_to_1_in_either_order() -> None:
    assert contrast_ratio("#000000", "#ffffff") == contrast_ratio("#ffffff", "#000000") == pytest.approx(21)


def test_a_colour_on_itself_has_no_contrast() -> None:
    assert contrast_ratio("#8a5c00", "#8a5c00") == 1


@pytest.mark.parametrize(("grey", "ratio"), [("#767676", 4.54), ("#777777", 4.48), ("#949494", 3.03)])
def test_known_greys_on_white_are_as_wcag_says(grey: str, ratio: float) -> None:
    assert contrast_ratio(grey, "#ffffff") == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("colour", ["", "fff", "#fff", "#12345g", "red", "#1234567", "123456#"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match=r"colour|base 16"):
        contrast_ratio(colour, "#ffffff")
