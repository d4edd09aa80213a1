"""The schema that editors use accepts what a build accepts, and says what is wrong with the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from sitegen.core.kind import Kind
from sitegen.core.model import REQUIRED, Model, Record, field
from sitegen.core.parse import parse, parse_yaml
from sitegen.core.source import Source
from sitegen.core.texts import Text
from sitegen.kinds import KINDS
from sitegen.reference.schema import json_schema, settings_schema

ROOT = Path(__file__).parent.parent.parent
BY_NAME = {kind.name: kind for kind in KINDS}

BADGE = """
name: Food safety
description: Keep food safe.
issuer: harbourside
"""


def faults(text: str, kind: str = "badge") -> list[str]:
    """What an editor would underline, given the values that its YAML reader makes."""
    data = yaml.load(text, Loader=_Core)
    return sorted(error.message for error in Draft202012Validator(json_schema(BY_NAME[kind])).iter_errors(data))


class _Core(yaml.SafeLoader):
    """Reads dates as text, as editors do."""

    yaml_implicit_resolvers = {  # noqa: RUF012  (PyYAML asks for a class attribute)
        first: [(tag, pattern) for tag, pattern in rules if not tag.endswith(":timestamp")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_schema_is_valid_draft_2020_12(kind: Kind) -> None:
    Draft202012Validator.check_schema(json_schema(kind))


def test_the_settings_schema_is_valid_too() -> None:
    Draft202012Validator.check_schema(settings_schema())


def test_what_is_needed_is_asked_for() -> None:
    assert faults("name: Food safety") == ["'description' is a required property", "'issuer' is a required property"]


def test_a_field_that_defaults_fill_in_is_not_asked_for() -> None:
    schema = json_schema(BY_NAME["badge"], inherited=("issuer",))
    assert schema["required"] == ["name", "description"]


@pytest.mark.parametrize(
    "line",
    [
        "validFor: 5 years",
        "validFor: P5Y",
        "volumeOfLearning: 1 hour 30 minutes",
        "level: [AQF 3]",
        "level: [{framework: AQF, level: 3}]",
        "learningOutcome: [Set a control]",
        "learningOutcome: [{text: Set a control, type: skill}]",
        "prerequisite: [allergen-control, 'https://example.org/badges/a']",
        "inCatalogue: true",
        "inCatalogue: yes",
        "version: 2",
        "version: 1.10",
        "firstAwarded: 2023-02-01",
        "achievementType: ext:Crew",
        "creditPoint: [{framework: ECTS, point: 1.5}]",
        "x-internal: {anything: [1, 2]}",
        "renewal: {description: Again, x-note: ours}",
        "image:",
        "tag: food",
        "prerequisite: allergen-control",
        "mode: online",
    ],
)
def test_friendly_forms_are_accepted(line: str) -> None:
    assert faults(BADGE + line) == []


@pytest.mark.parametrize(
    "line",
    [
        "criterea: Pass",
        "validFor: soon",
        "level: [high]",
        "status: publishd",
        "achievementType: Sticker",
        "firstAwarded: 1 February 2023",
        "license: www.example.org",
        "tag: food, drink",
        "mode: sometimes",
        "requirement: Do it",
        "creditPoint: [{framework: ECTS}]",
        "creditPoint: [{point: 0}]",
        "assessment: [{name: Quiz, weight: 140}]",
        "supersedes: https://example.org/badges/a",
        "renewal: {descripton: Again}",
        "artwork: {initials: FOUR}",
    ],
)
def test_what_a_build_refuses_is_underlined(line: str) -> None:
    assert faults(BADGE + line) != []


@pytest.mark.parametrize(
    ("price", "right"),
    [("Free", True), ("240 AUD", True), ("AUD 240.50", True), ("0", True), ("$240", False), ("240", False)],
)
def test_prices_are_held_to_the_forms_that_a_build_reads(price: str, right: bool) -> None:
    text = f"name: A\ndescription: B\nprovider: c\nprice: {price}\n"
    assert (faults(text, "course") == []) is right


def test_a_description_comes_with_the_terms_of_the_standards() -> None:
    described = json_schema(BY_NAME["badge"])["properties"]["issuer"]["description"]
    assert described.startswith("Who awards it, by id.")
    assert "Open Badges 3.0 creator" in described


def test_a_needed_field_may_not_be_left_empty() -> None:
    assert faults(BADGE.replace("Keep food safe.", "")) == ["None is not of type 'string', 'number', 'boolean'"]


def content() -> list[tuple[str, str]]:
    """Every file of content in the sample site, with its kind."""
    folders = {kind.folder: kind.name for kind in KINDS}
    files = sorted(path for path in (ROOT / "content").glob("*/*.*") if path.suffix in (".md", ".yaml"))
    return [(path.relative_to(ROOT).as_posix(), folders[path.parent.name]) for path in files]


def test_the_sample_site_pleases_an_editor() -> None:
    wrong: dict[str, list[str]] = {}
    inherited = ("issuer", "provider", "license")
    for path, kind in content():
        document, _ = parse(Source(path, (ROOT / path).read_bytes()), kind)
        assert document, path
        schema = json_schema(BY_NAME[kind], inherited)
        found = [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(document.data)]
        if found:
            wrong[path] = found
    assert wrong == {}


def test_the_settings_of_the_sample_site_please_an_editor() -> None:
    data, _, _ = parse_yaml(Source("sitegen.yaml", (ROOT / "sitegen.yaml").read_bytes()))
    assert [error.message for error in Draft202012Validator(settings_schema()).iter_errors(data)] == []


class Tree(Model):
    name: Text = field("What it is called.", "Oak", REQUIRED)
    branch: tuple[Tree, ...] = field("What grows from it.", [{"name": "Twig"}], ())


class Forest(Record):
    tree: tuple[Tree, ...] = field("Its trees.", [{"name": "Oak"}], ())


def test_a_group_that_holds_itself_is_checked_all_the_way_down() -> None:
    schema: Any = json_schema(Kind(name="forest", folder="forests", model=Forest, summary="Trees."))
    branch = {"name": "Limb", "branch": [{"name": "Twig", "brunch": []}]}
    data = {"name": "A", "description": "B", "tree": [branch]}
    assert [error.json_path for error in Draft202012Validator(schema).iter_errors(data)] == ["$.tree[0].branch[0]"]
