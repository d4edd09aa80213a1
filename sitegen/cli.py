"""The command line: arguments, printing, exit codes. The only module that prints.

Exit codes: 0 done; 1 faults found, nothing published; 2 the command was used wrongly; 70 a fault in
sitegen itself.
"""

from __future__ import annotations

import json
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
@click.option("--timings", type=click.Path(path_type=Path), help="Write the seconds of each stage to this JSON file.")
def build(root: Path, output: Path | None, timings: Path | None, **options: Any) -> None:
    """Build the site. With any fault nothing is published and the old site stays.

    What has not changed since the last build is not made again; the outcome is the same to the byte.
    """
    sys.exit(_build(root, _options(output=output or root / "output", **options), timings))


@app.command()
@click.option("--site", "root", default=".", type=click.Path(path_type=Path), help="The site's folder.")
def clean(root: Path) -> None:
    """Forget what earlier builds kept (.sitegen/). The next build makes everything again; the output stays."""
    from sitegen.shell.cache import clean as forget

    try:
        click.echo("What builds kept is gone." if forget(root) else "There was nothing kept.")
    except OSError as problem:
        raise Refusal(f"{problem.filename} cannot be deleted: {problem.strerror}") from None


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
    from functools import partial
    from urllib.parse import urlsplit

    from sitegen.shell.serve.guard import is_loopback
    from sitegen.shell.serve.preview import Preview
    from sitegen.shell.serve.rebuild import Rebuild
    from sitegen.shell.serve.server import claim
    from sitegen.shell.serve.server import serve as show

    place = claim(host, port)
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
    if not is_loopback(host):
        warning = "Warning: everybody who can reach this computer can see this preview"
        click.echo(warning + (", with its drafts." if settings.drafts else "."), err=True)
    shown = Preview(target, base, settings.drafts)
    rebuild = Rebuild(root, target, partial(_rebuilt, root, settings))
    show(root, shown, place, rebuild, lambda told: click.echo(told, err=True))


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
@site_options
@click.option("--output", type=click.Path(path_type=Path), help="The output that a page is in. [default: output/]")
def explain(name: str, root: Path, output: Path | None, **options: Any) -> None:
    """Explain a field (badge.assessment), the code of a message (unknown-field), or a page (/badges/food-safety/).

    Of a page it says what it was made from, and whether and why the next build makes it again.
    """
    if name.startswith("/"):
        from sitegen.build import why

        result, lines = why(root, _options(output=output or root / "output", **options), name)
        _report(result)
        click.echo("\n".join(lines))
        sys.exit(FAULTS if result.failed else DONE)
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


def _build(root: Path, options: Options, timings: Path | None) -> int:
    """Build, tell what came of it, and return the exit code. A build that went well leaves a note for the next."""
    from sitegen.shell import quick

    # Only what a person typed can be typed again, and only a plain call is answered from a note.
    called = sys.argv[2:] if sys.argv[1:2] == ["build"] and timings is None else None
    looked = quick.look(called) if called is not None else None
    with _progress() as step:
        result = _built(root, options, step)
    if timings is not None:
        try:
            timings.write_text(json.dumps(result.seconds, indent=2) + "\n")
        except OSError as problem:
            raise Refusal(f"{timings} cannot be written: {problem.strerror}") from None
    if result.published is None:
        return FAULTS
    if called is not None and looked is not None and result.site is not None:
        from sitegen.shell.clock import end_of_day

        until = float("inf") if options.today else end_of_day(result.site.config.timezone)
        said = {
            "output": str(options.output),
            "warnings": _reported(result),
            "counts": _counts(result, written=0, removed=0),
            "where": f"The site is in {options.output}",
        }
        quick.take_note(called, *looked, result.own, until, said)
    return DONE


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
    click.echo(f"{_counts(result, done.written, done.removed)}; {seconds:.2f} s")
    click.echo(f"The site is in {options.output}")
    return result


def _counts(result: Result, written: int, removed: int) -> str:
    pages = sum(name.endswith(".html") for name in result.files)
    warnings = len(result.diagnostics)
    return (
        f"{pages} pages, {len(result.files)} files: {written} written, {len(result.files) - written} unchanged, "
        f"{removed} removed; {warnings} {'warning' if warnings == 1 else 'warnings'}"
    )


def _rebuilt(root: Path, options: Options) -> Result:
    """Build for the preview, in a process of its own; the server does not see the trace of a fault of ours."""
    try:
        return _built(root, options)
    except Exception:
        traceback.print_exc()
        raise


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
    if result.diagnostics:
        click.echo(_reported(result), err=True)


def _reported(result: Result) -> str:
    from sitegen.core.report import as_text

    return as_text(result.diagnostics, result.texts) if result.diagnostics else ""


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
