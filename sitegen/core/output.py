"""Routes, outputs and formats: what a site is made of once it is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.core.diagnostics import Diagnostic

if TYPE_CHECKING:
    from sitegen.core.site import Site


@dataclass(frozen=True, slots=True)
class Route:
    """One file of the site, known before anything is rendered.

    ``url`` is the path below ``base_url``, starting with a slash; one that ends in a slash is served
    from its ``index.html``. ``subject`` is a record's key (``badge:food-safety``) or the name of a
    page of the site (``home``). ``role`` tells the files apart that one format makes of one subject.
    ``listed`` is false for what search engines and the sitemap should leave out.
    """

    url: str
    format: str
    subject: str
    media_type: str
    role: str = ""
    language: str = ""
    version: str = ""
    listed: bool = True

    @property
    def file(self) -> str:
        """The path of the file below the output folder."""
        return (self.url + "index.html" if self.url.endswith("/") else self.url).lstrip("/")


@dataclass(frozen=True, slots=True)
class Output:
    """A rendered route: the bytes to publish."""

    route: Route
    body: bytes


Rendered = tuple[bytes, Sequence[Diagnostic]]
"""What a format's ``render`` returns: the file's bytes, and what was wrong with the author's input."""


class ExtensionError(Exception):
    """A site's own format or kind failed where nothing can be returned; carries the diagnostic to tell."""

    def __init__(self, told: Diagnostic) -> None:
        super().__init__(told.message)
        self.told = told


@dataclass(frozen=True, slots=True)
class Format:
    """An output format: which files it makes, and how to make one.

    ``routes`` sees the site without its URL table (nothing has an address yet); ``render`` sees the
    finished site. Both are pure. A format is one module that exports ``FORMAT``.

    A file that tells of every record is put together from texts, one for each: ``parts`` makes that of a
    record, by its key, and is marked with :func:`sitegen.core.site.kept`, so that an edit makes one anew.
    """

    name: str
    summary: str
    routes: Callable[[Site], Iterable[Route]]
    render: Callable[[Route, Site], Rendered]
    parts: Callable[[Site, str], str] | None = None
