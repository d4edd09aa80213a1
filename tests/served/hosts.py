"""A web server for the tests: nginx with the site's own snippet, and other people's hosts beside it.

All hosts share one local port; nginx tells them apart by the Host header, as it does in real life.
"""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROGRAM = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)

_CONFIG = """\
daemon off;
master_process off;
error_log {work}/error.log;
pid {work}/nginx.pid;
events {{}}
http {{
    access_log off;
    server_tokens off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port} default_server;
        return 421;
    }}
    server {{
        listen 127.0.0.1:{port};
        server_name {host};
        root {site};
        include {site}/hosting/nginx.conf;
    }}
{others}}}
"""

_OTHER = """\
    server {{
        listen 127.0.0.1:{port};
        server_name {host};
        root {folder};
        types {{ application/ld+json json; image/png png; image/jpeg jpg; text/html html; }}
        add_header Access-Control-Allow-Origin "*";
    }}
"""


@dataclass(frozen=True)
class Answer:
    """What a server said. Header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Hosts:
    """Running hosts: where they are reached, the site's public address, and the folders of the others."""

    address: str
    base_url: str
    site: Path
    others: Mapping[str, Path]

    @property
    def names(self) -> list[str]:
        """The names that answer here."""
        return [urlsplit(self.base_url).netloc, *self.others]

    def get(self, url: str) -> Answer:
        """Fetch a public address, without following redirects."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(self.address, timeout=10)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"Host": parts.netloc, "Origin": "https://displayer.example"})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, headers, response.read())
        connection.close()
        return answer

    def publish(self, url: str, document: Any) -> str:
        """Put a document on one of the other hosts and return its address."""
        parts = urlsplit(url)
        file = self.others[parts.netloc] / parts.path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return url


@contextmanager
def serve(site: Path, base_url: str, others: list[str], work: Path) -> Iterator[Hosts]:
    """Serve a built site at its public address, with empty hosts beside it."""
    folders = {host: work / host for host in others}
    for folder in folders.values():
        folder.mkdir(parents=True)
    port = _free_port()
    config = work / "nginx.conf"
    config.write_text(
        _CONFIG.format(
            work=work,
            port=port,
            site=site,
            host=urlsplit(base_url).netloc,
            others="".join(_OTHER.format(port=port, host=host, folder=folder) for host, folder in folders.items()),
        )
    )
    server = subprocess.Popen([str(PROGRAM), "-e", f"{work}/error.log", "-p", str(work), "-c", str(config)])
    try:
        _wait(port, server, work)
        yield Hosts(f"127.0.0.1:{port}", base_url, site, folders)
    finally:
        server.terminate()
        server.wait(10)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(port: int, server: subprocess.Popen[bytes], work: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError(f"nginx did not start:\n{(work / 'error.log').read_text()}")
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("nginx did not answer within four seconds")
