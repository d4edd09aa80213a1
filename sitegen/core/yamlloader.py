"""The YAML reader underneath: libyaml where PyYAML was built with it, else PyYAML's own scanner.

Only the event stream of either is used, so nothing is ever constructed from a tag.
"""

from __future__ import annotations

from typing import Any

import yaml


class PortableLoader(yaml.SafeLoader):
    """PyYAML's scanner with libyaml's rule for tabs: white space, except where a line begins."""

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
        if "\t" not in blank:
            return scan(indent, start_mark)
        self.forward(length)
        return scan(indent, start_mark) or [blank]


LOADER: Any = getattr(yaml, "CSafeLoader", PortableLoader)
"""The loader in use; about twelve times as fast with libyaml."""
