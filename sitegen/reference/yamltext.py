"""Writes values as the YAML that a person would write: for examples that can be copied."""

from __future__ import annotations

import json
import re
from typing import Any

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~](?:[^:#]|:(?!\s|$)|(?<!\s)#)*", re.S)
_IN_LIST = re.compile(r"[^,\[\]{}]*")
_WIDTH = 88


def scalar(text: str) -> str:
    """Return text as a YAML scalar, in double quotes where it needs them."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.isprintable() and text.lower() not in ("null", "~")
    # What JSON writes is a double-quoted YAML scalar (YAML 1.2, section 1.3).
    return text if plain else json.dumps(text, ensure_ascii=False)


def lines(key: str, value: Any, indent: str = "") -> list[str]:
    """Return ``key: value`` as lines of block YAML. ``value`` is text, a list or a mapping of such."""
    if isinstance(value, dict) and value:
        return [f"{indent}{key}:", *(line for k, v in value.items() for line in lines(k, v, indent + "  "))]
    if isinstance(value, (list, tuple)) and value:
        return _list(key, [*value], indent)
    return [f"{indent}{key}: {_flow(value)}"]


def _list(key: str, items: list[Any], indent: str) -> list[str]:
    short = f"{indent}{key}: {_flow(items)}"
    if len(short) <= _WIDTH and not any(isinstance(item, (dict, list)) for item in items):
        return [short]
    found = [f"{indent}{key}:"]
    for item in items:
        if isinstance(item, dict) and item:
            inner = [line for k, v in item.items() for line in lines(k, v, indent + "    ")]
            found += [f"{indent}  - {inner[0].lstrip()}", *inner[1:]]
        else:
            found.append(f"{indent}  - {_flow(item)}")
    return found


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_in_list(item) for item in value) + "]"
    return scalar(str(value))


def _in_list(item: Any) -> str:
    text = _flow(item)
    return text if not isinstance(item, str) or _IN_LIST.fullmatch(text) else json.dumps(item, ensure_ascii=False)
