"""The whole program in order: find, load, link, plan, decide, make, check, publish. Read this first.

Every stage returns its result and what was wrong with the author's input. Nothing stops at the first fault, and
nothing is published when there was one. What the last build made of the same is not made again (see
docs/explanation/incremental.md): the outcome is the same to the byte.
"""

from __future__ import annotations

import contextlib
import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from sitegen.checks import check_record, content_faults
from sitegen.core.catalogue import Catalogue
from sitegen.core.config import Config
from sitegen.core.current import Current
from sitegen.core.diagnostics import Diagnostic, has_errors, in_order
from sitegen.core.kind import Kind
from sitegen.core.link import link
from sitegen.core.output import Format
from sitegen.core.parse import parse
from sitegen.core.pictures import gather
from sitegen.core.plan import plan
from sitegen.core.reads import Reads
from sitegen.core.settings import check_defaults, check_formats, check_owner, settings
from sitegen.core.site import Site, TracedSite
from sitegen.core.source import Marks, Source
from sitegen.core.urltable import UrlTable
from sitegen.shell.cache import Cache, open_cache
from sitegen.shell.clock import today_in
from sitegen.shell.decide import changed_names, changed_values, explained, function_of, plan_stands
from sitegen.shell.edition import PACKAGE, edition, own_modules
from sitegen.shell.extensions import load_formats, load_kinds
from sitegen.shell.gallery import Files, Gallery
from sitegen.shell.library import MANY, Library
from sitegen.shell.load import Rules
from sitegen.shell.memory import Memory
from sitegen.shell.pool import Work, WorkerError, spread, workers_for
from sitegen.shell.publish import Published, Stage, StageError, open_stage
from sitegen.shell.read import ChangedError, Inputs, Texts, digest_of, read_config, survey
from sitegen.shell.records import Records, digests, records_of
from sitegen.shell.remake import Remake
from sitegen.shell.shelf import DamagedError, UnwritableError, short
from sitegen.shell.stage import cannot_publish
from sitegen.shell.theme import read_theme, theme_digest
from sitegen.shell.walk import now

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
    """What came of a build. ``texts`` gives the source texts that diagnostics quote from, by their paths.

    ``seconds`` are those of each stage. ``made`` are the files that were rendered in this run.
    """

    diagnostics: list[Diagnostic] = field(default_factory=list)
    texts: Mapping[str, str] = field(default_factory=dict)
    site: Site | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    published: Published | None = None
    failed: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    """The files of the modules that came from the site's own folder."""


class _Stages:
    """Says what is being done, and keeps how long it took."""

    def __init__(self, progress: Progress, seconds: dict[str, float]) -> None:
        self._progress, self._seconds = progress, seconds

    @contextlib.contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        self._progress(name)
        begun = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - begun


@dataclass
class _Prepared:
    """A site that is ready to be planned and made."""

    site: Site
    formats: Sequence[Format]
    kinds: Mapping[str, Kind]
    records: Records
    gallery: Gallery
    theme: str
    config: str
    edition: bytes


def build(root: Path, options: Options, progress: Progress = lambda _: None) -> Result:
    """Build the site in ``root``; publish it when nothing is wrong and an output folder is given."""
    with open_cache(root) as cache, _unswept():
        with contextlib.suppress(UnwritableError):
            try:
                return _build(root, options, progress, cache)
            except DamagedError:
                # What was kept is not what was put there: forget it, and do everything.
                cache.clear()
                return _build(root, options, progress, cache)
        try:
            # Its disk is full, say: then this build keeps nothing for the next one.
            return _build(root, options, progress, Cache(None))
        except UnwritableError as full:
            return _finished(Result([cannot_publish(full.problem, tempfile.gettempdir())]), options)


