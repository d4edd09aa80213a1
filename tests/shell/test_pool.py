"""Work spread over processes: the same results in the same order, and a clear word when one dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from sitegen.shell import pool as module
from sitegen.shell.pool import Board, WorkerError, doing, spread, workers_for

FORK = "fork"


def doubled(context: int, item: int) -> int:
    time.sleep(0.02 if item % 3 == 0 else 0)  # so that they end in another order
    return context + 2 * item


def process(_: object, item: int) -> tuple[int, int]:
    time.sleep(0.05)
    return item, os.getpid()


def killed(at: int, item: int) -> int:
    doing(f"making /badges/{item}/")
    if item == at:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.2)
    return item


def out_of_memory(at: int, item: int) -> int:
    doing(f"making /badges/{item}/")
    if item == at:
        raise MemoryError
    return item


def failing(at: int, item: int) -> int:
    if item == at:
        raise ValueError(f"at {item}")
    return item


def ends_by_itself(at: int, item: int) -> int:
    if item == at:
        sys.exit(3)
    return item


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_results_come_in_order_however_many_work(workers: int, count: int) -> None:
    assert list(spread(doubled, 100, range(count), workers, FORK)) == [100 + 2 * item for item in range(count)]


def test_work_is_done_in_other_processes() -> None:
    processes = {number for _, number in spread(process, None, range(8), 2, FORK)}
    assert len(processes) == 2
    assert os.getpid() not in processes


@pytest.mark.parametrize(("workers", "count"), [(1, 4), (3, 1)])
def test_a_little_work_is_done_here(workers: int, count: int) -> None:
    assert {number for _, number in spread(process, None, range(count), workers, FORK)} == {os.getpid()}


def test_workers_that_are_spawned_are_sent_the_context() -> None:
    assert list(spread(doubled, 7, range(4), 2, "spawn")) == [7, 9, 11, 13]
    assert os.getpid() not in {number for _, number in spread(process, None, range(2), 2, "spawn")}


def test_a_context_that_cannot_be_sent_is_worked_on_here() -> None:
    context: Any = lambda: None  # noqa: E731 - that is what cannot be sent
    assert {number for _, number in spread(process, context, range(3), 2, "spawn")} == {os.getpid()}


def test_a_worker_that_is_killed_is_one_error_that_says_what_it_was_doing() -> None:
    with pytest.raises(WorkerError) as caught:
        list(spread(killed, 3, range(6), 2, FORK))
    told = caught.value.told
    assert told.code == "worker-died"
    assert "was ended by the system while making /badges/3/" in told.message
    assert told.hint is not None
    assert "--jobs 1" in told.hint


def test_a_worker_out_of_memory_is_one_error_that_says_what_it_was_doing() -> None:
    with pytest.raises(WorkerError) as caught:
        list(spread(out_of_memory, 3, range(6), 2, FORK))
    assert "ran out of memory while making /badges/3/" in caught.value.told.message


def test_a_worker_that_says_nothing_and_ends_is_told_all_the_same() -> None:
    assert WorkerError("", "was ended").told.message == "a process of the build was ended"


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_in_the_work_comes_back_as_it_was(workers: int) -> None:
    with pytest.raises(ValueError, match="at 3"):
        list(spread(failing, 3, range(6), workers, FORK))


def test_results_before_a_fault_are_given_first() -> None:
    got: list[int] = []
    with pytest.raises(ValueError, match="at 3"):
        for one in spread(failing, 3, range(6), 2, FORK):
            got.append(one)
    assert got == [0, 1, 2]


def test_who_stops_listening_leaves_no_process_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    results = spread(process, None, range(20), 2, FORK)
    _, number = next(results)
    assert len(list(tmp_path.iterdir())) == 1
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(tmp_path.iterdir()) == []
    assert not Path(f"/proc/{number}").exists()
    assert module._context is None


def test_no_file_is_left_when_a_worker_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(WorkerError):
        list(spread(killed, 0, range(4), 2, FORK))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("items", "jobs", "workers"),
    [(10, None, 1), (10, 3, 3), (1000, 1, 1), (99, None, 1), (100, None, 4)],
)
def test_small_work_is_for_one_and_large_work_for_every_core_unless_told(
    monkeypatch: pytest.MonkeyPatch, items: int, jobs: int | None, workers: int
) -> None:
    monkeypatch.setattr(module, "_cores", lambda: 4)
    assert workers_for(items, 100, jobs) == workers


def test_a_board_says_what_is_not_done(monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board()
    try:
        assert board.read() == []
        number = multiprocessing.get_context(FORK).Value("i", 1)
        with monkeypatch.context() as patch:
            for name in ("_slot", "_at", "_context"):
                patch.setattr(module, name, getattr(module, name))
            patch.setattr(signal, "signal", lambda *_: None)
            module._begin(board.path, number, None)
            doing("making " + "é" * 300)
            doing("making /ä/")
            assert board.read() == ["making /ä/"]
            doing("")
            assert board.read() == []
    finally:
        board.close()
    assert not Path(board.path).exists()
    board.close()


def test_where_nobody_listens_saying_costs_nothing() -> None:
    doing("something")
    assert module._slot is None
