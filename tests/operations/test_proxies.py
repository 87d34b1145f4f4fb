"""The real nginx and Caddy in front of the real site: patients from the edition, the rest from the application."""

import gzip
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

import brotli
import pytest

from clinic_site.operations.go_live.asking import answers_half_a_body
from tests.serving import Site, free_port

PATIENCE = 60  # seconds until the worker has written an edition and the proxy listens
LOOK = 0.02  # seconds between looks
Start = Callable[[Site, Path, int], list[str]]


class Proxy:
    """A web server in front of a site."""

    def __init__(self, site: Site, port: int) -> None:
        self.site, self.port = site, port

    def get(self, path: str, **headers: str) -> HTTPResponse:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            headers={"Host": f"localhost:{self.site.port}"} | headers,
        )
        try:
            return urllib.request.urlopen(request, timeout=10)
        except urllib.error.HTTPError as error:
            return error


def wait_for_edition(site: Site) -> None:
    deadline = time.monotonic() + PATIENCE
    while not (site.public_dir / "edition" / "safety" / "index.html").exists():
        assert time.monotonic() < deadline, site.words()
        assert site.lives_on(LOOK), site.words()


def start_nginx(site: Site, folder: Path, port: int) -> list[str]:
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
    written = site.manage("proxy_config", "caddy", "--listen", f"http://:{port}")
    assert written.returncode == 0, written.stderr
    file = folder / "Caddyfile"
    file.write_text(written.stdout.replace("\n{\n", "\n{\n\tadmin off\n", 1))
    return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(file)]


@pytest.fixture(params=[start_nginx, start_caddy], ids=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest) -> Proxy:
    """Each web server in front of a site of its own, started once for all tests of this file."""
    return request.getfixturevalue("nginx" if request.param is start_nginx else "caddy")


