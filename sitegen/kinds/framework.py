"""Framework: a list of skills (schema.org DefinedTermSet), each of which becomes a record of its own."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from sitegen.core.kind import Kind
from sitegen.core.model import REQUIRED, Model, Record, RefTo, field, placed
from sitegen.core.places import part
from sitegen.core.source import Marks
from sitegen.core.texts import Slug, Text, WebAddress
from sitegen.kinds.common import IssuerRef


class Occupation(Model):
    """Work in which a skill is used."""

    name: Text = field("The occupation.", "Café or restaurant manager", REQUIRED)
    code: Text | None = field("Its code in a classification.", "1411.1")
    framework: Text | None = field("The classification.", "ISCO-08")
    url: WebAddress | None = field("Its entry there.", "https://example.org/occupations/1411")


class SkillEntry(Model):
    """A skill as a framework file lists it."""

    id: Slug = field("The name in its address.", "control-food-hazards", REQUIRED, schema="@id")
    name: Text = field("A few words.", "Control food hazards", REQUIRED, schema="name", ctdl="ceasn:competencyLabel")
    statement: Text | None = field(
        "What somebody who has it can do, in one sentence.",
        "Set and keep a control for each point of risk",
        ob2="alignment.targetDescription",
        ob3="alignment.targetDescription",
        schema="description",
        ctdl="ceasn:competencyText",
    )
    kind: Literal["skill", "knowledge", "competence", "behaviour"] = field(
        "What it is.", "skill", "skill", elm="dc:type"
    )
    transversal: Literal["transversal", "cross-sector", "sector-specific", "occupation-specific"] | None = field(
        "How widely it is used.", "sector-specific", elm="elm:reusabilityLevel"
    )
    category: Text | None = field("The group it is listed in.", "Food safety", ctdl="ceasn:competencyCategory")
    code: Text | None = field(
        "Its code in the framework.",
        "HIT-SK-042",
        ob2="alignment.targetCode",
        ob3="alignment.targetCode",
        schema="termCode",
        ctdl="ceasn:codedNotation",
    )
    parent: Annotated[str, RefTo(("skill",))] | None = field(
        "The wider skill it belongs to.", "run-a-safe-kitchen", ctdl="ceasn:isChildOf"
    )
    exactMatch: tuple[WebAddress, ...] = field(
        "The same skill in other frameworks.",
        ["https://example.org/skill/123"],
        (),
        schema="sameAs",
        ctdl="ceasn:exactAlignment",
    )
    keyword: tuple[Text, ...] = field("Words people search for.", ["HACCP"], (), ctdl="ceasn:conceptKeyword")
    occupation: tuple[Occupation, ...] = field(
        "Work it is used in.", [{"name": "Café manager"}], (), ctdl="ceasn:occupationType"
    )


class Framework(Record):
    """A framework of skills."""

    KIND: ClassVar[str] = "framework"

    publisher: IssuerRef | None = field(
        "Who keeps it, by issuer id.", "harbourside", schema="publisher", ctdl="ceasn:publisher"
    )
    url: WebAddress | None = field("Its home elsewhere.", "https://example.org/skills", schema="url")
    adoptionStatus: Literal["draft", "adopted", "deprecated"] = field("Its standing.", "adopted", "adopted")
    skills: tuple[SkillEntry, ...] = field(
        "Its skills.",
        [
            {
                "id": "control-food-hazards",
                "name": "Control food hazards",
                "statement": "Set a control for each hazard",
            }
        ],
        REQUIRED,
        schema="hasDefinedTerm",
        ctdl="ceasn:hasTopChild",
        min_length=1,
    )


class Skill(Record):
    """A skill with a page of its own: what it is, who teaches it, which badges certify it."""

    KIND: ClassVar[str] = "skill"

    framework: str = field("The framework it is in, by id.", "harbourside-skills", REQUIRED, schema="inDefinedTermSet")
    entry: SkillEntry = field("The skill as the framework lists it.", {}, REQUIRED)

    @property
    def statement(self) -> str:
        """What somebody who has it can do; empty where the framework gives only names."""
        return self.entry.statement or ""

    @property
    def code(self) -> str | None:
        """Its code in the framework."""
        return self.entry.code


def expand(record: Record) -> tuple[Record, ...]:
    """Return the framework and one record for each of its skills, which keep their place in its file."""
    assert isinstance(record, Framework)
    # References are found below ``entry`` of a Skill, so its keys stand under both paths.
    marks = (part(record.marks, ("skills", index), "entry") for index in range(len(record.skills)))
    return (record, *(_skill(record, entry, own) for entry, own in zip(record.skills, marks, strict=True)))


def _skill(framework: Framework, entry: SkillEntry, marks: Marks) -> Record:
    skill = Skill.model_construct(
        id=entry.id,
        name=entry.name,
        alternateName=(),
        description=entry.statement or entry.name,
        inLanguage=framework.inLanguage,
        status=framework.status,
        tag=entry.keyword,
        topic=framework.topic,
        datePublished=framework.datePublished,
        dateModified=framework.dateModified,
        framework=framework.slug,
        entry=entry,
    )
    return placed(skill, slug=entry.id, language=framework.language, marks=marks)


KIND = Kind(
    name="framework",
    folder="frameworks",
    model=Framework,
    summary="A list of skills, in one YAML file.",
    expand=expand,
    issuer_field="publisher",
    parts=(Skill,),
)
