"""A record that was packed is the record that validation gave, and no other bytes are a record."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    PrivateAttr,
    field_validator,
    model_validator,
)

from sitegen.core.link import check_review, check_starter
from sitegen.core.model import Model, Record, field, placed
from sitegen.core.packing import NotPackableError, PackError, _plan, pack, unpack
from sitegen.core.parse import parse
from sitegen.core.quantities import Duration
from sitegen.core.settings import settings
from sitegen.core.source import Marks, Source
from sitegen.core.validate import salvage, validate
from sitegen.kinds import KINDS
from sitegen.kinds.badge import Badge
from sitegen.kinds.framework import Skill
from tests.making import BY_NAME, ISSUER, badge, course, linked_up, load

ROOT = Path(__file__).parents[2]
MODELS: dict[str, type[Record]] = {kind.name: kind.model for kind in KINDS} | {"skill": Skill}


def sample() -> Iterator[Record]:
    """Every record of the sample site."""
    for kind in KINDS:
        for file in sorted((ROOT / "content" / kind.folder).glob("*.*")):
            document, _ = parse(Source(file.relative_to(ROOT).as_posix(), file.read_bytes()), kind.name)
            assert document
            records, faults = validate(document, kind)
            assert not faults
            yield from records


SAMPLE = list(sample())


def example_of(model: type[BaseModel], name: str) -> Any:
    return (model.model_fields[name].examples or [None])[0]


def examples() -> Iterator[tuple[str, Record]]:
    """A record for each field of each kind that has that field's example, beside what it must have."""
    for kind in KINDS:
        needed = {n: example_of(kind.model, n) for n, info in kind.model.model_fields.items() if info.is_required()}
        for name in kind.model.model_fields:
            record = kind.model.model_validate(needed | {name: example_of(kind.model, name)})
            yield f"{kind.name}.{name}", placed(record, slug="x", language="en", marks=Marks("content/x.md"))


EXAMPLES = dict(examples())


def inner_models() -> Iterator[type[BaseModel]]:
    waiting: list[type[BaseModel]] = list(MODELS.values())
    seen = set(waiting)
    while waiting:
        model = waiting.pop()
        if not issubclass(model, Record):
            yield model
        new = {inner for f in _plan(model).fields.values() for inner in f.codec.models} - seen
        seen |= new
        waiting += sorted(new, key=lambda m: m.__qualname__)


def assert_same(one: Any, other: Any) -> None:
    """Hold two values to be equal in type, in content, and in which fields were given."""
    assert type(one) is type(other)
    if isinstance(one, BaseModel):
        assert one.model_fields_set == other.model_fields_set
        assert one.__pydantic_extra__ == other.__pydantic_extra__
        assert_same(one.__dict__, other.__dict__)
    elif isinstance(one, dict):
        assert list(one) == list(other)
        for key, value in one.items():
            assert_same(value, other[key])
    elif isinstance(one, tuple | list):
        assert len(one) == len(other)
        for mine, its in zip(one, other, strict=True):
            assert_same(mine, its)
    else:
        assert one == other and repr(one) == repr(other)


def assert_comes_back(record: Record, models: Mapping[str, type[Record]] = MODELS) -> None:
    again = unpack(pack(record), models, record.body, lambda: record.marks)
    assert_same(again, record)
    assert (again.key, again.slug, again.kind, again.language) == (
        record.key,
        record.slug,
        record.kind,
        record.language,
    )
    assert (again.path, again.body, again.body_line) == (record.path, record.body, record.body_line)
    assert_same(dict(again.extra), dict(record.extra))
    assert again.model_dump_json() == record.model_dump_json()
    assert again.marks == record.marks


@pytest.mark.parametrize("record", SAMPLE, ids=lambda record: record.key)
def test_a_record_of_the_sample_comes_back(record: Record) -> None:
    assert_comes_back(record)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_record_with_the_example_of_a_field_comes_back(name: str) -> None:
    assert_comes_back(EXAMPLES[name])


