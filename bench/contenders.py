"""The same page served in six ways, each a program on one core and a port of its own."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from bench.figures import Missing
from bench.machine import SERVER_CORE, need, pinned
from bench.running import WORK, ask, environment, one_worker, prepared_site, running
from clinic_site.env import BASE_DIR
from clinic_site.pagecache.cached_page import coded
from tests.serving import Site, free_port

PATH = "/first-session/"
PEERS = BASE_DIR / "bench" / "peers"
WAGTAIL = WORK / "wagtail" / "bin" / "python"
WSGI = "bench.peers.wagtail_peer.wsgi"
NGINX = """{user} pid {folder}/pid; error_log stderr; daemon off; worker_processes 1;
events {{}}
http {{ access_log off; keepalive_requests 1000000; client_body_temp_path {folder}/body;
proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
scgi_temp_path {folder}/s; {site} }}
"""
PLAIN_FILE = (
    "server {{ listen 127.0.0.1:{port}; root {root}; gzip_static on; default_type text/html; }}"
)


@dataclass(frozen=True)
class Contender:
    """One way to serve the page."""

    name: str
    port: int
    pid: int
    path: str = PATH

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"


@contextmanager
def contenders(folder: Path, notes: list[str]) -> Iterator[list[Contender]]:
    """All that can run here, answering; what can't is told in `notes`."""
    site = prepared_site(folder)
    with ExitStack() as stack:
        process = stack.enter_context(
            running(
                one_worker(site),
                port=site.port,
                path=PATH,
                folder=folder,
                variables=site.environment | {"DJANGO_SETTINGS_MODULE": "clinic_site.settings"},
            )
        )
        status, page = ask(site.port, PATH, Host=f"localhost:{site.port}")
        found = [Contender("this site, gunicorn alone", site.port, process.pid)]
        for start in (_editions, _static_file, _plain_django, _wagtail_cached, _wagtail):
            try:
                found.append(stack.enter_context(start(site, page, folder)))
            except Missing as missing:
                notes.append(f"Skipped: {missing}")
        yield found


@contextmanager
def _editions(site: Site, page: bytes, folder: Path) -> Iterator[Contender]:
    """The edition folder behind nginx, with the configuration that the site writes, but for its rate limits."""
    port = free_port()
    written = site.manage("proxy_config", "nginx", "--listen", f"127.0.0.1:{port}")
    lines = [line for line in written.stdout.splitlines() if "limit_req" not in line]
    with _nginx("\n".join(lines), port, PATH, folder / "edition") as pid:
        yield Contender("this site, its edition on nginx", port, pid)


@contextmanager
def _static_file(site: Site, page: bytes, folder: Path) -> Iterator[Contender]:
    """The same bytes as a file, with nothing but a root and gzip_static."""
    port, root = free_port(), folder / "root"
    target = root / PATH.strip("/")
    target.mkdir(parents=True)
    (target / "index.html").write_bytes(page)
    (target / "index.html.gz").write_bytes(coded(page, "gzip"))
    with _nginx(PLAIN_FILE.format(port=port, root=root), port, PATH, folder / "file") as pid:
        yield Contender("the page as a file on nginx", port, pid)


@contextmanager
def _nginx(site: str, port: int, path: str, folder: Path) -> Iterator[int]:
    need("nginx")
    folder.mkdir()
    (folder / "nginx.conf").write_text(NGINX.format(user=_user(), folder=folder, site=site))
    command = pinned(SERVER_CORE, "nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"))
    with running(command, port=port, path=path, folder=folder, variables=environment()) as process:
        yield process.pid


def _user() -> str:
    """Root's nginx would answer as nobody, who may not read the folders of this measurement."""
    return "user root;" if Path("/proc/self").stat().st_uid == 0 else ""


@contextmanager
def _plain_django(site: Site, page: bytes, folder: Path) -> Iterator[Contender]:
    file = folder / "page.html"
    file.write_bytes(page)
    port, variables = free_port(), environment(PEER_PAGE=str(file))
    command = _gunicorn(sys.executable, "bench.peers.plain", port)
    with running(command, port=port, path="/", folder=folder, variables=variables) as process:
        yield Contender("a plain Django view with the same bytes", port, process.pid, "/")


@contextmanager
def _wagtail_cached(site: Site, page: bytes, folder: Path) -> Iterator[Contender]:
    with _peer(page, folder, "Wagtail with wagtail-cache in memory", PEER_CACHE="1") as made:
        yield made


@contextmanager
def _wagtail(site: Site, page: bytes, folder: Path) -> Iterator[Contender]:
    with _peer(page, folder, "Wagtail", PEER_CACHE="0") as made:
        yield made


@contextmanager
def _peer(page: bytes, folder: Path, name: str, **variables: str) -> Iterator[Contender]:
    data = WORK / "wagtail-site"
    _fill(page, data)
    port = free_port()
    with running(
        _gunicorn(str(WAGTAIL), WSGI, port),
        port=port,
        path="/measured/",
        folder=folder,
        variables=environment(PEER_DATA=str(data), **variables),
    ) as process:
        yield Contender(name, port, process.pid, "/measured/")


def _gunicorn(python: str, module: str, port: int) -> tuple[str, ...]:
    options = (
        f"--worker-class gthread --threads 4 --workers 1 --keep-alive 65 --bind 127.0.0.1:{port}"
    )
    return pinned(SERVER_CORE, python, "-m", "gunicorn", *options.split(), module)


def _fill(page: bytes, data: Path) -> None:
    """The peer's database with the words of the page; installs Wagtail the first time."""
    if not WAGTAIL.exists() and not _install():
        raise Missing(
            f"Wagtail could not be installed: {WAGTAIL} -m pip install -r {PEERS}/requirements.txt"
        )
    data.mkdir(parents=True, exist_ok=True)
    (data / "styles.css").write_text(settings.SITE_STYLES["steps"].text)
    body = re.search(rb'<div class="leaf-body">(.*)</main>', page, re.DOTALL)
    (data / "body.html").write_bytes(body[1] if body else page)
    variables = environment(
        PEER_DATA=str(data), DJANGO_SETTINGS_MODULE="bench.peers.wagtail_peer.settings"
    )
    command = (str(WAGTAIL), "-m", "django", "fill", "Your first session", str(data / "body.html"))
    subprocess.run(command, cwd=BASE_DIR, env=variables, check=True, capture_output=True)


def _install() -> bool:
    """Make an environment of its own for Wagtail; whether that went well."""
    pip = (str(WAGTAIL), "-m", "pip", "install", "--quiet", "-r", str(PEERS / "requirements.txt"))
    for command in ((sys.executable, "-m", "venv", str(WAGTAIL.parent.parent)), pip):
        if subprocess.run(command, cwd=BASE_DIR, capture_output=True).returncode:
            return False
    return True
