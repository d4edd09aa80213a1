from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats.jsonld import dump, is_empty, node, stated
from tests.formats.htmlsite import site

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text('aé\n"\\<', max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
def test_a_document_is_indented_as_python_indents_it(value: Any) -> None:
    assert dump(value).decode() == json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def test_what_could_begin_an_entity_is_written_as_an_escape() -> None:
    assert dump({"a": "&quot; & b"}) == b'{\n  "a": "\\u0026quot; & b"\n}\n'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("nan")]}])
def test_what_json_has_no_number_for_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump(value)


@pytest.mark.parametrize(
    ("value", "empty"),
    [(None, True), ("", True), ([], True), ((), True), ({}, True), (0, False), (False, False), (Decimal(0), False)],
)
def test_false_and_zero_are_answers_and_nothing_else_that_is_empty_is(value: Any, empty: bool) -> None:
    made = site({})
    assert is_empty(value) is empty
    assert (stated({"a": value}) == {}) is empty
    assert (node([("a", lambda *_: value)], None, made) == {}) is empty
