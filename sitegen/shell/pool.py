"""Renders routes in several processes. How many never shows in the output."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor

from sitegen.core.diagnostics import Diagnostic
from sitegen.core.output import Format, Output, Route
from sitegen.core.site import Site

SMALL = 400
"""Routes. Below this, starting processes costs more than it saves."""

Batch = list[tuple[Output, tuple[Diagnostic, ...]]]

# What forked workers see of the parent. Set before the pool starts and read only by workers, so
# that a site is shared by copy-on-write instead of being sent to each of them.
_shared: dict[str, tuple[Site, Mapping[str, Format]]] = {}


def render_all(
    site: Site, formats: Sequence[Format], routes: Sequence[Route], jobs: int | None = None
) -> Iterator[tuple[Output, tuple[Diagnostic, ...]]]:
    """Yield every route rendered, in the order given."""
    by_name = {f.name: f for f in formats}
    workers = jobs or (1 if len(routes) < SMALL else os.cpu_count() or 1)
    if workers == 1 or "fork" not in multiprocessing.get_all_start_methods():
        for route in routes:
            yield _render(route, site, by_name)
        return
    _shared["work"] = (site, by_name)
    size = max(1, -(-len(routes) // (workers * 8)))
    chunks = [routes[start : start + size] for start in range(0, len(routes), size)]
    try:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from _gather(pool, chunks)
    finally:
        _shared.clear()


def _gather(pool: Executor, chunks: Sequence[Sequence[Route]]) -> Iterator[tuple[Output, tuple[Diagnostic, ...]]]:
    for batch in pool.map(_render_chunk, chunks):
        yield from batch


def _render_chunk(routes: Sequence[Route]) -> Batch:
    site, formats = _shared["work"]
    return [_render(route, site, formats) for route in routes]


def _render(route: Route, site: Site, formats: Mapping[str, Format]) -> tuple[Output, tuple[Diagnostic, ...]]:
    body, found = formats[route.format].render(route, site)
    return Output(route, body), tuple(found)
