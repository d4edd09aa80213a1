"""Course: something one can enrol in (schema.org Course, with its offerings as CourseInstance)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal

from sitegen.core.catalogue import Catalogue
from sitegen.core.diagnostics import Diagnostic, error
from sitegen.core.kind import Kind
from sitegen.core.model import REQUIRED, Image, Model, Record, field
from sitegen.core.quantities import CreditPoint, Duration, Level, Price, Workload
from sitegen.core.texts import Day, Flag, Text
from sitegen.kinds.common import (
    Alignment,
    Assessment,
    BadgeRef,
    Contact,
    CourseRef,
    CreditTransfer,
    IssuerRef,
    Mode,
    Organisation,
    Outcome,
    ProviderCategory,
    QualityAssurance,
    Recognition,
    RecognitionOfPriorLearning,
    SkillRef,
    check_transfers,
)
from sitegen.kinds.offering import Offering


class SyllabusSection(Model):
    """A part of a course (schema.org Syllabus)."""

    name: Text = field("What it is called.", "Hazards and the law", REQUIRED, schema="syllabusSections.name")
    description: Text | None = field("What happens in it.", "What makes food unsafe", schema="description")
    volumeOfLearning: Workload | None = field("Study time.", "5 hours", schema="timeRequired")


class Award(Model):
    """What somebody gets at the end beside badges."""

    name: Text = field(
        "What it says on it.", "Statement of attainment", REQUIRED, schema="educationalCredentialAwarded"
    )
    description: Text | None = field("What it is for.", "Two nationally recognised units")
    kind: Literal["certificate", "statement", "qualification"] = field("What it is.", "certificate", "certificate")


class OpenCreds(Model):
    """The course's place in the OpenCreds framework (types can be combined)."""

    type: tuple[Literal["Pathway", "Credit-bearing", "Industry-recognised"], ...] = field(
        "Which types it has.", ["Credit-bearing"], ()
    )
    indicativeHours: Workload | None = field(
        "Hours a newcomer needs; shown as one of the site's seven levels.", "20 hours"
    )
    alignedLevel: tuple[Level, ...] = field("For the Pathway type: the level it is aligned to.", ["AQF 5"], ())
    leadsToAdmission: CreditTransfer | None = field(
        "For the Pathway type: the course that offers admission.",
        {"toward": "Diploma of Information Technology", "provider": "Harbourside"},
    )


class Review(Model):
    """When and by whom the course was last reviewed, and which of the seven areas."""

    reviewedOn: Day = field("When.", "2026-10-14", REQUIRED)
    reviewer: Text | None = field("In which role.", "Learning design panel")
    area: tuple[
        Literal[
            "learning outcomes",
            "modules",
            "content and resources",
            "learning activities",
            "look and feel",
            "promotional page",
            "assessment",
        ],
        ...,
    ] = field("Which areas.", ["learning outcomes", "assessment"], ())
    outcome: Text | None = field("What came of it.", "Two assessments merged")


