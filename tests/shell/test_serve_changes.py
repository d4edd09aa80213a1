from __future__ import annotations

import threading
import time

import pytest

from sitegen.shell.serve import changes
from sitegen.shell.serve.changes import Changes, Names, joined


def names(*given: str) -> frozenset[str]:
    return frozenset(given)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (names("a"), names("b"), names("a", "b")),
        (None, names("b"), None),
        (names("a"), None, None),
        (names(), names(), names()),
    ],
)
def test_not_to_know_what_changed_is_stronger_than_any_name(one: Names, other: Names, both: Names) -> None:
    assert joined(one, other) == both


def test_one_save_is_taken_without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "SETTLE", 1000)
    these = Changes()
    these.put(names("a"))
    assert these.pending
    assert these.take() == names("a")
    assert not these.pending


def test_the_start_of_the_server_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "SETTLE", 1000)
    these = Changes()
    these.put(None)
    assert these.take() is None


def test_a_burst_is_taken_as_one_when_it_is_over() -> None:
    these = Changes()
    these.put(names("first"))
    assert these.take() == names("first")
    burst = threading.Thread(target=lambda: [(these.put(names(f"{n}")), time.sleep(0.001)) for n in range(200)])
    burst.start()
    taken = these.take()
    burst.join()
    assert taken == {str(n) for n in range(200)}
    assert not these.pending


def test_many_files_at_once_may_not_be_all_of_them() -> None:
    these = Changes()
    these.put(names("start"))
    these.take()
    time.sleep(changes.RECENT)
    these.put(frozenset(str(n) for n in range(changes.MANY + 1)))
    later = threading.Timer(0.01, these.put, [names("late")])
    later.start()
    taken = these.take()
    assert taken is not None
    assert "late" in taken


def test_a_program_that_never_stops_writing_does_not_stop_the_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    these = Changes(clock=lambda: now[0])
    these.put(names("a"))
    these.put(names("b"))

    def wait(_: float | None = None) -> bool:
        now[0] += 0.1
        these._last = now[0]  # yet another save
        return True

    monkeypatch.setattr(these._more, "wait", wait)
    assert these.take() == names("a", "b")
    assert 5 <= now[0] - 100 < 6
