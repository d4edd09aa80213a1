"""The catalogue that is measured: N items, half badges and half courses, told apart from any generator's layout.

Everything about item ``k`` follows from ``k``. The fields are those of the sample site, under our
names; each layout in this package writes them down in the way its generator wants them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bench.dice import Dice
from bench.prose import DOING, THINGS, body, paragraph, sentence

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Fields: TypeAlias = "dict[str, Value]"

TOPICS, ISSUERS, SKILLS, PICTURES = 50, 20, 200, 12
ITEM_BYTES = 4100
"""Bytes of an item's file in our layout, front matter included."""

BASE_URL = "https://bench.example"
SITE_NAME = "Bench catalogue"
DESCRIPTION = "Courses and badges that exist to be timed."

_SUBJECTS = (
    "Rigging|Cold chain|Baking|Ledger work|Pump care|Dune care|Welding|First response|Roster planning|Web forms|"
    "Data cleaning|Radio|Joinery|Water tests|Stock counts|Night care|Tour guiding|Scaffolds|Lab safety|Wiring|"
    "Map reading|Interviews|Kerb works|Seed saving|Film sound"
).split("|")
_MANNERS = "Practical|Safe|First steps in|Advanced|Everyday|Certified|Field|Small-site|Supervised|Evening".split("|")
_PLACES = "Harbour|Ridge|Saltmarsh|Upland|Quayside|Orchard|Redgum|Lighthouse|Mill|Valley".split("|")
_SORTS = ("Academy", "Institute")
_TYPES = ("practical assessment", "project work", "portfolio", "oral examination", "marked assignment")


