"""The whole program in order: read, parse, validate, link, plan, render, check, publish.

Every stage returns its result and what was wrong with the author's input. Nothing stops at the
first fault, and nothing is published when there was one. Read this first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sitegen.core.catalogue import Catalogue
from sitegen.core.check import check_site
from sitegen.core.config import Config
from sitegen.core.diagnostics import Diagnostic, has_errors, in_order, joined
from sitegen.core.kind import Kind
from sitegen.core.link import Absent, check_reviews, check_starters, link
from sitegen.core.markup import faults as markup_faults
from sitegen.core.model import UNPUBLISHED, Record
from sitegen.core.output import Format, Output, Route
from sitegen.core.parse import parse
from sitegen.core.pictures import gather
from sitegen.core.plan import plan
from sitegen.core.settings import check_defaults, check_formats, check_owner, settings
from sitegen.core.site import Site
from sitegen.core.source import Document, Marks
from sitegen.core.validate import Defaults, looks_like, salvage, stem, validate, wrong_folder
from sitegen.formats.images import faults as artwork_faults
from sitegen.shell.clock import today_in
from sitegen.shell.extensions import load_formats, load_kinds
from sitegen.shell.pool import render_all
from sitegen.shell.publish import Published, publish
from sitegen.shell.read import Inputs, read, read_config
from sitegen.shell.theme import read_theme

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. ``output`` None checks without publishing."""

    output: Path | None = None
    base_url: str | None = None
    jobs: int | None = None
    strict: bool = False
    drafts: bool = False
    today: date | None = None


