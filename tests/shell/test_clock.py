from __future__ import annotations

from datetime import date

import pytest

from sitegen.shell.clock import today_in


def test_the_day_is_that_of_the_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # 2026-09-21, 14:13 UTC
    assert today_in("UTC") == date(2026, 9, 21)
    assert today_in("Pacific/Kiritimati") == date(2026, 9, 22)


@pytest.mark.parametrize("epoch", ["", "soon", "-1", "²", "99999999999999999"])
def test_what_is_no_time_is_passed_over(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    now = today_in("UTC")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert (today_in("UTC") - now).days in (0, 1)
