"""Parts that more than one kind of record is made of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from sitegen.core.diagnostics import Diagnostic, error
from sitegen.core.model import REQUIRED, Model, Record, RefTo, field
from sitegen.core.quantities import CreditPoint, Level, Workload
from sitegen.core.source import KeyPath
from sitegen.core.texts import Day, EmailAddress, Flag, Text, WebAddress

IssuerRef = Annotated[str, RefTo(("issuer",))]
BadgeRef = Annotated[str, RefTo(("badge",), external=True)]
CourseRef = Annotated[str, RefTo(("course",), external=True)]
SkillRef = Annotated[str, RefTo(("skill",))]
StackRef = Annotated[str, RefTo(("pathway", "badge"), external=True)]

Mode = Literal["online", "onsite", "blended", "workplace"]
Supervision = Literal["unsupervised", "supervised-online", "supervised-onsite"]
OutcomeType = Literal["knowledge", "skill", "competence"]
EvidenceType = Literal["qualitative", "quantitative", "artefact"]
ProviderCategory = Literal["Professional Learning", "Vocational Education and Training", "Higher Education"]
AssessmentType = Literal[
    "written examination",
    "oral examination",
    "quiz",
    "marked assignment",
    "project work",
    "portfolio",
    "practical assessment",
    "group performance",
    "continuous evaluation",
    "peer assessment",
    "problem based learning",
    "artefact assessment",
    "workplace observation",
    "level of attendance",
]


class Organisation(Model):
    """Another organisation that stands beside a record: an awarding body, a partner, a recogniser."""

    name: Text = field("What it is called.", "Eyre and Spencer councils", REQUIRED, schema="name", elm="rov:legalName")
    url: WebAddress | None = field("Its website.", "https://example.org/", schema="url")
    description: Text | None = field(
        "What it does here.", "Accepts the badge as proof of training", schema="description"
    )


class Recognition(Organisation):
    """A body that recognises a credential, for instance for continuing professional development."""

    scheme: Text | None = field("The scheme it is recognised under.", "CPD scheme 2026")
    creditPoint: tuple[CreditPoint, ...] = field(
        "Points it counts for there.", [{"framework": "CPD points", "point": "8"}], ()
    )
    validUntil: Day | None = field("The day the recognition ends.", "2028-06-30")


class Accreditation(Organisation):
    """A licence or accreditation, with the body that gave it."""

    accreditingAgent: Text | None = field(
        "Who gave it.", "Vocational Skills Regulator", elm="elm:accreditingAgent", ctdl="ceterms:accreditedBy"
    )
    identifier: Text | None = field("Its number.", "RTO 41892")
    validUntil: Day | None = field("The day it ends.", "2029-12-31")


class QualityAssurance(Model):
    """Who watches over quality, and how."""

    name: Text = field("The standard or process.", "Standards for RTOs 2025", REQUIRED)
    description: Text | None = field("What is checked, and how often.", "A second assessor marks one plan in five")
    url: WebAddress | None = field("Where it is described.", "https://example.org/quality")
    agency: Text | None = field("The body that checks it.", "Vocational Skills Regulator")


class CreditTransfer(Model):
    """Credit that another course or qualification gives for this one."""

    toward: Text = field("The qualification that gives the credit.", "Diploma of Information Technology", REQUIRED)
    provider: Text = field("Who gives it.", "Harbourside Institute of Technology", REQUIRED)
    creditPoint: tuple[CreditPoint, ...] = field(
        "How much.", [{"framework": "credit points", "point": "6", "of": "96"}], ()
    )
    unitCode: tuple[Text, ...] = field("The units that it stands in for.", ["SITXFSA005"], ())
    policyUrl: WebAddress | None = field("The credit policy.", "https://example.org/credit-policy")
    accreditationUrl: WebAddress | None = field(
        "The qualification's entry in a public register.", "https://example.org/register/ICT50220"
    )
    conditions: Text | None = field("Anything that must be true for it.", "Within three years of the award")


def _as_outcome(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def unproved_credit(record: Record, at: KeyPath, what: str, proof: Any) -> Iterator[Diagnostic]:
    """Tell of credit towards a qualification that names no page on which a learner can check the promise."""
    if not (proof.policyUrl or proof.accreditationUrl):
        yield error(
            "no-credit-policy",
            f"'{record.name}' {what} but gives no credit or accreditation URL",
            record.span(*at),
            "add policyUrl: or accreditationUrl: so that a learner can check the promise",
        )


def check_transfers(record: Any) -> Iterator[Diagnostic]:
    """Check every credit transfer of a badge or course."""
    for index, transfer in enumerate(record.creditTransfer):
        what = f"counts towards '{transfer.toward}'"
        yield from unproved_credit(record, ("creditTransfer", index), what, transfer)


class LearningOutcome(Model):
    """One thing that a holder knows, can do, or can be relied on to do."""

    text: Text = field(
        "The outcome, starting with a verb.",
        "Set a control for each point where food can become unsafe",
        REQUIRED,
        schema="teaches",
        ctdl="ceterms:teaches",
        elm="elm:learningOutcome",
    )
    type: OutcomeType | None = field("knowledge, skill or competence.", "skill", elm="dc:type")
    skill: tuple[SkillRef, ...] = field(
        "Skills from the site's frameworks that it is about.",
        ["control-food-hazards"],
        (),
        elm="elm:relatedSkill",
    )


Outcome = Annotated[LearningOutcome, BeforeValidator(_as_outcome)]


class Alignment(Model):
    """A link to an item of somebody else's framework (Open Badges 2.0 AlignmentObject, 3.0 Alignment)."""

    targetName: Text = field(
        "The item's name.",
        "Use hygienic practices for food safety",
        REQUIRED,
        ob2="alignment.targetName",
        ob3="alignment.targetName",
        schema="targetName",
    )
    targetUrl: WebAddress = field(
        "The item's own address.",
        "https://example.org/units/SITXFSA005",
        REQUIRED,
        ob2="alignment.targetUrl",
        ob3="alignment.targetUrl",
        schema="targetUrl",
    )
    targetFramework: Text | None = field(
        "The framework's name.",
        "National training register",
        ob2="alignment.targetFramework",
        ob3="alignment.targetFramework",
        schema="educationalFramework",
    )
    targetCode: Text | None = field(
        "The item's code there.", "SITXFSA005", ob2="alignment.targetCode", ob3="alignment.targetCode"
    )
    targetDescription: Text | None = field(
        "The item's text.",
        "Apply personal hygiene and food handling rules",
        ob2="alignment.targetDescription",
        ob3="alignment.targetDescription",
        schema="targetDescription",
    )
    targetType: (
        Literal[
            "ceasn:Competency",
            "ceterms:Credential",
            "CFItem",
            "CFRubric",
            "CFRubricCriterion",
            "CFRubricCriterionLevel",
            "CTDL",
        ]
        | None
    ) = field("What kind of item it is, from the Open Badges 3.0 list.", "CFItem", ob3="alignment.targetType")


