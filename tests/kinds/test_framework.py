from __future__ import annotations

from time import perf_counter

from sitegen.core.diagnostics import Span
from tests.making import load

FRAMEWORK = "name: Skills\ndescription: For tests.\nskills:\n"


def test_every_skill_keeps_its_place_in_the_file() -> None:
    text = FRAMEWORK + "- {id: a, name: A}\n- id: b\n  name: B\n  parent: a\n"
    records, found = load({"frameworks/f.yaml": text})
    assert found == []
    _, _, a, b = records
    assert (a.key, b.key) == ("skill:a", "skill:b")
    assert a.span("name") == Span("content/frameworks/f.yaml", 4, 17, 1)
    assert b.span("entry", "parent") == b.span("parent") == Span("content/frameworks/f.yaml", 7, 11, 1)
    assert b.marks.key(("parent",)) == Span("content/frameworks/f.yaml", 7, 3, 6)


def test_a_framework_of_thousands_of_skills_is_read_in_seconds() -> None:
    """Looking through the whole file for each of its skills would take minutes."""
    skills = "".join(f"- {{id: s{n}, name: Skill, statement: x, keyword: [a, b]}}\n" for n in range(2_400))
    started = perf_counter()
    records, found = load({"frameworks/f.yaml": FRAMEWORK + skills})
    assert found == []
    assert len(records) == 2_402
    assert perf_counter() - started < 30
