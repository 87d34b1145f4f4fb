"""The web server and the worker as two services, as systemd and compose run them, on a disk that can only be read."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_site.env import BASE_DIR
from tests.commands.processes import children, eventually
from tests.serving import Site

WEB = (sys.executable, "manage.py", "serve", "--without-worker")
# Everything can only be read but the folder of the data, as in compose.yaml and under ProtectSystem=strict.
READ_ONLY = """set -e
mount --make-rprivate /
mount --rbind / "$1"
mount -o remount,bind,ro "$1"
mount --bind "$2" "$1$2"
shift 2
exec chroot "$ROOT" env -C "$CODE" setpriv --no-new-privs "$@"
"""


@pytest.fixture
def read_only(ready: Site, tmp_path: Path) -> tuple[str, ...]:
    """What to put before a command; skipped where this user may not mount anything."""
    root = tmp_path / "root"
    root.mkdir()
    ready.environment |= {"ROOT": str(root), "CODE": str(ready.code)}
    before = ("unshare", "-m", "sh", "-c", READ_ONLY, "sh", str(root), str(ready.data_dir))
    if (
        not shutil.which("unshare")
        or subprocess.run((*before, "true"), env=ready.environment, capture_output=True).returncode
    ):
        pytest.skip("Only root may mount a file system that can only be read.")
    return before


def test_the_web_server_alone_says_when_it_is_ready(ready: Site, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(60)
        ready.environment["NOTIFY_SOCKET"] = str(tmp_path / "notify")
        ready.start(WEB)
        assert systemd.recv(1000).startswith(b"READY=1")
    assert ready.process
    assert len(children(ready.process.pid)) == 1
    assert ready.stop() == 0


def test_the_worker_alone_waits_for_the_tables(tmp_path: Path) -> None:
    site = Site(tmp_path / "data")
    with site.words_file.open("w") as words:
        worker = subprocess.Popen(
            (sys.executable, "manage.py", "run_worker"),
            cwd=BASE_DIR,
            env=site.environment,
            stdout=words,
            stderr=words,
        )
    try:
        assert eventually(lambda: "Waiting for the database" in site.words())
        assert not (site.data_dir / "worker.json").exists()
        assert site.manage("migrate", "--verbosity", "0").returncode == 0
        assert eventually((site.data_dir / "worker.json").exists), site.words()
    finally:
        worker.terminate()
        assert worker.wait(60) == 0
    assert "Traceback" not in site.words()


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root may mount.")
def test_it_serves_and_works_where_only_its_data_can_be_written(
    ready: Site, read_only: tuple[str, ...]
) -> None:
    ready.start((*read_only, sys.executable, "manage.py", "serve"))
    assert eventually((ready.data_dir / "worker.json").exists), ready.words()
    assert ready.stop() == 0
    assert "Read-only" not in ready.words()
    assert "Traceback" not in ready.words()
