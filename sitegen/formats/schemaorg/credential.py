"""A badge as schema.org EducationalOccupationalCredential, a pathway as EducationalOccupationalProgram."""

from __future__ import annotations

from typing import Any

from sitegen.core.site import Site
from sitegen.core.totals import totals
from sitegen.formats.jsonld import Row, always, said
from sitegen.formats.schemaorg.parts import (
    CREATIVE_WORK,
    THING,
    alignments,
    competencies,
    credits,
    levels,
    others,
    provider,
    reference,
    typed,
)


def _courses(pathway: Any, site: Site) -> list[dict[str, Any]]:
    """Every course of a pathway, with those that lead to its badges and those of pathways within it."""
    found: dict[str, Any] = {}
    within = {pathway.key}
    waiting = [pathway]
    while waiting:
        for step in waiting.pop(0).steps:
            for option in step.options:
                target = site.catalogue.get(option.target) if option.target else None
                if target is None:
                    continue
                if target.kind == "pathway" and target.key not in within:
                    within.add(target.key)
                    waiting.append(target)
                courses = (
                    (target,) if target.kind == "course" else site.catalogue.referring(target.key, "course", "awards")
                )
                found.update({course.key: course for course in courses if not course.retired})
    return [reference("Course", course, site) for course in found.values()]


def _awarded(pathway: Any, site: Site) -> list[Any]:
    """What stands at the end: a badge by reference or address, a qualification in words."""
    end = pathway.destination
    if end is None:
        return []
    badge = site.catalogue.get(f"badge:{end.badge}")
    awarded: list[Any] = []
    if end.badge:
        awarded.append(reference("EducationalOccupationalCredential", badge, site) if badge else end.badge)
    if end.qualification:
        awarded.append(
            typed(
                "EducationalOccupationalCredential",
                name=end.qualification.name,
                url=end.qualification.url,
                identifier=end.qualification.code,
                educationalLevel=levels(end.qualification, site),
                provider=typed("Organization", name=end.qualification.provider),
            )
        )
    return awarded


def _time(pathway: Any, site: Site) -> str | None:
    duration = totals(pathway, site.catalogue).duration
    return duration.iso if duration else None


CREDENTIAL: tuple[Row[Any], ...] = (
    ("@type", always("EducationalOccupationalCredential")),
    *THING,
    ("credentialCategory", lambda badge, _: badge.achievementType.removeprefix("ext:")),
    ("provider", provider),
    ("competencyRequired", competencies),
    ("educationalAlignment", alignments),
    ("educationalLevel", levels),
    ("recognizedBy", lambda badge, _: others(badge.recognisedBy)),
    ("validFor", lambda badge, _: badge.validFor.iso if badge.validFor else None),
    *CREATIVE_WORK,
)

PROGRAM: tuple[Row[Any], ...] = (
    ("@type", always("EducationalOccupationalProgram")),
    *THING,
    ("programType", said("pathwayKind")),
    ("provider", provider),
    ("hasCourse", _courses),
    ("educationalCredentialAwarded", _awarded),
    ("occupationalCategory", said("occupation")),
    ("timeToComplete", _time),
    ("numberOfCredits", lambda pathway, site: credits(totals(pathway, site.catalogue).credits)),
)
