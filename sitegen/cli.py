"""The command line: arguments, printing, exit codes. The only module that prints.

Exit codes: 0 done; 1 faults found, nothing published; 2 the command was used wrongly; 70 a fault in
sitegen itself.
"""

from __future__ import annotations

import shlex
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen import __version__

if TYPE_CHECKING:
    from sitegen.build import Options, Result
    from sitegen.shell.serve import Rebuild

DONE, FAULTS, MISUSE, BUG = 0, 1, 2, 70
KINDS = ("issuer", "course", "badge", "pathway")


class Refusal(click.ClickException):
    """The command cannot do what it was asked; a matter of how it was used, not of the content."""

    exit_code = MISUSE


def _day(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def site_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command about a site takes."""
    for option in (
        click.option("--site", "root", default=".", type=click.Path(path_type=Path), help="The site's folder."),
        click.option("--base-url", help="The address of the site, in place of base_url in sitegen.yaml."),
        click.option("--drafts", is_flag=True, help="Include records that are not published yet."),
        click.option("--strict", is_flag=True, help="Let warnings fail too."),
        click.option(
            "--jobs", type=click.IntRange(1, 256), help="How many processes render. Never shows in the output."
        ),
        click.option(
            "--date",
            "today",
            type=click.DateTime(["%Y-%m-%d"]),
            callback=_day,
            help="Build as if on this day (YYYY-MM-DD); decides which offerings are over.",
        ),
    ):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def app() -> None:
    """Publish a catalogue of courses and badges from Markdown and YAML."""


@app.command()
@site_options
@click.option("--output", type=click.Path(path_type=Path), help="Where the site goes. [default: output/ in the site]")
def build(root: Path, output: Path | None, **options: Any) -> None:
    """Build the site. With any fault nothing is published and the old site stays."""
    sys.exit(_build(root, _options(output=output or root / "output", **options)))


@app.command()
@site_options
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
def check(root: Path, style: str, **options: Any) -> None:
    """Do everything but publish, and report every fault."""
    from sitegen.build import build as run
    from sitegen.core import report

    result = run(root, _options(**options))
    if style == "text":
        _report(result)
        click.echo(_verdict(result, publishing=False))
    else:
        render = report.as_json if style == "json" else report.as_github
        click.echo(render(result.diagnostics))
    sys.exit(FAULTS if result.failed else DONE)


@app.command()
@site_options
@click.option("--output", type=click.Path(path_type=Path), help="Where the site goes. [default: output/ in the site]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port; the next free one is taken when it is busy.",
)
def serve(root: Path, output: Path | None, host: str, port: int, **options: Any) -> None:
    """Build, show the site in the browser and build again whenever a file is saved."""
    from dataclasses import replace
    from urllib.parse import urlsplit

    from sitegen.shell import serve as preview

    place = preview.claim(host, port)
    if isinstance(place, OSError):
        raise Refusal(f"cannot listen at {host} from port {port} on: {place.strerror}")
    if place.port != port:
        click.echo(f"Port {port} is busy, so it is {place.port}.", err=True)
    settings = _options(output=output or root / "output", **options)
    if not settings.base_url:
        # Under another address of this computer, too: the site's own may have a folder, and this server has none.
        settings = replace(settings, base_url=place.url)
    target = settings.output
    assert target is not None  # noqa: S101 - set above; tells the type checker
    base = urlsplit(settings.base_url or "").path.rstrip("/")
    click.echo(f"Serving {place.url}{base}/  (Ctrl-C ends it)")
    if not preview.is_loopback(host):
        warning = "Warning: everybody who can reach this computer can see this preview"
        click.echo(warning + (", with its drafts." if settings.drafts else "."), err=True)
    shown = preview.Preview(target, base, settings.drafts)
    preview.serve(root, shown, place, _rebuilder(root, settings, target), lambda told: click.echo(told, err=True))


@app.command()
@click.argument("what")
@click.argument("name", required=False)
@click.option("--site", "root", default=".", type=click.Path(path_type=Path), help="The site's folder.")
def new(what: str, name: str | None, root: Path) -> None:
    """Start a site or a record: new my-catalogue, or new course food-safety.

    WHAT is site, issuer, course, badge or pathway, followed by a NAME; any other word is the name of
    a new site.
    """
    from sitegen.shell import scaffold

    if what not in (*KINDS, "site"):
        if name is not None:
            raise click.UsageError(f"'{what}' is not one of: site, {', '.join(KINDS)}")
        what, name = "site", what
    if name is None:
        raise click.UsageError(f"say what it is called: sitegen new {what} my-{what}")
    try:
        paths = scaffold.new_site(Path(name)) if what == "site" else scaffold.new_record(root, what, name)
    except scaffold.RefusedError as refusal:
        raise Refusal(str(refusal)) from None
    except OSError as problem:
        raise Refusal(f"{problem.filename} cannot be read or written: {problem.strerror}") from None
    for path in paths:
        click.echo(f"  {path}")
    if what == "site":
        click.echo(f"\nNow: cd {shlex.quote(name)} && sitegen build")
    else:
        click.echo("\nFill it in, then: sitegen check")


@app.command()
@click.argument("name")
def explain(name: str) -> None:
    """Explain a field (badge.assessment) or the code of a message (unknown-field)."""
    from sitegen.reference.explain import explain as look_up
    from sitegen.reference.explain import suggestions

    text = look_up(name)
    if text is None:
        near = suggestions(name)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise Refusal(f"there is no field and no code called '{name}'{hint}")
    click.echo(text)


def _options(**given: Any) -> Options:
    from sitegen.build import Options

    return Options(**given)


def _build(root: Path, options: Options) -> int:
    """Build, tell what came of it, and return the exit code."""
    with _progress() as step:
        return FAULTS if _built(root, options, step).published is None else DONE


def _built(root: Path, options: Options, step: Callable[[str], None] = lambda _: None) -> Result:
    """Build and tell what came of it."""
    from sitegen.build import build as run

    started = time.perf_counter()
    result = run(root, options, step)
    _report(result)
    seconds = time.perf_counter() - started
    if result.failed or result.published is None:
        click.echo(_verdict(result, publishing=True), err=True)
        return result
    done = result.published
    pages = sum(name.endswith(".html") for name in result.files)
    warnings = len(result.diagnostics)
    click.echo(
        f"{pages} pages, {len(result.files)} files: {done.written} written, {done.unchanged} unchanged, "
        f"{done.removed} removed; {warnings} {'warning' if warnings == 1 else 'warnings'}; {seconds:.2f} s"
    )
    click.echo(f"The site is in {options.output}")
    return result


def _rebuilder(root: Path, options: Options, target: Path) -> Rebuild:
    """Return what builds the site for the preview, and says which files changed."""
    from sitegen.formats.hosting.rules import common
    from sitegen.shell import serve as preview
    from sitegen.shell.publish import read_manifest

    def rebuild(_: frozenset[str] | None) -> preview.Outcome:
        before = read_manifest(target)
        try:
            result = _built(root, options)
        except Exception:
            traceback.print_exc()
            raise
        if result.published is None or result.site is None:
            return preview.failure(result.diagnostics, result.texts)
        after = read_manifest(target)
        return preview.Outcome(
            ok=True,
            changed=frozenset(name for name, digest in after.items() if before.get(name) != digest),
            removed=frozenset(before.keys() - after.keys()),
            media_types={route.file: route.media_type for route in result.site.table.values()},
            headers=common(result.site),
        )

    return rebuild


def _progress() -> Any:
    """A line that says what is being done, on a terminal; nothing where output is kept in a file."""
    from contextlib import contextmanager

    @contextmanager
    def quiet() -> Any:
        yield lambda _: None

    @contextmanager
    def spinner() -> Any:
        from rich.console import Console

        with Console(stderr=True).status("Starting") as status:
            yield status.update

    return spinner() if sys.stderr.isatty() else quiet()


def _report(result: Result) -> None:
    from sitegen.core.report import as_text

    if result.diagnostics:
        click.echo(as_text(result.diagnostics, result.texts), err=True)


def _verdict(result: Result, *, publishing: bool) -> str:
    from sitegen.core.diagnostics import Severity

    errors = sum(d.severity is Severity.ERROR for d in result.diagnostics)
    warnings = len(result.diagnostics) - errors
    if not result.failed:
        return f"No errors, {warnings} {'warning' if warnings == 1 else 'warnings'}."
    counts = f"{errors} {'error' if errors == 1 else 'errors'}, {warnings} {'warning' if warnings == 1 else 'warnings'}"
    left = "nothing was published. " if publishing else ""
    return f"{counts}: {left}'sitegen explain CODE' says more about the word in brackets."


def main() -> None:
    """Run the command line; a fault of our own is told as such, in a few words and with its trace."""
    try:
        app.main(standalone_mode=True)
    except Exception:  # the outermost net: everything an author can cause is a diagnostic long before
        traceback.print_exc()
        click.echo(
            "\nThis is a fault in sitegen, not in your content. Please report it with the lines above.", err=True
        )
        sys.exit(BUG)
