"""Markdown as a course team writes it: headings, paragraphs, emphasis, links, lists, now and then a table or code.

An item's text is made from its number alone, so that every peer gets the same text, and no two
items share a paragraph: a generator that remembers paragraphs has no gain here that it would not
have with real content.
"""

from __future__ import annotations

from bench.dice import Dice

PEOPLE = "a tutor|two assessors|your supervisor|the shift leader|a colleague|somebody from another team".split("|")
DOING = "plan|check|record|explain|measure|repair|compare|prepare|review|test|set up|hand over|estimate".split("|")
THINGS = (
    "the cold store|a risk register|one shift|the weekly roster|a short report|the booking form|each reading|"
    "a safe working area|the first draft|a spare part|the customer's question|an incident note|the test bench|"
    "a set of figures|the delivery list|a piece of your own work|the handover sheet|a faulty sensor|the budget|"
    "a plan for the next month"
).split("|")
WHEN = (
    "before the day begins|when the room is full|on a normal Tuesday|after a fault|without being asked|"
    "under supervision|in front of the others|within forty minutes|as the standard says|at your own workplace|"
    "with the tools you have|until it holds"
).split("|")
WHY = (
    "so that the next person can carry on|because guesses cost more than questions|and say what you would change|"
    "and keep a note of what you saw|so that nothing is lost between shifts|even when nobody is looking|"
    "and learn to tell a habit from a rule|so that a customer would notice|which is harder than it sounds|"
    "and find out where the time goes"
).split("|")
HEADINGS = (
    "How it runs|What you do|What you hand in|How you are judged|What to bring|After the course|Who it suits|"
    "What it does not say|Along the way|On the day|Working together|Safety first|The last part is yours|"
    "What people tell us|If you get stuck|Where the evidence comes from"
).split("|")
SENTENCES = (
    "You {do} {thing} {when}, {why}.",
    "With {person} you {do} {thing}, then {do2} {thing2} {when}.",
    "Most people can {do} {thing}; fewer can {do2} {thing2} {when}.",
    "{when_cap} you {do} **{thing}** and {person} looks on.",
    "It takes *practice* to {do} {thing} {why}.",
    "You {do} {thing} and {do2} {thing2}, {why}.",
    "Ask {person} to {do} {thing} with you {when}.",
    "Nobody expects you to {do} {thing} at once, {why}.",
    "Bring {thing2}: you will {do} it {when}.",
    "Write down how you {do} {thing}, in `plain words`, {why}.",
)
CODE = """\
```python
def total_{number}(readings: list[float], limit: float = {limit}.5) -> float:
    \"\"\"Add the readings that are within the limit.\"\"\"
    kept = [value for value in readings if value < limit]  # the rest is told apart
    return sum(kept) / max(len(kept), 1)


print(f"mean: {{total_{number}([3.2, 4.8, {limit}.1]):.2f}}")
```"""


def sentence(dice: Dice) -> str:
    """Return one sentence, some with an emphasised word or two."""
    when = dice.one(WHEN)
    return dice.one(SENTENCES).format(
        do=dice.one(DOING),
        do2=dice.one(DOING),
        thing=dice.one(THINGS),
        thing2=dice.one(THINGS),
        person=dice.one(PEOPLE),
        when=when,
        when_cap=when[0].upper() + when[1:],
        why=dice.one(WHY),
    )


def paragraph(dice: Dice, sentences: int) -> str:
    """Return a paragraph on one line."""
    return " ".join(sentence(dice) for _ in range(sentences))


def bullets(dice: Dice, count: int, mark: str) -> str:
    """Return a list; ``mark`` is ``-`` or ``1.``."""
    return "\n".join(f"{mark} {dice.one(DOING).capitalize()} {dice.one(THINGS)} {dice.one(WHEN)}" for _ in range(count))


def table(dice: Dice) -> str:
    """Return a table of four rows."""
    rows = [f"| {dice.one(THINGS)} | {dice.below(12) + 1} | {dice.one(WHEN)} |" for _ in range(4)]
    return "\n".join(["| Part | Hours | When |", "| --- | ---: | --- |", *rows])


def body(dice: Dice, number: int, links: list[tuple[str, str]], room: int) -> str:
    """Return the text of an item: about ``room`` bytes, with ``links`` as (words, address) to other items.

    One item in five has a table, one in ten a block of code.
    """
    parts = [paragraph(dice, 3)]
    blocks = [bullets(dice, 4, "-"), bullets(dice, 3, "1.")]
    if number % 5 == 0:
        blocks.append(table(dice))
    if number % 10 == 3:
        blocks.append(CODE.format(number=number, limit=dice.below(20) + 5))
    blocks += [f"{sentence(dice)} It goes well with [{words}]({address}). {sentence(dice)}" for words, address in links]
    for heading in dice.some(HEADINGS, 4):
        parts += [f"## {heading}", paragraph(dice, 2)]
        if blocks:
            parts.append(blocks.pop(0))
        if len(blocks) > 2:
            parts.append(blocks.pop(0))
    parts += blocks
    size = sum(len(part) + 2 for part in parts)
    while room - size > 120:
        more = paragraph(dice, 1 + min(2, (room - size) // 160))
        parts.append(more)
        size += len(more) + 2
    return "\n\n".join(parts) + "\n"
