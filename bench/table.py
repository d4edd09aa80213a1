"""Tables in Markdown from recorded figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from bench.measure import SCENARIOS, Figures, Sample
from bench.record import Record, Round

OURS = "sitegen"
TITLES = {"sitegen": "sitegen", "hugo": "Hugo", "eleventy": "Eleventy"}
HEADINGS = {
    "cold": "cold",
    "nothing": "nothing changed",
    "page": "one page's text",
    "badge": "one badge's name",
    "partial": "one partial",
    "config": "one config value",
}
GOALS = {"cold": 1.0, "nothing": 1 / 80, "page": 1 / 25, "badge": 1 / 15, "partial": 1 / 2, "config": 1 / 2}
"""The most that a build of ours may take, as a share of Hugo's."""
MEMORY_GOAL = 1 / 6
MIB = 1024 * 1024


def rows(lines: Sequence[Sequence[str]]) -> str:
    """Return a table; the first line is its head."""
    head, *rest = lines
    drawn = [f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rest)]
    return "\n".join(drawn) + "\n"


def main_table(found: Round) -> str:
    """Return the table of the issue: medians of wall seconds, with processor time and memory of the cold build."""
    head = ["", "cold", "CPU", "peak memory", *(HEADINGS[name] for name in SCENARIOS[1:]), "files", "MB"]
    lines = [head]
    for name, figures in found.figures.items():
        lines.append(
            [
                _name(name, figures),
                _seconds(figures, "cold", _wall),
                _seconds(figures, "cold", _cpu),
                _memory(figures, "cold"),
                *(_seconds(figures, scenario, _wall) for scenario in SCENARIOS[1:]),
                f"{figures.files:,}" if figures.files else "",
                f"{figures.size / 1e6:,.1f}" if figures.size else "",
            ]
        )
    return rows(lines)


def cost_table(found: Round) -> str:
    """Return processor seconds, peak memory and the largest single process of every scenario."""
    lines = [["", *(HEADINGS[name] for name in SCENARIOS)]]
    for name, figures in found.figures.items():
        title = TITLES.get(name, name)
        lines.append([f"{title}: CPU", *(_seconds(figures, scenario, _cpu) for scenario in SCENARIOS)])
        lines.append([f"{title}: peak memory, all processes", *(_memory(figures, scenario) for scenario in SCENARIOS)])
        lines.append([f"{title}: largest process (max RSS)", *(_rss(figures, scenario) for scenario in SCENARIOS)])
    return rows(lines)


def ratio_table(found: Round) -> str:
    """Return ours divided by each peer's, pair by pair, as medians; and the goals, which are against Hugo."""
    lines = [["", "peak memory", *(HEADINGS[name] for name in SCENARIOS)]]
    ours = found.figures.get(OURS)
    for name, figures in found.figures.items():
        if ours is None or name == OURS:
            continue
        title = f"sitegen ÷ {TITLES.get(name, name)}"
        lines.append(
            [title, _share(memory_ratio(ours, figures)), *(_share(ratio(ours, figures, s)) for s in SCENARIOS)]
        )
    lines.append(["goal, against Hugo", _share(MEMORY_GOAL), *(_share(GOALS[s]) for s in SCENARIOS)])
    return rows(lines)


def growth_table(rounds: Sequence[Round]) -> str:
    """Return what an item costs at each size."""
    lines = [["", "items", "cold", "CPU", "CPU an item", "peak memory", HEADINGS["nothing"], HEADINGS["page"], "MB"]]
    for found in sorted(rounds, key=lambda one: one.items):
        for name, figures in found.figures.items():
            cold = figures.samples.get("cold", [])
            lines.append(
                [
                    _name(name, figures),
                    f"{found.items:,}",
                    _seconds(figures, "cold", _wall),
                    _seconds(figures, "cold", _cpu),
                    f"{median(map(_cpu, cold)) / found.items * 1000:.2f} ms" if cold else "",
                    _memory(figures, "cold"),
                    _seconds(figures, "nothing", _wall),
                    _seconds(figures, "page", _wall),
                    f"{figures.size / 1e6:,.1f}" if figures.size else "",
                ]
            )
    return rows(lines)


def stage_table(stages: dict[str, dict[str, float]]) -> str:
    """Return seconds per stage, a column for each scenario that was profiled."""
    names = list(dict.fromkeys(stage for one in stages.values() for stage in one))
    lines = [["stage", *(HEADINGS.get(scenario, scenario) for scenario in stages)]]
    lines += [[stage, *(f"{one[stage]:.3f}" if stage in one else "" for one in stages.values())] for stage in names]
    return rows(lines)


def latency_table(latency: dict[str, list[float]]) -> str:
    """Return milliseconds from saving a file to the new page in the browser."""
    lines = [["", "median", "slowest", "saves"]]
    for name, seconds in latency.items():
        middle, worst = median(seconds) * 1000, max(seconds) * 1000
        lines.append([TITLES.get(name, name), f"{middle:.0f} ms", f"{worst:.0f} ms", str(len(seconds))])
    return rows(lines)


def ratio(ours: Figures, theirs: Figures, scenario: str) -> float | None:
    """Return our wall time by theirs: the median over the pairs that were run one after the other."""
    pairs = zip(ours.samples.get(scenario, []), theirs.samples.get(scenario, []), strict=False)
    shares = [mine.wall / other.wall for mine, other in pairs]
    return median(shares) if shares else None


def memory_ratio(ours: Figures, theirs: Figures) -> float | None:
    """Return the peak of our cold build by that of theirs."""
    mine, other = ours.memory.get("cold"), theirs.memory.get("cold")
    return mine / other if mine and other else None


def problems(record: Record) -> str:
    """Return a list of the generators that were not measured, or not wholly, and why."""
    lines = [
        f"- {TITLES.get(name, name)} is not installed: `python -m bench install {name}`." for name in record.missing
    ]
    for found in (record.main, *record.growth):
        lines += [
            f"- {TITLES.get(name, name)}, {found.items:,} items, failed: {figures.failed.splitlines()[0]}"
            for name, figures in found.figures.items()
            if figures.failed
        ]
    return "\n".join(lines) + "\n" if lines else ""


def _wall(sample: Sample) -> float:
    return sample.wall


def _cpu(sample: Sample) -> float:
    return sample.cpu


def _name(name: str, figures: Figures) -> str:
    return f"{TITLES.get(name, name)} {figures.version}".strip()


def _seconds(figures: Figures, scenario: str, of: Callable[[Sample], float]) -> str:
    samples = figures.samples.get(scenario)
    if not samples:
        return "failed" if figures.failed else ""
    value = median(map(of, samples))
    return f"{value:.3f} s" if value < 1 else f"{value:.2f} s"


def _memory(figures: Figures, scenario: str) -> str:
    peak = figures.memory.get(scenario)
    return f"{peak / MIB:,.0f} MiB" if peak else ""


def _rss(figures: Figures, scenario: str) -> str:
    samples = figures.samples.get(scenario)
    return f"{median(sample.rss for sample in samples) / MIB:,.0f} MiB" if samples else ""


def _share(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f} ×" if value >= 0.2 else f"1/{1 / value:.0f}"