@pytest.fixture(scope="module")
def nginx(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with running(start_nginx, prepared, tmp_path_factory) as started:
        yield started


@pytest.fixture(scope="module")
def caddy(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with running(start_caddy, prepared, tmp_path_factory) as started:
        yield started


@contextmanager
def running(
    start: Start, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """A site, and that web server in front of it."""
    program(start.__name__.removeprefix("start_"))  # before the trouble of starting a site
    folder = tmp_path_factory.mktemp("proxied")
    # Its edition says another port in its addresses: this site writes one of its own.
    apart = shutil.ignore_patterns("edition*")
    site = Site(shutil.copytree(prepared, folder / "data", ignore=apart))
    site.start()
    wait_for_edition(site)
    try:
        with in_front(start, site, folder) as made:
            yield made
    finally:
        if site.process and site.process.poll() is None:
            site.stop()


@contextmanager
def in_front(start: Start, site: Site, folder: Path) -> Iterator[Proxy]:
    """The web server in front of a site that runs."""
    made = Proxy(site, free_port())
    command = start(site, folder, made.port)
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        wait_for_server(made, server, folder / "log")
        yield made
    finally:
        server.terminate()
        server.wait(10)


def program(name: str) -> str:
    """The path of a web server: the system's, or the one that `make test` has fetched."""
    places = (os.environ["PATH"], "/usr/sbin", str(Path(sys.executable).parent))
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        pytest.skip(f"{name} is not on this machine: install it (Debian: apt-get install {name}).")
    return found


def wait_for_server(proxy: Proxy, server: subprocess.Popen[bytes], log: Path) -> None:
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


def parts(value: str | None) -> list[str]:
    """The directives of a header, whose order means nothing."""
    return sorted(part.strip() for part in (value or "").split(";"))


def test_a_page_has_the_bytes_that_the_application_serves(proxy: Proxy) -> None:
    behind = urllib.request.urlopen(f"{proxy.site.url}/safety/").read()
    assert proxy.get("/safety/").read() == behind


def test_a_page_comes_from_the_folder(proxy: Proxy) -> None:
    behind = urllib.request.urlopen(f"{proxy.site.url}/safety/").headers
    front = proxy.get("/safety/").headers
    assert front["Server"] in ("nginx", "Caddy")
    assert front["ETag"] != behind["ETag"]  # a file's says when it was written


def test_the_headers_are_those_of_the_application(proxy: Proxy) -> None:
    behind = urllib.request.urlopen(f"{proxy.site.url}/safety/").headers
    front = proxy.get("/safety/").headers
    own = ("server", "date", "connection", "content-length", "etag", "keep-alive", "link")
    told = {n: v for n, v in behind.items() if n.lower() not in own}
    assert {n: parts(front[n]) for n in told} == {n: parts(v) for n, v in told.items()}


def test_a_page_comes_compressed(proxy: Proxy) -> None:
    plain = proxy.get("/safety/").read()
    response = proxy.get("/safety/", **{"Accept-Encoding": "gzip, br"})
    assert response.headers.get_all("Vary") == ["Accept-Encoding"]
    coding, body = response.headers["Content-Encoding"], response.read()
    assert (brotli.decompress(body) if coding == "br" else gzip.decompress(body)) == plain


def test_static_files_are_kept_for_ever(proxy: Proxy) -> None:
    files = sorted((proxy.site.public_dir / "static").glob("js/*.js"))
    response = proxy.get(f"/static/js/{files[0].name}")
    assert (response.status, "immutable" in response.headers["Cache-Control"]) == (200, True)


@pytest.mark.parametrize(
    "path", ["/book/", "/safety/?a=1", "/no-such-page/", "/sitemap.xml", "/safety"]
)
def test_what_is_no_file_is_answered_by_the_application(proxy: Proxy, path: str) -> None:
    behind = Proxy(proxy.site, proxy.site.port).get(path)
    assert proxy.get(path).status == behind.status


@pytest.mark.parametrize("path", ["/safety/", "/?:x", "/safety/?:"])
def test_staff_and_what_has_a_query_reach_the_application(proxy: Proxy, path: str) -> None:
    cookie = "" if "?" in path else "session=made-up"
    behind = Proxy(proxy.site, proxy.site.port).get(path, Cookie=cookie)
    response = proxy.get(path, Cookie=cookie)
    assert response.headers["ETag"] == behind.headers["ETag"]  # a file's says when it was written


@pytest.mark.parametrize("path", ["/../secret_key", "/%2e%2e/secret_key", "/static/../secret_key"])
def test_nothing_outside_the_folder_can_be_read(proxy: Proxy, path: str) -> None:
    secret = (proxy.site.data_dir / "secret_key").read_bytes()
    assert secret not in proxy.get(path).read()


def test_pages_are_served_while_the_application_is_down(
    tmp_path_factory: pytest.TempPathFactory, proxy: Proxy
) -> None:
    proxy.site.stop()
    try:
        assert proxy.get("/first-session/").status == 200
        assert proxy.get("/book/").status in (502, 503)
    finally:
        proxy.site.start()
        wait_for_edition(proxy.site)


@pytest.mark.parametrize(("path", "allowed"), [("/book/", 21), ("/safety/", 91)])
def test_nginx_limits_how_often_one_address_may_ask(
    nginx: Proxy, tmp_path: Path, path: str, allowed: int
) -> None:
    with in_front(start_nginx, nginx.site, tmp_path) as fresh:
        told = [fresh.get(path).status for _ in range(allowed + 60)]
    assert set(told[: allowed - 1]) == {200}
    assert 429 in told


@pytest.mark.parametrize(
    ("path", "is_taken"), [("/admin/images/image/add/", True), ("/admin/pages/page/add/", False)]
)
def test_photos_of_25_mb_pass_where_pictures_are_taken_in_alone(
    proxy: Proxy, path: str, is_taken: bool
) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{proxy.port}{path}",
        data=bytes(25 * 1024 * 1024),
        headers={"Host": f"localhost:{proxy.site.port}", "Cookie": "session=made-up"},
    )
    with pytest.raises(urllib.error.URLError) as refused:  # nginx may hang up on the sender
        urllib.request.urlopen(request, timeout=60)
    is_read = isinstance(refused.value, urllib.error.HTTPError) and refused.value.code == 403
    assert is_read == is_taken


def test_half_a_form_is_answered_by_the_site_alone(proxy: Proxy) -> None:
    assert answers_half_a_body(proxy.site.url)
    assert not answers_half_a_body(f"http://localhost:{proxy.port}")
