"""Badge: a credential that can be earned (Open Badges 2.0 BadgeClass, 3.0 Achievement)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar, Literal

from sitegen.core.catalogue import Catalogue
from sitegen.core.diagnostics import Diagnostic, error, warning
from sitegen.core.kind import Kind
from sitegen.core.model import REQUIRED, Image, Record, RefTo, field
from sitegen.core.quantities import CreditPoint, Duration, Level, Workload
from sitegen.core.texts import Day, Flag, Text
from sitegen.kinds.achievement import AchievementType, Art, EvidenceRequirement, Renewal, Requirement
from sitegen.kinds.common import (
    Alignment,
    Assessment,
    BadgeRef,
    CreditTransfer,
    Endorsement,
    IssuerRef,
    Mode,
    Outcome,
    QualityAssurance,
    Recognition,
    RecognitionOfPriorLearning,
    SkillRef,
    StackRef,
    check_transfers,
)


class Badge(Record):
    """A badge: what it stands for, how it is earned and who says so. The Markdown body is its criteria."""

    KIND: ClassVar[str] = "badge"
    ELSEWHERE: ClassVar[Mapping[str, str]] = {
        "criteria": "the criteria of a badge are the Markdown below the closing ---",
        "expires": "say how long it counts: validFor: 5 years",
        "hours": "write volumeOfLearning: 20 hours",
        "skills": "write skill: [id, id]",
        "tags": "write tag: [one, two]",
    }

    issuer: IssuerRef = field(
        "Who awards it, by id.",
        "harbourside",
        REQUIRED,
        ob2="issuer",
        ob3="creator",
        schema="provider",
        ctdl="ceterms:ownedBy",
        elm="elm:awardingBody",
    )
    image: Image | None = field(
        "The badge picture: a square PNG or SVG. Artwork is generated when left out.",
        {"id": "img/food-safety.png", "caption": "A serving dome inside a hexagon"},
        ob2="image",
        ob3="image",
        schema="image",
        ctdl="ceterms:image",
    )
    artwork: Art | None = field("Wishes for generated artwork.", {"pictogram": "cloche"})
    achievementType: AchievementType = field(
        "What kind of achievement it is, from the Open Badges 3.0 list.",
        "MicroCredential",
        "Badge",
        ob3="achievementType",
        schema="credentialCategory",
        ctdl="@type",
        elm="dc:type",
    )
    badgeKind: Literal["micro-credential", "participation", "engagement"] = field(
        "micro-credential: assessed; participation: took part; engagement: for fun, not listed in public.",
        "micro-credential",
        "micro-credential",
    )
    inCatalogue: Flag | None = field(
        "Whether the public catalogue lists it. Engagement badges are left out unless this is true.", "true"
    )
    requirement: tuple[Requirement, ...] = field(
        "What must be done, in order.",
        [{"name": "Write a food safety plan", "description": "One real kitchen"}],
        (),
        ob2="criteria.narrative",
        ob3="criteria.narrative",
        ctdl="ceterms:requires",
    )
    learningOutcome: tuple[Outcome, ...] = field(
        "What a holder knows or can do.",
        ["Set a control for each hazard"],
        (),
        schema="competencyRequired",
        ctdl="ceterms:requires",
        elm="elm:learningOutcome",
    )
    skill: tuple[SkillRef, ...] = field(
        "Skills from the site's frameworks that it certifies.",
        ["control-food-hazards"],
        (),
        ob2="alignment",
        ob3="alignment",
        schema="competencyRequired",
        elm="elm:relatedSkill",
    )
    alignment: tuple[Alignment, ...] = field(
        "Links to items of other frameworks.",
        [{"targetName": "Use hygienic practices", "targetUrl": "https://example.org/units/SITXFSA005"}],
        (),
        ob2="alignment",
        ob3="alignment",
        schema="educationalAlignment",
        ctdl="ceterms:CredentialAlignmentObject",
    )
    assessment: tuple[Assessment, ...] = field(
        "How it is judged. A micro-credential must say.",
        [{"name": "Observed shift"}],
        (),
        ob3="resultDescription",
        ctdl="ceterms:requires",
        elm="elm:provenBy",
    )
    evidence: tuple[EvidenceRequirement, ...] = field(
        "Evidence that is asked for.",
        [{"name": "The plan", "type": "artefact"}],
        (),
        ctdl="ceterms:submissionOf",
    )
    prerequisite: tuple[BadgeRef, ...] = field(
        "Badges that must be held first.",
        ["allergen-control"],
        (),
        ctdl="ceterms:entryCondition",
        elm="elm:entryRequirement",
    )
    level: tuple[Level, ...] = field(
        "Its level in one or more frameworks; the first one is drawn on generated artwork.",
        ["AQF 3"],
        (),
        ob2="alignment",
        ob3="alignment",
        schema="educationalLevel",
        ctdl="ceterms:atLevel",
        elm="elm:NQFLevel",
    )
    volumeOfLearning: Workload | None = field(
        "Study time of a newcomer, in hours.",
        "20 hours",
        ctdl="ceterms:timeRequired",
        elm="elm:volumeOfLearning",
    )
    mode: tuple[Mode, ...] = field("How one takes part.", ["online"], (), elm="elm:mode")
    creditPoint: tuple[CreditPoint, ...] = field(
        "Credit points it is worth by itself.",
        [{"framework": "ECTS", "point": "1"}],
        (),
        ob3="creditsAvailable",
        ctdl="ceterms:creditValue",
        elm="elm:creditPoint",
    )
    humanCode: Text | None = field(
        "The code people use for it.", "HIT-F-0117", ob3="humanCode", ctdl="ceterms:credentialId"
    )
    fieldOfStudy: Text | None = field("Its field of study.", "Hospitality", ob3="fieldOfStudy", elm="elm:ISCEDFCode")
    validFor: Duration | None = field(
        "How long it counts after the day of issue. For ever when left out.",
        "5 years",
        schema="validFor",
        ctdl="ceterms:renewalFrequency",
    )
    renewal: Renewal | None = field(
        "How it is earned again.", {"description": "A 3-hour refresher"}, ctdl="ceterms:renewal"
    )
    stackability: Literal["stand-alone", "stackable"] | None = field(
        "Whether it counts towards something larger.", "stackable", elm="elm:isPartOf"
    )
    stacksTowards: tuple[StackRef, ...] = field(
        "Pathways or badges it counts towards, beside the pathways that list it; of two with one id, the pathway.",
        ["kitchen-lead"],
        (),
        ctdl="ceterms:isPreparationFor",
    )
    creditTransfer: tuple[CreditTransfer, ...] = field(
        "Formal qualifications that give credit for it.",
        [{"toward": "Certificate III in Commercial Cookery", "provider": "Harbourside"}],
        (),
        ctdl="ceterms:isAdvancedStandingFor",
        elm="elm:entitlesTo",
    )
    endorsement: tuple[Endorsement, ...] = field(
        "What others say of it.",
        [{"endorser": "Saltbush Health Alliance", "endorsementComment": "Required for kitchen leads"}],
        (),
        ob2="endorsement",
    )
    recognisedBy: tuple[Recognition, ...] = field(
        "Bodies that recognise it.",
        [{"name": "Eyre and Spencer councils"}],
        (),
        schema="recognizedBy",
        ctdl="ceterms:recognizedBy",
    )
    recognitionOfPriorLearning: RecognitionOfPriorLearning | None = field(
        "How existing skill is recognised.", {"howTo": "Send two workplace records"}
    )
    qualityAssurance: tuple[QualityAssurance, ...] = field(
        "Who watches over its quality.",
        [{"name": "Standards for RTOs 2025"}],
        (),
        ob3="alignment",
        elm="elm:accreditation",
    )
    occupation: tuple[Text, ...] = field(
        "Work that asks for it.",
        ["Kitchen supervisor"],
        (),
        ctdl="ceterms:occupationType",
    )
    represents: Literal["accomplishment", "skill", "quality", "interest"] | None = field(
        "What the badge is a sign of.", "skill"
    )
    supersedes: Annotated[str, RefTo(("badge",))] | None = field(
        "The earlier edition that this one replaces. The earlier one stays as it is.",
        "food-safety-supervisor-1",
        ob2="related",
        ob3="related",
        ctdl="ceterms:supersedes",
    )
    firstAwarded: Day | None = field("The day it could first be earned.", "2023-02-01")

    @property
    def listed(self) -> bool:
        """Say whether the public catalogue shows it."""
        if self.retired:
            return False
        return self.inCatalogue if self.inCatalogue is not None else self.badgeKind != "engagement"


def check(record: Record, catalogue: Catalogue) -> Iterable[Diagnostic]:
    """Hold a badge to the field's own rules: criteria, assessment, credit."""
    assert isinstance(record, Badge)
    if not record.body.strip():
        yield error(
            "no-criteria",
            f"the badge '{record.name}' has no criteria text",
            record.marks.key(("name",)),
            "write below the closing --- what somebody does to earn it; a badge without criteria proves nothing",
        )
    if record.badgeKind == "micro-credential" and not record.assessment:
        yield error(
            "no-assessment",
            f"'{record.name}' is a micro-credential without an assessment",
            record.marks.key(("badgeKind",)) if ("badgeKind",) in record.marks.keys else record.marks.key(("name",)),
            "say how it is judged under assessment:, or set badgeKind: participation",
        )
    yield from check_transfers(record)
    if record.validFor and not record.renewal:
        yield warning(
            "no-renewal",
            f"'{record.name}' runs out after {record.validFor} but does not say how it is renewed",
            record.span("validFor"),
            "add renewal: with a description, for example 'A 3-hour refresher'",
        )
    if record.stackability == "stand-alone" and (record.stacksTowards or catalogue.pathways_of(record.key)):
        yield warning(
            "stands-alone-but-stacks",
            f"'{record.name}' says it stands alone but counts towards something else",
            record.span("stackability"),
            "set stackability: stackable, or take it out of the pathway",
        )


KIND = Kind(
    name="badge",
    folder="badges",
    model=Badge,
    summary="A credential that can be earned. Its Markdown is its criteria.",
    check=check,
    issuer_field="issuer",
)


CODES: dict[str, tuple[str, str]] = {
    "no-criteria": (
        "A badge without criteria",
        "Criteria say what somebody does to earn the badge; employers read them first, and Open Badges requires them. "
        "Write them in Markdown below the closing --- of the file.",
    ),
    "no-assessment": (
        "A micro-credential without an assessment",
        "A micro-credential is assessed learning. Say how under assessment:, or set badgeKind: participation.",
    ),
    "no-renewal": (
        "A badge that runs out and cannot be renewed",
        "validFor: says that it runs out. Holders then ask how to earn it again; say so under renewal:.",
    ),
    "stands-alone-but-stacks": (
        "A badge that says it stands alone but counts towards something",
        "Set stackability: stackable, or take the badge out of the pathway or stacksTowards:.",
    ),
}