class RubricCriterion(Model):
    """One line of a rubric: what is looked at, and what each level looks like."""

    name: Text = field("What is looked at.", "Finds hazards", REQUIRED)
    level: tuple[Text, ...] = field(
        "What each level looks like, in the order of the rubric's levels.",
        ["Misses a critical point", "Names every critical point", "Also ranks them"],
        REQUIRED,
    )


class Rubric(Model):
    """How work is judged: levels from left to right, criteria from top to bottom."""

    level: tuple[Text, ...] = field(
        "The levels, from not enough to best.", ["Not yet", "Pass", "With distinction"], REQUIRED
    )
    passLevel: Text = field("The level at which it counts.", "Pass", REQUIRED)
    criterion: tuple[RubricCriterion, ...] = field(
        "What is looked at.",
        [{"name": "Finds hazards", "level": ["Misses one", "Names all", "Also ranks them"]}],
        REQUIRED,
        min_length=1,
    )

    @model_validator(mode="after")
    def _square(self) -> Rubric:
        problems = []
        if self.passLevel not in self.level:
            problems.append(f"passLevel '{self.passLevel}' is not one of the levels: {', '.join(self.level)}")
        problems += [
            f"'{criterion.name}' describes {len(criterion.level)} levels, the rubric has {len(self.level)}"
            for criterion in self.criterion
            if len(criterion.level) != len(self.level)
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self


class Assessment(Model):
    """One task that is judged (European standard elements: type of assessment, supervision, identity)."""

    name: Text = field("What the task is called.", "Observed shift", REQUIRED, elm="dc:title")
    description: Text | None = field("What happens.", "90 minutes, two people in your charge")
    type: AssessmentType | None = field(
        "What kind of task it is.",
        "practical assessment",
        ctdl="ceterms:assessmentMethodType",
        elm="dc:type",
    )
    method: Text | None = field("How it is judged.", "An assessor ticks a 14-point checklist")
    supervision: Supervision | None = field("Whether somebody watches.", "supervised-onsite")
    identityVerification: Flag | None = field("Say true when identity is checked.", "true")
    assessor: Text | None = field("Who judges it.", "A qualified assessor of the institute")
    where: Text | None = field("Where it takes place.", "Training kitchen")
    passes: Text | None = field("What passes.", "All 14 points, with no critical miss")
    weight: Decimal | None = field("Its share of the whole, in percent.", "40", gt=0, le=100, decimal_places=6)
    rubric: Rubric | None = field(
        "How it is judged, level by level.",
        {
            "level": ["Not yet", "Pass"],
            "passLevel": "Pass",
            "criterion": [{"name": "Plan", "level": ["No", "Yes"]}],
        },
        ob3="resultDescription",
        ctdl="ceterms:hasRubric",
        elm="elm:gradingScheme",
    )


class Endorsement(Model):
    """What another organisation says of a credential (Open Badges 2.0 Endorsement)."""

    endorser: Text = field("Who says it.", "Saltbush Health Alliance", REQUIRED)
    url: WebAddress | None = field("Their website.", "https://example.org/")
    endorsementComment: Text = field("What they say.", "Required for kitchen leads at six homes", REQUIRED)
    endorsedOn: Day | None = field("When.", "2026-07-01")
    id: WebAddress | None = field(
        "The address of a hosted Endorsement document, where there is one.",
        "https://example.org/endorsements/1.json",
        ob2="endorsement",
    )


class RecognitionOfPriorLearning(Model):
    """How somebody who can do it already may be recognised."""

    available: Flag = field("Say true when it is possible.", "true", True)
    howTo: Text | None = field("How to ask for it.", "Send two records from your workplace")
    url: WebAddress | None = field("Where it is described.", "https://example.org/rpl")


class Contact(Model):
    """Whom to ask: a role, never a private person's address."""

    name: Text | None = field("The desk or team.", "Course desk")
    email: EmailAddress | None = field("Its address.", "courses@example.org")
    url: WebAddress | None = field("Its page.", "https://example.org/contact")


Levels = tuple[Level, ...]
Credits = tuple[CreditPoint, ...]
__all__ = ["Credits", "Levels", "Workload"]

CODES: dict[str, tuple[str, str]] = {
    "no-credit-policy": (
        "A promise of credit that nobody can check",
        "Whatever counts towards a qualification names the page that proves it: policyUrl: or accreditationUrl:.",
    ),
}
