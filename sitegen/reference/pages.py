"""The reference pages of the documentation, in Markdown, made from the models and the codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.artwork import PICTOGRAMS, SHAPES
from sitegen.core.config import Config
from sitegen.core.kind import Kind
from sitegen.core.levels import BUILT_IN
from sitegen.kinds import KINDS
from sitegen.kinds.achievement import ACHIEVEMENT_TYPES
from sitegen.reference.codes import codes
from sitegen.reference.fields import STANDARDS, FieldFacts, fields

NOTICE = "<!-- Made by tools/make_reference.py from the code. Change the code, not this page. -->"
"""The first line of each page."""

_LONG = 110
"""Characters of a type name beyond which a table would be hard to read."""


def pages(kinds: Iterable[Kind] = KINDS) -> dict[str, str]:
    """Return every page by its file name below ``docs/reference/``."""
    made = {f"{kind.name}.md": kind_page(kind) for kind in kinds}
    return {
        **made,
        "settings.md": settings_page(),
        "vocabularies.md": vocabularies_page(),
        "codes.md": codes_page(),
    }


def kind_page(kind: Kind) -> str:
    """Return the page of a kind: where its files live, its fields, and their terms in the standards."""
    where = f"{kind.summary} Each has a file of its own in `content/{kind.folder}/`."
    keys = (
        "Keys of your own start with `x-` and are left alone. A field marked *needed* must be filled in, in the file "
        "or through `defaults:` of its issuer or of the site."
    )
    return _page(_title(kind.name), where, keys, *_fields(fields(kind.model)))


def settings_page() -> str:
    """Return the page of ``sitegen.yaml``."""
    return _page("Settings", "What `sitegen.yaml`, at the top of a site's folder, may say.", *_fields(fields(Config)))


def vocabularies_page() -> str:
    """Return the page of the words that content can use without setting anything up."""
    levels = [f"| `{f.id}` | {f.name} | {', '.join(f.levels)} |" for f in BUILT_IN]
    return _page(
        "Vocabularies",
        "Words that content can use without setting anything up.",
        "## Levels frameworks",
        "For `level:`, written like `AQF 3`. Add others under `level_frameworks:` in `sitegen.yaml`.",
        "\n".join(["| Id | Name | Levels, lowest first |", "| --- | --- | --- |", *levels]),
        "## Achievement types",
        "For `achievementType:` of a badge, from Open Badges 3.0. A type of your own starts with `ext:`.",
        _inline(ACHIEVEMENT_TYPES),
        "## Shapes",
        "For `artwork.shape:` of a badge.",
        _inline(SHAPES),
        "## Pictograms",
        "For `artwork.pictogram:` of a badge.",
        _inline(sorted(PICTOGRAMS)),
    )


def codes_page() -> str:
    """Return the page of diagnostic codes."""
    what = (
        "Every error and warning has a code in square brackets, as in `error[unknown-field]`. "
        "`sitegen explain CODE` prints the same text."
    )
    entries = [text for c in codes() for text in (f"## {c.code}", f"**{c.title}.** {c.explanation}")]
    return _page("Codes", what, *entries)


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([NOTICE, f"# {title}", *parts]) + "\n"


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _inline(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _fields(found: tuple[FieldFacts, ...]) -> Iterator[str]:
    top = [facts for facts in found if not facts.depth]
    yield "## At a glance"
    yield _table(("Field", "Takes", "Needed"), ((_link(f), _short(f.type), "yes" if f.required else "") for f in top))
    yield "## Fields"
    for facts in top:
        yield from _field(facts, [f for f in found if f.name.startswith(facts.name + ".")])
    named = [facts for facts in found if facts.terms]
    if named:
        yield "## In the standards"
        yield "The term that means the same in each standard."
        rows = ((f"`{f.name}`", *(_term(f, key) for key in STANDARDS)) for f in named)
        yield _table(("Field", *STANDARDS.values()), rows)


def _field(facts: FieldFacts, inside: list[FieldFacts]) -> Iterator[str]:
    needed = "Needed." if facts.required else f"Default: `{facts.default}`." if facts.default else ""
    yield f"### {facts.name}"
    yield f"{facts.description} Takes {_words(facts.type)}. {needed}".rstrip()
    yield f"```yaml\n{facts.example}\n```"
    if inside:
        yield _table(("Inside it", "Takes", "What it says"), (_row(f, facts) for f in inside))


def _row(facts: FieldFacts, top: FieldFacts) -> tuple[str, str, str]:
    marks = " *Needed.*" if facts.required else f" Default: `{facts.default}`." if facts.default else ""
    return f"`{facts.name.removeprefix(top.name + '.')}`", facts.type, facts.description + marks


def _words(type_name: str) -> str:
    article = {"list": "a ", "id": "the "}.get(type_name.partition(" ")[0], "")
    return article + type_name


def _short(type_name: str) -> str:
    """Leave a long list of choices to the field's own section."""
    return type_name if len(type_name) <= _LONG else type_name.partition("one of:")[0] + "one of a list"


def _link(facts: FieldFacts) -> str:
    return f"[`{facts.name}`](#{facts.name.lower()})"


def _term(facts: FieldFacts, key: str) -> str:
    term = dict(facts.terms).get(key)
    return f"`{term}`" if term else ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
