"""What a run found, kept as JSON, so that the page can be written again without measuring again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.measure import Figures, Sample


@dataclass(slots=True)
class Round:
    """One size measured: how many items, how often, and the figures of each generator."""

    items: int
    runs: int
    figures: dict[str, Figures] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """A whole run. ``missing`` names the generators that were asked for and are not installed."""

    machine: dict[str, str]
    filesystem: str
    main: Round
    missing: list[str] = field(default_factory=list)
    growth: list[Round] = field(default_factory=list)
    stages: dict[str, dict[str, float]] = field(default_factory=dict)
    latency: dict[str, list[float]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """What whoever measured has to say of the figures."""

    def save(self, path: Path) -> None:
        """Write the record as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Record:
    """Return the record kept in ``path``."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Record(**kept | {"main": _round(kept["main"]), "growth": [_round(one) for one in kept["growth"]]})


def _round(kept: Mapping[str, object]) -> Round:
    figures = kept["figures"]
    assert isinstance(figures, dict)
    return Round(
        int(str(kept["items"])), int(str(kept["runs"])), {name: _figures(one) for name, one in figures.items()}
    )


def _figures(kept: Mapping[str, object]) -> Figures:
    found = Figures(**kept)  # type: ignore[arg-type] # written by save from the same class
    found.samples = {name: [Sample(**vars_) for vars_ in many] for name, many in found.samples.items()}  # type: ignore[arg-type]
    return found