@pytest.mark.parametrize("model", list(inner_models()), ids=lambda model: model.__name__)
def test_a_group_of_fields_with_their_examples_comes_back(model: type[BaseModel]) -> None:
    plan = _plan(model)
    needed = {n: example_of(model, n) for n, info in model.model_fields.items() if info.is_required()}
    for name in [*model.model_fields, None]:
        data = needed | ({name: example_of(model, name)} if name and example_of(model, name) is not None else {})
        try:
            value = model.model_validate(data)
        except ValueError:
            continue  # some examples need another field beside them
        packed = json.loads(json.dumps(plan.pack(value)))
        assert_same(plan.unpack(*packed), value)


def test_what_one_author_can_write_comes_back() -> None:
    fields = {
        "volumeOfLearning": "1 hour 30 minutes",
        "duration": "P1Y2M3W4DT5.50H6M",
        "price": "{amount: 240.50, currency: AUD, concession: [{name: Students, amount: 0}]}",
        "offerings": "[{startDate: 2027-02-15 18:00, endDate: 2027-03-15, capacity: 0012, timezone: Europe/Oslo}]",
        "creditPoint": "[{point: 6.0, of: 0096}]",
        "workIntegrated": "yes",
        "tag": "[Ünïcode, 日本, '\"quoted\" \\ and / and \u00a0', '𝕏']",
        "x-ours": "{a: [1, null, {b: c}], x-d: e}",
        "inLanguage": "fi",
    }
    records, found = load({"courses/a.md": course(**fields)})
    assert found == []
    assert records[1].extra
    assert_comes_back(records[1])


def test_what_was_left_out_inherited_or_filled_in_is_still_told_apart() -> None:
    records, _ = load({"badges/a.md": badge(status="published"), "badges/b.md": badge()})
    again = {r.slug: unpack(pack(r), MODELS) for r in records if r.kind == "badge"}
    assert "status" in again["a"].model_fields_set and "status" not in again["b"].model_fields_set
    assert again["a"].status == again["b"].status == "published"


def test_a_record_that_only_checks_may_see_comes_back_too() -> None:
    document, _ = parse(Source("content/badges/a.md", badge(volumeOfLearning="soon").encode()), "badge")
    assert document
    record = salvage(document, BY_NAME["badge"])
    assert record
    assert_comes_back(record)


def test_marks_are_looked_up_when_asked_for_and_not_before() -> None:
    record = load({"badges/a.md": badge(tag="[one, two]")})[0][1]
    asked = []

    def find() -> Marks:
        asked.append(1)
        return record.marks

    again = unpack(pack(record), MODELS, "", find)
    assert (again.path, again.name, asked) == ("content/badges/a.md", "A badge", [])
    assert again.span("tag", 1) == record.span("tag", 1)
    assert again.marks.key(("tag",)) == record.marks.key(("tag",))
    assert asked


def test_without_marks_a_place_is_the_file() -> None:
    again = unpack(pack(SAMPLE[0]), MODELS)
    assert again.marks == Marks(SAMPLE[0].path)
    assert again.span("name").path == SAMPLE[0].path


def test_no_two_records_share_what_one_could_change() -> None:
    issuer = load({})[0][0]
    one, other = (unpack(pack(issuer), MODELS) for _ in range(2))
    assert_same(one.defaults, {})  # type: ignore[attr-defined]
    assert one.defaults is not other.defaults  # type: ignore[attr-defined]
    assert one.model_fields_set is not other.model_fields_set
    assert one.extra is not other.extra


def test_packing_says_the_same_bytes_each_time_and_few_of_them() -> None:
    record = load({"badges/a.md": badge(volumeOfLearning="4 hours", assessment="[{name: Test}]", topic="food")})[0][1]
    assert pack(record) == pack(unpack(pack(record), MODELS))
    assert len(pack(record)) < 400
    assert record.body.encode() not in pack(record)


def test_a_packed_record_that_came_back_travels_to_another_process() -> None:
    again = unpack(pack(SAMPLE[0]), MODELS)
    assert pickle.loads(pickle.dumps(again)) == again


# What is no packed record.

GOOD = pack(next(r for r in SAMPLE if r.slug == "food-safety-supervisor" and r.kind == "course"))


