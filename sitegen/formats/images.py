"""Images: the author's pictures byte for byte, and generated artwork for badges that have none.

A picture is never encoded again: baked badges and optimised files keep every byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sitegen.artwork import PICTOGRAMS, Artwork, png, svg
from sitegen.artwork.colour import chroma_ceiling
from sitegen.artwork.model import MOST_MARKS
from sitegen.artwork.seed import Seed
from sitegen.core.diagnostics import Diagnostic, error
from sitegen.core.model import Record
from sitegen.core.output import Format, Rendered, Route
from sitegen.core.site import Site
from sitegen.core.suggest import did_you_mean
from sitegen.formats.files import MEDIA_TYPES

NAME = "images"
IMAGE, SVG = "image", "svg"

_FOLDERS: Mapping[str, str] = {
    "issuer": "/issuers",
    "badge": "/badges",
    "course": "/courses",
    "pathway": "/pathways",
    "framework": "/frameworks",
    "page": "",
}

_SHAPES: Mapping[str, str] = {
    **dict.fromkeys(("License", "Certification", "QualityAssuranceCredential"), "shield"),
    **dict.fromkeys(
        (
            "ApprenticeshipCertificate",
            "AssociateDegree",
            "BachelorDegree",
            "Certificate",
            "CertificateOfCompletion",
            "Course",
            "Degree",
            "Diploma",
            "DoctoralDegree",
            "GeneralEducationDevelopment",
            "JourneymanCertificate",
            "LearningProgram",
            "MasterCertificate",
            "MasterDegree",
            "ProfessionalDoctorate",
            "ResearchDoctorate",
            "SecondarySchoolDiploma",
        ),
        "circle",
    ),
    **dict.fromkeys(("Award", "Membership"), "seal"),
}
"""Shapes by achievementType (Open Badges 3.0, AchievementType enumeration)."""

_LIGHTNESS, _STRONGEST = 0.48, 0.135
"""Where the colour of a topic is measured, and the most chroma that any of them has: all look equally strong."""

_MUDDY = (80, 110)
"""Hues that look like mud at that lightness: a topic may choose one, a badge is not given one."""

_SMALL_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


def routes(site: Site) -> Iterable[Route]:
    """Plan one picture for each record that has one, and two files of artwork for each badge that has none."""
    for kind, folder in _FOLDERS.items():
        for record in site.catalogue.entries(kind):
            start = f"{folder}/{record.slug}/image"
            listed = record.listed
            picture = site.picture_at(record.path, record.image) if record.image else None
            if picture:
                facts = picture.facts
                yield Route(f"{start}.{facts.extension}", NAME, record.key, facts.media_type, role=IMAGE, listed=listed)
            elif kind == "badge":
                yield Route(f"{start}.png", NAME, record.key, MEDIA_TYPES["png"], role=IMAGE, listed=listed)
                yield Route(f"{start}.svg", NAME, record.key, MEDIA_TYPES["svg"], role=SVG, listed=listed)


def render(route: Route, site: Site) -> Rendered:
    """Return the author's own bytes, or the drawing."""
    record = site.catalogue.records[route.subject]
    picture = site.picture_of(record)
    if picture:
        return picture.content, ()
    art = artwork_of(record, site)
    return svg(art) if route.role == SVG else png(art), ()


def artwork_of(badge: Any, site: Site) -> Artwork:
    """Return what a badge's generated picture is made from.

    The shape is the author's wish, or follows from the kind of achievement; the colour is its topic's, or
    grows from the id; the level ring shows its first level. A pictogram that nobody has drawn gives way to
    initials (:func:`faults` tells the author).
    """
    issuer: Any = site.catalogue.get(f"issuer:{badge.issuer}")
    wish = badge.artwork
    pictogram = wish.pictogram if wish and wish.pictogram in PICTOGRAMS else ""
    hue = _hue(badge, site)
    lit, marks = _level(badge, site)
    return Artwork(
        id=badge.slug,
        name=badge.name,
        issuer=issuer.name if issuer else "",
        shape=shape_of(badge),
        hue=hue,
        chroma=min(_STRONGEST, chroma_ceiling(_LIGHTNESS, hue)),
        lit=lit,
        marks=marks,
        pictogram=pictogram or "",
        initials="" if pictogram else (wish.initials if wish and wish.initials else initials(badge.name)),
        mark=(issuer.mark or issuer.name[:1].upper()) if issuer else "",
        assessed=badge.badgeKind == "micro-credential",
    )


def shape_of(badge: Any) -> str:
    """Return the outline of a badge: its author's wish, or what stands for its kind."""
    if badge.artwork and badge.artwork.shape:
        return str(badge.artwork.shape)
    by_type = _SHAPES.get(badge.achievementType)
    return by_type or ("hexagon" if badge.badgeKind == "micro-credential" else "tag")


def initials(name: str) -> str:
    """Return one or two letters for a name: the first of its first two words that carry meaning."""
    words = re.findall(r"\w+", name.replace("_", " "))
    telling = [word for word in words if word.casefold() not in _SMALL_WORDS] or words
    # A letter may grow when it becomes a capital (ß, SS), so each is cut again.
    return "".join(word[0].upper()[:1] for word in telling[:2])


def faults(badge: Any) -> list[Diagnostic]:
    """Say so when a badge wishes for a pictogram that nobody has drawn."""
    wish = badge.artwork.pictogram if badge.artwork else None
    if not wish or wish in PICTOGRAMS:
        return []
    guess = did_you_mean(wish, PICTOGRAMS)
    known = f"the pictograms are {', '.join(PICTOGRAMS)}"
    return [
        error(
            "unknown-pictogram",
            f"there is no pictogram '{wish}'",
            badge.span("artwork", "pictogram"),
            f"did you mean '{guess}'? {known[0].upper()}{known[1:]}" if guess else known,
        )
    ]


def _hue(badge: Record, site: Site) -> int:
    topic = site.config.topic(badge.topic)
    if topic:
        return topic.hue
    low, high = _MUDDY
    return (high + Seed(badge.slug).whole("hue", 0, 359 - (high - low))) % 360


def _level(badge: Any, site: Site) -> tuple[int, int]:
    """How many marks are lit, of how many; 0 of 0 without a level, or with more than a ring can show."""
    first = badge.level[0] if badge.level else None
    framework = site.level_framework(first.framework) if first else None
    place = framework.place(first.level) if framework and first else None
    if not (framework and place) or len(framework.levels) > MOST_MARKS:
        return 0, 0
    return place, len(framework.levels)


CODES: dict[str, tuple[str, str]] = {
    "unknown-pictogram": (
        "A pictogram that nobody has drawn",
        "artwork.pictogram is one of the built-in pictograms; the hint lists them. Or give initials, or a picture of "
        "your own under image.",
    ),
}

FORMAT = Format(
    name=NAME,
    summary="Pictures as their authors made them, and generated artwork for badges without one.",
    routes=routes,
    render=render,
)
