"""What every kind of record is built from: described fields, references and the common record.

Fields are declared with :func:`field`, which makes a description and an example compulsory and
names the field's term in each standard. Validation, the JSON Schema, the reference pages and
``sitegen explain`` are all read from the same declaration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from sitegen.core.diagnostics import Span
from sitegen.core.source import KeyPath, Marks
from sitegen.core.texts import Day, LanguageTag, Slug, Text, WebAddress

REQUIRED: Any = ...
"""Default of a field that an author must fill in."""


def field(
    description: str,
    example: Any,
    default: Any = None,
    *,
    ob2: str = "",
    ob3: str = "",
    schema: str = "",
    ctdl: str = "",
    elm: str = "",
    **constraints: Any,
) -> Any:
    """Declare a field: what it says, an example an author can copy, and its term in each standard.

    ``ob2``, ``ob3``, ``schema``, ``ctdl`` and ``elm`` name the term in Open Badges 2.0 and 3.0,
    schema.org, CTDL and the European Learning Model; leave one out where the standard has none.
    """
    terms = {"ob2": ob2, "ob3": ob3, "schema": schema, "ctdl": ctdl, "elm": elm}
    return Field(
        default,
        description=description,
        examples=[example],
        json_schema_extra={"terms": {name: term for name, term in terms.items() if term}},
        **constraints,
    )


class Model(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _one_is_a_list(cls, data: Any) -> Any:
        """Take one plain word for a list of one (``mode: online``); a comma or semicolon says several."""
        lists = _lists(cls)
        if not lists or not isinstance(data, dict):
            return data
        words = [k for k in data.keys() & lists if isinstance(data[k], str)]
        alone = [k for k in words if not _SEVERAL.search(data[k])]
        return {**data, **{k: [data[k]] for k in alone}} if alone else data


_SEVERAL = re.compile("^[•·–—*]|[,;\n]")


@cache
def _lists(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that hold a list of plain values."""
    return frozenset(
        name
        for name, info in model.model_fields.items()
        if get_origin(info.annotation) is tuple and not _holds_model(get_args(info.annotation)[0])
    )


@dataclass(frozen=True, slots=True)
class RefTo:
    """Marks a text field as a reference: the kinds it may name, and whether a URL may stand instead."""

    kinds: tuple[str, ...]
    external: bool = False


Status = Literal["draft", "review", "approved", "published", "paused", "deprecated", "superseded", "archived"]
"""Where a record stands: the first three are not built without ``--drafts``; the last three keep
their page and their files but leave the catalogue."""

UNPUBLISHED = frozenset({"draft", "review", "approved"})
RETIRED = frozenset({"deprecated", "superseded", "archived"})


class Image(Model):
    """A picture and the words for people who cannot see it."""

    id: Text = field(
        "The picture file, beside this file or in the site's folders.",
        "img/food-safety.png",
        REQUIRED,
        ob2="image.id",
        ob3="image.id",
        schema="image",
        ctdl="ceterms:image",
    )
    caption: Text = field(
        "What the picture shows, including any words in it. Screen readers say it, so it is not the name again.",
        "A serving dome inside a hexagon, three of ten level marks lit",
        REQUIRED,
        ob2="image.caption",
        ob3="image.caption",
    )


class Identifier(Model):
    """The same thing's number in somebody else's register."""

    identifierType: Text = field(
        "Which register the number is from.",
        "nationalIdentityNumber",
        REQUIRED,
        ob3="otherIdentifier.identifierType",
    )
    identifier: Text = field("The number itself.", "41892", REQUIRED, ob3="otherIdentifier.identifier")


class Governance(Model):
    """Who answers for a record and when it was approved."""

    owner: Text | None = field("The unit that keeps this record true.", "School of Food and Hospitality")
    approvedBy: Text | None = field("The body that approved it.", "Academic Board")
    approvedOn: Day | None = field("The day it was approved.", "2026-08-04")
    approvalRef: Text | None = field("The minute or file number of the approval.", "AB 2026/14")
    process: WebAddress | None = field("Where the approval process is described.", "https://example.org/approval")


