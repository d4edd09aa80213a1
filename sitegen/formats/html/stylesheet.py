"""The colours of a site as a stylesheet: the theme's tokens, and one set for each topic from its hue.

Colours are stated in theme.yaml by lightness, chroma and hue (OKLCH). Chroma is held to what sRGB can show
at that lightness, so that every topic is equally strong and a screen changes nothing. The contrast of every
pair that the theme sets as text is worked out here, in light and in dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen.artwork.colour import chroma_ceiling, contrast_ratio, oklch_to_srgb
from sitegen.core.diagnostics import Diagnostic, error, warning
from sitegen.core.site import Site
from sitegen.core.suggest import did_you_mean
from sitegen.core.theme import Theme

SCHEMES = ("light", "dark")
TEXT = 4.5
"""Least contrast of text, WCAG 2.2, success criterion 1.4.3."""
DRAWING = 3.0
"""Least contrast of lines that carry meaning, WCAG 2.2, success criterion 1.4.11."""
NEUTRAL_HUE = 240
"""The hue of what has no topic, almost without chroma."""

PAIRS: tuple[tuple[str, str, float], ...] = (
    ("ink", "paper", TEXT),
    ("ink", "plane", TEXT),
    ("ink2", "paper", TEXT),
    ("ink2", "plane", TEXT),
    ("sign-ink", "sign", TEXT),
    ("sign-ink2", "sign", TEXT),
    ("sign-mark", "sign", TEXT),
    ("on-signal", "signal", TEXT),
    ("link", "paper", TEXT),
)
"""Pairs of the theme's own colours: what is written, on what, and the least contrast."""

TOPIC_PAIRS: tuple[tuple[str, str, float], ...] = (
    ("on-line", "line", TEXT),
    ("tink", "plate", TEXT),
    ("tink", "plate2", TEXT),
    ("ink", "plate", TEXT),
    ("ink2", "plate2", TEXT),
    ("tink", "paper", TEXT),
    ("line", "paper", DRAWING),
)
"""Pairs with a topic's colours."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in OKLCH, its chroma already within sRGB."""

    lightness: float
    chroma: float
    hue: float

    @property
    def css(self) -> str:
        """The CSS notation, CSS Color 4, section 9.2."""
        return f"oklch({self.lightness:g} {self.chroma:g} {self.hue:g})"

    @property
    def hex(self) -> str:
        """The nearest sRGB colour."""
        return oklch_to_srgb(self.lightness, self.chroma, self.hue)


Tokens = Mapping[str, Mapping[str, Colour]]
"""Colours by scheme (light, dark) and then by name."""


def stylesheet(site: Site) -> tuple[str, list[Diagnostic]]:
    """Return the stylesheet of a site's colours, and what is wrong with theme.yaml."""
    found: list[Diagnostic] = []
    theme = site.theme
    own = _colours(theme, "colours", 3, found)
    rules = [_rule(":root", own, {**_plain(theme, found)})]
    found.extend(_contrast(own, PAIRS, own, f"the theme '{theme.name}'", theme))
    ring = _colours(theme, "topic", 2, found)
    neutral = {scheme: {n: _at(c, NEUTRAL_HUE, 0.012) for n, c in ring[scheme].items()} for scheme in SCHEMES}
    rules.append(_rule(":root,.t-none", neutral))
    for topic in site.config.topics:
        colours = {scheme: {n: _at(c, topic.hue) for n, c in ring[scheme].items()} for scheme in SCHEMES}
        rules.append(_rule(f".t-{topic.id}", colours))
        found.extend(_contrast(colours, TOPIC_PAIRS, own, f"the topic '{topic.name}'", theme))
    found.extend(_assets(theme))
    return "".join(rules), found


def _at(colour: Colour, hue: float, most: float = 1.0) -> Colour:
    """A colour of the ring at a hue: as much chroma as it asks for and sRGB has there."""
    ceiling = chroma_ceiling(colour.lightness, hue)
    # Cut and not rounded, so that the number that is written is still inside.
    return Colour(colour.lightness, int(min(colour.chroma, ceiling, most) * 1000) / 1000, hue)


