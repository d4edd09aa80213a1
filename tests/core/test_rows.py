from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.core.diagnostics import Diagnostic, Span, error, warning
from sitegen.core.head import head_of
from sitegen.core.rows import diagnostic_of, diagnostic_row, head_from, head_row
from tests.making import badge, load


@pytest.mark.parametrize(
    "told",
    [
        error("bad-value", "no", Span("content/a.md", 3, 4, 5), "say yes"),
        warning("unused-file", "„Ärger“ \ud83e", Span("content/a.md")),
        error("worker-died", "a process ended", None),
    ],
)
def test_a_diagnostic_comes_back_from_json_as_it_was(told: Diagnostic) -> None:
    assert diagnostic_of(json.loads(json.dumps(diagnostic_row(told)))) == told


def test_a_head_comes_back_from_json_as_it_was() -> None:
    records, _ = load({"badges/a.md": badge(prerequisite="[b, c]", topic="food", version="'2'")})
    for record in records:
        head = head_of(record)
        again = head_from(json.loads(json.dumps(head_row(head))))
        assert again == head
        assert repr(again) == repr(head)  # tuples and not lists: digests are taken of it


@pytest.mark.parametrize(
    "row", [[], ["code"], ["code", "loud", "message", None, None], ["code", "error", "m", [1, 2, 3, 4, 5], 1], 3]
)
def test_what_was_no_diagnostic_is_refused(row: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        diagnostic_of(row)


@pytest.mark.parametrize("row", [[[]], ["badge:a", [["at"]]], [1] * 12, [*"abcdefghijklm", []]])
def test_what_was_no_head_is_refused(row: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        head_from(row)