class Course(Record):
    """A course: what one will be able to do, what one earns, when it runs and what it costs."""

    KIND: ClassVar[str] = "course"
    ELSEWHERE: ClassVar[Mapping[str, str]] = {
        "badges": "write awards: [badge-id]",
        "cost": "write price: 240 AUD, or price: Free",
        "dates": "write offerings: with a startDate for each run",
        "hours": "write volumeOfLearning: 20 hours for study time, duration: 4 weeks for the time that passes",
        "issuer": "a course has a provider: write provider: issuer-id",
        "prerequisites": "write coursePrerequisites: [course-id] or entryRequirement: text",
        "tags": "write tag: [one, two]",
        "title": "write name: the course's name",
    }

    courseCode: Text | None = field(
        "The code people use.", "HIT-FS-20", schema="courseCode", ctdl="ceterms:codedNotation"
    )
    provider: IssuerRef = field(
        "Who offers it, by issuer id.",
        "harbourside",
        REQUIRED,
        schema="provider",
        ctdl="ceterms:offeredBy",
        elm="elm:providedBy",
    )
    awardingBody: Organisation | None = field(
        "Who awards it, where that is somebody else.",
        {"name": "Eastmark Ports"},
        ctdl="ceterms:ownedBy",
        elm="elm:awardingBody",
    )
    providerCategory: tuple[ProviderCategory, ...] = field(
        "The provider's category for this course; the issuer's when left out.", ["Higher Education"], ()
    )
    developedWith: tuple[Organisation, ...] = field(
        "Partners in its making.", [{"name": "Saltbush Health Alliance"}], (), schema="contributor"
    )
    image: Image | None = field("A picture.", {"id": "img/kitchen.jpg", "caption": "A kitchen"}, schema="image")
    awards: tuple[BadgeRef, ...] = field(
        "Badges that it leads to.",
        ["food-safety-supervisor"],
        (),
        schema="educationalCredentialAwarded",
        elm="elm:learningAchievementSpecification",
    )
    certificate: tuple[Award, ...] = field(
        "Certificates that it leads to.",
        [{"name": "Statement of attainment"}],
        (),
        schema="educationalCredentialAwarded",
    )
    learningOutcome: tuple[Outcome, ...] = field(
        "What one will be able to do.",
        ["Set a control for each hazard"],
        (),
        schema="teaches",
        ctdl="ceterms:teaches",
        elm="elm:learningOutcome",
    )
    skill: tuple[SkillRef, ...] = field("Skills it teaches.", ["control-food-hazards"], (), schema="teaches")
    alignment: tuple[Alignment, ...] = field(
        "Links to items of other frameworks.",
        [{"targetName": "Use hygienic practices", "targetUrl": "https://example.org/units/SITXFSA005"}],
        (),
        schema="educationalAlignment",
    )
    syllabus: tuple[SyllabusSection, ...] = field(
        "Its parts, in order.", [{"name": "Hazards and the law"}], (), schema="syllabusSections"
    )
    volumeOfLearning: Workload | None = field(
        "Study time of a newcomer, in hours.",
        "20 hours",
        schema="timeRequired",
        ctdl="ceterms:timeRequired",
        elm="elm:volumeOfLearning",
    )
    duration: Duration | None = field(
        "Time that passes from start to end.",
        "4 weeks",
        schema="duration",
        ctdl="ceterms:exactDuration",
        elm="elm:duration",
    )
    level: tuple[Level, ...] = field(
        "Its level in one or more frameworks.",
        ["AQF 3"],
        (),
        schema="educationalLevel",
        ctdl="ceterms:atLevel",
    )
    creditPoint: tuple[CreditPoint, ...] = field(
        "Credit points it carries.",
        [{"framework": "ECTS", "point": "1"}],
        (),
        schema="numberOfCredits",
        ctdl="ceterms:creditValue",
        elm="elm:creditPoint",
    )
    openCreds: OpenCreds | None = field("Its OpenCreds types and hours.", {"type": ["Credit-bearing"]})
    mode: tuple[Mode, ...] = field("How one takes part.", ["blended"], (), schema="courseMode", elm="elm:mode")
    workIntegrated: Flag = field("Say true when it is done at a workplace.", "true", False)
    audience: tuple[Text, ...] = field(
        "Who it is for.",
        ["Employed worker"],
        (),
        schema="audience",
        ctdl="ceterms:audienceType",
        elm="elm:targetGroup",
    )
    coursePrerequisites: tuple[CourseRef, ...] = field(
        "Courses to finish first.", ["allergen-control"], (), schema="coursePrerequisites"
    )
    entryRequirement: Text | None = field(
        "What one needs to start. Write None when there is nothing.",
        "None",
        schema="coursePrerequisites",
        elm="elm:entryRequirement",
    )
    assessment: tuple[Assessment, ...] = field("How it is judged.", [{"name": "Observed shift"}], ())
    price: Price | None = field("What a learner pays.", "240 AUD", schema="offers", ctdl="ceterms:estimatedCost")
    qualityAssurance: tuple[QualityAssurance, ...] = field(
        "Who watches over quality.", [{"name": "Standards for RTOs 2025"}], (), ctdl="ceterms:reviewProcess"
    )
    recognisedBy: tuple[Recognition, ...] = field(
        "Bodies that recognise it.", [{"name": "Eyre and Spencer councils"}], (), ctdl="ceterms:recognizedBy"
    )
    recognitionOfPriorLearning: RecognitionOfPriorLearning | None = field(
        "How existing skill is recognised.", {"howTo": "Send two workplace records"}
    )
    creditTransfer: tuple[CreditTransfer, ...] = field(
        "Formal qualifications that give credit for it.",
        [{"toward": "Certificate III in Commercial Cookery", "provider": "Harbourside"}],
        (),
        ctdl="ceterms:isAdvancedStandingFor",
        elm="elm:entitlesTo",
    )
    occupation: tuple[Text, ...] = field(
        "Work it prepares for.",
        ["Kitchen supervisor"],
        (),
        ctdl="ceterms:occupationType",
    )
    requiredEquipment: tuple[Text, ...] = field("What one must bring.", ["Closed shoes"], ())
    accessibility: Text | None = field(
        "How people with disabilities take part.", "Questions can be read aloud", schema="accessibilitySummary"
    )
    offerings: tuple[Offering, ...] = field(
        "Its runs.",
        [{"startDate": "2027-02-15"}],
        (),
        schema="hasCourseInstance",
        ctdl="ceterms:hasOffering",
        elm="elm:LearningOpportunity",
    )
    lifecycle: (
        Literal[
            "proposal",
            "creation",
            "governance and approval",
            "publishing and promoting",
            "delivery",
            "badging",
            "review",
        ]
        | None
    ) = field("Its stage.", "delivery")
    review: tuple[Review, ...] = field("Its reviews, latest first.", [{"reviewedOn": "2026-10-14"}], ())
    contact: Contact | None = field("Whom to ask.", {"email": "courses@example.org"})


