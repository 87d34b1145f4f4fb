"""The image itself, built and run by buildah on Debian's Python: the Dockerfile's base is not to be had everywhere."""

import os
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR
from tests.container.dockerfile import steps
from tests.faults.processes import PROC, wait_for
from tests.serving import free_port

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
PATIENCE = 900  # seconds; Debian's base and all packages are fetched
TEXT = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")
needs = [name for name in ("buildah", "debootstrap") if not shutil.which(name)]
pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(2 * PATIENCE),
    pytest.mark.skipif(bool(needs), reason=f"not installed: {needs} (Debian: sudo apt install)"),
    pytest.mark.skipif(os.geteuid() != 0, reason="a base of Debian is made by root"),
]


class Engine:
    """buildah with a store of its own, without a daemon and without namespaces."""

    def __init__(self, folder: Path) -> None:
        store = (
            "--storage-driver",
            "vfs",
            "--root",
            f"{folder}/store",
            "--runroot",
            f"{folder}/run",
        )
        self.command = ("buildah", *store)

    def __call__(self, *arguments: str | Path) -> str:
        """What it prints; raises AssertionError with its words."""
        done = subprocess.run(
            (*self.command, *arguments), capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def within(self, container: str, *words: str) -> tuple[str, ...]:
        """The command that runs these words in the container, by the image's own user."""
        alone = ("--isolation", "chroot", "--network", "host")
        return (*self.command, "run", *alone, container, "--", *words)

    def said(self, container: str, *words: str) -> tuple[int, str]:
        """The exit code of these words, and what they print."""
        command = self.within(container, *words)
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout.strip()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("image")
    made = Engine(folder)
    base = folder / "base"
    subprocess.run(
        (
            "debootstrap",
            "--variant=minbase",
            "--include=python3,python3-venv,ca-certificates",
            "stable",
            base,
        ),
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    (base / "usr/bin/python").symlink_to("python3")
    shutil.copy(CERTIFICATES, base / CERTIFICATES.relative_to("/"))  # with those of a proxy
    _commit(made, base)
    shutil.rmtree(base)
    yield made
    made("rm", "--all")
    shutil.rmtree(folder)


def _commit(engine: Engine, base: Path) -> None:
    """The folder as the image that the Dockerfile begins with."""
    [name] = {rest.split()[0] for step, rest in steps(TEXT) if step == "FROM"}
    blank = engine("from", "--isolation", "chroot", "scratch")
    engine("add", "-q", blank, base, "/")
    engine("config", "--env", f"PIP_CERT={CERTIFICATES}", blank)
    engine("commit", "-q", blank, f"docker.io/library/{name}")


@pytest.fixture(scope="module")
def container(engine: Engine) -> str:
    """A container of the built image."""
    ignored = ("--ignorefile", str(BASE_DIR / ".dockerignore"))
    how = ("--isolation", "chroot", "--network", "host", "--pull-never", "-q", "-t", "clinic-site")
    engine("build", *how, *ignored, "-f", BASE_DIR / "Dockerfile", BASE_DIR)
    return engine("from", "--isolation", "chroot", "--pull-never", "localhost/clinic-site")


def test_it_serves_and_is_healthy(engine: Engine, container: str) -> None:
    port = str(free_port())
    on_it = ("env", f"PORT={port}", "BIND=127.0.0.1")
    serve = engine.within(container, *on_it, "python", "manage.py", "serve")
    running = subprocess.Popen(serve, start_new_session=True)
    try:
        health = (*on_it, "python", "-m", "clinic_site.healthcheck")
        wait_for(lambda: engine.said(container, *health)[0] == 0, "the site to be ready", 180)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/safety/", timeout=20) as answer:
            assert answer.status == 200
        users = {user_of(pid) for pid in listed(f"PORT={port}")}
        assert users == {10001}
    finally:
        for pid in listed(f"PORT={port}"):
            os.kill(pid, signal.SIGTERM)
        running.wait(20)


def listed(mark: str) -> list[int]:
    """The site's processes with this in their environment."""
    found = []
    for entry in (one for one in PROC.iterdir() if one.name.isdigit()):
        with suppress(OSError):
            is_site = (entry / "cmdline").read_bytes().endswith(b"python\0manage.py\0serve\0")
            own = (entry / "environ").read_bytes().split(b"\0")
            if is_site and mark.encode() in own and b"DATA_DIR=/data" in own:
                found.append(int(entry.name))
    return found


def user_of(pid: int) -> int:
    return (PROC / str(pid)).stat().st_uid


def test_what_backups_need_is_there(engine: Engine, container: str) -> None:
    for program in ("pg_dump", "age"):
        assert engine.said(container, program, "--version")[0] == 0, program


def test_the_site_cannot_change_its_own_code(engine: Engine, container: str) -> None:
    code, _ = engine.said(container, "sh", "-c", "touch /site/clinic_site/new")
    assert code == 1
