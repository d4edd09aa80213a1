"""Small sites with real pages, for tests of the HTML format: content as an author writes it, and the built-in theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import lxml.html

from sitegen.core.diagnostics import Diagnostic, Span, has_errors
from sitegen.core.output import Format
from sitegen.core.plan import plan
from sitegen.core.site import Site
from sitegen.core.theme import Theme
from sitegen.formats import catalogue as catalogue_json
from sitegen.formats import feeds, files, html, images, openbadges2, openbadges3
from sitegen.shell.theme import read_theme
from tests.making import badge, catalogue, config, course, pathway, told

TODAY = date(2027, 1, 10)
FORMATS = (
    html.FORMAT,
    images.FORMAT,
    files.FORMAT,
    openbadges2.FORMAT,
    openbadges3.FORMAT,
    catalogue_json.FORMAT,
    feeds.FORMAT,
)

RUBRIC = """
  - name: Observed shift
    type: practical assessment
    supervision: supervised-onsite
    identityVerification: true
    passes: All 14 points
    weight: 40
    rubric:
      level: [Not yet, Pass, Beyond]
      passLevel: Pass
      criterion:
        - name: Finds hazards
          level: [Misses one, Names all, Ranks them]
"""
FULL: Mapping[str, str] = {
    "badges/food-safety.md": badge(
        "Food Safety",
        badgeKind="micro-credential",
        topic="food",
        level="[AQF 3, EQF 3]",
        humanCode="FS-1",
        version='"2"',
        validFor="5 years",
        renewal="{description: A refresher}",
        volumeOfLearning="20 hours",
        skill="[control-hazards]",
        assessment=RUBRIC,
        requirement="[{name: Write a plan, description: One kitchen}, {name: Show more, optional: true}]",
        learningOutcome="[{text: Set a control, skill: [control-hazards]}]",
        evidence="[{name: The plan, type: artefact, public: true}]",
        recognisedBy="[{name: The council, url: https://council.example/}]",
        endorsement="[{endorser: A hospital, endorsementComment: We ask for it.}]",
        creditTransfer="[{toward: A diploma, provider: A college, policyUrl: https://college.example/credit}]",
        alignment="[{targetName: Unit 5, targetUrl: https://register.example/5, targetCode: U5}]",
        supersedes="food-safety-1",
        datePublished="2026-08-04",
        governance="{owner: The school, approvedBy: The board, approvedOn: 2026-08-04}",
        prerequisite="[taking-part]",
    ),
    "badges/food-safety-1.md": badge("Food Safety", status="superseded", datePublished="2023-02-01", topic="food"),
    "badges/taking-part.md": badge("Taking part"),
    "courses/food-safety.md": course(
        "Food safety course",
        topic="food",
        awards="[food-safety]",
        volumeOfLearning="20 hours",
        duration="4 weeks",
        mode="[blended]",
        price="{amount: 240, currency: AUD, concession: [{name: Card holders, amount: 60}]}",
        offerings=(
            "[{id: feb, startDate: 2027-02-15 18:00, enrolUrl: https://lms.example/1, placesLeft: 6, capacity: 16}]"
        ),
        learningOutcome="[Set a control for each hazard]",
        syllabus="[{name: Hazards, volumeOfLearning: 5 hours}]",
        assessment=RUBRIC,
        contact="{name: Course desk, email: desk@academy.example}",
        certificate="[{name: Statement of attainment, kind: statement}]",
        skill="[control-hazards]",
    ),
    "courses/project.md": course("Workplace project"),
    "pathways/kitchen.md": pathway(
        """
        - {id: first, badge: taking-part}
        - {choose: 1, of: [{badge: food-safety}, {course: food-safety}]}
        - {credential: {name: First aid, provider: Any trainer}, optional: true}
        - {name: The last one, course: project, milestone: true, precededBy: [first]}
        """,
        topic="food",
        provider="academy",
        destination="{badge: food-safety}",
    ),
    "frameworks/skills.yaml": (
        "name: Our skills\ndescription: What we teach.\npublisher: academy\nskills:\n"
        "  - {id: control-hazards, name: Control hazards, statement: Keep food safe., category: Food, code: S-1}\n"
        "  - {id: keep-cool, name: Keep it cool, statement: Mind it., category: Food, parent: control-hazards}\n"
    ),
    "pages/about.md": (
        "---\nname: About us\ndescription: Who we are.\nmenu: main\n---\n## One\n\n## Two\n\n## Three\n\nText.\n"
    ),
}
"""Content with something in nearly every field that a page shows."""


@cache
def built_in() -> Theme:
    """The theme that the package brings."""
    theme, found = read_theme(Path("no such folder"), "default", Span("sitegen.yaml"))
    assert not found, told(found)
    return theme


def site(
    content: Mapping[str, str] | None = None,
    *,
    theme: Theme | None = None,
    formats: tuple[Format, ...] = FORMATS,
    today: date = TODAY,
    **settings: object,
) -> Site:
    """Return a planned site of content given by path below ``content/``."""
    settings = {"language": "en-AU", "timezone": "Australia/Adelaide"} | settings
    linked, found = catalogue(FULL if content is None else content, **settings)
    assert not has_errors(found), told(found)
    made, _, faults = plan(Site(config(**settings), linked, theme or built_in(), today), formats)
    assert not faults, told(faults)
    return made


def with_templates(own: Mapping[str, str], **more: object) -> Theme:
    """Return the built-in theme with templates of a test's own over it, as a refining theme has them."""
    base = built_in()
    own_files = {name: f"themes/own/templates/{name}" for name in own}
    return replace(
        base,
        name="own",
        templates={**base.templates, **own},
        template_files={**base.template_files, **own_files},
        settings={**base.settings, **more},
    )


def rendered(made: Site, subject: str) -> tuple[str, list[Diagnostic]]:
    """Return a page as text, and what was wrong with the theme."""
    route = made.route("html", subject)
    assert route is not None, f"there is no page {subject}"
    body, found = html.FORMAT.render(route, made)
    return body.decode(), list(found)


def page(made: Site, subject: str) -> str:
    """Return a page that must be without fault."""
    text, found = rendered(made, subject)
    assert not found, told(found)
    return text


def tree(text: str) -> lxml.html.HtmlElement:
    """Return a page to ask questions of."""
    return lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def words(element: lxml.html.HtmlElement) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.text_content().split())


def pages(made: Site) -> dict[str, str]:
    """Return every page of a site by its subject."""
    return {
        route.subject: page(made, route.subject)
        for route in made.urls.values()
        if route.format == "html" and route.media_type.startswith("text/html")
    }
