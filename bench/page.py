"""The page of the documentation that a full run writes."""

from __future__ import annotations

from bench import table
from bench.record import Record

MADE = "<!-- Made by `python -m bench full`. Measure again rather than change the page. -->"


def page(record: Record) -> str:
    """Return the page, in Markdown."""
    machine, main = record.machine, record.main
    parts = [
        MADE,
        "# Benchmarks",
        f"Taken on {machine['date']}: {machine['cores']} cores ({machine['processor']}), {machine['memory']} "
        f"of memory, {machine['system']}, Python {machine['python']}, sites on {record.filesystem}. "
        f"{main.items:,} items of 4.1 kB, half courses and half badges; medians of {main.runs} runs, taken in turn. "
        "What is measured and how stands in [how we measure](../explanation/benchmarks.md).",
        *record.notes,
        table.main_table(main),
        "## Against each peer",
        "Each run of ours is divided by the run of the peer that followed it; these are the medians.",
        table.ratio_table(main),
        "## Processor time and memory",
        table.cost_table(main),
    ]
    if record.growth:
        parts += ["## Growth", table.growth_table(record.growth)]
    if record.stages:
        parts += ["## Seconds per stage", table.stage_table(record.stages)]
    if record.latency:
        parts += ["## From saving a file to the new page in the browser", table.latency_table(record.latency)]
    told = table.problems(record)
    if told:
        parts += ["## Not measured", told]
    return "\n\n".join(part.strip() for part in parts) + "\n"
