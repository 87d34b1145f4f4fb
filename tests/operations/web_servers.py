"""The real nginx and Caddy in front of a real site, with the configuration that the site prints."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from tests.serving import Site, free_port

PATIENCE = 60  # seconds until the worker has written an edition and the proxy listens
LOOK = 0.02  # seconds between looks
Start = Callable[[Site, Path, int], list[str]]


class Proxy:
    """A web server in front of a site."""

    def __init__(self, site: Site, port: int) -> None:
        self.site, self.port = site, port

    def get(self, path: str, **headers: str) -> HTTPResponse:
        """The answer, whatever its status."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            headers={"Host": f"localhost:{self.site.port}"} | headers,
        )
        try:
            return urllib.request.urlopen(request, timeout=10)
        except urllib.error.HTTPError as error:
            return error


def program(name: str) -> str:
    """The path of a web server: the system's, or the one that `make test` has fetched."""
    places = (os.environ["PATH"], "/usr/sbin", str(Path(sys.executable).parent))
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        pytest.skip(f"{name} is not on this machine: install it (Debian: apt-get install {name}).")
    return found


def start_nginx(site: Site, folder: Path, port: int) -> list[str]:
    """Write the configuration into the folder; the command that starts nginx with it."""
    written = site.manage("proxy_config", "nginx", "--listen", f"127.0.0.1:{port}")
    assert written.returncode == 0, written.stderr
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "site.conf").write_text(written.stdout)
    (folder / "nginx.conf").write_text(
        f"{user} pid {folder}/pid; error_log stderr; daemon off; worker_processes 1;\n"
        f"events {{ worker_connections 768; }}\nhttp {{ access_log off; client_body_temp_path {folder}/body;"
        f" proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;"
        f" scgi_temp_path {folder}/s; include {folder}/site.conf; }}\n"
    )
    return [program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def start_caddy(site: Site, folder: Path, port: int) -> list[str]:
    """The same for Caddy."""
    written = site.manage("proxy_config", "caddy", "--listen", f"http://:{port}")
    assert written.returncode == 0, written.stderr
    file = folder / "Caddyfile"
    file.write_text(written.stdout.replace("\n{\n", "\n{\n\tadmin off\n", 1))
    return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(file)]


@contextmanager
def running(start: Start, prepared: Path, folder: Path, **variables: str) -> Iterator[Proxy]:
    """A site of its own over a copy of the prepared data, and that web server in front of it."""
    program(start.__name__.removeprefix("start_"))  # before the trouble of starting a site
    # Its edition says another port in its addresses: this site writes one of its own.
    apart = shutil.ignore_patterns("edition*")
    site = Site(shutil.copytree(prepared, folder / "data", ignore=apart), **variables)
    site.start()
    try:
        wait_for_edition(site)
        with in_front(start, site, folder) as made:
            yield made
    finally:
        if site.process and site.process.poll() is None:
            site.stop()


@contextmanager
def in_front(start: Start, site: Site, folder: Path) -> Iterator[Proxy]:
    """The web server in front of a site that runs."""
    made = Proxy(site, free_port())
    with listening(start(site, folder, made.port), made, folder):
        yield made


@contextmanager
def listening(
    command: list[str], proxy: Proxy, folder: Path, **owner: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """The web server's process, from its first answer to the end of the block; `owner`: as Popen takes it."""
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **owner)
    try:
        wait_for_server(proxy, server, folder / "log")
        yield server
    finally:
        server.terminate()
        server.wait(20)


def wait_for_server(proxy: Proxy, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers, whatever it says."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            proxy.get("/static/none")
            return
        except urllib.error.URLError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(LOOK)
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline


def wait_for_edition(site: Site) -> None:
    """Until the site's worker has written its pages."""
    deadline = time.monotonic() + PATIENCE
    while not (site.public_dir / "edition" / "safety" / "index.html").exists():
        assert time.monotonic() < deadline, site.words()
        assert site.lives_on(LOOK), site.words()
