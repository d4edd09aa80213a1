"""What ``sitegen new`` writes is right as it stands, and teaches nothing that is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from sitegen.core.catalogue import Catalogue
from sitegen.core.config import Config
from sitegen.core.diagnostics import Diagnostic
from sitegen.core.parse import parse, parse_yaml
from sitegen.core.settings import check_defaults, settings
from sitegen.core.source import Document, Source
from sitegen.core.validate import Defaults, validate
from sitegen.kinds import KINDS
from sitegen.starters import KINDS as STARTED
from sitegen.starters import record, site
from tests.making import linked_up

FOLDERS = {kind.folder: kind for kind in KINDS}
BY_NAME = {kind.name: kind for kind in KINDS}
SITE = site("my-catalogue")
WHAT_IT_HAS: Mapping[str, Sequence[str]] = {
    "issuers": ["example-academy"],
    "badges": ["accessible-documents", "plain-language-writing"],
    "courses": ["accessible-documents", "plain-language-writing"],
    "topics": ["writing", "accessibility"],
}


def loaded(files: Mapping[str, bytes]) -> tuple[Config, Catalogue, list[Diagnostic]]:
    """Everything that reading a site's settings and content finds, without building it."""
    config, marks, found = settings(Source("sitegen.yaml", files["sitegen.yaml"]))
    assert config, found
    found += check_defaults(config, marks, KINDS)
    records = []
    for path in sorted(path for path in files if path.startswith("content/")):
        kind = FOLDERS[path.split("/")[1]]
        document, faults = parse(Source(path, files[path]), kind.name)
        assert document, faults
        defaults = Defaults(config.defaults.get(kind.name, {}), marks, ("defaults", kind.name))
        made, more = validate(document, kind, (defaults,), config.language)
        records += made
        found += [*faults, *more]
    catalogue, faults = linked_up(records, config)
    return config, catalogue, [*found, *faults]


def test_the_new_site_has_no_fault_and_no_warning() -> None:
    _, _, found = loaded(SITE)
    assert found == []


def test_the_new_site_has_one_of_everything_worth_seeing() -> None:
    _, catalogue, _ = loaded(SITE)
    counts = {name: len(catalogue.of(name)) for name in (*BY_NAME, "skill")}
    assert counts == {"issuer": 1, "framework": 1, "badge": 2, "course": 2, "pathway": 1, "page": 1, "skill": 4}


def test_everything_in_the_new_site_hangs_together() -> None:
    config, catalogue, _ = loaded(SITE)
    assert all(catalogue.referring(badge.key, "course", "awards") for badge in catalogue.of("badge"))
    assert all(catalogue.referring(skill.key, "badge", "skill") for skill in catalogue.of("skill"))
    assert {badge.topic for badge in catalogue.of("badge")} == {topic.id for topic in config.topics}
    assert catalogue.get(f"issuer:{config.owner}")


def test_the_address_is_one_that_nobody_owns_and_the_file_says_it_is_for_ever() -> None:
    text = SITE["sitegen.yaml"].decode()
    assert "base_url: https://credentials.example.org\n" in text
    assert "for ever" in text


def test_the_readme_names_the_next_two_commands() -> None:
    text = SITE["README.md"].decode()
    assert "sitegen serve" in text
    assert "sitegen build" in text


def test_git_is_told_to_leave_out_what_a_build_makes() -> None:
    assert {"/output/", "/.sitegen/"} <= set(SITE[".gitignore"].decode().splitlines())


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("my-catalogue", "My catalogue"),
        ("Harbour credentials", "Harbour credentials"),
        ("HIT", "HIT"),
        ("Badges: food & drink", "Badges: food & drink"),
        ('Say "hello" #1', 'Say "hello" #1'),
        ("Zertifikate für Ärzte", "Zertifikate für Ärzte"),
        ("Save $name ${id}", "Save $name ${id}"),
    ],
)
def test_any_name_becomes_the_title(given: str, title: str) -> None:
    files = site(given)
    config, _, found = loaded(files)
    assert (config.name, found) == (title, [])
    assert f"# {title}" in files["README.md"].decode()


def test_the_new_site_is_the_same_every_time() -> None:
    assert site("a") == site("a")
    assert list(SITE) == sorted(SITE)


@pytest.mark.parametrize("kind", STARTED)
def test_a_new_record_in_a_site_has_no_fault_and_no_warning(kind: str) -> None:
    path, text = record(kind, "first-aid", "First aid", WHAT_IT_HAS)
    _, catalogue, found = loaded({**SITE, path: text})
    assert found == []
    added = catalogue.get(f"{kind}:first-aid")
    assert added
    assert added.name == "First aid"


