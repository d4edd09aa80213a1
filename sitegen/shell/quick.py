"""Ends a build that has nothing to do before it begins.

A build that went well leaves a note: how it was called, what everything that it read looked like, until when its
day lasts, and what it said. When the same call finds the same marks and the output as it was left, it says the
same again. Imports next to nothing: this is all that such a build costs.
"""

import json
import os
import time
from collections.abc import Mapping
from hashlib import blake2b

from sitegen.shell.edition import edition
from sitegen.shell.outputcheck import untouched
from sitegen.shell.walk import CACHE, fingerprint, now, settled

_VARIABLES = ("SOURCE_DATE_EPOCH",)
"""Variables of the environment that bear on what is built."""


def site_of(arguments: "list[str]") -> str:
    """Return the site's folder that a call of ``sitegen build`` names."""
    root = "."
    for at, argument in enumerate(arguments):
        if argument == "--site" and at + 1 < len(arguments):
            root = arguments[at + 1]
        elif argument.startswith("--site="):
            root = argument.removeprefix("--site=")
    return root


def _note(root: str, arguments: "list[str]") -> str:
    """One note for each way to call; where it is called from counts, as names of folders are read from there."""
    call = json.dumps([arguments, os.getcwd(), [os.environ.get(name) for name in _VARIABLES]])
    name = blake2b(call.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return os.path.join(root, CACHE, f"quick-{name}")


def answer(arguments: "list[str]") -> "dict[str, object] | None":
    """Return the note of an earlier call if nothing at all has changed since, else None."""
    root = site_of(arguments)
    try:
        with open(_note(root, arguments), "rb") as file:
            digest, _, content = file.read().partition(b"\n")
        if digest != _digest(content):
            return None
        note: dict[str, object] = json.loads(content)
        own = tuple(str(path) for path in _list(note["own"]))
        if edition(own).hex() != note["edition"] or not float(str(note["from"])) <= time.time() < float(
            str(note["to"])
        ):
            return None
        if fingerprint(root, [])[0].hex() != note["marks"] or not untouched(str(note["output"])):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return note


def take_note(
    arguments: "list[str]",
    marks: "tuple[bytes, int]",
    looked: int,
    own: "tuple[str, ...]",
    until: float,
    said: "Mapping[str, object]",
) -> None:
    """Leave a note for the next call. ``marks`` were taken at ``looked``, before anything was read."""
    root = site_of(arguments)
    digest, latest = marks
    if not settled(latest, looked):
        return
    note = {
        "edition": edition(own).hex(),
        "own": own,
        "marks": digest.hex(),
        "from": time.time(),
        "to": until,
        **said,
    }
    content = json.dumps(note).encode()
    path = _note(root, arguments)
    try:
        with open(f"{path}.new", "wb") as file:
            file.write(_digest(content) + b"\n" + content)
        os.replace(f"{path}.new", path)
    except OSError:
        return


def look(arguments: "list[str]") -> "tuple[tuple[bytes, int], int]":
    """Return the marks of everything that a build reads, and when they were taken."""
    looked = now()
    return fingerprint(site_of(arguments), []), looked


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).hexdigest().encode()


def _list(value: object) -> "list[object]":
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value