def _colours(theme: Theme, setting: str, size: int, found: list[Diagnostic]) -> Tokens:
    """Read ``name: {light: L C H, dark: L C H}``; a colour of the ring leaves the hue to the topic."""
    value = theme.settings.get(setting)
    colours: dict[str, dict[str, Colour]] = {scheme: {} for scheme in SCHEMES}
    for name, pair in (value if isinstance(value, dict) else {}).items():
        both = pair if isinstance(pair, dict) else dict.fromkeys(SCHEMES, pair)
        for scheme in SCHEMES:
            numbers = _numbers(str(both.get(scheme, "")), size)
            if numbers is None or not re.fullmatch(r"[a-z][a-z0-9-]*", str(name)):
                example = "0.22 0.03 240" if size == 3 else "0.48 0.135"
                found.append(
                    error(
                        "theme-colour",
                        f"{setting}: '{name}' has no {scheme} colour that can be read",
                        theme.place(setting, name),
                        f"write {name}: {{light: {example}, dark: {example}}}: lightness, chroma"
                        f"{' and hue' if size == 3 else ''}",
                    )
                )
                continue
            lightness, chroma, hue = (*numbers, 0.0)[:3]
            colour = Colour(lightness, chroma, hue)
            colours[scheme][str(name)] = _at(colour, hue) if size == 3 else colour
    return colours


def _numbers(text: str, size: int) -> tuple[float, ...] | None:
    parts = text.split()
    if len(parts) != size or not all(re.fullmatch(r"\d*\.?\d+", part) for part in parts):
        return None
    numbers = tuple(float(part) for part in parts)
    return numbers if numbers[0] <= 1 and numbers[1] <= 0.5 else None


def _plain(theme: Theme, found: list[Diagnostic]) -> dict[str, str]:
    """Read tokens that are not colours: fonts, sizes, weights. Nothing may end the rule that they stand in."""
    value = theme.settings.get("tokens")
    tokens: dict[str, str] = {}
    for name, text in (value if isinstance(value, dict) else {}).items():
        if (
            not re.fullmatch(r"[a-z][a-z0-9-]*", str(name))
            or not isinstance(text, str)
            or re.search(r"[;{}<>\\]", text)
        ):
            hint = "a token is a name of small letters and a CSS value without ; { } < > or a backslash"
            found.append(error("theme-token", f"tokens: '{name}' cannot be used", theme.place("tokens", name), hint))
            continue
        tokens[str(name)] = text
    return tokens


def _rule(selector: str, colours: Tokens, plain: Mapping[str, str] | None = None) -> str:
    """One rule: first colours that every browser reads, then the pair for light and dark."""
    names = [name for name in colours["light"] if name in colours["dark"]]
    basic = "".join(f"--{name}:{colours['light'][name].hex};" for name in names)
    pairs = "".join(f"--{name}:light-dark({colours['light'][name].css},{colours['dark'][name].css});" for name in names)
    rest = "".join(f"--{name}:{value};" for name, value in (plain or {}).items())
    newer = f"@supports (color:light-dark(#000,#fff)){{{selector}{{{pairs}}}}}\n" if pairs else ""
    return f"{selector}{{{basic}{rest}}}\n{newer}"


def _contrast(
    colours: Tokens, pairs: tuple[tuple[str, str, float], ...], own: Tokens, whose: str, theme: Theme
) -> Iterator[Diagnostic]:
    for scheme in SCHEMES:
        groups = {
            **dict.fromkeys(own[scheme], "colours"),
            **dict.fromkeys(() if colours is own else colours[scheme], "topic"),
        }
        known = {**own[scheme], **colours[scheme]}
        for above, below, least in pairs:
            if above not in known or below not in known:
                continue
            ratio = contrast_ratio(known[above].hex, known[below].hex)
            if ratio < least:
                yield warning(
                    "low-contrast",
                    f"{whose}: {above} on {below} has a contrast of {ratio:.1f} in {scheme}, and needs {least:g}",
                    theme.own((groups[above], above), (groups[below], below)),
                    f"move the lightness of {above} and {below} further apart",
                )


def _assets(theme: Theme) -> Iterator[Diagnostic]:
    """Find files that theme.yaml names and the theme does not have."""
    for setting in ("stylesheets", "print", "fonts", "icon"):
        value = theme.settings.get(setting) or ()
        for place, name in enumerate((value,) if isinstance(value, str) else value):
            if name not in theme.static:
                guess = did_you_mean(str(name), theme.static)
                hint = f"did you mean '{guess}'?" if guess else "paths begin below the theme's static folder"
                yield error(
                    "theme-file", f"{setting}: the theme has no file '{name}'", theme.place(setting, place), hint
                )


CODES: dict[str, tuple[str, str]] = {
    "theme-colour": (
        "A colour of the theme that cannot be read",
        "Colours are lightness (0 to 1), chroma (0 to about 0.3) and hue (0 to 359) with spaces between, one for light "
        "and one for dark. The colours of topics leave out the hue: each topic brings its own.",
    ),
    "theme-token": ("A token of the theme that cannot be used", "Its name or its value would break the stylesheet."),
    "theme-file": ("theme.yaml names a file that the theme does not have", "Check the path, below static/."),
    "low-contrast": (
        "Two colours of the theme are too near each other to read",
        "Text needs a contrast of 4.5 to 1 and a line that means something 3 to 1 (WCAG 2.2).",
    ),
}
