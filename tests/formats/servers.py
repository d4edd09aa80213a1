"""Real web servers, started on a free port of this machine with the configuration that a site brings along."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from sitegen.core.output import Route
from sitegen.core.site import Site
from tests.formats.whole import FORMATS


@dataclass(frozen=True)
class Server:
    """A running server and the site it serves."""

    port: int
    site: Site

    def get(self, path: str) -> tuple[int, Message, bytes]:
        """Fetch a path, and take a redirect as the answer."""
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def file(self, route: Route) -> tuple[int, Message, bytes]:
        """Fetch the file of a route."""
        return self.get(self.site.config.base_path + quote(route.url))


@contextlib.contextmanager
def nginx(of: Site, top: Path) -> Iterator[Server]:
    """Serve a site with nginx."""
    found = _program("nginx")
    if not found:
        pytest.fail("these tests need nginx: install it, on Debian with 'apt-get install nginx-light'")
    work, root, port = _folder(top, "work"), _folder(top, "root"), _free_port()
    folder = publish(of, root)
    (work / "nginx.conf").write_text(NGINX.format(work=work, port=port, root=root, folder=folder))
    with _running([found, "-p", str(work), "-c", str(work / "nginx.conf")], port, work / "log"):
        yield Server(port, of)


@contextlib.contextmanager
def apache(of: Site, top: Path) -> Iterator[Server]:
    """Serve a site with Apache, whose only configuration of ours is ``.htaccess``."""
    found, modules = _program("apache2"), Path("/usr/lib/apache2/modules")
    if not (found and modules.is_dir()):
        pytest.fail("Apache is not installed; make test installs it")
    work, root, port = _folder(top, "work"), _folder(top, "root"), _free_port()
    publish(of, root)
    user = ""
    if os.geteuid() == 0:
        # Apache's workers give up being root, and cannot enter the folders that pytest makes for root alone.
        user = "User www-data\nGroup www-data"
        for folder in (top, top.parent, top.parent.parent):
            folder.chmod(0o755)
    text = APACHE.format(work=work, port=port, root=root, modules=modules, user=user)
    (work / "httpd.conf").write_text(text)
    with _running([found, "-X", "-d", str(work), "-f", str(work / "httpd.conf")], port, work / "log"):
        yield Server(port, of)


def publish(of: Site, root: Path) -> Path:
    """Write a site below ``root`` as it would be published; what stand-ins make gets a line of text."""
    folder = root / of.config.base_path.lstrip("/")
    made = {format_.name: format_ for format_ in FORMATS}
    for route in of.urls.values():
        content, _ = made[route.format].render(route, of)
        file = folder / route.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content or f"This is {route.url}\n".encode())
    return folder


@contextlib.contextmanager
def _running(command: list[str], port: int, log: Path) -> Iterator[None]:
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT) as process:
        try:
            _wait(process, port, log)
            yield
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(500):
        if process.poll() is not None:
            pytest.fail(f"the server stopped: {log.read_text()}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    pytest.fail(f"the server did not answer: {log.read_text()}")


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin:/sbin")


def _folder(top: Path, name: str) -> Path:
    folder = top / name
    folder.mkdir()
    return folder


def _free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        port: int = it.getsockname()[1]
        return port


NGINX = """\
daemon off;
master_process off;
pid {work}/pid;
error_log stderr;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c;
    uwsgi_temp_path {work}/d; scgi_temp_path {work}/e;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {folder}/hosting/nginx.conf;
    }}
}}
"""

APACHE = """\
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {work}/pid
ErrorLog {work}/error.log
Mutex pthread
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule headers_module {modules}/mod_headers.so
TypesConfig /dev/null
{user}
DocumentRoot {root}
<Directory {root}>
    AllowOverride FileInfo
    Require all granted
</Directory>
"""
