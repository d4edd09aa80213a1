"""The pages of a skill and of the framework it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sitegen.core.facts import certifying, coverage, teaching
from sitegen.formats.html.cards import Row, Tile, course_row, tile
from sitegen.formats.html.groups import skills_in
from sitegen.formats.html.lists import group_name
from sitegen.formats.html.scope import Fact, Link, Scope, body, href, lang, link, link_to


@dataclass(frozen=True, slots=True)
class Job:
    """Work in which a skill is used."""

    name: str
    href: str
    note: str


@dataclass(frozen=True, slots=True)
class SkillView:
    """Everything on the page of a skill."""

    key: str
    name: str
    lang: str
    statement: str
    code: str
    framework: Link
    facts: tuple[Fact, ...]
    parent: Link | None
    children: tuple[Link, ...]
    neighbours: tuple[Link, ...]
    badges: tuple[Tile, ...]
    courses: tuple[Row, ...]
    jobs: tuple[Job, ...]
    matches: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A skill as a row of its framework, with how many badges certify it and how many courses teach it.

    ``heat`` runs from 0 (nothing) to 4 (most in the framework), for shading.
    """

    name: str
    href: str
    code: str
    statement: str
    badges: int
    courses: int
    badge_heat: int
    course_heat: int
    depth: int


@dataclass(frozen=True, slots=True)
class Category:
    """A group of skills in a framework; ``id`` is for links to it. The only one needs no ``name``."""

    id: str
    name: str
    skills: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """Everything on the page of a framework."""

    key: str
    name: str
    lang: str
    description: str
    publisher: Link | None
    home: Link | None
    standing: str
    body: str
    total: int
    certified: int
    taught: int
    categories: tuple[Category, ...]


def view(scope: Scope, skill: Any) -> SkillView:
    """Return what the page of a skill says."""
    catalogue, entry = scope.site.catalogue, skill.entry
    framework = catalogue.get(f"framework:{skill.framework}")
    parent = catalogue.get(f"skill:{entry.parent}")
    children = catalogue.referring(skill.key, "skill", "entry")
    shown = {skill.key, parent.key if parent else "", *children.keys}
    same = [key for key in skills_in(scope.site, skill.framework, entry.category) if key not in shown]
    return SkillView(
        key=skill.key,
        name=skill.name,
        lang=lang(scope, skill),
        statement=skill.statement,
        code=skill.code or "",
        framework=link(scope, framework) if framework else Link(skill.framework),
        facts=_facts(scope, skill),
        parent=link(scope, parent) if parent else None,
        children=tuple(link_to(scope, key) for key in children.keys),
        neighbours=tuple(link_to(scope, key) for key in same),
        badges=tuple(tile(scope, key) for key in certifying(skill.key, catalogue).keys),
        courses=tuple(course_row(scope, key) for key in teaching(skill.key, catalogue).keys),
        jobs=tuple(_job(job) for job in entry.occupation),
        matches=tuple(Link(url.split("://", 1)[-1], url) for url in entry.exactMatch),
    )


def _job(job: Any) -> Job:
    return Job(job.name, job.url or "", " ".join(part for part in (job.framework or "", job.code or "") if part))


def _facts(scope: Scope, skill: Any) -> tuple[Fact, ...]:
    say, entry = scope.words.say, skill.entry
    kinds = {
        "skill": say("Skill"),
        "knowledge": say("Knowledge"),
        "competence": say("Competence"),
        "behaviour": say("Behaviour"),
    }
    reach = {
        "transversal": say("In any work"),
        "cross-sector": say("In several industries"),
        "sector-specific": say("In one industry"),
        "occupation-specific": say("In one kind of work"),
        None: "",
    }
    found = (
        Fact(say("What it is"), kinds[entry.kind]),
        Fact(say("Where it is used"), reach[entry.transversal]),
        Fact(say("Group"), entry.category or ""),
        Fact(say("Also called"), scope.words.listing(entry.keyword)),
    )
    return tuple(fact for fact in found if fact.value)


def framework_view(scope: Scope, framework: Any) -> FrameworkView:
    """Return what the page of a framework says: its skills by category, with what covers each."""
    catalogue = scope.site.catalogue
    skills: tuple[Any, ...] = catalogue.named("skill", [entry.id for entry in framework.skills])
    counts = [(skill, *coverage(skill.key, catalogue)) for skill in skills]
    most = max((max(badges, courses) for _, badges, courses in counts), default=0)
    parents = {entry.id: entry.parent for entry in framework.skills}
    groups: dict[str, list[Coverage]] = {}
    for skill, badges, courses in counts:
        row = Coverage(
            name=skill.name,
            href=href(scope, skill.key),
            code=skill.code or "",
            statement=skill.statement,
            badges=badges,
            courses=courses,
            badge_heat=_heat(badges, most),
            course_heat=_heat(courses, most),
            depth=_depth(skill.slug, parents),
        )
        groups.setdefault(skill.entry.category or "", []).append(row)
    publisher = catalogue.get(f"issuer:{framework.publisher}")
    return FrameworkView(
        key=framework.key,
        name=framework.name,
        lang=lang(scope, framework),
        description=framework.description,
        publisher=link(scope, publisher) if publisher else None,
        home=Link(framework.url.split("://", 1)[-1], framework.url) if framework.url else None,
        standing=_standing(scope, framework),
        body=body(scope, framework, 2),
        total=len(counts),
        certified=sum(1 for _, badges, _ in counts if badges),
        taught=sum(1 for _, _, courses in counts if courses),
        categories=tuple(
            Category(f"s-group-{i}", group_name(scope, name, groups), tuple(rows))
            for i, (name, rows) in enumerate(groups.items(), 1)
        ),
    )


def _heat(count: int, most: int) -> int:
    """How strongly a count is shaded: 0 for nothing, else 1 to 4 against the most there is."""
    return 0 if not count else 1 + (count * 3) // max(most, 1)


def _depth(slug: str, parents: dict[str, str | None]) -> int:
    """How many wider skills of the framework a skill stands below, at most two."""
    depth, current = 0, parents.get(slug)
    while current and depth < 2:
        depth, current = depth + 1, parents.get(current)
    return depth


def _standing(scope: Scope, framework: Any) -> str:
    say = scope.words.say
    status = {"draft": say("Draft"), "adopted": say("Adopted"), "deprecated": say("No longer kept up")}
    edition = say("edition %(version)s", version=framework.version) if framework.version else ""
    return ", ".join(part for part in (status[framework.adoptionStatus], edition) if part)
