from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel

from sitegen.core.site import Site
from sitegen.formats import catalogue
from sitegen.formats.catalogue.records import FILES, LEFT_OUT, names_records
from sitegen.formats.catalogue.schema import ISO_DURATION, KINDS, _models, schema
from tests.formats.test_catalogue import BASE, FULL, read
from tests.formats.whole import body, whole


@pytest.fixture(scope="module")
def full() -> Site:
    return whole(FULL)


@pytest.fixture(scope="module")
def validator(full: Site) -> jsonschema.Draft202012Validator:
    checker = jsonschema.FormatChecker(formats=("date", "date-time"))
    return jsonschema.Draft202012Validator(read(full, "schema"), format_checker=checker)


@pytest.fixture
def document(written: bytes) -> Any:
    """The catalogue, read anew for each test that changes it."""
    return json.loads(written)


@pytest.fixture(scope="module")
def written(full: Site) -> bytes:
    return body(full, catalogue.FORMAT, "catalogue")


def test_the_schema_is_one_and_the_catalogue_keeps_to_it(
    full: Site, document: Any, validator: jsonschema.Draft202012Validator
) -> None:
    by = read(full, "schema")
    jsonschema.Draft202012Validator.check_schema(by)
    assert by["$id"] == f"{BASE}/catalogue.schema.json"
    validator.validate(document)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_refuses_a_record_with_a_key_it_does_not_know(
    kind: str, document: Any, validator: jsonschema.Draft202012Validator
) -> None:
    document[kind][0]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        validator.validate(document)


@pytest.mark.parametrize("missing", ["id", "name", "description", "inLanguage", "status"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_asks_for_what_every_record_has(
    kind: str, missing: str, document: Any, validator: jsonschema.Draft202012Validator
) -> None:
    del document[kind][0][missing]
    with pytest.raises(jsonschema.ValidationError, match=missing):
        validator.validate(document)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("courses", {"price": {"amount": "240", "currency": "AUD"}}),
        ("courses", {"duration": "four weeks"}),
        ("courses", {"level": ["AQF 3"]}),
        ("courses", {"offerings": [{"startDate": "soon"}]}),
        ("courses", {"offerings": [{"capacity": 0}]}),
        ("badges", {"badgeKind": "golden"}),
        ("badges", {"issuerUrl": None}),
        ("badges", {"files": {"badgeClass": 7}}),
        ("pathways", {"totals": {"steps": 1, "price": {"low": 1}}}),
        ("issuers", {"sameAs": [None]}),
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_wrong(
    kind: str, change: dict[str, Any], document: Any, validator: jsonschema.Draft202012Validator
) -> None:
    document[kind][0].update(change)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(document)


def published_models() -> list[type[BaseModel]]:
    return list(dict.fromkeys(inner for model in KINDS.values() for inner in _models(model)))


def test_the_schema_has_nothing_that_speaks_to_authors() -> None:
    text = json.dumps(schema(None, None))
    for word in ('"terms"', '"examples"', '"default"', '"type": "null"'):
        assert word not in text, word
    names = {model.__name__ for model in published_models()}
    assert set(schema(None, None)["$defs"]) == names, "every definition is used"


@pytest.mark.parametrize("model", published_models(), ids=lambda model: model.__name__)
def test_no_field_has_the_name_of_an_address_that_stands_beside_another(model: type[BaseModel]) -> None:
    beside = {f"{name}Url" for name in model.model_fields if names_records(model, name)}
    assert not beside & set(model.model_fields)
    assert not {"page", "files", "criteria", "body", "totals"} & set(model.model_fields)


def test_what_is_left_out_is_still_there_to_leave_out() -> None:
    assert {name for model in KINDS.values() for name in model.model_fields} >= LEFT_OUT


@pytest.mark.parametrize("text", ["P", "PT", "P1H", "20 hours", "PT1.H", ""])
def test_what_is_no_iso_8601_duration_does_not_pass_for_one(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(text, ISO_DURATION)


@pytest.mark.parametrize("text", ["PT20H", "P4W", "PT1.5H", "P1Y2M3W4DT5H6M", "PT0H"])
def test_iso_8601_durations_pass(text: str) -> None:
    jsonschema.validate(text, ISO_DURATION)


DOCS = Path(__file__).parents[2] / "docs" / "reference" / "catalogue-json.md"


@pytest.mark.parametrize("table", ["", "Criteria", "Totals", "Beside"])
def test_the_reference_page_names_every_key_that_is_not_in_the_models(table: str, full: Site) -> None:
    by = read(full, "schema")
    keys = {
        "": by["properties"],
        "Criteria": by["$defs"]["Badge"]["properties"]["criteria"]["properties"],
        "Totals": by["$defs"]["Pathway"]["properties"]["totals"]["properties"],
        "Beside": {"page", "criteria", "body", "totals", "files", *FILES.values(), "image", "svg", "badges"},
    }[table]
    text = DOCS.read_text("utf-8")
    assert [key for key in keys if f"`{key}`" not in text] == []