@given(st.integers(0, len(GOOD) - 1))
def test_a_record_cut_short_is_refused(end: int) -> None:
    with pytest.raises(PackError):
        unpack(GOOD[:end], MODELS)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 7))
def test_a_record_with_one_bit_turned_over_is_refused(at: int, bit: int) -> None:
    damaged = bytearray(GOOD)
    damaged[at] ^= 1 << bit
    with pytest.raises(PackError):
        unpack(bytes(damaged), MODELS)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(PackError):
        unpack(data, MODELS)


def sealed(parts: Any, model: type[Record] = Badge) -> bytes:
    """Bytes with the right checksum, as somebody would write them who means harm."""
    text = (parts if isinstance(parts, str) else json.dumps(parts)).encode()
    return crc32(text, _plan(model).seed).to_bytes(4) + text


FIELDS = {"name": "A", "description": "B", "issuer": "academy"}


def made_up(given: Any = None, rest: Any = None, **head: Any) -> list[Any]:
    start = {"kind": "badge", "slug": "a", "language": "en", "path": "content/a.md", "body_line": 3, "extra": {}} | head
    return [*start.values(), FIELDS if given is None else given, {} if rest is None else rest]


def test_the_cases_below_are_wrong_in_one_thing_only() -> None:
    assert unpack(sealed(made_up()), MODELS).name == "A"


@pytest.mark.parametrize(
    "parts",
    [
        made_up(kind="bagde"),
        made_up(kind="course"),
        made_up(kind=["badge"]),
        made_up(kind={}),
        made_up(kind=None),
        made_up(slug="../a"),
        made_up(slug=""),
        made_up(slug=1),
        made_up(language="english"),
        made_up(language=["en"]),
        made_up(path="/etc/passwd"),
        made_up(path="content/../../a"),
        made_up(path="content\\a"),
        made_up(path=""),
        made_up(path=None),
        made_up(body_line=0),
        made_up(body_line=True),
        made_up(body_line=1.5),
        made_up(body_line="3"),
        made_up(extra=[]),
        made_up(extra=None),
        made_up([]),
        made_up(7),
        made_up("name"),
        made_up(rest=[]),
        made_up(rest=7),
        made_up({"name": "A", "description": "B"}),
        made_up(FIELDS, {"name": "A"}),
        made_up()[:-1],
        [*made_up(), {}],
        [],
        {},
        "null",
        "7",
        "[" * 100_000,
        '["badge","a","en","content/a.md",3,{},' + '{"tag":' * 5_000 + "}" * 5_000 + ",{}]",
        "9" * 10_000,
    ],
    ids=str,
)
def test_made_up_bytes_that_are_no_record_are_refused(parts: Any) -> None:
    with pytest.raises(PackError):
        unpack(sealed(parts), MODELS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("zzz", "x"),
        ("__class__", "x"),
        ("_body", "x"),
        ("KIND", "x"),
        ("name", None),
        ("name", ""),
        ("name", "  "),
        ("name", " A"),
        ("name", 7),
        ("name", ["A"]),
        ("name", "\ud800"),
        ("status", "gone"),
        ("id", "Not A Slug"),
        ("license", "javascript:alert(1)"),
        ("tag", "one"),
        ("tag", [1]),
        ("tag", {"a": "b"}),
        ("datePublished", "2027-02-30"),
        ("datePublished", 20270230),
        ("datePublished", "2027-02-15T10:00"),
        ("inCatalogue", "true"),
        ("inCatalogue", 1),
        ("volumeOfLearning", "4 hours"),
        ("volumeOfLearning", {}),
        ("volumeOfLearning", {"weeks": 1}),
        ("volumeOfLearning", {"hours": "1E+999999999"}),
        ("volumeOfLearning", {"hours": "NaN"}),
        ("volumeOfLearning", {"hours": "-1"}),
        ("volumeOfLearning", {"hours": "0.0000001"}),
        ("volumeOfLearning", {"hours": "four"}),
        ("volumeOfLearning", {"minutes": 1.5}),
        ("volumeOfLearning", {"minutes": True}),
        ("volumeOfLearning", [{"minutes": 5}, {"minutes": 5}]),
        ("volumeOfLearning", [{"minutes": 5}]),
        ("assessment", [{}]),
        ("assessment", [{"name": "Test", "type": "guessing"}]),
        ("assessment", [{"name": "Test", "weight": "101"}]),
        ("assessment", ["Test"]),
        ("assessment", {"name": "Test"}),
        ("assessment", [{"name": "T", "rubric": {"level": ["a"], "passLevel": "b", "criterion": []}}]),
        ("assessment", [{"name": "T", "rubric": {"level": ["a"], "passLevel": "a", "criterion": []}}]),
        (
            "assessment",
            [{"name": "T", "rubric": {"level": ["a"], "passLevel": "b", "criterion": [{"name": "c", "level": ["d"]}]}}],
        ),
    ],
)
@pytest.mark.parametrize("said", [True, False], ids=["given", "not given"])
def test_made_up_bytes_that_break_the_rules_of_a_field_are_refused(name: str, value: Any, said: bool) -> None:
    others = {key: item for key, item in FIELDS.items() if key != name}
    parts = made_up(others | {name: value}, {}) if said else made_up(others, {name: value})
    with pytest.raises(PackError):
        unpack(sealed(parts), MODELS)


