"""From the text of ``sitegen.yaml`` to a :class:`Config`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from sitegen.core.catalogue import Catalogue
from sitegen.core.config import BASE_URL, Config
from sitegen.core.diagnostics import Diagnostic, error, has_errors, warning
from sitegen.core.kind import Kind
from sitegen.core.parse import parse_yaml
from sitegen.core.plainwords import in_plain_words
from sitegen.core.slug import is_slug
from sitegen.core.source import KeyPath, Marks, Source
from sitegen.core.suggest import did_you_mean

_RENAMEABLE = (".github.io", ".gitlab.io", ".netlify.app", ".pages.dev", ".vercel.app", ".web.app", ".herokuapp.com")


def settings(source: Source, base_url: str | None = None) -> tuple[Config | None, Marks, list[Diagnostic]]:
    """Read the settings. ``base_url`` from the command line stands in for the one in the file.

    Where a setting has a fault, the others are still returned, so that content is checked against
    them in the same run. None only where the file cannot be read at all.
    """
    data, marks, found = parse_yaml(source)
    if data is None or has_errors(found):
        return None, marks, found
    values: dict[str, Any] = {key: value for key, value in data.items() if value is not None and key[:2] != "x-"}
    if base_url:
        fault = _bad_address(base_url)
        if fault:
            return None, marks, [*found, fault]
        values["base_url"] = base_url
    try:
        config = Config.model_validate(values)
    except ValidationError as failure:
        empty: set[KeyPath] = {(key,) for key, value in data.items() if value is None}
        found += in_plain_words(failure, Config, marks, empty)
        return _sound(values, failure), marks, found
    found.extend(_advice(config, marks))
    return config, marks, found


def _bad_address(text: str) -> Diagnostic | None:
    try:
        BASE_URL.validate_python(text)
    except ValidationError:
        hint = "write it in full: --base-url https://credentials.example.org"
        return error("bad-value", f"'{text}' is not the full address of a site", None, hint)
    return None


def _sound(values: dict[str, Any], failure: ValidationError) -> Config | None:
    """The settings without a fault, with stand-ins for those that cannot be missing."""
    faulty = {fault["loc"][0] for fault in failure.errors() if fault["loc"]}
    sound = {key: value for key, value in values.items() if key not in faulty}
    if "topics" in faulty and isinstance(values.get("topics"), list):
        # Their names are enough for content to refer to them.
        named = [t for t in values["topics"] if isinstance(t, dict) and is_slug(str(t.get("id")))]
        sound["topics"] = [{"id": i, "name": i, "hue": 0} for i in dict.fromkeys(t["id"] for t in named)]
    for name, info in Config.model_fields.items():
        if info.is_required() and name not in sound:
            sound[name] = (info.examples or [""])[0]
    try:
        return Config.model_validate(sound)
    except ValidationError:
        return None


def _advice(config: Config, marks: Marks) -> Iterable[Diagnostic]:
    host = urlsplit(config.base_url).hostname or ""
    if host.endswith(_RENAMEABLE):
        yield warning(
            "borrowed-host",
            f"{host} belongs to a service: if the account is renamed, every badge already issued breaks",
            marks.value(("base_url",)),
            "use a domain of your own and point it at the service",
        )


def check_formats(config: Config, marks: Marks) -> Iterable[Diagnostic]:
    """Find formats that cannot do without another one."""
    needed = {
        "openbadges2": ("images", "a badge without an image is not valid"),
        "html": ("files", "pages need styles"),
    }
    for name, (other, why) in needed.items():
        if name in config.formats and other not in config.formats:
            hint = f"add {other} to formats:, or leave formats: out to have them all"
            span = marks.value(("formats", config.formats.index(name)))
            yield error("format-needs-another", f"the format '{name}' needs '{other}': {why}", span, hint)


def check_defaults(holder: Any, marks: Marks, kinds: Iterable[Kind]) -> Iterable[Diagnostic]:
    """Find defaults for kinds or fields that do not exist. ``holder`` is the settings, or an issuer's record."""
    of_site = isinstance(holder, Config)
    models = {kind.name: kind.model for kind in kinds if of_site or kind.issuer_field}
    for name, fields in holder.defaults.items():
        if name not in models:
            guess = did_you_mean(name, models)
            hint = f"did you mean '{guess}'?" if guess else f"kinds: {', '.join(models)}"
            message = f"there is no kind '{name}'{'' if of_site else ' that has an issuer'}"
            yield error("unknown-field", message, marks.key(("defaults", name)), hint)
            continue
        for field in fields:
            if field not in models[name].model_fields and not field.startswith("x-"):
                guess = did_you_mean(field, models[name].model_fields)
                hint = f"did you mean '{guess}'?" if guess else f"sitegen explain {name} lists its fields"
                yield error("unknown-field", f"unknown field '{field}'", marks.key(("defaults", name, field)), hint)


def check_owner(config: Config, marks: Marks, catalogue: Catalogue, broken: Collection[str]) -> Iterable[Diagnostic]:
    """Find an owner who is not one of the site's issuers; one whose file has faults is told there."""
    if config.owner and f"issuer:{config.owner}" not in broken and not catalogue.get(f"issuer:{config.owner}"):
        guess = did_you_mean(config.owner, [issuer.slug for issuer in catalogue.of("issuer")])
        hint = f"did you mean '{guess}'?" if guess else "add a file for it under content/issuers/"
        yield error("unknown-reference", f"there is no issuer '{config.owner}'", marks.value(("owner",)), hint)


CODES: dict[str, tuple[str, str]] = {
    "format-needs-another": (
        "A format that cannot do without another one",
        "A BadgeClass has to name an image, and a page its styles. Leave formats: out to have every built-in format.",
    ),
    "borrowed-host": (
        "The site's address belongs to somebody else",
        "Badges point to your address for ever. On a host like github.io a renamed account moves it, and every badge "
        "that was issued fails verification. A domain of your own can move from one service to another.",
    ),
}