@pytest.mark.parametrize("kind", STARTED)
def test_a_new_record_says_its_fields_in_a_comment(kind: str) -> None:
    _, text = record(kind, "first-aid", "First aid", WHAT_IT_HAS)
    assert f"`sitegen explain {kind}` lists all its fields" in text.decode()


@pytest.mark.parametrize("kind", STARTED)
@pytest.mark.parametrize("name", ["Food: safety", '"Quoted"', "- dash", "100% #1", "Null", "Größe"])
def test_a_name_is_kept_whatever_it_holds(kind: str, name: str) -> None:
    path, text = record(kind, "first-aid", name, WHAT_IT_HAS)
    document, faults = parse(Source(path, text), kind)
    assert document
    assert (document.data["name"], faults) == (name, [])


def test_an_id_becomes_a_name_until_somebody_writes_a_better_one() -> None:
    path, text = record("badge", "first-aid", "first-aid", WHAT_IT_HAS)
    assert path == "content/badges/first-aid.md"
    assert b"\nname: First aid\n" in text


def test_a_new_course_leads_to_the_badge_of_its_name() -> None:
    path, text = record("course", "plain-language-writing", "Again", WHAT_IT_HAS)
    document, _ = parse(Source(path, text), "course")
    assert document
    assert document.data["awards"] == ["plain-language-writing"]


def test_a_new_course_without_such_a_badge_leaves_the_choice_open() -> None:
    path, text = record("course", "first-aid", "First aid", WHAT_IT_HAS)
    document, _ = parse(Source(path, text), "course")
    assert document
    assert "awards" not in document.data
    assert b"# awards: [accessible-documents]" in text


def test_the_other_issuers_and_topics_are_named_in_comments() -> None:
    _, text = record("badge", "first-aid", "First aid", {"issuers": ["a", "b"], "topics": ["food", "health"]})
    lines = text.decode().splitlines()
    assert any(line.startswith("issuer: a ") and line.endswith("a, b") for line in lines)
    assert any(line.startswith("topic: food ") and line.endswith("food, health") for line in lines)


@pytest.mark.parametrize(
    "existing",
    [
        {"issuers": ["example-academy"]},
        {"issuers": ["example-academy"], "badges": ["plain-language-writing"]},
        {"issuers": ["example-academy"], "courses": ["plain-language-writing"]},
    ],
    ids=["nothing", "one badge", "one course"],
)
def test_a_new_pathway_has_two_steps_even_where_there_is_little_to_step_on(
    existing: Mapping[str, Sequence[str]],
) -> None:
    path, text = record("pathway", "first-path", "First path", existing)
    _, catalogue, found = loaded({**SITE, path: text})
    assert found == []
    pathway = next(p for p in catalogue.of("pathway") if p.slug == "first-path")
    assert len(pathway.steps) == 2


@pytest.mark.parametrize("kind", ["badge", "course", "pathway"])
def test_a_record_in_a_site_without_issuers_asks_for_one(kind: str) -> None:
    path, text = record(kind, "first-aid", "First aid", {})
    _, _, found = loaded({**SITE, path: text})
    assert [fault.code for fault in found] == ["unknown-reference"]
    assert b"sitegen new issuer" in text


def uncommented(text: bytes) -> bytes:
    """The file as it is once every field in a comment is switched on."""
    return re.sub(rb"(?m)^# ( *(?:- )?[a-zA-Z]+:)", rb"\1", text)


@pytest.mark.parametrize("kind", STARTED)
def test_the_fields_in_comments_are_right_once_they_are_switched_on(kind: str) -> None:
    path, text = record(kind, "first-aid", "First aid", WHAT_IT_HAS)
    assert_valid(path, uncommented(text), kind)


@pytest.mark.parametrize("path", [path for path in SITE if path.startswith("content/")])
def test_the_comments_of_the_new_site_are_right_once_they_are_switched_on(path: str) -> None:
    assert_valid(path, uncommented(SITE[path]), FOLDERS[path.split("/")[1]].name)


def assert_valid(path: str, text: bytes, kind: str) -> None:
    document, faults = parse(Source(path, text), kind)
    assert isinstance(document, Document)
    assert faults == []
    defaults, _, _ = parse_yaml(Source("sitegen.yaml", SITE["sitegen.yaml"]))
    assert defaults
    values = defaults["defaults"]
    assert isinstance(values, dict)
    layer = values.get(kind)
    _, faults = validate(document, BY_NAME[kind], (Defaults(layer),) if isinstance(layer, dict) else ())
    assert faults == []


@pytest.mark.parametrize("kind", ["page", "skill", "", "../badge"])
def test_only_four_kinds_can_be_started(kind: str) -> None:
    with pytest.raises(KeyError):
        record(kind, "a", "A", WHAT_IT_HAS)
