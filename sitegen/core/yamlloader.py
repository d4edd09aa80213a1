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

    A tab is white space except where a line begins, and an escape stands for a real character.
    """

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


LOADER: Any = getattr(yaml, "CSafeLoader", PortableLoader)
"""The loader in use; about twelve times as fast with libyaml."""
