"""Levels frameworks: the ladders that qualifications stand on.

Steps and names are those of the frameworks' own public descriptions. A site can add its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator

from sitegen.core.model import REQUIRED, Model, field
from sitegen.core.texts import Text, WebAddress


def _pattern(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s{}]*\{level\}[^\s{}]*", text):
        raise ValueError("the address of a step starts with https:// and has {level} where the step stands")
    return text


class LevelFramework(Model):
    """A levels framework: its short name, its steps from low to high, and where it is described."""

    id: Text = field("The short name used in content.", "AQF", REQUIRED)
    name: Text = field("Its full name.", "Australian Qualifications Framework", REQUIRED)
    levels: tuple[Text, ...] = field("Its steps, lowest first.", ["1", "2", "3"], REQUIRED, min_length=1)
    names: dict[str, Text] = field("What a step stands for.", {"3": "Certificate III"}, {})
    url: WebAddress | None = field("Its home page.", "https://www.aqf.edu.au/")
    uri: Annotated[str, AfterValidator(_pattern)] | None = field(
        "Pattern of a step's own address, with {level} in it.", "http://data.europa.eu/snb/eqf/{level}"
    )

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {level: index for index, level in enumerate(self.levels, start=1)}

    def place(self, level: str) -> int | None:
        """Return which step from the bottom this is, from 1."""
        return self._places.get(level)


def _steps(low: int, high: int) -> tuple[str, ...]:
    return tuple(str(step) for step in range(low, high + 1))


_ENTRY = ("Entry 1", "Entry 2", "Entry 3")
BUILT_IN: tuple[LevelFramework, ...] = (
    LevelFramework(
        id="AQF",
        name="Australian Qualifications Framework",
        levels=_steps(1, 10),
        url="https://www.aqf.edu.au/",
        names={
            "1": "Certificate I",
            "2": "Certificate II",
            "3": "Certificate III",
            "4": "Certificate IV",
            "5": "Diploma",
            "6": "Advanced Diploma, Associate Degree",
            "7": "Bachelor Degree",
            "8": "Bachelor Honours, Graduate Certificate, Graduate Diploma",
            "9": "Masters Degree",
            "10": "Doctoral Degree",
        },
    ),
    LevelFramework(
        id="EQF",
        name="European Qualifications Framework",
        levels=_steps(1, 8),
        url="https://europass.europa.eu/en/europass-digital-tools/european-qualifications-framework",
        uri="http://data.europa.eu/snb/eqf/{level}",
    ),
    LevelFramework(id="SCQF", name="Scottish Credit and Qualifications Framework", levels=_steps(1, 12)),
    LevelFramework(id="NZQCF", name="New Zealand Qualifications and Credentials Framework", levels=_steps(1, 10)),
    LevelFramework(id="RQF", name="Regulated Qualifications Framework", levels=(*_ENTRY, *_steps(1, 8))),
    LevelFramework(id="CQFW", name="Credit and Qualifications Framework for Wales", levels=(*_ENTRY, *_steps(1, 8))),
    LevelFramework(id="NFQ", name="Irish National Framework of Qualifications", levels=_steps(1, 10)),
    LevelFramework(
        id="NLQF", name="Dutch Qualifications Framework", levels=("Entry", "1", "2", "3", "4", "4+", "5", "6", "7", "8")
    ),
    LevelFramework(id="DQR", name="German Qualifications Framework", levels=_steps(1, 8)),
    LevelFramework(
        id="CEFR",
        name="Common European Framework of Reference for Languages",
        levels=("A1", "A2", "B1", "B2", "C1", "C2"),
    ),
)
"""The frameworks that content can name without setting anything up."""
