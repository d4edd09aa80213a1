"""The schema.org vocabulary as npm's schema-dts has it: which type has which terms, and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

_INTERFACE = re.compile(r"^(?:export )?interface (\w+)(?: extends ([\w, <>]+))? \{\n(.*?)^\}", re.M | re.S)
_TERM = re.compile(r'^    "(\w+)"\?: SchemaValue<(.+), "\w+">;', re.M)
_ALIAS = re.compile(r"^export type (\w+) = (.+);", re.M)


@dataclass(frozen=True)
class Vocabulary:
    """Parents of each type, the terms each type adds with the types of their values, and what a type may be."""

    parents: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, Mapping[str, tuple[str, ...]]]
    aliases: Mapping[str, tuple[str, ...]]

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {}

    def ancestors(self, name: str) -> frozenset[str]:
        """Return a type and everything it is a kind of."""
        if name not in self._ancestors:
            above = [self.ancestors(parent) for parent in self.parents.get(name, ())]
            self._ancestors[name] = frozenset({name}).union(*above)
        return self._ancestors[name]

    def expected(self, type_name: str, term: str) -> tuple[str, ...] | None:
        """Return the types that a term of a type may have, or None where the type has no such term."""
        for name in sorted(self.ancestors(type_name)):
            if term in self.terms.get(name, {}):
                return self.terms[name][term]
        return None

    def faults(self, value: Any, at: str = "") -> Iterator[str]:
        """Yield every term that a node's type does not have, and every value that a term may not have."""
        if not isinstance(value, dict) or set(value) == {"@id"}:
            return
        type_name = value.get("@type", "")
        if f"{type_name}Leaf" not in self.parents:
            yield f"{at}: no type {type_name!r}"
            return
        for term, held in value.items():
            if term in ("@context", "@type", "@id"):
                continue
            expected = self.expected(f"{type_name}Leaf", term)
            if expected is None:
                yield f"{at}: {type_name} has no term {term!r}"
                continue
            for item in held if isinstance(held, list) else [held]:
                if not self._fits(item, expected):
                    yield f"{at}.{term}: {item!r} is none of {', '.join(expected)}"
                yield from self.faults(item, f"{at}.{term}")

    def _fits(self, value: Any, expected: tuple[str, ...]) -> bool:
        if isinstance(value, dict):
            return set(value) == {"@id"} or any(self._reaches(name, f"{value.get('@type')}Leaf") for name in expected)
        wanted = {bool: "boolean", int: "number", float: "number", str: "string"}[type(value)]
        return any(self._allows(name, wanted, value) for name in expected)

    def _reaches(self, name: str, leaf: str) -> bool:
        """Say whether a type is the wanted one or has it below."""
        return any(part == leaf or self._reaches(part, leaf) for part in self.aliases.get(name, ()) if part != name)

    def _allows(self, name: str, wanted: str, value: Any) -> bool:
        """Say whether an alias comes down to the primitive type that JSON has, or to this very string."""
        if name in ("string", "number", "boolean") or name.startswith('"'):
            return name in (wanted, f'"{value}"')
        return any(self._allows(part, wanted, value) for part in self.aliases.get(name, ()) if part != name)


def read_vocabulary(npm: Path) -> Vocabulary:
    """Read the vocabulary from an npm folder that has schema-dts."""
    text = (npm / "node_modules" / "schema-dts" / "dist" / "schema.d.ts").read_text()
    found = _INTERFACE.findall(text)
    return Vocabulary(
        parents={
            name: tuple(part.strip() for part in parents.split(",") if part.strip()) for name, parents, _ in found
        },
        terms={name: {t: _union(types) for t, types in _TERM.findall(body)} for name, _, body in found},
        aliases={name: _union(types) for name, types in _ALIAS.findall(text)},
    )


def _union(types: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in types.split("|"))
