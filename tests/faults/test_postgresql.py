"""The outbox on PostgreSQL: several workers at once, each message once."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.faults.test_mail import queue
from tests.outbox.sink import Sink
from tests.postgresql import postgresql
from tests.serving import Site

__all__ = ["postgresql"]
WORKERS, MAILS = 4, 60
# Each looks the same mails up when it is told to go, so they compete for every one.
SEND = """
from clinic_site.outbox.sending import send_due_mail
print("ready", flush=True)
input()
print(send_due_mail())
"""


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
