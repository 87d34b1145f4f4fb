"""The same page served in several ways, each a program on one core and a port of its own."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import wagtail
from bench.figures import Missing
from bench.machine import SERVER_CORE, pinned
from bench.running import (
    FORWARDED,
    ask,
    ask_forwarded,
    environment,
    let_settle,
    one_worker,
    prepared_site,
    running,
)
from bench.serving.fronts import NGINX_FILE, nginx_command, plain_file
from tests.serving import Site, free_port

PATH = "/first-session/"
ALONE = "this site, gunicorn alone"
BEHIND = "this site, gunicorn alone, https forwarded"
FILE = "the page as a file on nginx"
PLAIN = "a plain Django view with the same bytes"
CACHED = "Wagtail with its page cache"
UNCACHED = "Wagtail"


@dataclass(frozen=True)
class Contender:
    """One way to serve the page."""

    name: str
    port: int
    pid: int
    path: str = PATH
    scheme: str = "http"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}{self.path}"


@contextmanager
def contenders(folder: Path, notes: list[str]) -> Iterator[list[Contender]]:
    """All that can run here, answering; without Wagtail that is told in `notes`. Raises Missing without nginx."""
    site = prepared_site(folder)
    with ExitStack() as stack:
        behind = stack.enter_context(_behind_a_proxy(site, folder))  # copies what nobody writes yet
        found = [stack.enter_context(_alone(site, folder)), behind]
        status, page = ask(site.port, PATH, Host=f"localhost:{site.port}")
        for start in (_static_file, _plain_django):
            found.append(stack.enter_context(start(page, folder)))
        try:
            wagtail.fill(page)  # once: who serves from it does not notice that it is filled anew
        except Missing as missing:
            notes.append(f"Skipped: {missing}")
        else:
            found += [stack.enter_context(_wagtail(name, folder)) for name in (CACHED, UNCACHED)]
        yield found


@contextmanager
def _alone(site: Site, folder: Path) -> Iterator[Contender]:
    told = site.environment | {"WORKERS": "1"}
    with running(one_worker(), port=site.port, path=PATH, folder=folder, variables=told) as process:
        let_settle(process.pid)
        yield Contender(ALONE, site.port, process.pid)


@contextmanager
def _behind_a_proxy(site: Site, folder: Path) -> Iterator[Contender]:
    """The same as its proxy asks it: the address is https, and a header says that the visitor came by it."""
    data, port = shutil.copytree(site.data_dir, folder / "behind", symlinks=True), free_port()
    own = {"DATA_DIR": str(data), "PORT": str(port), "SITE_URL": f"https://localhost:{port}"}
    told = site.environment | {"WORKERS": "1"} | own
    with running(
        one_worker(), port=port, path=PATH, folder=folder, variables=told, asking=ask_forwarded
    ) as process:
        let_settle(process.pid)
        yield Contender(BEHIND, port, process.pid, headers=FORWARDED)


@contextmanager
def _static_file(page: bytes, folder: Path) -> Iterator[Contender]:
    """The same bytes as a file, with nothing but a root and gzip_static."""
    port, root = free_port(), plain_file(folder / "root", PATH, page)
    command = nginx_command(folder / "file", NGINX_FILE.format(listen=port, root=root))
    with running(command, port=port, path=PATH, folder=folder, variables=environment()) as process:
        yield Contender(FILE, port, process.pid)


@contextmanager
def _plain_django(page: bytes, folder: Path) -> Iterator[Contender]:
    file = folder / "page.html"
    file.write_bytes(page)
    port, told = free_port(), environment(PEER_PAGE=str(file))
    stock = wagtail.stock_gunicorn(sys.executable, "bench.peers.plain", port, workers=1)
    command = pinned(SERVER_CORE, *stock)
    with running(command, port=port, path="/", folder=folder, variables=told) as process:
        yield Contender(PLAIN, port, process.pid, "/")


@contextmanager
def _wagtail(name: str, folder: Path) -> Iterator[Contender]:
    port = free_port()
    command = pinned(SERVER_CORE, *wagtail.gunicorn(port, workers=1))
    with wagtail.served(command, port, folder, is_cached=name == CACHED) as pid:
        yield Contender(name, port, pid, wagtail.PATH)
