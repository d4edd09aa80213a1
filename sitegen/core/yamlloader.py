"""The YAML reader underneath: libyaml where PyYAML was built with it, else PyYAML's own scanner.

Only the event stream of either is used, so nothing is ever constructed from a tag.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.scanner import ScannerError

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class PortableLoader(yaml.SafeLoader):
    """PyYAML's scanner with libyaml's rules for tabs and for escapes.

    A tab is white space except where a line begins, and an escape stands for a real character. The places
    where a key may have begun are kept oldest first, so only the first need be looked at, where PyYAML
    looks at all of them for each token and a thousand brackets on a line take a million steps.
    """

    possible_simple_keys: dict[int, Any]

    def next_possible_simple_key(self) -> int | None:
        """Return the number of the first token that may yet turn out to be a key."""
        return next((key.token_number for key in self.possible_simple_keys.values()), None)

    def stale_possible_simple_keys(self) -> None:
        """Forget the places that are too far back for a key: PyYAML's own method, up to the first that is not."""
        key = next(iter(self.possible_simple_keys.values()), None)
        if key is not None and (key.line != self.line or self.index - key.index > 1024):
            forget: Any = super().stale_possible_simple_keys
            forget()

    def scan_to_next_token(self) -> None:
        """Skip white space, comments and line ends."""
        scan: Any = super().scan_to_next_token
        scan()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            scan()

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> Any:
        """Return the white space between two words of plain text."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blank = self.prefix(length)
        scan: Any = super().scan_plain_spaces
        if "\t" in blank:
            self.forward(length)
        words = scan(indent, start_mark) or ([blank] if "\t" in blank else [])
        while words and self.peek() == "\t" and self.column >= indent:
            self.forward()
        return words

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Any) -> Any:
        """Return the words and the escapes of quoted text up to the next white space."""
        scan: Any = super().scan_flow_scalar_non_spaces
        words: list[str] | None
        try:
            words = scan(double, start_mark)
        except (ValueError, OverflowError):
            words = None
        if words is None or _SURROGATE.search("".join(words)):
            what = "while scanning a double-quoted scalar"
            raise ScannerError(what, start_mark, "invalid Unicode character escape code", self.get_mark())
        return words


# PyYAML's types do not tell of the parser that its C loaders are built on.
LOADER: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else PortableLoader  # type: ignore[attr-defined]
"""The loader in use, of which only events are asked for; about twelve times as fast with libyaml."""
