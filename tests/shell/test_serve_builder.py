from __future__ import annotations

from collections.abc import Callable
from queue import Queue

import pytest

from sitegen.shell.serve import changes
from sitegen.shell.serve.builder import Builder
from sitegen.shell.serve.changes import Changes, Names
from sitegen.shell.serve.outcome import Outcome

GOOD, BAD = Outcome(ok=True), Outcome(ok=False)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "SETTLE", 0.0)


def started(rebuild: Callable[[Names], Outcome]) -> tuple[Changes, Queue[Outcome]]:
    these, told = Changes(), Queue[Outcome]()
    Builder(these, rebuild, told.put).start()
    return these, told


def test_what_changed_is_owed_until_a_build_succeeds() -> None:
    given: list[Names] = []
    outcomes = iter([BAD, GOOD, GOOD])

    def rebuild(names: Names) -> Outcome:
        given.append(names)
        return next(outcomes)

    these, told = started(rebuild)
    for name in "abc":
        these.put(frozenset({name}))
        told.get(timeout=30)
    assert given == [{"a"}, {"a", "b"}, {"c"}]


def test_the_fault_of_a_half_saved_file_is_not_told() -> None:
    these = Changes()
    told: Queue[Outcome] = Queue()
    outcomes = iter([BAD, GOOD])

    def rebuild(names: Names) -> Outcome:
        outcome = next(outcomes)
        if outcome is BAD:
            these.put(frozenset({"the rest of the file"}))
        return outcome

    Builder(these, rebuild, told.put).start()
    these.put(frozenset({"a"}))
    assert told.get(timeout=30) is GOOD
    assert told.empty()


def test_a_build_that_raises_is_told_and_the_next_one_runs() -> None:
    def rebuild(names: Names) -> Outcome:
        if names == {"bad"}:
            raise ZeroDivisionError("by zero\x1b")
        return GOOD

    these, told = started(rebuild)
    these.put(frozenset({"bad"}))
    (fault,) = told.get(timeout=30).faults
    assert (fault.code, fault.message) == ("", "sitegen itself failed: ZeroDivisionError: by zero<U+001B>")
    assert fault.hint
    these.put(frozenset({"good"}))
    assert told.get(timeout=30) is GOOD