def check(record: Record, _: Catalogue) -> Iterable[Diagnostic]:
    """Hold a course to OpenCreds: each type needs the facts that it promises."""
    assert isinstance(record, Course)
    yield from _check_open_creds(record)
    yield from check_transfers(record)


def _check_open_creds(record: Course) -> Iterable[Diagnostic]:
    if not record.openCreds:
        return
    at = ("openCreds", "type")
    types = record.openCreds.type
    if "Credit-bearing" in types and not record.creditTransfer:
        yield error(
            "no-credit-transfer",
            f"'{record.name}' is Credit-bearing but names nothing that gives credit for it",
            record.span(*at),
            "add creditTransfer: with toward, provider and policyUrl",
        )
    if "Industry-recognised" in types and not record.recognisedBy:
        yield error(
            "no-recognising-body",
            f"'{record.name}' is Industry-recognised but names nobody who recognises it",
            record.span(*at),
            "add recognisedBy: with the name of the body",
        )
    if "Pathway" in types and not (record.openCreds.alignedLevel or record.openCreds.leadsToAdmission):
        yield error(
            "no-pathway-facts",
            f"'{record.name}' is a Pathway type but has neither alignedLevel nor leadsToAdmission",
            record.span(*at),
            "under openCreds add alignedLevel: [AQF 5] or leadsToAdmission: with toward and provider",
        )


KIND = Kind(
    name="course",
    folder="courses",
    model=Course,
    summary="Something one can enrol in.",
    check=check,
    issuer_field="provider",
)


CODES: dict[str, tuple[str, str]] = {
    "no-credit-transfer": (
        "A Credit-bearing course that gives no credit",
        "OpenCreds calls a course Credit-bearing when a qualification counts it. Name it under creditTransfer:.",
    ),
    "no-recognising-body": (
        "An Industry-recognised course that nobody recognises",
        "OpenCreds asks for the body that recognises the course, for example for professional development. "
        "Name it under recognisedBy:.",
    ),
    "no-pathway-facts": (
        "A Pathway course without a level or an admission",
        "OpenCreds asks which level the course is aligned to, or which course offers admission after it. "
        "Add alignedLevel: or leadsToAdmission: under openCreds:.",
    ),
}
