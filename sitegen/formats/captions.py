"""The words for a picture: its author's, or what generated badge art shows."""

from __future__ import annotations

from typing import Any

from sitegen.core.i18n import language
from sitegen.core.site import Site
from sitegen.formats.images import artwork_of


def caption(record: Any, site: Site) -> str:
    """Return what a record's picture shows, for people who cannot see it, in the record's language."""
    if record.image:
        return str(record.image.caption)
    say = language(record.language).say
    art = artwork_of(record, site)
    sign = (
        say("the sign '%(name)s'", name=art.pictogram)
        if art.pictogram
        else say("the letters %(name)s", name=art.initials)
    )
    if not art.marks:
        return say("Badge art: a %(shape)s with %(sign)s", shape=say(art.shape), sign=sign)
    return say(
        "Badge art: a %(shape)s with %(sign)s, %(lit)s of %(marks)s level marks lit",
        shape=say(art.shape),
        sign=sign,
        lit=art.lit,
        marks=art.marks,
    )
