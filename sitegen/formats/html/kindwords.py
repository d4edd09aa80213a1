"""What kinds of things are called on pages: kinds of badge, shapes, pathways, assessment, supervision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sitegen.formats.html.scope import Scope

ACHIEVEMENTS: Mapping[str, str] = {
    "ApprenticeshipCertificate": "Apprenticeship certificate",
    "Award": "Award",
    "Certificate": "Certificate",
    "CertificateOfCompletion": "Course completion",
    "Certification": "Certification",
    "CommunityService": "Community service",
    "Course": "Course completion",
    "License": "Licence",
    "Membership": "Membership",
    "QualityAssuranceCredential": "Quality assurance credential",
}
"""Open Badges 3.0 achievement types whose names on a page are not simply their words."""

PLAIN = ("Achievement", "Badge", "Competency", "MicroCredential")
"""Types that say no more than that it is a badge: what the site calls a micro-credential says more."""


def badge_kind(scope: Scope, badge: Any) -> str:
    """Return what kind of badge this is, as people say it: ``Micro-credential``, ``Licence``, ``Participation``."""
    if badge.badgeKind == "participation":
        return scope.words.say("Participation badge")
    if badge.badgeKind == "engagement":
        return scope.words.say("Engagement badge")
    if badge.achievementType in PLAIN:
        return scope.site.config.microcredential_noun
    return scope.words.say(achievement(badge.achievementType))


def achievement(name: str) -> str:
    """Return an achievement type in words: ``BachelorDegree`` is a bachelor degree."""
    if name in ACHIEVEMENTS:
        return ACHIEVEMENTS[name]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removeprefix("ext:"))
    return words[:1].upper() + words[1:].lower()


def pathway_kind(scope: Scope, kind: str) -> str:
    """Return what kind of pathway this is."""
    say = scope.words.say
    return {
        "stack": say("Badges that add up"),
        "series": say("Series"),
        "micro-program": say("Micro-program"),
        "qualification": say("Leads to a qualification"),
    }[kind]


def supervision(scope: Scope, assessment: Any) -> str:
    """Return whether somebody watches and whether identity is checked, or nothing when that is not said."""
    say = scope.words.say
    watched = {
        "unsupervised": say("not supervised"),
        "supervised-online": say("supervised online"),
        "supervised-onsite": say("supervised in person"),
    }.get(assessment.supervision or "", "")
    checked = say("identity checked") if assessment.identityVerification else ""
    if assessment.identityVerification is False:
        checked = say("identity not checked")
    text = ", ".join(part for part in (watched, checked) if part)
    return text[:1].upper() + text[1:]


def outcome_kind(scope: Scope, kind: str | None) -> str:
    """Return what sort of learning outcome this is."""
    say = scope.words.say
    return {"knowledge": say("Knowledge"), "skill": say("Skill"), "competence": say("Competence")}.get(kind or "", "")


def evidence_kind(scope: Scope, kind: str) -> str:
    """Return what sort of evidence this is."""
    say = scope.words.say
    return {
        "qualitative": say("What assessors say"),
        "quantitative": say("Results"),
        "artefact": say("A piece of work"),
    }[kind]
