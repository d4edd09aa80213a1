"""What badges and courses both say of assessment, skills, credit, recognition and standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.core import i18n
from sitegen.core.facts import skills_of
from sitegen.formats.html.kindwords import outcome_kind, supervision
from sitegen.formats.html.scope import Fact, Link, Scope, href, link, meters, whole


@dataclass(frozen=True, slots=True)
class Cell:
    """What one level of a rubric looks like; ``passing`` marks the level at which it counts."""

    label: str
    text: str
    passing: bool


@dataclass(frozen=True, slots=True)
class RubricRow:
    """One criterion and its levels, from not enough to best."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RubricTable:
    """A rubric: the heads of its columns and its rows."""

    name: str
    heads: tuple[Cell, ...]
    rows: tuple[RubricRow, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One assessed task."""

    name: str
    description: str
    passes: str
    how: str
    notes: tuple[str, ...]
    weight: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody will know or be able to do, what sort of thing that is, and its skills."""

    text: str
    kind: str
    skills: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill with its code and framework, of this site or of somebody else's."""

    name: str
    href: str
    code: str
    framework: str
    framework_href: str
    description: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """A body that recognises, endorses or credits something, and what it says."""

    name: str
    href: str
    text: str
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Credit that a qualification gives."""

    toward: str
    provider: str
    credit: str
    units: tuple[str, ...]
    conditions: str
    links: tuple[Link, ...]


def rubrics(record: Any) -> tuple[RubricTable, ...]:
    """Return the rubrics of a record's assessments, those without one left out."""
    return tuple(_rubric(task.name, task.rubric) for task in record.assessment if task.rubric)


def _rubric(name: str, rubric: Any) -> RubricTable:
    heads = tuple(Cell(label, label, label == rubric.passLevel) for label in rubric.level)
    rows = tuple(
        RubricRow(
            criterion.name,
            tuple(Cell(head.label, text, head.passing) for head, text in zip(heads, criterion.level, strict=True)),
        )
        for criterion in rubric.criterion
    )
    return RubricTable(name, heads, rows)


def tasks(scope: Scope, record: Any) -> tuple[Task, ...]:
    """Return the tasks that a record is assessed by."""
    return tuple(
        Task(
            name=task.name,
            description=task.description or "",
            passes=task.passes or "",
            how=task.method or _task_type(scope, task),
            notes=_task_notes(scope, task),
            weight=scope.words.say("%(share)s %%", share=whole(task.weight)) if task.weight else "",
        )
        for task in record.assessment
    )


def _task_type(scope: Scope, task: Any) -> str:
    return scope.words.say(task.type[:1].upper() + task.type[1:]) if task.type else ""


def _task_notes(scope: Scope, task: Any) -> tuple[str, ...]:
    """What else is known of a task: its type, where it is done under whose eyes, who judges it."""
    place = ". ".join(part for part in (task.where or "", supervision(scope, task)) if part)
    kind = _task_type(scope, task) if task.method else ""
    return tuple(note for note in (kind, place, task.assessor or "") if note)


def outcomes(scope: Scope, record: Any) -> tuple[Outcome, ...]:
    """Return what somebody will know or be able to do."""
    named = scope.site.catalogue.named
    return tuple(
        Outcome(item.text, outcome_kind(scope, item.type), tuple(link(scope, s) for s in named("skill", item.skill)))
        for item in record.learningOutcome
    )


def skill_lines(scope: Scope, record: Any) -> tuple[SkillLine, ...]:
    """Return the skills of a record: those of the site's frameworks, then alignments to others."""
    own = []
    for skill in skills_of(record, scope.site.catalogue):
        framework = scope.site.catalogue.get(f"framework:{skill.framework}")
        name = framework.name if framework else skill.framework
        framework_href = href(scope, framework.key) if framework else ""
        own.append(
            SkillLine(
                skill.name, href(scope, skill.key), skill.code or "", name, framework_href, skill.statement, False
            )
        )
    others = [
        SkillLine(
            item.targetName,
            item.targetUrl,
            item.targetCode or "",
            item.targetFramework or "",
            "",
            item.targetDescription or "",
            True,
        )
        for item in record.alignment
    ]
    return (*own, *others)


def voices(scope: Scope, record: Any) -> tuple[Voice, ...]:
    """Return who recognises a record and who endorses it."""
    words = scope.words
    found = []
    for body in record.recognisedBy:
        parts = [body.scheme or "", words.listing(i18n.credit(words, point) for point in body.creditPoint)]
        if body.validUntil:
            parts.append(words.say("until %(day)s", day=i18n.day(words, body.validUntil)))
        found.append(Voice(body.name, body.url or "", body.description or "", "", ", ".join(p for p in parts if p)))
    for item in getattr(record, "endorsement", ()):
        on = words.say("Endorsed %(day)s", day=i18n.day(words, item.endorsedOn)) if item.endorsedOn else ""
        found.append(Voice(item.endorser, item.url or "", "", item.endorsementComment, on))
    return tuple(found)


def transfers(scope: Scope, items: Any) -> tuple[Transfer, ...]:
    """Return the credit that qualifications give."""
    say = scope.words.say
    found = []
    for item in items:
        links = [
            Link(say("Credit policy"), item.policyUrl or ""),
            Link(say("Register entry"), item.accreditationUrl or ""),
        ]
        found.append(
            Transfer(
                toward=item.toward,
                provider=item.provider,
                credit=scope.words.listing(i18n.credit(scope.words, point) for point in item.creditPoint),
                units=item.unitCode,
                conditions=item.conditions or "",
                links=tuple(one for one in links if one.href),
            )
        )
    return tuple(found)


def level_facts(scope: Scope, record: Any) -> tuple[Fact, ...]:
    """Return each level of a record as a fact, the first with its meter."""
    found = []
    for index, meter in enumerate(meters(scope, record)):
        label = scope.words.say("Level") if index == 0 else meter.framework
        note = ", ".join(part for part in (meter.name, meter.framework if index == 0 else "") if part)
        found.append(Fact(label, meter.label, note, meter=meter if index == 0 else None))
    return tuple(found)


def credit_text(scope: Scope, record: Any) -> str:
    """Return the credit points that a record carries by itself."""
    return scope.words.listing(i18n.credit(scope.words, point) for point in record.creditPoint)


def standing(scope: Scope, record: Any) -> tuple[Fact, ...]:
    """Return who watches over a record: its quality assurance, approval and review."""
    words, say = scope.words, scope.words.say
    found = [
        Fact(item.agency or say("Quality"), item.name, item.description or "", item.url or "")
        for item in record.qualityAssurance
    ]
    rule = record.governance
    if rule and (rule.approvedBy or rule.approvedOn):
        on = i18n.day(words, rule.approvedOn) if rule.approvedOn else ""
        parts = (rule.approvedBy or "", on, rule.approvalRef or "")
        found.append(Fact(say("Approved by"), ", ".join(p for p in parts if p), "", rule.process or ""))
    if rule and rule.owner:
        found.append(Fact(say("Kept up by"), rule.owner))
    for review in getattr(record, "review", ())[:1]:
        by = say("by the %(who)s", who=review.reviewer) if review.reviewer else ""
        areas = say("Areas: %(areas)s", areas=words.listing(say(area) for area in review.area)) if review.area else ""
        note = "\n".join(part for part in (review.outcome or "", areas) if part)
        text = " ".join(part for part in (i18n.day(words, review.reviewedOn), by) if part)
        found.append(Fact(say("Reviewed"), text, note))
    if record.reviewDate:
        found.append(Fact(say("Next review"), i18n.day(words, record.reviewDate)))
    return tuple(found)