class Record(Model):
    """What every kind of record has. A kind's model adds its own fields."""

    KIND: ClassVar[str] = ""
    ELSEWHERE: ClassVar[Mapping[str, str]] = {}
    """Keys that people try because another tool has them, and what to write here instead."""

    id: Slug | None = field(
        "The name in the address. Taken from the file's name when left out. It never changes after publishing.",
        "food-safety-supervisor",
        ob2="id",
        ob3="id",
        schema="@id",
        ctdl="@id",
    )
    name: Text = field(
        "The name people know it by.",
        "Food Safety Supervisor",
        REQUIRED,
        ob2="name",
        ob3="name",
        schema="name",
        ctdl="ceterms:name",
        elm="dc:title",
    )
    alternateName: tuple[Text, ...] = field(
        "Other names people search for.",
        ["Food handler supervisor"],
        (),
        schema="alternateName",
        ctdl="ceterms:alternateName",
        elm="skos:altLabel",
    )
    description: Text = field(
        "One or two plain sentences: what it is and what it is worth. Shown in lists and search results.",
        "Control food hazards across a shift and supervise the people who handle food.",
        REQUIRED,
        ob2="description",
        ob3="description",
        schema="description",
        ctdl="ceterms:description",
        elm="dc:description",
    )
    inLanguage: LanguageTag | None = field(
        "The language this file is written in. The site's language when left out.",
        "en-AU",
        ob2="@language",
        ob3="inLanguage",
        schema="inLanguage",
        ctdl="ceterms:inLanguage",
        elm="dc:language",
    )
    status: Status = field(
        "Where it stands. Only published and later stages are built; deprecated, superseded and archived "
        "records keep their page and files but leave the catalogue.",
        "published",
        "published",
        schema="creativeWorkStatus",
        ctdl="ceterms:lifeCycleStatusType",
        elm="elm:status",
    )
    tag: tuple[Text, ...] = field(
        "Free keywords.",
        ["food safety", "hospitality"],
        (),
        ob2="tags",
        ob3="tag",
        schema="keywords",
        ctdl="ceterms:keyword",
    )
    topic: Slug | None = field(
        "One of the site's topics, by its id in sitegen.yaml.", "food", schema="about", ctdl="ceterms:subject"
    )
    version: Text | None = field(
        "Which edition this is.",
        "2",
        ob2="version",
        ob3="version",
        schema="version",
        ctdl="ceterms:versionIdentifier",
    )
    otherIdentifier: tuple[Identifier, ...] = field(
        "Its numbers in other registers.",
        [{"identifierType": "sourcedId", "identifier": "HIT-F-0117"}],
        (),
        ob3="otherIdentifier",
        schema="identifier",
        ctdl="ceterms:identifier",
        elm="adms:identifier",
    )
    datePublished: Day | None = field(
        "The day it first appeared in public; feeds sort by it.", "2026-02-01", schema="datePublished"
    )
    dateModified: Day | None = field(
        "The day its content last changed in a way readers should notice.",
        "2026-08-04",
        schema="dateModified",
        elm="dc:modified",
    )
    reviewDate: Day | None = field(
        "The day by which somebody must look at it again. A build warns when it has passed.", "2027-10-14"
    )
    governance: Governance | None = field(
        "Who answers for it.", {"owner": "School of Food", "approvedOn": "2026-08-04"}
    )
    license: WebAddress | None = field(
        "The licence of the text, as a URL.", "https://creativecommons.org/licenses/by/4.0/", schema="license"
    )

    _key: str = PrivateAttr("")
    _body: str = PrivateAttr("")
    _marks: Marks = PrivateAttr(default_factory=lambda: Marks(""))
    _find_marks: Callable[[], Marks] | None = PrivateAttr(None)
    _find_body: Callable[[], str] | None = PrivateAttr(None)
    _body_line: int = PrivateAttr(1)
    _language: str = PrivateAttr("")
    _extra: Mapping[str, Any] = PrivateAttr(default_factory=dict)

    @property
    def key(self) -> str:
        """``kind:id``, unique in a catalogue: the subject of routes and the target of references."""
        return str(self._own("_key"))

    @property
    def slug(self) -> str:
        """The id that its address is made of."""
        return str(self._own("_key")).partition(":")[2]

    @property
    def kind(self) -> str:
        """Which kind of record this is."""
        return self.KIND

    @property
    def language(self) -> str:
        """The language it is written in: its own, or the site's."""
        return str(self._own("_language"))

    @property
    def body(self) -> str:
        """The Markdown below the front matter: looked up now, where the record was kept without."""
        find: Callable[[], str] | None = self._own("_find_body")
        return self._own("_body") if find is None else find()

    @property
    def body_line(self) -> int:
        """The line of the file on which the Markdown begins."""
        return self._body_line

    @property
    def marks(self) -> Marks:
        """Where each value stands in the file: looked up there now, where the record was kept without."""
        return self._marks if self._find_marks is None else self._find_marks()

    @property
    def path(self) -> str:
        """The file it came from, relative to the site folder."""
        return str(self._own("_marks").path)

    @property
    def extra(self) -> Mapping[str, Any]:
        """The author's own ``x-`` keys, untouched."""
        return self._extra

    @property
    def retired(self) -> bool:
        """Say whether it keeps its address but has left the catalogue."""
        return self.status in RETIRED

    def _own(self, name: str) -> Any:
        """Read a private attribute where Pydantic keeps it: its own look-up costs as much as a line of a page."""
        return (self.__pydantic_private__ or {})[name]

    def span(self, *at: str | int) -> Span:
        """Return where the value at ``at`` stands in the source file."""
        return self.marks.value(at)


