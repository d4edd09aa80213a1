"""Writes the reference pages that are made from the code: docs/reference/*.md.

Run it after a change to a model, a setting, a code or a command::

    python tools/make_reference.py
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from sitegen import cli
from sitegen.reference.pages import NOTICE, pages

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"

EXIT_CODES = f"""\
## Exit codes

| Code | Meaning |
| --- | --- |
| {cli.DONE} | done |
| {cli.FAULTS} | faults were found; nothing was published |
| {cli.MISUSE} | the command was used wrongly |
| {cli.BUG} | a fault in sitegen itself; please report it |
"""

_TAKES = {"path": "a path", "datetime": "a day", "integer range": "a number", "integer": "a number", "text": "text"}
"""What an option takes, by the name of its type."""


def all_pages() -> dict[str, str]:
    """Return every page by its file name: those that the package makes, and the one of the command line."""
    return {**pages(), "commands.md": commands_page()}


def commands_page() -> str:
    """Return the page of the command line, as ``--help`` prints it."""
    parts = [NOTICE, "# Commands", "Each command prints this with `--help`."]
    for name, command in cli.app.commands.items():
        parts += [f"## sitegen {name}", *_command(name, command)]
    return "\n\n".join([*parts, EXIT_CODES])


def _command(name: str, command: click.Command) -> Iterator[str]:
    # Worked out here and not by click, so that the page does not change with its version.
    yield cleandoc((command.help or "").partition("\f")[0])
    arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    shown = [str(a.name).upper() if a.required else f"[{str(a.name).upper()}]" for a in arguments]
    yield "```\n" + " ".join(["sitegen", name, *shown, "[OPTIONS]"]) + "\n```"
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    if options:
        yield "\n".join(["| Option | Takes | What it does |", "| --- | --- | --- |", *map(_option, options)])


def _option(option: click.Option) -> str:
    kind = option.type
    takes = (
        f"one of: {', '.join(map(str, kind.choices))}" if isinstance(kind, click.Choice) else _TAKES.get(kind.name, "")
    )
    default = f" Default: `{option.default}`." if option.show_default else ""
    return f"| `{option.opts[0]}` | {takes} | {(option.help or '').strip()}{default} |"


def main() -> None:
    """Write every page, and say which of them changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in all_pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(FOLDER.parent.parent)}")


if __name__ == "__main__":
    main()
