"""The process that builds: it stays while all is well, and is replaced when it is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from sitegen.shell.serve.process import BuilderProcess
from tests.served.previews import until
from tests.shell.obedient import Obedient, is_there


@pytest.fixture
def process(tmp_path: Path) -> Iterator[BuilderProcess]:
    made = BuilderProcess(Obedient(tmp_path))
    yield made
    made.end()


def build(process: BuilderProcess, *names: str) -> int:
    """Build, and return the number of the process that did."""
    outcome = process.build(frozenset(names))
    assert outcome.ok, outcome.faults
    (number,) = outcome.changed
    return int(number)


def test_one_process_does_build_after_build_apart_from_the_server(process: BuilderProcess) -> None:
    number = build(process)
    assert number != os.getpid()
    assert build(process) == number


def test_modules_are_loaded_before_the_first_build_is_asked_for(process: BuilderProcess, tmp_path: Path) -> None:
    process.start()
    until((tmp_path / "prepared").exists)


def test_it_has_no_part_of_the_server() -> None:
    script = "import sys, sitegen.shell.serve.process, sitegen.shell.serve.rebuild; sys.exit('tornado' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_it_makes_ready_for_the_next_build_when_nobody_waits(process: BuilderProcess, tmp_path: Path) -> None:
    build(process)
    until((tmp_path / "rested").exists)


def test_a_process_that_is_killed_is_told_in_plain_words_and_the_next_change_starts_another(
    process: BuilderProcess,
) -> None:
    first = build(process)
    outcome = process.build(frozenset({"die"}))
    (fault,) = outcome.faults
    assert not outcome.ok
    assert fault.message == "the process that builds the site was ended by the system (signal 9)"
    assert "out of memory" in (fault.hint or "")
    assert fault.code == ""
    assert build(process) != first


def test_a_process_that_leaves_is_told_with_its_exit_code(process: BuilderProcess) -> None:
    (fault,) = process.build(frozenset({"leave"})).faults
    assert fault.message == "the process that builds the site ended before it had built (exit code 3)"
    assert build(process)


def test_a_process_that_died_between_builds_is_replaced_without_a_word(process: BuilderProcess) -> None:
    first = build(process)
    os.kill(first, signal.SIGKILL)
    until(lambda: not is_there(first))
    assert build(process) != first


def test_what_a_build_raises_is_told_and_that_process_is_not_used_again(process: BuilderProcess) -> None:
    first = build(process)
    (fault,) = process.build(frozenset({"fail"})).faults
    assert (fault.code, fault.message) == ("", "sitegen itself failed: ZeroDivisionError: by zero<U+001B>")
    assert build(process) != first
    assert not is_there(first)


def test_code_that_changed_is_loaded_by_another_process(process: BuilderProcess, tmp_path: Path) -> None:
    first = build(process)
    (tmp_path / "outdated").write_text(str(first))
    assert build(process) != first
    assert not is_there(first)


def test_ctrl_c_is_for_the_server(process: BuilderProcess) -> None:
    first = build(process)
    os.kill(first, signal.SIGINT)
    assert build(process, "interrupt") == first


def test_workers_of_a_process_that_is_killed_end_with_it(process: BuilderProcess, tmp_path: Path) -> None:
    build(process, "fork")
    assert not process.build(frozenset({"die"})).ok
    worker = int((tmp_path / "worker").read_text())
    until(lambda: not is_there(worker))


def test_it_ends_in_the_midst_of_a_build_and_its_workers_too(process: BuilderProcess, tmp_path: Path) -> None:
    waiting = Thread(target=process.build, args=(frozenset({"fork", "wait"}),))
    waiting.start()
    until((tmp_path / "waiting").exists)
    until((tmp_path / "waiting").read_text)
    numbers = [int((tmp_path / name).read_text()) for name in ("waiting", "worker")]
    process.end()
    waiting.join(60)
    assert not waiting.is_alive()
    until(lambda: not any(is_there(number) for number in numbers))


def test_after_the_end_none_is_started(process: BuilderProcess) -> None:
    process.end()
    assert not process.build(frozenset()).ok


def test_it_ends_when_the_server_is_gone(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from sitegen.shell.serve.process import BuilderProcess\n"
        "from tests.shell.obedient import Obedient\n"
        "print(*BuilderProcess(Obedient(Path(sys.argv[1]))).build(None).changed, flush=True)\n"
        "os._exit(0)"
    )
    told = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    until(lambda: not is_there(int(told.stdout)))
