"""The outbox on PostgreSQL: several workers at once, each message once."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.test_mail import queue
from tests.outbox.sink import Sink
from tests.serving import Site, free_port

WORKERS, MAILS = 4, 60
# Each looks the same mails up when it is told to go, so they compete for every one.
SEND = """
from clinic_site.outbox.sending import send_due_mail
print("ready", flush=True)
input()
print(send_due_mail())
"""


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of a database cluster of its own; skipped where PostgreSQL or psycopg is not installed."""
    if find_spec("psycopg") is None or not shutil.which("initdb") or not shutil.which("pg_ctl"):
        pytest.skip("PostgreSQL (initdb and pg_ctl on the PATH) or psycopg is not installed.")
    # PostgreSQL refuses to run as root.
    become = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    with TemporaryDirectory() as place:
        Path(place).chmod(0o777)
        data, port = f"{place}/data", free_port()
        listen = f"-p {port} -c listen_addresses=127.0.0.1 -k {place}"
        make = [*become, "initdb", "-D", data, "-A", "trust", "-U", "clinic", "-E", "UTF8"]
        start = [*become, "pg_ctl", "-D", data, "-w", "-l", f"{place}/log", "-o", listen, "start"]
        for command in (make, start):
            done = subprocess.run(command, capture_output=True, text=True, cwd=place)
            assert done.returncode == 0, done.stderr
        try:
            yield f"postgres://clinic:any@127.0.0.1:{port}/postgres"
        finally:
            stop = [*become, "pg_ctl", "-D", data, "-m", "immediate", "stop"]
            subprocess.run(stop, capture_output=True, check=True, cwd=place)


def test_of_several_workers_one_sends_each_message(
    postgresql: str, tmp_path: Path, outer_sink: Sink
) -> None:
    mail_server = f"smtp://127.0.0.1:{outer_sink.port}"
    site = Site(tmp_path / "data", DATABASE_URL=postgresql, EMAIL_URL=mail_server)
    migrated = site.manage("migrate", "-v0")
    assert migrated.returncode == 0, migrated.stderr
    queue(site, MAILS)
    workers = [
        subprocess.Popen(
            (sys.executable, "manage.py", "shell", "-v0", "-c", SEND),
            cwd=site.code,
            env=site.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(WORKERS)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    tried = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    assert sum(tried) == MAILS
    assert len([number for number in tried if number]) > 1
    assert outer_sink.addresses() == Counter(f"{n}@clinic.example" for n in range(MAILS))
