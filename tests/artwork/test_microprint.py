from __future__ import annotations

import math
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.artwork.lettering import width
from sitegen.artwork.microprint import LARGEST, SMALLEST, TIGHT, fitted, ring

AROUND = 770.0
ISSUER = "Harbourside Institute of Technology"


@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=40))
def test_any_words_close_the_circle_exactly(name: str, issuer: str, id: str) -> None:
    setting = fitted(name, issuer, id, AROUND)
    length = (width(setting.text, "print") + setting.tracking * len(setting.text)) * setting.size
    assert length == pytest.approx(AROUND)
    assert SMALLEST <= setting.size <= LARGEST
    assert setting.tracking >= TIGHT - 1e-9
    assert setting.text.startswith(setting.head)


@given(st.text(alphabet=string.ascii_letters + " ", max_size=2000))
def test_a_name_of_any_length_ends_in_print(name: str) -> None:
    assert fitted(name, ISSUER, "HIT-1", AROUND).text.isprintable()


def test_name_issuer_and_id_follow_each_other() -> None:
    setting = fitted("Food Safety Supervisor", ISSUER, "HIT-F-0117", AROUND)
    assert setting.text == "FOOD SAFETY SUPERVISOR · HARBOURSIDE INSTITUTE OF TECHNOLOGY · HIT-F-0117 · "
    assert setting.head == "FOOD SAFETY SUPERVISOR"


def test_short_words_go_round_again() -> None:
    text = fitted("Care", "Ng", "7", AROUND).text
    assert text == "CARE · NG · 7 · " * (len(text) // 16)
    assert len(text) > 60


def test_a_longer_name_is_set_smaller() -> None:
    short = fitted("Food Safety Supervisor", ISSUER, "HIT-F-0117", AROUND)
    longer = fitted("Advanced certificate in the supervision of food safety", ISSUER, "HIT-F-0117", AROUND)
    assert longer.size < short.size
    assert longer.text.endswith("HIT-F-0117 · ")


def test_what_does_not_fit_is_left_out_from_the_end() -> None:
    name = "Advanced certificate in the supervision of hazardous freight on inland waterways and canals of the north"
    assert fitted(name, ISSUER + ", Faculty of Transport", "HIT-F-0117", AROUND).text == name.upper() + " · "


def test_a_name_too_long_for_the_circle_is_cut_at_a_word() -> None:
    setting = fitted("Introduction to everything " * 20, ISSUER, "HIT", AROUND)
    assert setting.text.endswith("… · ")
    assert setting.head.rstrip("…").split()[-1] in ("INTRODUCTION", "TO", "EVERYTHING")


def test_a_single_endless_word_is_cut_anywhere() -> None:
    assert fitted("Donaudampfschifffahrt" * 30, "", "", AROUND).head.endswith("…")


@pytest.mark.parametrize("name", ["日本語の認定", "سلامة الغذاء", "Безопасность", "Food 安全"])
def test_a_name_in_a_script_without_outlines_gives_way(name: str) -> None:
    assert fitted(name, ISSUER, "HIT-F-0117", AROUND).head == ISSUER.upper()
    assert set(fitted(name, "学校", "HIT-F-0117", AROUND).text.split(" · ")) == {"HIT-F-0117", ""}


def test_emoji_and_invisible_signs_are_left_out_of_a_name() -> None:
    assert fitted("Food 🍎 Sa\u00adfety\u200b of µ", "", "", AROUND).head == "FOOD SAFETY OF µ"


def test_where_nothing_can_be_set_there_are_beads() -> None:
    assert set(fitted("日本", "学校", "認定", AROUND).text) == {"·", " "}


def test_the_name_is_centred_at_the_top() -> None:
    (letters,) = (copies for copies in ring("OO", "H", "N", 200, 196, 119.4, "#ffffff") if len(copies.places) % 2 == 0)
    angles = sorted((place.turn + 180) % 360 - 180 for place in letters.places)
    nearest = sorted(angles, key=abs)[:2]
    assert math.isclose(sum(nearest), 0, abs_tol=0.05)
