"""The catalogues that are measured: the same for ever, and the same for every generator."""

from __future__ import annotations

import hashlib
import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import catalogue
from bench.dice import Dice
from bench.peers import PEERS
from bench.peers.peer import EDITION, Peer

ROOT = Path(__file__).parents[2]
SEQUENCE = [99, 314, 435, 380, 435]
"""What was drawn when this was written; another sequence would be another catalogue."""


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(params=list(PEERS))
def peer(request: pytest.FixtureRequest) -> Peer:
    return PEERS[request.param]


def test_a_layout_has_the_same_bytes_twice(peer: Peer, tmp_path: Path) -> None:
    peer.generate(tmp_path / "one", 20, False)
    peer.generate(tmp_path / "two", 20, False)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_the_sequence_of_a_seed_never_changes() -> None:
    dice = Dice(5, 7)
    assert [dice.below(1000) for _ in range(5)] == SEQUENCE
    assert Dice(5, 7).some(range(9), 9) != sorted(range(9))


def test_every_layout_has_the_same_text_of_every_item(tmp_path: Path) -> None:
    for peer in PEERS.values():
        peer.generate(tmp_path / peer.name, 20, False)
    for item in catalogue.items(20):
        for peer in PEERS.values():
            pattern = peer.courses if item.kind == "course" else peer.badges
            written = (tmp_path / peer.name / pattern.format(item.slug)).read_text(encoding="utf-8")
            assert written.endswith(f"---\n\n{item.text}"), (peer.name, item.slug)


def test_an_item_has_the_size_that_the_figures_name() -> None:
    sizes = [len(catalogue.front_matter(item.fields) + item.text) for item in catalogue.items(400)]
    assert sum(sizes) / len(sizes) == pytest.approx(catalogue.ITEM_BYTES, rel=0.01)
    assert min(sizes) > 0.9 * catalogue.ITEM_BYTES


def test_one_item_in_five_has_a_table_and_one_in_ten_has_code() -> None:
    items = list(catalogue.items(400))
    assert sum("| --- |" in item.text for item in items) == 80
    assert sum("```python" in item.text for item in items) == 40
    assert all(re.search(r"\]\(/(badges|courses)/", item.text) for item in items)


@pytest.mark.parametrize("art", [False, True])
def test_sitegen_has_nothing_to_say_against_a_generated_site(art: bool, tmp_path: Path) -> None:
    site = tmp_path / "site"
    PEERS["sitegen"].generate(site, 20, art)
    command = [*PEERS["sitegen"].command(tmp_path, site), "--strict"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert command[0] == sys.executable
    page = (site / "output/badges/rigging-b0/index.html").read_text(encoding="utf-8")
    assert EDITION in page
    assert "Practical rigging 0" in page  # the course that awards it


@pytest.mark.parametrize("name", ["hugo", "eleventy"])
def test_a_peer_that_cannot_draw_says_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        PEERS[name].generate(tmp_path / "site", 20, True)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("scenario", ["page", "badge", "partial", "config"])
def test_an_edit_changes_one_file_and_another_turn_changes_it_again(peer: Peer, scenario: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    peer.generate(site, 20, False)
    states = [tree(site)]
    for turn in range(2):
        peer.edit(site, scenario, turn, 10)
        states.append(tree(site))
    for before, after in itertools.pairwise(states):
        assert len({path for path in before if before[path] != after[path]}) == 1
        assert before.keys() == after.keys()


def test_an_edit_that_would_change_nothing_is_refused(peer: Peer, tmp_path: Path) -> None:
    site = tmp_path / "site"
    peer.generate(site, 20, False)
    path = site / peer.partial
    path.write_text(path.read_text(encoding="utf-8").replace(EDITION, ""), encoding="utf-8")
    with pytest.raises(ValueError, match="changes nothing"):
        peer.edit(site, "partial", 0, 10)


def test_a_cold_build_finds_neither_output_nor_cache(peer: Peer, tmp_path: Path) -> None:
    site = tmp_path / "site"
    peer.generate(site, 20, False)
    before = tree(site)
    for name in (peer.output, *(pattern.replace("*", "x") for pattern in peer.caches)):
        (site / name).mkdir()
        (site / name / "kept").write_text("kept")
    peer.forget(site)
    assert tree(site) == before
