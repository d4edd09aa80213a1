"""What a theme says that nothing uses: settings, colours, tokens, blocks and templates with a slip in their names.

A slip of that kind breaks nothing and changes nothing, so nobody would find it: the page simply stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from jinja2 import Environment, TemplateSyntaxError, nodes

from sitegen.core.diagnostics import Diagnostic, Span, warning
from sitegen.core.suggest import did_you_mean
from sitegen.core.theme import Theme

SETTINGS = ("extends", "name", "stylesheets", "print", "fonts", "icon", "colours", "topic", "tokens")
"""What ``theme.yaml`` may say. Anything else is for the theme's own templates."""

Parsed = Mapping[str, nodes.Template]
"""The templates that can be read, by name."""


def unused(theme: Theme, environment: Environment, pages: Set[str]) -> list[Diagnostic]:
    """Return what the theme says for nothing. ``pages`` are the templates that pages are made from."""
    parsed = _parsed(theme, environment)
    return [*_settings(theme), *_names(theme), *_blocks(theme, parsed), *_templates(theme, parsed, pages)]


def parents(template: nodes.Template) -> list[nodes.Extends]:
    """Return the tags by which a template extends another."""
    return list(template.find_all(nodes.Extends))


def _parsed(theme: Theme, environment: Environment) -> Parsed:
    found = {}
    # Most templates go by two names, with the name of their theme in front and without.
    same: dict[str, nodes.Template] = {}
    for name, text in theme.templates.items():
        try:
            found[name] = same.get(text) or same.setdefault(text, environment.parse(text, name))
        except TemplateSyntaxError:
            continue  # The page that it is for tells of it.
    return found


def _settings(theme: Theme) -> Iterator[Diagnostic]:
    for name in theme.settings:
        asked = re.compile(rf"\btheme(?:\.{re.escape(name)}\b|\[.{re.escape(name)}.\])")
        if name in SETTINGS or any(asked.search(text) for text in theme.templates.values()):
            continue
        yield warning(
            "unused-in-theme",
            f"nothing uses the setting '{name}'",
            theme.place(name),
            _guess(name, SETTINGS, f"take it out, or use it in a template as site.theme.{name}"),
        )


def _names(theme: Theme) -> Iterator[Diagnostic]:
    """Find colours and tokens that no stylesheet and no picture of the theme takes."""
    css = [
        content.decode("utf-8", "replace") for name, content in theme.static.items() if name.endswith((".css", ".svg"))
    ]
    used = {name for text in css for name in re.findall(r"var\(\s*--([A-Za-z0-9-]+)", text)}
    for group in ("colours", "topic", "tokens"):
        known = theme.settings.get(group)
        for name in known if isinstance(known, dict) and used else ():
            if str(name) not in used:
                yield warning(
                    "unused-in-theme",
                    f"{group}: no stylesheet uses '{name}'",
                    theme.place(group, name),
                    _guess(str(name), used, f"take it out, or use it in a stylesheet as var(--{name})"),
                )


def _blocks(theme: Theme, parsed: Parsed) -> Iterator[Diagnostic]:
    """Find blocks that fill nothing: no template below has one of that name."""
    for name, template in parsed.items():
        if not _stands(theme, name) or not parents(template):
            continue
        below = _above(parsed, template)
        if below is None:
            continue
        inner = {id(one) for block in template.find_all(nodes.Block) for one in block.find_all(nodes.Block)}
        known = {block.name for other in below for block in other.find_all(nodes.Block)}
        for block in template.find_all(nodes.Block):
            if block.name not in known and id(block) not in inner:
                yield warning(
                    "unused-in-theme",
                    f"the block '{block.name}' is in no template that this one extends, so it is never shown",
                    Span(theme.template_files.get(name, name), block.lineno),
                    _guess(block.name, known, "docs/reference/theme.md lists the blocks of each template"),
                )


def _above(parsed: Parsed, template: nodes.Template) -> list[nodes.Template] | None:
    """The templates that one extends, nearest first, or None where that cannot be told."""
    chain: list[nodes.Template] = []
    current = template
    while tags := parents(current):
        target = tags[0].template
        if len(tags) > 1 or not isinstance(target, nodes.Const) or target.value not in parsed:
            return None
        current = parsed[target.value]
        if current is template or current in chain:
            return None
        chain.append(current)
    return chain


def _templates(theme: Theme, parsed: Parsed, pages: Set[str]) -> Iterator[Diagnostic]:
    """Find templates that no page comes to, by whatever way."""
    reached: set[str] = set()
    waiting = [page for page in pages if page in theme.templates]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        for node in (
            parsed[name].find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport))
            if name in parsed
            else ()
        ):
            wanted = _named(node)
            if wanted is None:
                return  # A name that is worked out may be any.
            waiting.extend(one for one in wanted if one in theme.templates)
    for name in theme.templates:
        if _stands(theme, name) and name not in reached:
            others = [other for other in theme.templates if other in reached and _stands(theme, other)]
            yield warning(
                "unused-in-theme",
                f"no page uses the template '{name}'",
                Span(theme.template_files.get(name, name)),
                _guess(
                    name, others, "docs/reference/theme.md lists the templates; a part is used where one includes it"
                ),
            )


def _named(node: nodes.Node) -> list[str] | None:
    """The templates that a tag names, or None where the name is worked out."""
    target = getattr(node, "template", None)
    if isinstance(target, nodes.Const):
        return [target.value] if isinstance(target.value, str) else list(target.value)
    if isinstance(target, nodes.Tuple | nodes.List):
        items = [item.value for item in target.items if isinstance(item, nodes.Const)]
        return items if len(items) == len(target.items) else None
    return None


def _stands(theme: Theme, name: str) -> bool:
    """Whether a name is that of the file, and not one with the name of its theme in front."""
    return theme.template_files.get(name, name).endswith(f"/templates/{name}")


def _guess(name: str, known: Set[str] | tuple[str, ...] | list[str], otherwise: str) -> str:
    guess = did_you_mean(name, known)
    return f"did you mean '{guess}'?" if guess else otherwise


CODES: dict[str, tuple[str, str]] = {
    "unused-in-theme": (
        "Something in the theme that nothing uses",
        "Most often a slip in a name: of a setting, colour or token in theme.yaml, of a block, or of the file of a "
        "template. Pages are made as if it were not there.",
    ),
}
