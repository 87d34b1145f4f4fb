"""The peer: a minimal Wagtail site with the words and styles of the measured page, in an environment of its own."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bench.figures import Missing
from bench.running import WORK, environment, running
from clinic_site.env import BASE_DIR

PATH = "/measured/"
PEERS = BASE_DIR / "bench" / "peers"
PYTHON = WORK / "wagtail" / "bin" / "python"
WSGI = "bench.peers.wagtail_peer.wsgi"
DATA = WORK / "wagtail-site"


def fill(page: bytes) -> None:
    """The peer's database with the words of this page; installs Wagtail the first time. Raises Missing."""
    if not PYTHON.exists() and not _install():
        raise Missing(
            f"Wagtail could not be installed: {PYTHON} -m pip install -r {PEERS}/requirements.txt"
        )
    DATA.mkdir(parents=True, exist_ok=True)
    (DATA / "styles.css").write_text(settings.SITE_STYLES["steps"].text)
    body = re.search(rb'<div class="page-body">(.*)</main>', page, re.DOTALL)
    (DATA / "body.html").write_bytes(body[1] if body else page)
    command = (str(PYTHON), "-m", "django", "fill", "Your first session", str(DATA / "body.html"))
    named = variables() | {"DJANGO_SETTINGS_MODULE": "bench.peers.wagtail_peer.settings"}
    subprocess.run(command, cwd=BASE_DIR, env=named, check=True, capture_output=True)


def variables(*, is_cached: bool = False) -> dict[str, str]:
    """The variables that the peer reads; with its page cache in memory or without."""
    return environment(PEER_DATA=str(DATA), PEER_CACHE="1" if is_cached else "0")


@contextmanager
def served(
    command: tuple[str, ...], port: int, folder: Path, *, is_cached: bool = False
) -> Iterator[int]:
    """The peer, from its first 200; the process that was started."""
    told = variables(is_cached=is_cached)
    with running(command, port=port, path=PATH, folder=folder, variables=told) as process:
        yield process.pid


def gunicorn(port: int, *, workers: int) -> tuple[str, ...]:
    """As Wagtail's own Dockerfile starts it, but with threads, which makes it quicker."""
    return stock_gunicorn(str(PYTHON), WSGI, port, workers=workers)


def stock_gunicorn(python: str, module: str, port: int, *, workers: int) -> tuple[str, ...]:
    """gunicorn with its threads around a WSGI module."""
    options = f"--worker-class gthread --threads 4 --workers {workers} --keep-alive 65"
    listen = f"--bind 127.0.0.1:{port}"
    return (python, "-m", "gunicorn", *options.split(), *listen.split(), module)


def _install() -> bool:
    """Make an environment of its own for Wagtail; whether that went well."""
    pip = (str(PYTHON), "-m", "pip", "install", "--quiet", "-r", str(PEERS / "requirements.txt"))
    for command in ((sys.executable, "-m", "venv", str(PYTHON.parent.parent)), pip):
        if subprocess.run(command, cwd=BASE_DIR, capture_output=True).returncode:
            return False
    return True