@dataclass
class Result:
    """What came of a build. ``texts`` holds the source texts that diagnostics quote from."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    site: Site | None = None
    routes: tuple[Route, ...] = ()
    published: Published | None = None
    failed: bool = False


def build(root: Path, options: Options, progress: Progress = lambda _: None) -> Result:
    """Build the site in ``root``; publish it when nothing is wrong and an output folder is given."""
    result = Result()
    progress("Reading")
    formats, drafts = _prepare(root, options, result)
    if result.site is None or has_errors(result.diagnostics):
        return _finished(result, options)

    progress(f"Rendering {len(result.routes)} files")
    outputs: list[Output] = []
    rendered: list[Diagnostic] = []
    for output, told in render_all(result.site, formats, result.routes, options.jobs):
        outputs.append(output)
        rendered += told
    result.diagnostics += joined(rendered)
    progress("Checking links")
    result.diagnostics += check_site(result.site, outputs, drafts)
    _finished(result, options)
    if options.output is not None and not result.failed:
        progress("Publishing")
        result.published, faults = publish(outputs, options.output, root)
        result.diagnostics += faults
    return _finished(result, options)


def _prepare(root: Path, options: Options, result: Result) -> tuple[tuple[Format, ...], Collection[str]]:
    """Do everything that comes before rendering: the site and its routes go into ``result``.

    Return the formats to render with, and the keys of the drafts that are held back.
    """
    found = result.diagnostics
    source, faults = read_config(root)
    found += faults
    if source is None:
        return (), ()
    result.texts[source.path] = source.content.decode("utf-8", "replace")
    config, marks, faults = settings(source, options.base_url)
    found += faults
    kinds, faults = load_kinds(config.kinds if config else (), root, marks)
    found += faults
    inputs, faults = read(root, kinds)
    found += faults
    result.texts.update((s.path, s.content.decode("utf-8", "replace")) for s, _ in inputs.documents)
    records, absent, faults = _load(inputs, config, marks, kinds, options.drafts)
    found += faults
    if config is None:
        return (), ()

    catalogue, faults = link(records, config, {kind.name: kind for kind in kinds}, absent)
    found += faults
    found += check_owner(config, marks, catalogue, absent.broken)
    pictures, faults = gather(catalogue, inputs.images)
    found += faults
    today = options.today or today_in(config.timezone)
    found += _content_faults(catalogue, absent.salvaged, today)

    formats, faults = load_formats(config.formats, root, marks)
    found += faults
    found += check_formats(config, marks)
    theme, faults = read_theme(root, config.theme, marks.value(("theme",)))
    found += faults
    result.texts.update((theme.template_files[name], text) for name, text in theme.templates.items())
    files = {path.removeprefix("static/"): content for path, content in inputs.static.items()}
    site, routes, faults = plan(Site(config, catalogue, theme, today, files, pictures), formats)
    found += faults
    result.site, result.routes = site, routes
    return formats, absent.drafts


def _load(
    inputs: Inputs, config: Config | None, marks: Marks, kinds: Iterable[Kind], drafts: bool
) -> tuple[list[Record], Absent, list[Diagnostic]]:
    """Parse and validate every file: issuers first, since other records inherit from them."""
    by_name = {kind.name: kind for kind in kinds}
    found: list[Diagnostic] = list(check_defaults(config, marks, by_name.values())) if config else []
    records: list[Record] = []
    broken: set[str] = set()
    salvaged: list[Record] = []
    documents: list[tuple[Document, Kind]] = []
    for source, name in inputs.documents:
        document, faults = parse(source, name)
        found += faults
        if document is None or has_errors(faults):
            broken.add(f"{name}:{stem(source.path)}")
        if document is None and name == "framework":
            broken.add("skill:*")
        if document is not None:
            documents.append((document, by_name[name]))
    if config is None:
        # Without settings every inherited field would look missing.
        return [], Absent(), found
    documents.sort(key=lambda pair: (pair[1].name != "issuer", pair[0].path))
    issuers: dict[str, Record] = {}
    for document, kind in documents:
        layers = _layers(document, kind, config, marks, issuers)
        loaded, faults = validate(document, kind, layers, config.language)
        other = None if loaded else looks_like(document, kind, by_name.values())
        found += [wrong_folder(document, kind, other)] if other else faults
        records += loaded
        rest = None if loaded else salvage(document, kind, layers, config.language)
        salvaged.extend([rest] if rest else [])
        if not loaded:
            broken.update(_names(document, kind), _names(document, other or kind))
        for issuer in (*loaded, *([rest] if rest else [])) if kind.name == "issuer" else ():
            # What can be read of one with faults, too: its badges are not to blame.
            issuers.setdefault(issuer.slug, issuer)
            found += check_defaults(issuer, issuer.marks, by_name.values())
    kept = [record for record in records if drafts or record.status not in UNPUBLISHED]
    held = {record.key for record in records} - {record.key for record in kept}
    return kept, Absent(frozenset(held), broken, tuple(salvaged)), found


def _names(document: Document, kind: Kind) -> set[str]:
    """The keys under which others may refer to a file that did not validate, its skills among them."""
    names = {f"{kind.name}:{document.data.get('id') or stem(document.path)}"}
    skills = document.data.get("skills")
    for skill in skills if isinstance(skills, list) else []:
        if isinstance(skill, dict) and isinstance(skill.get("id"), str):
            names.add(f"skill:{skill['id']}")
    return names


def _layers(
    document: Document, kind: Kind, config: Config, marks: Marks, issuers: Mapping[str, Any]
) -> tuple[Defaults, ...]:
    """The defaults that bear on a document, nearest first: its issuer's, then the site's."""
    values = dict(config.defaults.get(kind.name, {}))
    if config.show_engagement_badges and kind.name == "badge":
        # Other badges are in the catalogue anyway; this brings in those for fun.
        values.setdefault("inCatalogue", "true")
    site = Defaults(values, marks, ("defaults", kind.name))
    if kind.issuer_field is None:
        return (site,)
    name = document.data.get(kind.issuer_field) or site.values.get(kind.issuer_field)
    issuer = issuers.get(str(name).strip())
    if issuer is None:
        return (site,)
    return Defaults(issuer.defaults.get(kind.name, {}), issuer.marks, ("defaults", kind.name)), site


def _content_faults(catalogue: Catalogue, salvaged: Iterable[Record], today: date) -> list[Diagnostic]:
    found = [*check_starters(catalogue), *check_reviews(catalogue, today)]
    for record in (*catalogue.records.values(), *salvaged):
        if record.body:
            found += markup_faults(record.body, record.path, record.body_line)
        if record.kind == "badge":
            found += artwork_faults(record)
    return found


def _finished(result: Result, options: Options) -> Result:
    result.diagnostics[:] = in_order(result.diagnostics)
    result.failed = has_errors(result.diagnostics) or (options.strict and bool(result.diagnostics))
    return result
