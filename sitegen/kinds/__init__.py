"""The kinds of record that content can define: one file per kind, each exporting ``KIND``.

The order is the order of loading: issuers first, since others inherit from them.
"""

from __future__ import annotations

from sitegen.core.kind import Kind
from sitegen.kinds import badge, course, framework, issuer, page, pathway

KINDS: tuple[Kind, ...] = (issuer.KIND, framework.KIND, badge.KIND, course.KIND, pathway.KIND, page.KIND)
"""Every built-in kind."""
