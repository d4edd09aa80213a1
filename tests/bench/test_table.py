"""Tables and the page, from figures that were recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import table
from bench.measure import Figures, Sample
from bench.page import page
from bench.record import Record, Round, load

MIB = 1024 * 1024


def figures(version: str, *cold: float, failed: str = "") -> Figures:
    samples = {"cold": [Sample(wall, wall * 2, 50 * MIB) for wall in cold], "nothing": [Sample(cold[0] / 100, 1, 1)]}
    return Figures(
        version, samples if not failed else {}, {"cold": int(cold[0] * 100 * MIB)}, 20_400, 95_000_000, failed
    )


@pytest.fixture
def record() -> Record:
    found = {"sitegen": figures("0.1.0", 5, 8, 6), "hugo": figures("0.168.0", 10, 10, 2)}
    machine = {"date": "2026-11-25", "cores": "2", "processor": "A processor", "memory": "24 GiB"}
    return Record(machine | {"system": "Linux 6.1", "python": "3.11.2"}, "tmpfs", Round(10_000, 3, found))


def test_the_table_says_medians_with_their_units(record: Record) -> None:
    assert table.main_table(record.main) == (
        "|  | cold | CPU | peak memory | nothing changed | one page's text | one badge's name | one partial "
        "| one config value | files | MB |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        "| sitegen 0.1.0 | 6.00 s | 12.00 s | 500 MiB | 0.050 s |  |  |  |  | 20,400 | 95.0 |\n"
        "| Hugo 0.168.0 | 10.00 s | 20.00 s | 1,000 MiB | 0.100 s |  |  |  |  | 20,400 | 95.0 |\n"
    )


def test_ratios_are_taken_pair_by_pair_and_not_between_medians(record: Record) -> None:
    ours, theirs = record.main.figures["sitegen"], record.main.figures["hugo"]
    assert table.ratio(ours, theirs, "cold") == pytest.approx(0.8)  # of 0.5, 0.8 and 3; the medians give 0.6
    assert table.ratio(ours, theirs, "page") is None
    assert "| sitegen ÷ Hugo | 0.50 × | 0.80 × | 0.50 × |" in table.ratio_table(record.main)
    assert "| goal, against Hugo | 1/6 | 1.00 × | 1/80 | 1/25 | 1/15 | 0.50 × | 0.50 × |" in table.ratio_table(
        record.main
    )


def test_without_ourselves_there_are_goals_but_no_ratios(record: Record) -> None:
    del record.main.figures["sitegen"]
    assert "÷" not in table.ratio_table(record.main)


def test_a_record_is_read_as_it_was_written(record: Record, tmp_path: Path) -> None:
    record.growth = [Round(1000, 1, {"sitegen": figures("0.1.0", 1)})]
    record.save(tmp_path / "kept" / "record.json")
    assert load(tmp_path / "kept" / "record.json") == record


def test_the_page_has_a_section_for_what_was_measured_and_none_for_what_was_not(record: Record) -> None:
    short = page(record)
    assert "2026-11-25: 2 cores (A processor), 24 GiB" in short
    assert "## Growth" not in short
    record.growth = [Round(1000, 1, {"sitegen": figures("0.1.0", 1)})]
    record.stages = {"cold": {"read": 0.25, "render": 1.5}, "page": {"read": 0.125}}
    record.latency = {"sitegen": [0.1, 0.2, 0.12]}
    long = page(record)
    assert "| sitegen 0.1.0 | 1,000 | 1.00 s | 2.00 s | 2.00 ms |" in long
    assert (
        "| stage | cold | one page's text |\n| --- | --- | --- |\n| read | 0.250 | 0.125 |\n| render | 1.500 |  |"
        in long
    )
    assert "| sitegen | 120 ms | 200 ms | 3 |" in long


def test_the_page_says_what_is_missing_or_failed_and_why(record: Record) -> None:
    record.missing = ["eleventy"]
    record.main.figures["hugo"] = figures("0.168.0", 1, failed="cold: out of memory\nand more")
    told = page(record)
    assert "- Eleventy is not installed" in told
    assert "- Hugo, 10,000 items, failed: cold: out of memory\n" in told
    assert "| Hugo 0.168.0 | failed |" in told
