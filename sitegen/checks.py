"""Every rule that one linked record is held to, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.core.diagnostics import Diagnostic
from sitegen.core.kind import Kind
from sitegen.core.link import check, check_review, check_starter
from sitegen.core.markup import faults as markup_faults
from sitegen.core.model import Record
from sitegen.core.pictures import check_caption
from sitegen.core.site import Site
from sitegen.formats.images import faults as artwork_faults


def check_record(kinds: Mapping[str, Kind], record: Record, site: Site) -> Iterator[Diagnostic]:
    """Hold one record to every rule: its kind's, the site's vocabularies, its Markdown, its picture."""
    yield from check(record, site.catalogue, site.config, kinds)
    yield from check_starter(record)
    if record.reviewDate:
        yield from check_review(record, site.today)
    yield from check_caption(record)
    yield from content_faults(record)


def content_faults(record: Record) -> Iterator[Diagnostic]:
    """Find what is wrong with the Markdown of a record, and with how its picture shall be drawn."""
    if record.body:
        yield from markup_faults(record.body, record.path, record.body_line)
    if record.kind == "badge":
        yield from artwork_faults(record)
