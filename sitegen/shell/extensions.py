"""Loads kinds and formats by name: built-in ones, and a site's own by their dotted names."""

from __future__ import annotations

import importlib
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from sitegen.core.catalogue import Catalogue
from sitegen.core.diagnostics import Diagnostic, Span, error
from sitegen.core.kind import Kind
from sitegen.core.model import Record
from sitegen.core.output import ExtensionError, Format, Rendered, Route
from sitegen.core.site import Site
from sitegen.core.slug import is_slug
from sitegen.core.source import Marks
from sitegen.core.suggest import did_you_mean
from sitegen.kinds import KINDS
from sitegen.shell.read import ChangedError
from sitegen.shell.shelf import DamagedError

BUILT_IN_FORMATS = (
    "html",
    "images",
    "files",
    "openbadges2",
    "openbadges3",
    "catalogue",
    "feeds",
    "sitemap",
    "hosting",
)


_STOPS = (ChangedError, DamagedError, MemoryError)
"""What stops a build wherever it is met: no mistake of the module that happened to read a file or a record."""


def load_kinds(names: tuple[str, ...], root: Path, marks: Marks) -> tuple[tuple[Kind, ...], list[Diagnostic]]:
    """Return the built-in kinds and the site's own."""
    kinds, found = list(KINDS), []
    for index, name in enumerate(names):
        if name in names[:index]:
            continue
        span = marks.value(("kinds", index))
        value, fault = _load(name, "KIND", Kind, root, span)
        if value:
            value, fault = _guarded_kind(value, name, root, span, kinds)
        kinds.extend([value] if value else [])
        found.extend([fault] if fault else [])
    return tuple(kinds), found


def load_formats(names: tuple[str, ...], root: Path, marks: Marks) -> tuple[tuple[Format, ...], list[Diagnostic]]:
    """Return the formats that a site names, in its order."""
    formats, found = list[Format](), []
    for index, name in enumerate(names):
        if name in names[:index]:
            continue
        span = marks.value(("formats", index))
        if "." not in name and name not in BUILT_IN_FORMATS:
            guess = did_you_mean(name, BUILT_IN_FORMATS)
            hint = f"did you mean '{guess}'?" if guess else f"built in: {', '.join(BUILT_IN_FORMATS)}"
            found.append(error("unknown-format", f"there is no format '{name}'", span, hint))
            continue
        module = name if "." in name else f"sitegen.formats.{name}"
        value, fault = _load(module, "FORMAT", Format, root, span)
        if value and "." in name:
            value, fault = _guarded(value, module, root, span, [*BUILT_IN_FORMATS, *(f.name for f in formats)])
        formats.extend([value] if value else [])
        found.extend([fault] if fault else [])
    return tuple(formats), found


def _guarded_kind(
    own: Kind, module: str, root: Path, span: Span, known: list[Kind]
) -> tuple[Kind | None, Diagnostic | None]:
    """Wrap a site's own kind so that its mistakes are told as such, with the line they happen on."""
    record = isinstance(own.model, type) and issubclass(own.model, Record)
    taken = next((kind for kind in known if own.name == kind.name or own.folder == kind.folder), None)
    reason = ""
    if not record:
        reason = "its model is no class made from Record"
    elif own.name != own.model.KIND or not is_slug(own.name) or not is_slug(str(own.folder)):
        reason = "its name, the KIND of its model and its folder are small letters, and the first two are the same"
    elif taken:
        reason = f"the kind '{taken.name}' with the folder content/{taken.folder}/ is there already"
    if reason:
        hint = "for example KIND = Kind(name='venue', folder='venues', model=Venue, summary='A place.')"
        return None, error("broken-extension", f"'{module}' cannot be used: {reason}", span, hint)

    def check(record: Record, catalogue: Catalogue) -> list[Diagnostic]:
        try:
            return list(_diagnostics(own.check(record, catalogue), "check"))
        except _STOPS:
            raise
        except (Exception, SystemExit) as problem:
            return [_mistake(problem, f"check of '{module}'", root, span)]

    def expand(record: Record) -> tuple[Record, ...]:
        try:
            records = tuple(own.expand(record))
            if not all(isinstance(each, Record) for each in records):
                raise TypeError("expand returns something else than records")
        except _STOPS:
            raise
        except (Exception, SystemExit) as problem:
            raise ExtensionError(_mistake(problem, f"expand of '{module}'", root, span)) from problem
        return records

    return replace(own, check=check, expand=expand), None


