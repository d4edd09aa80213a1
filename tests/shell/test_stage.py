"""The stage: written by several processes, published by one."""

from __future__ import annotations

import errno
import multiprocessing
import os
import pickle
import shutil
import signal
from pathlib import Path

import pytest

from sitegen.shell import swap
from sitegen.shell.publish import MANIFEST, Published, Stage, StageError, open_stage, prepare_spare, recorded, untouched
from tests.shell.test_publish import tree


def write(stage: Stage, name: str, text: str) -> tuple[str, str]:
    """What a worker does."""
    return name, stage.put(name, text.encode())


def site(root: Path, files: dict[str, str]) -> tuple[Published | None, list[str]]:
    """Publish with everything rendered anew."""
    with open_stage(root / "output", root) as (stage, faults):
        assert stage is not None, faults
        done, found = stage.commit(dict(write(stage, *item) for item in files.items()))
        return done, [fault.code for fault in found]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_other_processes_write_into_it(tmp_path: Path, method: str) -> None:
    work = [(f"p/{i}/index.html", f"page {i}") for i in range(20)]
    with open_stage(tmp_path / "output", tmp_path) as (stage, _):
        assert stage is not None
        with multiprocessing.get_context(method).Pool(2) as pool:
            digests = dict(pool.starmap(write, [(stage, *item) for item in work]))
        assert stage.commit(digests) == (Published(20, 0, 0), [])
    assert tree(tmp_path / "output") == dict(work)
    assert recorded(tmp_path / "output") == digests


def test_what_is_not_put_again_is_kept(tmp_path: Path) -> None:
    site(tmp_path, {"a/index.html": "a", "b.json": "b"})
    with open_stage(tmp_path / "output", tmp_path) as (stage, _):
        assert stage is not None
        there = stage.recorded()
        assert stage.commit({**there, "c.json": stage.put("c.json", b"c")}) == (Published(1, 2, 0), [])
    assert tree(tmp_path / "output") == {"a/index.html": "a", "b.json": "b", "c.json": "c"}


@pytest.mark.parametrize("spare", [True, False])
def test_what_was_neither_put_nor_is_there_is_told(tmp_path: Path, spare: bool) -> None:
    site(tmp_path, {"a/index.html": "a", "b.json": "b"})
    assert prepare_spare(tmp_path / "output")
    if not spare:
        shutil.rmtree(tmp_path / ".output.sitegen-spare")
    there = recorded(tmp_path / "output")
    (tmp_path / "output/b.json").write_text("spoilt")
    with open_stage(tmp_path / "output", tmp_path) as (stage, _):
        assert stage is not None
        done, faults = stage.commit(there)
    assert (done, [fault.code for fault in faults]) == (None, ["output-changed"])
    assert tree(tmp_path / "output") == {"a/index.html": "a", "b.json": "spoilt"}


def test_what_was_put_and_is_not_wanted_is_not_published(tmp_path: Path) -> None:
    for _ in range(2):
        with open_stage(tmp_path / "output", tmp_path) as (stage, _faults):
            assert stage is not None
            stage.put("draft/deep/index.html", b"not yet")
            assert stage.commit({"a.json": stage.put("a.json", b"a")})[1] == []
        assert tree(tmp_path / "output") == {"a.json": "a"}
        assert not (tmp_path / "output/draft").exists()
        assert untouched(tmp_path / "output")


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "a//b", "a/./b", "a/../../b", "", "."])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    with open_stage(tmp_path / "output", tmp_path) as (stage, _):
        assert stage is not None
        with pytest.raises(ValueError, match="is not a path below"):
            stage.put(name, b"x")


def test_a_file_of_the_list_s_own_name_is_told(tmp_path: Path) -> None:
    assert site(tmp_path, {MANIFEST: "mine"}) == (None, ["foreign-file"])
    assert site(tmp_path, {"a": "1"})[1] == []
    assert site(tmp_path, {"a": "1", MANIFEST: "mine"}) == (None, ["foreign-file"])


def test_a_worker_that_outlives_a_killed_build_does_not_keep_its_lock(tmp_path: Path) -> None:
    awake, done = os.pipe(), os.pipe()
    build = os.fork()
    if not build:
        with open_stage(tmp_path / "output", tmp_path):
            if not os.fork():  # the worker
                os.close(done[1])
                os.write(awake[1], b"x")
                os.read(done[0], 1)
                os._exit(0)
            os.read(awake[0], 1)
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(build, 0)
    assert site(tmp_path, {"a": "1"}) == (Published(1, 0, 0), [])
    os.close(done[1])


def test_a_fault_comes_back_from_another_process_whole(tmp_path: Path) -> None:
    with open_stage(tmp_path / "output", tmp_path) as (stage, _):
        assert stage is not None
        (tmp_path / ".output.sitegen-new" / "a").write_text("a file where a folder has to be")
        with pytest.raises(StageError) as caught:
            stage.put("a/index.html", b"x")
    told = pickle.loads(pickle.dumps(caught.value)).told
    assert told.code == "cannot-publish"
    assert "the old one is untouched" in told.message


def test_an_output_that_is_a_mount_is_told_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site(tmp_path, {"a": "1"})
    with monkeypatch.context() as patch:
        patch.setattr(os.path, "ismount", lambda path: str(path).endswith("output"))
        with open_stage(tmp_path / "output", tmp_path) as (stage, faults):
            assert stage is None
    assert [fault.code for fault in faults] == ["bad-output"]
    # A mount of the same file system shows only when it is to be renamed.
    monkeypatch.setattr(swap, "_exchanger", lambda: lambda *_: errno.EBUSY)
    with open_stage(tmp_path / "output", tmp_path) as (stage, _):
        assert stage is not None
        done, faults = stage.commit({"a": stage.put("a", b"2")})
    assert done is None
    assert "disk is mounted" in (faults[0].hint or "")
    assert tree(tmp_path / "output") == {"a": "1"}


def test_files_that_cannot_have_two_names_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    site(tmp_path, {"a": "1", "b/c": "2"})
    (tmp_path / "output/mine.txt").write_text("mine")
    (tmp_path / "output/link").symlink_to("a")
    for number in "345":
        with open_stage(tmp_path / "output", tmp_path) as (stage, _):
            assert stage is not None
            there = stage.recorded()
            assert stage.commit({**there, "a": stage.put("a", number.encode())}) == (Published(1, 1, 0), [])
        assert tree(tmp_path / "output") == {"a": number, "b/c": "2", "mine.txt": "mine", "link": number}
        assert not (tmp_path / ".output.sitegen-spare").exists()
    assert not prepare_spare(tmp_path / "output")


def test_a_spare_that_is_prepared_equals_the_output(tmp_path: Path) -> None:
    assert not prepare_spare(tmp_path / "output")
    site(tmp_path, {"a": "1", "b/c": "2"})
    site(tmp_path, {"a": "2", "d/e": "2"})
    for _ in range(2):
        assert prepare_spare(tmp_path / "output")
        spare = tmp_path / ".output.sitegen-spare"
        assert tree(spare) == tree(tmp_path / "output")
        assert all(p.samefile(spare / p.name) for p in (tmp_path / "output").iterdir() if p.is_file())
        shutil.rmtree(spare)