@given(
    st.sampled_from(sorted(set(MODELS["badge"].model_fields) | {"zzz"})),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "hours", "a"]), inner),
        max_leaves=8,
    ),
)
def test_made_up_bytes_are_refused_or_are_a_record_that_validation_could_have_given(name: str, value: Any) -> None:
    try:
        again = unpack(sealed(made_up(FIELDS | {name: value})), MODELS)
    except PackError:
        return
    assert_comes_back(again)


def test_bytes_of_a_model_that_has_changed_since_are_refused() -> None:
    class Before(Record):
        KIND: ClassVar[str] = "venue"
        seats: int = field("How many.", "5", 0)

    class After(Record):
        KIND: ClassVar[str] = "venue"
        seats: str = field("How many.", "5", "")

    data = pack(venue(Before, seats="5"))
    with pytest.raises(PackError, match="checksum"):
        unpack(data, {"venue": After})


# Kinds that a site has of its own.


class Colour(Enum):
    RED = 1
    BLUE = 2


class Size(StrEnum):
    SMALL = "small"


class Hall(Model):
    name: str = field("Its name.", "Main")
    inside: tuple[Hall, ...] = field("Halls in it.", [], ())


class Odd(Model):
    _seen: int = PrivateAttr(0)


class Loose(BaseModel, extra="allow"):
    name: str = ""


def venue(model: type[Record] | None = None, **fields: Any) -> Record:
    """A record of a kind that only one site has."""
    model = model or Venue
    record = model.model_validate({"name": "Hall", "description": "A hall."} | fields)
    return placed(record, slug="hall", language="en", marks=Marks("content/venues/hall.md"))


class Venue(Record):
    KIND: ClassVar[str] = "venue"

    colour: Colour | None = None
    size: Size = Size.SMALL
    opens: time | None = None
    opened: datetime | date | None = None
    lasts: timedelta | None = None
    area: float = 0.0
    where: tuple[Decimal, Decimal] | None = None
    halls: list[Hall] = field("Rooms.", [], [])
    seats: dict[str, tuple[int, ...]] = field("Rows of seats.", {}, {})
    free: Any = None
    number: int | str | None = None
    choice: Literal["all", 3] | None = None


