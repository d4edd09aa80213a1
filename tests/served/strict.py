"""What a hosted Open Badges 2.0 document must satisfy beyond what 1EdTech's validator looks at.

The validator does not check ``type``, the issuer's e-mail address, the bytes of an image, that the criteria page
is there and is a page, response headers, or that a document says it is what it was fetched as.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from typing import Any

from tests.served.hosts import Answer, Hosts

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PNG = b"\x89PNG\r\n\x1a\n"


def faults(hosts: Hosts, url: str, expected: str) -> list[str]:
    """Return what is wrong with the BadgeClass or Issuer at an address; empty when nothing is."""
    answer = hosts.get(url)
    if answer.status != 200:
        return [f"status {answer.status}"]
    found = list(_transport(answer, ("application/ld+json", "application/json")))
    try:
        document = json.loads(answer.body)
    except ValueError:
        return [*found, "not JSON"]
    if document.get("type") != expected:
        found.append(f"type is {document.get('type')!r}")
    if document.get("id") != url:
        found.append(f"id is {document.get('id')!r}")
    if document.get("@context") != "https://w3id.org/openbadges/v2":
        found.append("wrong @context")
    found += _badge_class(hosts, document) if expected == "BadgeClass" else _issuer(hosts, document)
    return found


def _badge_class(hosts: Hosts, document: Any) -> Iterator[str]:
    yield from _image(hosts, document.get("image"), square=True)
    criteria = document.get("criteria")
    if not isinstance(criteria, dict) or not criteria.get("narrative"):
        yield "no criteria narrative"
        return
    page = hosts.get(criteria.get("id", ""))
    if page.status != 200 or page.media_type != "text/html":
        yield f"criteria page: {page.status} {page.media_type}"
    if "](/" in criteria["narrative"]:
        yield "criteria narrative has a link without a host"


def _issuer(hosts: Hosts, document: Any) -> Iterator[str]:
    if not _EMAIL.fullmatch(str(document.get("email"))):
        yield f"e-mail is {document.get('email')!r}"
    if "image" in document:
        yield from _image(hosts, document["image"], square=False)


def _image(hosts: Hosts, image: Any, *, square: bool) -> Iterator[str]:
    if not isinstance(image, dict) or not image.get("id"):
        yield "no image"
        return
    answer = hosts.get(image["id"])
    if answer.status != 200:
        yield f"image: status {answer.status}"
        return
    yield from _transport(answer, ("image/png", "image/svg+xml"))
    if answer.body.startswith(_PNG):
        width, height = struct.unpack(">II", answer.body[16:24])
        if answer.media_type != "image/png":
            yield f"image: a PNG served as {answer.media_type}"
        if square and (width != height or width < 90):
            yield f"image: {width} by {height}"
    elif b"<svg" not in answer.body[:2000]:
        yield "image: neither PNG nor SVG"
    elif answer.media_type != "image/svg+xml":
        yield f"image: an SVG served as {answer.media_type}"


def _transport(answer: Answer, media_types: tuple[str, ...]) -> Iterator[str]:
    if answer.media_type not in media_types:
        yield f"served as {answer.media_type}"
    if answer.headers.get("access-control-allow-origin") != "*":
        yield "browsers of other sites may not read it"
