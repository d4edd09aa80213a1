"""Who may ask. A web page elsewhere must not be able to read a draft, whatever name it gives this computer.

A browser takes a page from evil.example to be of one origin with this server when that name is made to lead here
(DNS rebinding). The Host header still says evil.example, so it is refused. Requests that another site's page makes
under our own name carry its Origin or say that they come from another site, and are refused as well.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def host_of(netloc: str) -> str:
    """Return the name in a Host header or an Origin, in small letters; '' where there is none."""
    try:
        return (urlsplit(f"//{netloc}").hostname or "").lower()
    except ValueError:  # half an IPv6 address
        return ""


def is_loopback(host: str) -> bool:
    """Say whether only this computer can reach a server that listens at ``host``."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Guard:
    """Knows the names of a server that listens at ``host``."""

    host: str

    def refuses(self, headers: Mapping[str, str], *, strict: bool = False) -> bool:
        """Say whether a request is a stranger's. ``strict`` wants the very origin, as for what pages never need."""
        host = headers.get("Host", "")
        if not self.answers(host):
            return True
        origin = headers.get("Origin", headers.get("Sec-Websocket-Origin"))
        if origin is not None:
            return not self._same(origin, host, strict)
        # Browsers say so of pictures and scripts, too, for which there is no Origin. Following a link is fine.
        if headers.get("Sec-Fetch-Site") != "cross-site":
            return False
        return (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")) != ("navigate", "document")

    def answers(self, header: str) -> bool:
        """Say whether a Host header is a name of ours."""
        name = host_of(header)
        if name in LOCAL or (name and name == host_of(_bracketed(self.host))):
            return True
        if is_loopback(self.host):
            return False
        # Open to other computers, which know this one by its name or a number. A number cannot be rebound.
        own = socket.gethostname().lower()
        return name in {own, f"{own}.local"} or _is_number(name)

    def _same(self, origin: str, host: str, strict: bool) -> bool:
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https"):
            return False
        if parts.netloc.lower() == host.lower():
            return True
        # A wallet under development on another port of this computer may read badges.
        return not strict and host_of(parts.netloc) in LOCAL and host_of(host) in LOCAL


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