@pytest.mark.parametrize(
    "fields",
    [
        {"colour": Colour.BLUE},
        {"size": "small"},
        {"opens": "18:30"},
        {"opened": "2027-02-15"},
        {"opened": "2027-02-15T18:30:00.000001"},
        {"opened": "2027-02-15T18:30:00+09:30"},
        {"opened": "2027-02-15T18:30:00Z"},
        {"lasts": "P3DT4H"},
        {"area": "1.1"},
        {"area": 1e300},
        {"where": ["1.10", "-0"]},
        {"halls": [{"name": "a", "inside": [{"name": "b", "inside": [{}]}]}]},
        {"seats": {"a": [1, 2], "b": []}},
        {"free": {"a": [1, None, 1.5, {"b": "c"}]}},
        {"number": 7},
        {"number": "7"},
        {"choice": 3},
    ],
    ids=str,
)
def test_a_kind_that_a_site_has_of_its_own_comes_back(fields: dict[str, Any]) -> None:
    assert_comes_back(venue(**fields), {"venue": Venue})


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (set[str], {"a"}),
        (frozenset[str], {"a"}),
        (bytes, b"a"),
        (complex, 1j),
        (AwareDatetime, "2027-02-15T18:30:00Z"),
        (Odd, {}),
        (Loose, {"more": 1}),
        (Any, (1, 2)),
        (Any, {1: 2}),
        (Any, float("nan")),
        (Any, Path("a")),
        (Any, "\ud800"),
        (dict[int, str], {1: "a"}),
        (int | Literal[1, 2] | Hall | Annotated[Hall, "again"], {"name": "a"}),
        (Annotated[str, BeforeValidator(lambda text: text + "!"), AfterValidator(str)], "a"),
        (Annotated[str, AfterValidator(int)], "7"),
        (Annotated[str, AfterValidator(lambda text: 1 / (7 - len(text)) and text + "?")], "aaaaaa"),
    ],
    ids=str,
)
def test_a_record_that_plain_values_cannot_say_is_told_as_such(annotation: Any, value: Any) -> None:
    class Strange(Record):
        KIND: ClassVar[str] = "strange"
        it: annotation = None

    with pytest.raises(NotPackableError):
        pack(venue(Strange, it=value))


def test_a_private_value_that_a_kind_adds_is_not_lost_in_silence() -> None:
    class Secret(Record):
        KIND: ClassVar[str] = "secret"
        _count: int = PrivateAttr(3)

    with pytest.raises(NotPackableError, match="keeps more than its fields"):
        pack(venue(Secret))


def test_a_model_of_the_right_name_that_is_another_is_refused() -> None:
    data = pack(venue())
    with pytest.raises(PackError, match="no kind 'venue'"):
        unpack(data, {"venue": Badge})


def test_the_rules_that_a_site_writes_beside_its_fields_are_held_to() -> None:
    class Ruled(Record):
        KIND: ClassVar[str] = "ruled"
        low: int = field("Least.", "1", 0)
        high: int = field("Most.", "2", 9)

        @field_validator("low")
        @classmethod
        def _even(cls, low: int) -> int:
            if low % 2:
                raise ValueError("odd")
            return low

        @model_validator(mode="after")
        def _ordered(self) -> Ruled:
            if self.low > self.high:
                raise ValueError("the wrong way round")
            return self

    assert_comes_back(venue(Ruled, low=2), {"ruled": Ruled})
    for wrong in ({"low": 3}, {"low": 4, "high": 2}):
        text = {"name": "A", "description": "B"} | wrong
        with pytest.raises(PackError):
            unpack(sealed(made_up(text, kind="ruled"), Ruled), {"ruled": Ruled})


def test_a_length_of_time_keeps_how_it_was_written() -> None:
    records, _ = load({"issuers/academy.md": ISSUER, "badges/a.md": badge(validFor="24 months")})
    again = unpack(pack(records[1]), MODELS)
    assert isinstance(again, Badge) and isinstance(again.validFor, Duration)
    assert (again.validFor.iso, again.validFor.model_fields_set) == ("P24M", {"months"})


def test_a_site_without_faults_is_linked_and_checked_without_anybody_asking_for_marks() -> None:
    def nobody() -> Marks:
        raise AssertionError("a record was asked where its values stand")

    records = [unpack(pack(record), MODELS, record.body, nobody) for record in SAMPLE]
    settings_of_sample, _, faults = settings(Source("sitegen.yaml", (ROOT / "sitegen.yaml").read_bytes()), None)
    assert settings_of_sample and not faults
    catalogue, found = linked_up(records, settings_of_sample)
    for record in catalogue.records.values():
        found += [*check_starter(record), *check_review(record, date(2026, 11, 1))]
    assert found == []