def _diagnostics(given: Any, what: str) -> tuple[Diagnostic, ...]:
    """Return what a site's own code found, or raise where that is something else than diagnostics."""
    found = tuple(given)
    if not all(isinstance(each, Diagnostic) for each in found):
        raise TypeError(f"{what} gives something else than diagnostics; make them with error() or warning()")
    return found


def _guarded(
    own: Format, module: str, root: Path, span: Span, taken: list[str]
) -> tuple[Format | None, Diagnostic | None]:
    """Wrap a site's own format so that its mistakes are told as such, with the line they happen on."""
    if own.name in taken:
        other = "a built-in one" if own.name in BUILT_IN_FORMATS else "another one"
        hint = "give FORMAT another name"
        return None, error("broken-extension", f"'{module}' is called '{own.name}', as {other}", span, hint)

    def render(route: Route, site: Site) -> Rendered:
        try:
            body, found = own.render(route, site)
            if not isinstance(body, bytes):
                raise TypeError(f"render returns {type(body).__name__} in place of bytes; end with .encode()")
            return body, _diagnostics(found, "render")
        except _STOPS:
            raise
        except (Exception, SystemExit) as problem:
            return b"", [_mistake(problem, f"render of '{module}'", root, span)]

    def routes(site: Site) -> list[Route]:
        try:
            made = list(own.routes(site))
            for route in made:
                if not (isinstance(route, Route) and route.url.startswith("/") and route.format == own.name):
                    raise ValueError(f"{route} is not a Route whose url starts with / and whose format is '{own.name}'")
                if not all(isinstance(text, str) for text in (route.subject, route.media_type, route.role)):
                    raise TypeError(f"the subject, media type and role of {route} are not all text")
        except _STOPS:
            raise
        except (Exception, SystemExit) as problem:
            raise ExtensionError(_mistake(problem, f"routes of '{module}'", root, span)) from problem
        return made

    return replace(own, routes=routes, render=render), None


def _mistake(problem: BaseException, where: str, root: Path, span: Span) -> Diagnostic:
    """A diagnostic at the innermost line of the site's own code, or where the settings name the module."""
    home = str(root.resolve())
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        if frame.filename.startswith(home + "/"):
            span = Span(frame.filename.removeprefix(home + "/"), frame.lineno or 1)
            break
    reason = f"{type(problem).__name__}: {problem}"
    how = "docs/how-to/add-an-output-format.md" if where.startswith(("render", "routes")) else None
    return error("broken-extension", f"the {where} fails: {reason}", span, how)


def _load(module: str, what: str, kind: type[Any], root: Path, span: Span) -> tuple[Any, Diagnostic | None]:
    if str(root.resolve()) not in sys.path:
        sys.path.append(str(root.resolve()))
    try:
        value = getattr(importlib.import_module(module), what, None)
    except (Exception, SystemExit) as problem:
        # A site's own module is the author's input: whatever it raises is told, not thrown.
        reason = f"{type(problem).__name__}: {problem}"
        hint = "correct the module, or the dotted name in sitegen.yaml; it is looked for in the site's folder too"
        return None, error("broken-extension", f"'{module}' cannot be loaded: {reason}", span, hint)
    if not isinstance(value, kind):
        hint = f"the module exports {what} = {kind.__name__}(...)"
        return None, error("broken-extension", f"'{module}' has no {what}", span, hint)
    return value, None


CODES: dict[str, tuple[str, str]] = {
    "unknown-format": ("A format that is not built in", "Own formats are named by their dotted module name."),
    "broken-extension": (
        "A kind or format of the site's own cannot be loaded",
        "The message gives the reason. The module is looked for in the site's folder and among installed packages.",
    ),
}
