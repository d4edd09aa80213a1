"""What ``sitegen new`` writes: a small catalogue that builds, and a file for each new record.

The texts are files beside this module. They teach by their comments, so a change to a field is a
change to them as well; the tests build every one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

from sitegen.reference.yamltext import scalar

KINDS = ("issuer", "course", "badge", "pathway")
"""The kinds that :func:`record` can start."""

_FOLDERS = {"issuer": "issuers", "course": "courses", "badge": "badges", "pathway": "pathways"}
_RENAMED = {"gitignore": ".gitignore"}
"""Files that would act on our own repository under their real name."""

_COLUMN = 36
"""Where comments stand in the files of records."""


def site(name: str) -> dict[str, bytes]:
    """Return a complete small catalogue by path. It builds without a warning."""
    title = _title(name)
    values = {"name": scalar(title), "title": title}
    made = {}
    for path, text in _texts(files(__name__) / "site"):
        made[path] = Template(text).substitute(values).encode() if "${" in text else text.encode()
    return dict(sorted(made.items()))


def record(kind: str, record_id: str, name: str, existing: Mapping[str, Sequence[str]]) -> tuple[str, bytes]:
    """Return the path and the text of a new record of one of :data:`KINDS`.

    ``existing`` lists the ids of what a record can refer to in the site, under ``issuers``, ``badges``,
    ``courses`` and ``topics``. Where there is no issuer yet, the record names one that the next build
    asks for.
    """
    path = f"content/{_FOLDERS[kind]}/{record_id}.md"
    text = (files(__name__) / "records" / f"{kind}.md").read_text(encoding="utf-8")
    values = {
        "id": record_id,
        "name": scalar(_title(name)),
        "issuer": _choice("issuer", existing.get("issuers", ()), "your-issuer", "who awards it"),
        "provider": _choice("provider", existing.get("issuers", ()), "your-issuer", "who offers it"),
        "topic": _choice("topic", existing.get("topics", ()), "", "where it is listed"),
        "awards": _awards(record_id, existing.get("badges", ())),
        "steps": _steps(existing),
    }
    return path, Template(text).substitute(values).encode()


def _texts(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _texts(item, f"{prefix}{item.name}/")
        else:
            yield prefix + _RENAMED.get(item.name, item.name), item.read_text(encoding="utf-8")


def _title(name: str) -> str:
    """Return a name written like a folder's or an id (``my-catalogue``) as a title: 'My catalogue'."""
    words = name.replace("-", " ").replace("_", " ") if name.islower() and " " not in name else name
    return words[:1].upper() + words[1:]


def _choice(field: str, known: Sequence[str], otherwise: str, what: str) -> str:
    """A line that names the first of what there is, and in a comment the others."""
    if not known and not otherwise:
        return _line(f"# {field}: an-id", f"{what}; topics are listed in sitegen.yaml")
    others = f": {', '.join(known)}" if len(known) > 1 else "" if known else "; start one with sitegen new issuer"
    return _line(f"{field}: {known[0] if known else otherwise}", what + others)


def _awards(record_id: str, badges: Sequence[str]) -> str:
    """A course leads to the badge of the same name, if there is one."""
    known = f"awards: [{record_id}]" if record_id in badges else f"# awards: [{badges[0] if badges else 'an-id'}]"
    return _line(known, "badges that it leads to, by id")


def _steps(existing: Mapping[str, Sequence[str]]) -> str:
    known = [f"{kind}: {name}" for kind in ("badge", "course") for name in existing.get(f"{kind}s", ())]
    credential = "credential:\n      name: {}\n      provider: Any registered trainer"
    fill = [credential.format("Provide first aid"), credential.format("Work safely")]
    return "\n".join(f"  - {step}" for step in [*known, *fill][:2])


def _line(text: str, comment: str) -> str:
    return f"{text:<{_COLUMN - 1}} # {comment}"