def kept_elsewhere(record: Record, find_body: Callable[[], str], find_marks: Callable[[], Marks]) -> Record:
    """Let a record that was kept without its body and its marks look them up, each time somebody asks."""
    record._find_body, record._find_marks = find_body, find_marks
    return record


def placed(
    record: Record,
    *,
    slug: str,
    language: str,
    marks: Marks,
    body: str = "",
    body_line: int = 1,
    extra: Mapping[str, Any] | None = None,
) -> Record:
    """Give a freshly validated record its identity and its place in the source."""
    record._key = f"{record.KIND}:{slug}"
    record._language = language
    record._marks = marks
    record._body = body
    record._body_line = body_line
    record._extra = extra or {}
    return record


def references(record: BaseModel) -> Iterator[tuple[KeyPath, str, RefTo]]:
    """Yield every reference in a record: where it stands, what it names, what it may name."""
    for name, target in _plan(type(record)):
        value = getattr(record, name)
        if value is None:
            continue
        if target is not None:
            items = [((name,), value)] if isinstance(value, str) else [((name, i), v) for i, v in enumerate(value)]
            for at, text in items:
                if isinstance(text, str):
                    yield at, text, target
        yield from _nested(name, value)


def _nested(name: str, value: Any) -> Iterator[tuple[KeyPath, str, RefTo]]:
    if isinstance(value, BaseModel):
        for at, text, target in references(value):
            yield (name, *at), text, target
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if isinstance(item, BaseModel):
                for at, text, target in references(item):
                    yield (name, index, *at), text, target


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, RefTo | None], ...]:
    """The fields of a model that hold references or may hold models that do."""
    plan = []
    for name, info in model.model_fields.items():
        target = next((m for m in info.metadata if isinstance(m, RefTo)), None) or _find_ref(info.annotation)
        if target or _holds_model(info.annotation):
            plan.append((name, target))
    return tuple(plan)


def _find_ref(annotation: Any) -> RefTo | None:
    for item in getattr(annotation, "__metadata__", ()):
        if isinstance(item, RefTo):
            return item
    for argument in get_args(annotation):
        found = _find_ref(argument)
        if found:
            return found
    return None


def _holds_model(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(_holds_model(argument) for argument in get_args(annotation))
