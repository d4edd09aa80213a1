"""The preview server: livereload, held to this computer and to the site's own rules.

From a saved file to the page: ``watching`` notices, ``changes`` gathers until a burst is over, ``builder`` builds in
a thread, ``preview`` knows what each open page has to do about it, ``channel`` tells it. ``handlers`` answers
requests, after ``guard`` has let them in, with what ``files`` finds.
"""

from __future__ import annotations

from sitegen.shell.serve.builder import Rebuild
from sitegen.shell.serve.guard import is_loopback
from sitegen.shell.serve.outcome import Line, Notice, Outcome, failure
from sitegen.shell.serve.preview import Preview
from sitegen.shell.serve.server import Place, claim, serve

__all__ = ["Line", "Notice", "Outcome", "Place", "Preview", "Rebuild", "claim", "failure", "is_loopback", "serve"]
