"""``python -m bench``: measure sitegen beside its peers."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from bench import table
from bench.latency import latencies
from bench.machine import describe, filesystem
from bench.measure import SCENARIOS, run_all
from bench.page import page
from bench.peers import PEERS
from bench.peers.peer import REPOSITORY, Peer
from bench.record import Record, Round, load
from bench.stages import stages

MEMORY = Path("/dev/shm")
TOOLS = Path(__file__).parent / ".tools"
PAGE = REPOSITORY / "docs" / "reference" / "benchmarks.md"

names = click.Choice(list(PEERS))
scratch_option = click.option(
    "--scratch",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=MEMORY if MEMORY.is_dir() else Path(tempfile.gettempdir()),
    show_default=True,
    help="Where sites are generated and built: a memory file system, or a disk.",
)
tools_option = click.option(
    "--tools", type=click.Path(path_type=Path), default=TOOLS, help="Where peers are installed. [default: bench/.tools]"
)
peers_option = click.option("--peer", "peers", multiple=True, type=names, help="A generator; may be given repeatedly.")
items_option = click.option("--items", type=click.IntRange(20), default=10_000, show_default=True)
runs_option = click.option("--runs", type=click.IntRange(1), default=5, show_default=True, help="Runs of each.")
json_option = click.option("--json", "kept", type=click.Path(path_type=Path), help="Keep the figures in this file.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def app() -> None:
    """Measure sitegen beside its peers on the same work."""


@app.command()
@click.argument("peers", nargs=-1, type=names)
@tools_option
def install(peers: Sequence[str], tools: Path) -> None:
    """Install peers: all of them, or those named. The only command that uses the network."""
    for name in peers or PEERS:
        if not PEERS[name].installed(tools):
            PEERS[name].install(tools)


@app.command()
@click.argument("peer", type=names)
@click.argument("folder", type=click.Path(path_type=Path))
@items_option
@click.option("--art", is_flag=True, help="Badges without images of their own, so that sitegen draws them.")
def generate(peer: str, folder: Path, items: int, art: bool) -> None:
    """Write the catalogue in the layout of PEER into FOLDER, which must not exist."""
    if folder.exists():
        raise click.UsageError(f"{folder} exists already")
    PEERS[peer].generate(folder, items, art)


@app.command()
@items_option
@runs_option
@peers_option
@scratch_option
@tools_option
@json_option
@click.option("--only", multiple=True, type=click.Choice(SCENARIOS), help="A scenario; may be given repeatedly.")
@click.option("--art", is_flag=True, help="Time the drawing of badges too; sitegen alone can.")
@click.option(
    "--memory",
    multiple=True,
    type=click.Choice(SCENARIOS),
    default=("cold",),
    show_default=True,
    help="A scenario whose memory is sampled, in a run of its own; may be given repeatedly.",
)
@click.option("--profile", is_flag=True, help="Seconds per stage of our own builds too.")
def run(
    items: int,
    runs: int,
    peers: Sequence[str],
    scratch: Path,
    tools: Path,
    kept: Path | None,
    only: Sequence[str],
    art: bool,
    memory: Sequence[str],
    profile: bool,
) -> None:
    """Measure once and print the tables."""
    ready, missing = _ready(peers or (["sitegen"] if art else list(PEERS)), tools)
    scenarios = only or SCENARIOS
    figures = run_all(ready, tools, scratch, items, runs, scenarios, art=art, memory=memory, tell=_tell)
    record = Record(describe(), filesystem(scratch), Round(items, runs, figures), missing)
    if profile:
        record.stages = _profiled(scratch, items)
    _keep(record, kept)
    _print(record)


@app.command()
@scratch_option
@tools_option
def small(scratch: Path, tools: Path) -> None:
    """Measure 500 items in less than a minute: sitegen, and Hugo when it is installed."""
    ready, missing = _ready(["sitegen", "hugo"], tools)
    figures = run_all(ready, tools, scratch, 500, 2, SCENARIOS, tell=lambda _: None)
    _print(Record(describe(), filesystem(scratch), Round(500, 2, figures), missing))


@app.command()
@click.option("--size", "sizes", multiple=True, type=click.IntRange(20), default=(1_000, 10_000, 30_000, 100_000))
@click.option("--peers-up-to", type=int, default=30_000, show_default=True, help="Larger sizes measure sitegen alone.")
@runs_option
@peers_option
@scratch_option
@tools_option
@json_option
def growth(
    sizes: Sequence[int],
    peers_up_to: int,
    runs: int,
    peers: Sequence[str],
    scratch: Path,
    tools: Path,
    kept: Path | None,
) -> None:
    """Measure how cost grows with the number of items."""
    ready, missing = _ready(peers or list(PEERS), tools)
    rounds = _grown(sizes, peers_up_to, runs, ready, tools, scratch)
    record = Record(describe(), filesystem(scratch), rounds[0], missing, growth=rounds)
    _keep(record, kept)
    click.echo(table.growth_table(rounds))
    click.echo(table.problems(record))


@app.command()
@items_option
@scratch_option
def profile(items: int, scratch: Path) -> None:
    """Print seconds per stage of our own builds."""
    click.echo(table.stage_table(_profiled(scratch, items)))


@app.command()
@items_option
@peers_option
@scratch_option
@tools_option
@click.option("--saves", type=click.IntRange(1), default=10, show_default=True)
def latency(items: int, peers: Sequence[str], scratch: Path, tools: Path, saves: int) -> None:
    """Print the time from saving a file to the new page in a browser."""
    ready, _ = _ready(peers or list(PEERS), tools)
    click.echo(table.latency_table(_seen(ready, tools, scratch, items, saves)))


@app.command()
@items_option
@runs_option
@scratch_option
@tools_option
@click.option("--growth-runs", type=click.IntRange(1), default=2, show_default=True)
@click.option("--peers-up-to", type=int, default=30_000, show_default=True)
@click.option("--from", "before", type=click.Path(path_type=Path), help="Write the page from figures kept before.")
@json_option
@click.option("--write", type=click.Path(path_type=Path), default=PAGE, help="[default: docs/reference/benchmarks.md]")
def full(
    items: int,
    runs: int,
    scratch: Path,
    tools: Path,
    growth_runs: int,
    peers_up_to: int,
    before: Path | None,
    kept: Path | None,
    write: Path,
) -> None:
    """Measure everything and write the page of the documentation. Takes hours."""
    if before is None:
        ready, missing = _ready(list(PEERS), tools)
        figures = run_all(ready, tools, scratch, items, runs, memory=SCENARIOS, tell=_tell)
        record = Record(describe(), filesystem(scratch), Round(items, runs, figures), missing)
        _keep(record, kept)
        record.stages = _profiled(scratch, items)
        record.latency = _seen(ready, tools, scratch, items, 10)
        _keep(record, kept)
        record.growth = _grown((1_000, 10_000, 30_000, 100_000), peers_up_to, growth_runs, ready, tools, scratch)
        _keep(record, kept)
    else:
        record = load(before)
    write.write_text(page(record), encoding="utf-8")
    click.echo(f"The page is {write}")


def _ready(wanted: Sequence[str], tools: Path) -> tuple[list[Peer], list[str]]:
    """Return the peers that are installed, ours first, and the names of those that are not, which are told."""
    chosen = [peer for peer in PEERS.values() if peer.name in wanted]
    missing = [peer.name for peer in chosen if not peer.installed(tools)]
    for name in missing:
        _tell(f"{name} is not installed and is left out: python -m bench install {name}")
    return [peer for peer in chosen if peer.name not in missing], missing


def _grown(
    sizes: Sequence[int], peers_up_to: int, runs: int, ready: Sequence[Peer], tools: Path, scratch: Path
) -> list[Round]:
    rounds = []
    for size in sizes:
        chosen = [peer for peer in ready if peer.name == "sitegen" or size <= peers_up_to]
        figures = run_all(chosen, tools, scratch, size, runs, ("cold", "nothing", "page"), tell=_tell)
        rounds.append(Round(size, runs, figures))
    return rounds


def _profiled(scratch: Path, items: int) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-", dir=scratch) as folder:
        return stages(Path(folder), items, _tell)


def _seen(ready: Sequence[Peer], tools: Path, scratch: Path, items: int, saves: int) -> dict[str, list[float]]:
    if shutil.which("chromium") is None:
        _tell("there is no chromium: the time until a browser shows a page is left out")
        return {}
    found = {}
    for peer in ready:
        with tempfile.TemporaryDirectory(prefix="sitegen-bench-", dir=scratch) as folder:
            try:
                found[peer.name] = latencies(peer, tools, Path(folder), items, saves, _tell)
            # Whatever fails in a browser or a server must not lose the other figures.
            except Exception as problem:
                _tell(f"{peer.title} was not seen: {problem}")
    return found


def _keep(record: Record, path: Path | None) -> None:
    if path is not None:
        record.save(path)


def _print(record: Record) -> None:
    main = record.main
    click.echo(f"{main.items:,} items, medians of {main.runs}, {record.machine['cores']} cores, {record.filesystem}\n")
    click.echo(table.main_table(main))
    click.echo(table.ratio_table(main))
    click.echo(table.cost_table(main))
    if record.stages:
        click.echo(table.stage_table(record.stages))
    click.echo(table.problems(record), nl=False)


def _tell(text: str) -> None:
    click.echo(text, err=True)


def main() -> None:
    """Run the command line; ended from outside, remove the sites as after an interrupt: they may fill the memory."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    app()


if __name__ == "__main__":
    main()
