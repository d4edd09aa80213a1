"""Config: what ``sitegen.yaml`` says about a site."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, TypeAdapter, field_validator

from sitegen.core.levels import BUILT_IN, LevelFramework
from sitegen.core.model import REQUIRED, Model, field
from sitegen.core.quantities import Duration, Workload
from sitegen.core.texts import Flag, LanguageTag, Slug, Text, TimeZone

DEFAULT_FORMATS = (
    "html",
    "images",
    "files",
    "openbadges2",
    "openbadges3",
    "catalogue",
    "feeds",
    "sitemap",
    "hosting",
)
"""The output formats that a site has unless it chooses its own list."""


def _base_url(text: str) -> str:
    # A host has letters of any alphabet, digits, points and hyphens; a folder may not be . or .. of another.
    host = r"(?:https://[\w.-]+|http://(?:localhost|127\.0\.0\.1))(?::\d{1,5})?"
    if not re.fullmatch(host + r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*/?", text):
        raise ValueError(
            "base_url is the full address that the site will have for ever, like https://credentials.example.org"
        )
    return text.rstrip("/")


BaseUrl = Annotated[str, AfterValidator(_base_url)]
BASE_URL: TypeAdapter[str] = TypeAdapter(BaseUrl)
"""Checks an address given on the command line by the rule of the one in the settings."""


class Topic(Model):
    """A subject that courses and badges are grouped by, with its place on the colour ring."""

    id: Slug = field("The name in its address and in content files.", "food", REQUIRED)
    name: Text = field("What people read.", "Food and hospitality", REQUIRED)
    description: Text | None = field("A sentence for its page.", "From a safe kitchen to running the floor.")
    letter: Text | None = field("The letter on its sign; the first of the name when left out.", "F", max_length=2)
    hue: int = field("Its colour, in degrees of the OKLCH ring, 0 to 359.", "50", REQUIRED, ge=0, lt=360)

    @property
    def sign(self) -> str:
        """The letter that stands beside its colour, so that colour never speaks alone."""
        return self.letter or self.name[:1].upper()


def _free_letter(name: str, taken: Collection[str]) -> str:
    """A letter of a name that is not taken, else two, else the first all the same."""
    letters = [c for c in name.upper() if c.isalnum()] or ["•"]
    pairs = [letters[0] + other.lower() for other in letters[1:]]
    return next((sign for sign in [*letters, *pairs] if sign not in taken), letters[0])


class Config(Model):
    """The settings of a site. They are our own, so they are written in plain words with underscores."""

    name: Text = field("The name of the catalogue.", "Harbourside credentials", REQUIRED)
    base_url: BaseUrl = field(
        "The address the site will have for ever, without a slash at the end. Badges already issued point there.",
        "https://credentials.harbourside.example",
        REQUIRED,
    )
    description: Text = field(
        "One sentence on what this place offers and to whom; the first thing on the home page.",
        "Short courses for working people. Each ends in a badge an employer can check.",
        REQUIRED,
    )
    language: LanguageTag = field("The language of the site.", "en-AU", "en")
    timezone: TimeZone = field("The zone of dates and times that do not name their own.", "Australia/Adelaide", "UTC")
    theme: Text = field("The theme: a folder below themes/, or default.", "harbourside", "default")
    owner: Slug | None = field("The issuer whose name and contact stand in the footer.", "harbourside")
    topics: tuple[Topic, ...] = field(
        "The topics that content may name.", [{"id": "food", "name": "Food and hospitality", "hue": "50"}], ()
    )
    formats: tuple[Text, ...] = field(
        "The output formats to make: built-in names, or dotted names of your own modules.",
        [*DEFAULT_FORMATS, "mysite.formats.csv"],
        DEFAULT_FORMATS,
    )
    kinds: tuple[Text, ...] = field(
        "Kinds of record of your own, as dotted names of modules that export KIND.", ["mysite.kinds.venue"], ()
    )
    defaults: dict[Slug, dict[str, Any]] = field(
        "Fields that every record of a kind has unless its issuer or its own file says otherwise.",
        {"badge": {"issuer": "harbourside"}},
        {},
    )
    level_frameworks: tuple[LevelFramework, ...] = field(
        "Levels frameworks beside the built-in ones.",
        [{"id": "HSF", "name": "Harbour skills", "levels": ["1", "2"]}],
        (),
    )
    indicative_hours_levels: tuple[Workload, ...] = field(
        "The seven OpenCreds hour levels, lowest first, from 2.5 to 150 hours.",
        ["2.5 hours", "8 hours", "20 hours", "40 hours", "80 hours", "120 hours", "150 hours"],
        (),
    )
    microcredential_noun: Text = field(
        "What this site calls a micro-credential.", "Micro-credential", "Micro-credential"
    )
    show_engagement_badges: Flag = field("Say true to list engagement badges in public.", "false", False)
    robots: Flag = field("Say false to keep search engines away from a preview.", "true", True)

    @field_validator("topics")
    @classmethod
    def _own_letters(cls, topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
        """Give each topic without a letter one that no other has: the first of its name where it can."""
        for what, values in (("id", [t.id for t in topics]), ("letter", [t.letter for t in topics if t.letter])):
            twice = next((v for v in values if values.count(v) > 1), None)
            if twice:
                raise ValueError(f"two topics have the {what} '{twice}'; give each its own {what}:")
        taken = {topic.letter for topic in topics if topic.letter}
        signed = []
        for topic in topics:
            letter = topic.letter or _free_letter(topic.name, taken)
            taken.add(letter)
            signed.append(topic.model_copy(update={"letter": letter}))
        return tuple(signed)

    @field_validator("indicative_hours_levels")
    @classmethod
    def _seven(cls, levels: tuple[Duration, ...]) -> tuple[Duration, ...]:
        hours = [level.total_hours for level in levels]
        if hours and (len(hours) != 7 or hours != sorted(set(hours)) or hours[0] < Decimal("2.5") or hours[-1] > 150):
            raise ValueError("indicative_hours_levels has seven rising steps, from 2.5 hours to 150 hours")
        return levels

    @cached_property
    def base_path(self) -> str:
        """The path part of ``base_url``: empty, or like ``/catalogue``."""
        return re.sub(r"^https?://[^/]+", "", self.base_url)

    def topic(self, topic_id: str | None) -> Topic | None:
        """Return the topic with this id."""
        return self._topics.get(topic_id) if topic_id else None

    @cached_property
    def _topics(self) -> Mapping[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    def level_framework(self, framework_id: str) -> LevelFramework | None:
        """Return a levels framework by its short name: the site's own first, then the built-in ones."""
        return self._level_frameworks.get(framework_id)

    @cached_property
    def _level_frameworks(self) -> Mapping[str, LevelFramework]:
        return {framework.id: framework for framework in (*BUILT_IN, *self.level_frameworks)}

    def hours_level(self, hours: Duration) -> int | None:
        """Return which of the seven indicative-hours levels is nearest (from 1, halves up), or None."""
        levels = self.indicative_hours_levels
        if not levels:
            return None
        wanted = hours.total_hours
        nearest = min(levels, key=lambda level: (abs(level.total_hours - wanted), -level.total_hours))
        return levels.index(nearest) + 1