@contextlib.contextmanager
def _unswept() -> Iterator[None]:
    """Leave out the search for circles of garbage: a build makes millions of values and lets go of few."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _build(root: Path, options: Options, progress: Progress, cache: Cache) -> Result:
    result = Result()
    stages = _Stages(progress, result.seconds)
    result.texts = texts = Texts(root, Path(PACKAGE))
    try:
        prepared = _prepare(root, options, result, texts, stages, cache)
        if prepared is not None:
            _make(root, options, result, stages, cache, prepared)
    except (ChangedError, WorkerError, StageError) as problem:
        result.diagnostics.append(problem.told)
    return _finished(result, options)


def _prepare(
    root: Path, options: Options, result: Result, texts: Texts, stages: _Stages, cache: Cache
) -> _Prepared | None:
    """Do everything that comes before making: find, load, link, plan."""
    found = result.diagnostics
    with stages("Finding"):
        looked = now()
        source, faults = read_config(root)
        found += faults
        if source is None:
            return None
        config, marks, faults = settings(source, options.base_url)
        found += faults
        kinds, faults = load_kinds(config.kinds if config else (), root, marks)
        found += faults
        formats: tuple[Format, ...] = ()
        if config:
            formats, faults = load_formats(config.formats, root, marks)
            found += faults
        inputs, faults = survey(root, kinds)
        found += faults
        texts.documents.update(file.path for file, _ in inputs.documents)
    by_name = {kind.name: kind for kind in kinds}
    if config is None:
        # Without settings every inherited field would look missing; what can be parsed is told all the same.
        found += _parse_faults(inputs)
        return None
    with stages("Loading"):
        result.own = own_modules(str(root))
        key = edition(result.own)
        found += check_defaults(config, marks, by_name.values())
        library = Library(cache.folder, key)
        gallery = Gallery(cache.path("images"), key)
        found += gallery.look([*inputs.images.values(), *inputs.static.values()], looked)
        rules = Rules(config, marks, by_name)
        workers = workers_for(len(inputs.documents), MANY, options.jobs)
        spreading = partial(_spread, workers) if workers > 1 else None
        records = records_of(inputs.documents, rules, library, looked, options.drafts, spreading)
        found += records.faults
        with contextlib.suppress(OSError):
            library.save(file.path for file, _ in inputs.documents)
    with stages("Linking"):
        reads = Reads()
        shelf = records.shelf(reads)
        catalogue, faults = link(records.heads, shelf, records.places, config, records.absent, reads)
        found += faults
        found += check_owner(config, marks, catalogue, records.absent.broken)
        found += check_formats(config, marks)
        site, faults = _site(root, options, config, marks, catalogue, inputs, gallery, records)
        found += faults
        with contextlib.suppress(OSError):
            gallery.save()
        found += _salvaged_faults(records)
    return _Prepared(
        site,
        formats,
        by_name,
        records,
        gallery,
        theme_digest(site.__dict__["theme"]),
        digest_of(source.content),
        key,
    )


def _spread(workers: int, work: Work, context: object, items: Sequence[object]) -> Iterator[object]:
    return spread(work, context, items, workers)


def _site(
    root: Path,
    options: Options,
    config: Config,
    marks: Marks,
    catalogue: Catalogue,
    inputs: Inputs,
    gallery: Gallery,
    records: Records,
) -> tuple[Site, list[Diagnostic]]:
    """Put the site together; its addresses come later."""
    images = inputs.images
    heads = catalogue.heads.values()
    pictures, found = gather(
        heads, images, lambda path: gallery.looked(images[path]), lambda path: images[path].read(), records.places
    )
    theme, faults = read_theme(root, config.theme, marks.value(("theme",)))
    files = {path.removeprefix("static/"): file for path, file in inputs.static.items()}
    digests = {path: gallery.digest(file.path) or "" for path, file in files.items()}
    today = options.today or today_in(config.timezone)
    reads = catalogue.reads
    return TracedSite(config, catalogue, theme, today, Files(files, reads, digests), pictures), found + faults


def _make(root: Path, options: Options, result: Result, stages: _Stages, cache: Cache, prepared: _Prepared) -> None:
    """Plan, make, check and publish; only look for faults where there is no output, or faults are known already."""
    current = Current(prepared.site, prepared.theme, digests(prepared.records, prepared.gallery), function_of)
    memory = Memory.read(cache.path(_memory_name(root, options)), _memory_key(prepared, options))
    with stages("Planning"):
        site, plan_reads, faults = _planned(prepared, memory, current)
        result.diagnostics += faults
    checks_only = has_errors(result.diagnostics)
    with contextlib.ExitStack() as stack:
        stage: Stage | None = None
        if options.output is not None and not checks_only:
            stage, faults = stack.enter_context(open_stage(options.output, root))
            result.diagnostics += faults
            if stage is None:
                return
        run = Remake(
            site,
            {f.name: f for f in prepared.formats},
            partial(check_record, prepared.kinds),
            replace(current, site=site),
            memory,
            plan_reads,
            stage,
            options.jobs,
        )
        with stages("Making"):
            result.diagnostics += run.run(checks_only)
        if checks_only:
            return
        result.site = site
        with stages("Checking links"):
            result.diagnostics += run.links(prepared.records.absent.drafts)
        result.files, result.made = run.files(), tuple(sorted(n for n in run.rows if n[0] != "\x01"))
        if stage is not None and not _finished(result, options).failed:
            with stages("Publishing"):
                result.published, faults = stage.commit(result.files)
                result.diagnostics += faults
        if not has_errors(result.diagnostics) and (stage is None or result.published):
            with stages("Remembering"), contextlib.suppress(OSError):
                run.remember()


def _planned(
    prepared: _Prepared, memory: Memory, current: Current
) -> tuple[Site, frozenset[str] | None, list[Diagnostic]]:
    """Give the site its addresses: those of the last build where all that they follow from is as it was."""
    site = prepared.site
    if plan_stands(memory, current):
        return replace(site, urls=UrlTable.read(memory.plan)), None, []
    with site.reads.apart() as reads:
        planned, _, faults = plan(site, prepared.formats)
    return planned, frozenset(reads), faults


def why(root: Path, options: Options, url: str) -> tuple[Result, list[str]]:
    """Say of an output what it was made from, and whether and why the next build makes it again. Builds nothing."""
    result = Result()
    result.texts = texts = Texts(root, Path(PACKAGE))
    with open_cache(root) as cache:
        prepared = _prepare(root, options, result, texts, _Stages(lambda _: None, {}), cache)
        _finished(result, options)
        if prepared is None or has_errors(result.diagnostics):
            return result, ["Mend what is above first: with faults, nothing is made."]
        current = Current(prepared.site, prepared.theme, digests(prepared.records, prepared.gallery), function_of)
        memory = Memory.read(cache.path(_memory_name(root, options)), _memory_key(prepared, options))
        site, plan_reads, faults = _planned(prepared, memory, current)
        result.diagnostics += faults
        current = replace(current, site=site)
        changed = changed_names(memory, current, same_plan=plan_reads is None)
        changed_values(memory, current, changed)
        routes = [route for route in site.table.values() if route.url == url]
        return result, explained(memory, changed, routes, url)


def _salvaged_faults(records: Records) -> list[Diagnostic]:
    return [told for record in records.absent.salvaged for told in content_faults(record)]


def _parse_faults(inputs: Inputs) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for file, kind in inputs.documents:
        found += parse(Source(file.path, file.read()), kind)[1]
    return found


def _memory_name(root: Path, options: Options) -> str:
    """One memory for each output: what is made for one address is not what is made for another."""
    output = str(options.output.resolve()) if options.output else ""
    inside = str(root.resolve())
    return f"made-{short(f'{output.removeprefix(inside)} {options.base_url} {options.drafts}'.encode())[:12]}"


def _memory_key(prepared: _Prepared, options: Options) -> bytes:
    """What everything that is made depends on: the settings and the code."""
    return bytes.fromhex(short(prepared.edition + f"{prepared.config} {options.base_url} {options.drafts}".encode()))


def _finished(result: Result, options: Options) -> Result:
    result.diagnostics[:] = in_order(result.diagnostics)
    result.failed = has_errors(result.diagnostics) or (options.strict and bool(result.diagnostics))
    return result
