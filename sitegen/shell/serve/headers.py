"""The answer headers of a file: those of the hosting rules, so that what breaks in public breaks here first.

One differs. In public a picture may be kept for five minutes; here it is never kept, since the next save changes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.formats.hosting.rules import (
    IMAGE_POLICY,
    PAGE_POLICY,
    PERMISSIONS,
    REFERRER,
    bare,
    is_data,
    is_page,
)

COMMON: Mapping[str, str] = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": REFERRER}
"""The headers of every answer, until a build has said which they are on this site."""

PAGE = "text/html; charset=utf-8"


def headers(media: str, common: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a file of this media type."""
    found = {**common, "Content-Type": media, "Cache-Control": "no-store"}
    if is_page(media):
        found |= {"Content-Security-Policy": PAGE_POLICY, "Permissions-Policy": PERMISSIONS}
    if bare(media) == "image/svg+xml":
        found["Content-Security-Policy"] = IMAGE_POLICY
    if is_data(media):
        found["Access-Control-Allow-Origin"] = "*"
    return found
