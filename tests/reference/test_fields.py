"""What the reference says of each field is what the models do with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from sitegen.core.config import Config
from sitegen.core.model import REQUIRED, Model, Record, field
from sitegen.core.parse import parse_yaml
from sitegen.core.source import Source
from sitegen.core.texts import Text
from sitegen.kinds import KINDS
from sitegen.kinds.badge import Badge
from sitegen.kinds.course import Course
from sitegen.kinds.pathway import Pathway
from sitegen.reference.fields import FieldFacts, fields, inner_model
from sitegen.reference.shapes import Anything, shape

MODELS = (*(kind.model for kind in KINDS), Config)


def facts(model: type[BaseModel], name: str) -> FieldFacts:
    return next(f for f in fields(model) if f.name == name)


def declared() -> Iterator[tuple[str, FieldInfo]]:
    """Every field of every model that content can fill in, once."""
    waiting, seen = list(MODELS), set[Any]()
    while waiting:
        model: type[BaseModel] = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, info in model.model_fields.items():
            yield f"{model.__name__}.{name}", info
            inner = inner_model(shape(info))
            waiting.extend([inner] if inner else [])


FIELDS = dict(declared())


@pytest.mark.parametrize(
    ("model", "name", "words"),
    [
        (Course, "name", "text"),
        (Course, "tag", "list of text"),
        (Course, "duration", "a duration"),
        (Course, "volumeOfLearning", "a duration in hours"),
        (Course, "price", "a price, or a group of fields"),
        (Course, "provider", "id of an issuer"),
        (Course, "awards", "list of ids of badges, or web addresses"),
        (Course, "learningOutcome", "list of text, or groups of fields"),
        (Course, "offerings.startDate", "a date, or a date and time"),
        (Course, "offerings.status", "one of: open, full, cancelled"),
        (Course, "offerings.capacity", "a whole number"),
        (Course, "offerings.location", "a group of fields"),
        (Course, "workIntegrated", "true or false"),
        (Badge, "level", "list of levels, or groups of fields"),
        (Badge, "assessment.weight", "a number"),
        (Badge, "supersedes", "id of a badge"),
        (Badge, "stacksTowards", "list of ids of pathways or badges, or web addresses"),
        (Pathway, "steps.choose", "one of: all, any, or a whole number"),
        (Pathway, "steps.of.badge", "id of a badge"),
        (Config, "base_url", "a web address"),
        (Config, "level_frameworks.names", "keys of your own, each with text"),
        (Config, "defaults", "keys of your own, each with a group of fields"),
    ],
)
def test_a_type_is_said_in_plain_english(model: type[BaseModel], name: str, words: str) -> None:
    assert facts(model, name).type == words


def test_an_achievement_type_lists_the_standards_words_and_leaves_room_for_others() -> None:
    words = facts(Badge, "achievementType").type
    assert "MicroCredential" in words
    assert words.endswith("or a word of your own that starts with ext:")


def test_a_required_field_says_so_and_has_no_default() -> None:
    name = facts(Badge, "name")
    assert (name.required, name.default) == (True, "")


@pytest.mark.parametrize(
    ("model", "name", "default"),
    [
        (Badge, "status", "published"),
        (Badge, "assessment", ""),
        (Course, "workIntegrated", "false"),
        (Config, "robots", "true"),
        (Config, "timezone", "UTC"),
    ],
)
def test_a_default_is_written_as_an_author_would_write_it(model: type[BaseModel], name: str, default: str) -> None:
    assert facts(model, name).default == default


def test_the_terms_of_the_standards_come_with_a_field_in_a_fixed_order() -> None:
    assert facts(Badge, "issuer").terms == (
        ("ob2", "issuer"),
        ("ob3", "creator"),
        ("schema", "provider"),
        ("ctdl", "ceterms:ownedBy"),
        ("elm", "elm:awardingBody"),
    )


def test_a_group_is_followed_by_the_fields_inside_it() -> None:
    names = [f.name for f in fields(Badge)]
    at = names.index("assessment.rubric")
    assert names[at + 1 : at + 4] == [
        "assessment.rubric.level",
        "assessment.rubric.passLevel",
        "assessment.rubric.criterion",
    ]


def test_a_kind_that_holds_itself_is_described_once_round() -> None:
    names = [f.name for f in fields(Shelf)]
    assert "shelf.label" not in names
    assert "shelf" in names


class Shelf(Model):
    label: Text = field("What stands on it.", "Recipes", REQUIRED)
    shelf: tuple[Shelf, ...] = field("Shelves on it.", [{"label": "Soups"}], ())
    odd: dict[str, str] | list[str] | None = field("Either.", {"a": "b"})


def test_a_type_without_plain_words_is_anything_and_not_a_failure() -> None:
    assert shape(Shelf.model_fields["odd"]) == Anything()


def test_every_field_has_a_description_that_is_a_sentence() -> None:
    assert [name for name, info in FIELDS.items() if not (info.description or "").endswith((".", "?"))] == []


def test_every_example_is_something_its_field_takes() -> None:
    refused = {}
    for name, info in FIELDS.items():
        try:
            TypeAdapter(info.rebuild_annotation()).validate_python(info.examples[0])  # type: ignore[index]
        except ValidationError as fault:
            refused[name] = str(fault)
    assert refused == {}


@pytest.mark.parametrize("model", MODELS)
def test_every_example_reads_back_from_yaml_as_it_was_declared(model: type[BaseModel]) -> None:
    for found in fields(model):
        data, _, faults = parse_yaml(Source("example.yaml", (found.example + "\n").encode()))
        assert not faults, found.example
        assert data == {found.name.rpartition(".")[2]: _declared(model, found.name)}


def _declared(model: type[BaseModel], dotted: str) -> Any:
    *groups, last = dotted.split(".")
    for group in groups:
        inner = inner_model(shape(model.model_fields[group]))
        assert inner
        model = inner
    return model.model_fields[last].examples[0]  # type: ignore[index]


def test_a_kind_of_the_sites_own_is_described_like_a_built_in_one() -> None:
    class Venue(Record):
        seats: int = field("How many people fit in.", "40", REQUIRED)
        sort: Literal["hall", "room"] = field("What it is.", "room", "room")

    assert facts(Venue, "seats").type == "a whole number"
    assert facts(Venue, "sort").default == "room"
    assert facts(Venue, "name").required