@dataclass(frozen=True, slots=True)
class Item:
    """A badge or a course: its fields in the order that an author would write them, and its Markdown."""

    kind: str
    number: int
    slug: str
    fields: Fields
    text: str

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.fields["name"])


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic, an issuer or a skill."""

    slug: str
    fields: Fields
    text: str = ""


def slug_of(kind: str, number: int) -> str:
    """Return the name in the address of an item."""
    subject = _SUBJECTS[number % len(_SUBJECTS)].lower().replace(" ", "-")
    return f"{subject}-{kind[0]}{number}"


def name_of(kind: str, number: int) -> str:
    """Return what an item is called."""
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    manner = _MANNERS[number // len(_SUBJECTS) % len(_MANNERS)]
    return f"{manner} {subject.lower()} {number}" if kind == "course" else f"{subject} {number}, {manner.lower()}"


def topics() -> list[Entry]:
    """Return the topics."""
    found = []
    for number in range(TOPICS):
        subject = _SUBJECTS[number % len(_SUBJECTS)]
        name = f"{subject} at work" if number < len(_SUBJECTS) else f"{subject} in teams"
        text = sentence(Dice(1, number)).replace("*", "").replace("`", "")
        fields: Fields = {"id": f"topic-{number}", "name": name, "description": text, "hue": str(number * 7 % 360)}
        found.append(Entry(f"topic-{number}", fields))
    return found


def issuers() -> list[Entry]:
    """Return the issuers, who are the providers of courses too."""
    found = []
    for number in range(ISSUERS):
        name = f"{_PLACES[number % len(_PLACES)]} {_SORTS[number // len(_PLACES)]}"
        slug = name.lower().replace(" ", "-")
        fields: Fields = {
            "name": name,
            "description": f"{name} trains working people in the region and assesses what they can do.",
            "url": f"https://{slug}.example/",
            "email": f"badges@{slug}.example",
            "assertionHosts": [f"lms.{slug}.example"],
            "datePublished": "2024-02-01",
        }
        dice = Dice(2, number)
        found.append(Entry(slug, fields, "\n\n".join(paragraph(dice, 3) for _ in range(3)) + "\n"))
    return found


def skills() -> list[Entry]:
    """Return the skills of the one framework."""
    found = []
    for number in range(SKILLS):
        doing, thing = DOING[number % len(DOING)], THINGS[number // len(DOING) % len(THINGS)]
        fields: Fields = {
            "id": f"skill-{number}",
            "name": f"{doing.capitalize()} {thing}",
            "statement": f"{doing.capitalize()} {thing} safely and to the standard, and say how it was done.",
            "code": f"BE-{number:03}",
        }
        found.append(Entry(f"skill-{number}", fields))
    return found


def items(count: int, *, art: bool = False) -> Iterator[Item]:
    """Yield ``count`` items: badge k, then the course k that awards it.

    With ``art`` badges have no image of their own.
    """
    for number in range(count // 2):
        yield badge(number, count // 2, art=art)
        yield course(number, count // 2)


def badge(number: int, pairs: int, *, art: bool = False) -> Item:
    """Return badge ``number`` of ``pairs``."""
    dice = Dice(3, number)
    slug = slug_of("badge", number)
    fields: Fields = {
        "name": name_of("badge", number),
        "description": _plain(dice),
        "issuer": _issuer(number),
        "topic": f"topic-{number % TOPICS}",
        "tag": [dice.one(_SUBJECTS).lower(), dice.one(DOING)],
        "version": "1",
        "achievementType": "MicroCredential",
        "image": {"id": f"img/plate-{number % PICTURES}.png", "caption": f"Plate of the badge {number}"},
        "level": [f"AQF {number % 6 + 1}"],
        "volumeOfLearning": f"{number % 40 + 5} hours",
        "requirement": [{"name": _task(dice), "description": _plain(dice)}, {"name": _task(dice)}],
        "skill": _skills(number),
        "assessment": [_assessment(dice, "60"), _assessment(dice, "40")],
        "validFor": f"{number % 4 + 2} years",
        "renewal": {"description": "One observed shift and a talk about what has changed."},
        "datePublished": _day(number),
    }
    if art:
        del fields["image"]
    links = [_link("badge", (number * 7 + 1) % pairs), _link("course", number)]
    return _item("badge", number, slug, fields, links)


def course(number: int, pairs: int) -> Item:
    """Return course ``number`` of ``pairs``, which awards the badge of the same number."""
    dice = Dice(4, number)
    slug = slug_of("course", number)
    fields: Fields = {
        "name": name_of("course", number),
        "description": _plain(dice),
        "courseCode": f"BE-{number}",
        "provider": _issuer(number),
        "topic": f"topic-{number % TOPICS}",
        "tag": [dice.one(_SUBJECTS).lower(), dice.one(DOING)],
        "awards": [slug_of("badge", number)],
        "learningOutcome": [{"text": _task(dice), "type": "skill"}, {"text": _task(dice), "type": "knowledge"}],
        "skill": _skills(number),
        "volumeOfLearning": f"{number % 40 + 5} hours",
        "level": [f"AQF {number % 6 + 1}"],
        "mode": ["blended"],
        "assessment": [_assessment(dice, "100")],
        "price": f"{number % 30 * 10 + 40} AUD",
        "offerings": [
            {
                "id": "2031-mar",
                "startDate": f"2031-03-{number % 27 + 1:02}",
                "endDate": f"2031-05-{number % 27 + 1:02}",
                "schedule": "Tuesday evenings, 6 pm to 8.30 pm",
                "mode": "blended",
                "enrolUrl": f"https://lms.example/enrol/{number}",
            }
        ],
        "datePublished": _day(number),
    }
    links = [_link("course", (number * 5 + 2) % pairs), _link("badge", (number * 3 + 1) % pairs)]
    return _item("course", number, slug, fields, links)


def _item(kind: str, number: int, slug: str, fields: Fields, links: list[tuple[str, str]]) -> Item:
    # The text ends some words short of its room, by 60 bytes as a rule.
    room = ITEM_BYTES + 60 - len(front_matter(fields))
    return Item(kind, number, slug, fields, body(Dice(5, number, len(kind)), number, links, room))


def _issuer(number: int) -> str:
    name = f"{_PLACES[number % len(_PLACES)]} {_SORTS[number % ISSUERS // len(_PLACES)]}"
    return name.lower().replace(" ", "-")


def _skills(number: int) -> Value:
    # Never the same one twice: they differ by 12 n + 7, which is odd, and there are 200.
    return [f"skill-{number % SKILLS}", f"skill-{(number * 13 + 7) % SKILLS}"]


def _link(kind: str, number: int) -> tuple[str, str]:
    return name_of(kind, number), f"/{kind}s/{slug_of(kind, number)}/"


def _day(number: int) -> str:
    return f"{2024 + number % 2}-{number % 12 + 1:02}-{number % 28 + 1:02}"


def _plain(dice: Dice) -> str:
    return sentence(dice).replace("*", "").replace("`", "")


def _task(dice: Dice) -> str:
    return f"{dice.one(DOING).capitalize()} {dice.one(THINGS)}"


def _assessment(dice: Dice, weight: str) -> dict[str, Value]:
    return {"name": _task(dice), "type": dice.one(_TYPES), "supervision": "supervised-onsite", "weight": weight}


def front_matter(fields: Fields) -> str:
    """Return ``fields`` as YAML in block style, between its two lines of dashes."""
    return "---\n" + "".join(f"{line}\n" for line in yaml_lines(fields, "")) + "---\n\n"


def yaml_lines(fields: Fields, indent: str) -> Iterator[str]:
    """Yield the lines of ``fields``, every one below ``indent``."""
    for key, value in fields.items():
        if isinstance(value, str):
            yield f"{indent}{key}: {scalar(value)}"
        elif isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from yaml_lines(value, indent + "  ")
        elif value and isinstance(value[0], dict):
            yield f"{indent}{key}:"
            for group in value:
                lines = list(yaml_lines(group, "")) if isinstance(group, dict) else []
                yield f"{indent}  - {lines[0]}"
                yield from (f"{indent}    {line}" for line in lines[1:])
        else:
            yield f"{indent}{key}: [{', '.join(scalar(str(one)) for one in value)}]"


def scalar(text: str) -> str:
    """Return a text as YAML: in quotes where it would mean something else without."""
    plain = text[0].isalpha() and not any(sign in text for sign in (": ", " #", ",", "[", "{", '"'))
    quoted = text.replace('"', '\\"')
    return text if plain or (text[:2] == "20" and text[4:5] == "-") else f'"{quoted}"'
