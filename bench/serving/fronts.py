"""nginx and Caddy as production has them: TLS, and the configuration that the site prints; beside it a plain file.

Both sites are in one process, so that what is compared is the configuration alone. Rate limits are left out: the
measurement is one address that asks far more than any reader.
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.machine import SERVER_CORE, need, pinned
from bench.running import ask_tls, environment, running
from clinic_site.pagecache.cached_page import coded
from tests.serving import Site, free_port

NGINX = """{user} pid {folder}/pid; error_log stderr; daemon off; worker_processes 1;
events {{}}
http {{ access_log off; keepalive_requests 1000000; client_body_temp_path {folder}/body;
proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
scgi_temp_path {folder}/s; {tls} {sites} }}
"""
NGINX_TLS = "ssl_certificate {cert}; ssl_certificate_key {key};"
NGINX_FILE = (
    "server {{ listen 127.0.0.1:{listen}; root {root}; gzip_static on; default_type text/html; }}"
)
CADDY_FILE = """https://localhost:{port} {{
\ttls {cert} {key}
\troot * {root}
\tfile_server {{
\t\tprecompressed br gzip
\t}}
}}
"""
SUFFIXES = {"identity": "", "gzip": ".gz", "br": ".br"}


@dataclass(frozen=True)
class Front:
    """A web server that runs: where the site is, where the page is as a plain file, and its process."""

    name: str
    port: int
    file_port: int
    pid: int


@dataclass(frozen=True)
class Ground:
    """What a front stands on: the site, a folder with the page as a file, a certificate, a folder for itself."""

    site: Site
    folder: Path
    root: Path
    port: int  # that of SITE_URL

    @property
    def cert(self) -> Path:
        return self.folder / "cert.pem"

    @property
    def key(self) -> Path:
        return self.folder / "key.pem"


Start = Callable[[Ground], Iterator[Front]]


def make_ground(site: Site, folder: Path, path: str, page: bytes, port: int) -> Ground:
    """The certificate and the page as a file, in each coding; `port` is that of SITE_URL."""
    ground = Ground(site, folder, plain_file(folder / "root", path, page), port)
    certify(ground.cert, ground.key)
    return ground


def plain_file(root: Path, path: str, page: bytes) -> Path:
    """A folder with the page as a file below that path, compressed beside it."""
    target = root / path.strip("/")
    target.mkdir(parents=True, exist_ok=True)
    for coding, suffix in SUFFIXES.items():
        body = page if coding == "identity" else coded(page, coding)
        (target / f"index.html{suffix}").write_bytes(body)
    return root


def certify(cert: Path, key: Path) -> None:
    """A certificate for localhost, as Let's Encrypt's are: an elliptic key."""
    need("openssl")
    options = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    files = ("-keyout", str(key), "-out", str(cert))
    subprocess.run(("openssl", *options.split(), *names, *files), check=True, capture_output=True)


@contextmanager
def nginx(ground: Ground) -> Iterator[Front]:
    """nginx with the printed configuration on the port of SITE_URL, and the plain file on another. Raises Missing."""
    need("nginx")
    file_port = free_port()
    lines = _printed(ground.site, "nginx", f"127.0.0.1:{ground.port} ssl")
    printed = "\n".join(line for line in lines if "limit_req" not in line)
    file = NGINX_FILE.format(listen=f"{file_port} ssl", root=ground.root)
    tls = NGINX_TLS.format(cert=ground.cert, key=ground.key)
    command = nginx_command(ground.folder / "nginx", f"{printed}\n{file}", tls)
    with _started(ground, command) as pid:
        yield Front("nginx", ground.port, file_port, pid)


@contextmanager
def caddy(ground: Ground) -> Iterator[Front]:
    """The same with Caddy. Raises Missing."""
    need("caddy")
    file_port, address = free_port(), f"https://localhost:{ground.port}"
    printed = "\n".join(_printed(ground.site, "caddy", address))
    printed = printed.replace("\n{\n", "\n{\n\tadmin off\n\tauto_https disable_redirects\n", 1)
    opening, tls = f"\n{address} {{\n", f"\ttls {ground.cert} {ground.key}\n"
    file = CADDY_FILE.format(port=file_port, root=ground.root, cert=ground.cert, key=ground.key)
    config = ground.folder / "Caddyfile"
    config.write_text(f"{printed.replace(opening, opening + tls, 1)}\n{file}")
    run = ("caddy", "run", "--adapter", "caddyfile", "--config", str(config))
    with _started(ground, pinned(SERVER_CORE, *run)) as pid:
        yield Front("Caddy", ground.port, file_port, pid)


def nginx_command(folder: Path, sites: str, tls: str = "") -> tuple[str, ...]:
    """nginx with one process on one core, for these sites; its files are in the folder."""
    need("nginx")
    folder.mkdir()
    config = folder / "nginx.conf"
    # Root's nginx would answer as nobody, who may not read the folders of this measurement.
    user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
    config.write_text(NGINX.format(user=user, folder=folder, tls=tls, sites=sites))
    return pinned(SERVER_CORE, "nginx", "-p", str(folder), "-c", str(config))


def _printed(site: Site, server: str, listen: str) -> list[str]:
    written = site.manage("proxy_config", server, "--listen", listen)
    if written.returncode:
        raise RuntimeError(f"proxy_config {server}: {written.stderr}")
    return written.stdout.splitlines()


@contextmanager
def _started(ground: Ground, command: tuple[str, ...]) -> Iterator[int]:
    told = environment(HOME=str(ground.folder))
    with running(
        command,
        port=ground.port,
        path="/",
        folder=ground.folder,
        variables=told,
        asking=ask_tls,
    ) as process:
        yield process.pid
