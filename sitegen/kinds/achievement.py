"""What a badge is made of: its type, what must be done for it, its evidence and its artwork."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from sitegen.core.model import REQUIRED, Model, field
from sitegen.core.suggest import did_you_mean
from sitegen.core.texts import Flag, Text, WebAddress
from sitegen.kinds.common import EvidenceType

ACHIEVEMENT_TYPES = (
    "Achievement",
    "ApprenticeshipCertificate",
    "Assessment",
    "Assignment",
    "AssociateDegree",
    "Award",
    "Badge",
    "BachelorDegree",
    "Certificate",
    "CertificateOfCompletion",
    "Certification",
    "CommunityService",
    "Competency",
    "Course",
    "CoCurricular",
    "Degree",
    "Diploma",
    "DoctoralDegree",
    "Fieldwork",
    "GeneralEducationDevelopment",
    "JourneymanCertificate",
    "LearningProgram",
    "License",
    "Membership",
    "ProfessionalDoctorate",
    "QualityAssuranceCredential",
    "MasterCertificate",
    "MasterDegree",
    "MicroCredential",
    "ResearchDoctorate",
    "SecondarySchoolDiploma",
)
"""Open Badges 3.0, AchievementType enumeration; an own type starts with ``ext:``."""


def _achievement_type(text: str) -> str:
    if text not in ACHIEVEMENT_TYPES and not re.fullmatch(r"ext:[A-Za-z0-9._]+", text):
        guess = did_you_mean(text, ACHIEVEMENT_TYPES)
        mend = f"did you mean {guess}?" if guess else f"use one of {', '.join(ACHIEVEMENT_TYPES)}"
        raise ValueError(f"'{text}' is not in the Open Badges 3.0 list; {mend}")
    return text


AchievementType = Annotated[str, AfterValidator(_achievement_type)]
Shape = Literal["hexagon", "shield", "circle", "seal", "tag"]


class Requirement(Model):
    """One thing a learner must do, all of them being needed."""

    name: Text = field("What to do, starting with a verb.", "Write a food safety plan for a real kitchen", REQUIRED)
    description: Text | None = field("What counts.", "Hazards from delivery to service, a control for each")
    optional: Flag = field("Say true when it helps but is not needed.", "true", False)


class EvidenceRequirement(Model):
    """Evidence that an earner hands in or that is kept of what they did."""

    name: Text = field("What it is.", "The food safety plan", REQUIRED)
    type: EvidenceType = field("qualitative, quantitative or artefact.", "artefact", REQUIRED)
    description: Text | None = field("What it must show.", "A plan for one kitchen, signed by its owner")
    public: Flag = field("Say true when the badge links it for everybody to see.", "true", False)


class Renewal(Model):
    """How a badge that runs out is earned again."""

    description: Text = field("What to do.", "A 3-hour refresher", REQUIRED)
    url: WebAddress | None = field("Where it is described.", "https://example.org/renew")


class Art(Model):
    """Wishes for generated artwork, used when there is no image."""

    shape: Shape | None = field("Outline. Chosen from achievementType when left out.", "hexagon")
    pictogram: Text | None = field("One of the built-in pictograms.", "cloche")
    initials: Text | None = field("One to three letters in place of a pictogram.", "FS", max_length=3)
