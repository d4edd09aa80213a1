from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sitegen.core.frozen import reader, written


@dataclass(frozen=True, slots=True)
class Inner:
    text: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Outer:
    name: str
    sure: bool
    note: str | None
    words: tuple[str, ...]
    one: Inner | None
    several: tuple[Inner, ...]
    nested: tuple[tuple[Inner, ...], ...] = ()


@dataclass(frozen=True)
class OfDays:
    day: date


@dataclass(frozen=True)
class OfEither:
    one: Inner | Outer


@dataclass(frozen=True)
class OfPairs:
    pair: tuple[str, int]


FULL = Outer("A", True, "B", ("c", "d"), Inner("e", 2), (Inner("f"), Inner("g", 3)), ((Inner("h"),), ()))
EMPTY = Outer("", False, None, (), None, ())


@pytest.mark.parametrize("value", [FULL, EMPTY, Inner("Zoë “quotes” \u2028 \0 \\ \n </script>"), Inner("\ud800")])
def test_what_is_read_is_what_was_written(value: Any) -> None:
    assert reader(type(value))(written(value)) == value


def test_what_is_read_has_the_types_of_what_was_written() -> None:
    read = reader(Outer)(written(FULL))
    assert isinstance(read.one, Inner)
    assert type(read.words) is type(read.several) is type(read.nested[0]) is tuple
    assert hash(read) == hash(FULL)


def test_a_text_says_no_more_than_it_has_to_and_is_the_same_every_time() -> None:
    assert written(FULL) == '["A",true,"B",["c","d"],["e",2],[["f",1],["g",3]],[[["h",1]],[]]]'


def test_a_text_never_holds_the_character_that_parts_texts() -> None:
    assert "\0" not in written(Inner("\0"))


@pytest.mark.parametrize(
    "text",
    ["", "[", '["a"]', '["a",1,2]', "null", "1", '{"text":"a","number":1}', "[]"],
    ids=["nothing", "cut off", "too short", "too long", "none", "a number", "names", "empty"],
)
def test_a_text_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        reader(Inner)(text)


@pytest.mark.parametrize(
    "text", ['["A",true,"B",[],["e"],[]]', '["A",true,"B",[],null,[["f"]],[]]', '["A",true,"B",3]']
)
def test_a_text_whose_inner_part_is_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="this is no Outer"):
        reader(Outer)(text)


@pytest.mark.parametrize("model", [OfDays, OfEither, OfPairs, str])
def test_a_dataclass_that_cannot_be_kept_is_refused_before_there_is_a_text(model: type[Any]) -> None:
    with pytest.raises(TypeError):
        reader(model)


def test_a_value_that_is_not_what_its_field_says_is_never_written() -> None:
    amount: Any = Decimal(1)
    with pytest.raises(TypeError):
        written(Inner("a", amount))
