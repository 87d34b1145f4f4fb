"""On PostgreSQL: of several workers each message once, and an enquiry as on SQLite."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.test_mail import queue
from tests.outbox.sink import Sink
from tests.postgresql import cluster, postgresql
from tests.serving import Site

__all__ = ["cluster", "postgresql"]
WORKERS, MAILS = 4, 60
# Each looks the same mails up when it is told to go, so they compete for every one.
SEND = """
from clinic_site.outbox.sending import send_due_mail
print("ready", flush=True)
input()
print(send_due_mail())
"""
# The server took the mail; before that is written down, every connection to the database is lost.
LOSE = """
import psycopg
from django.db import connection
from clinic_site.outbox.smtp_connection import MailServer
from clinic_site.outbox.sending import send_due_mail
hand_over = MailServer.send
def lose(line, message):
    hand_over(line, message)
    with psycopg.connect({url!r}, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
MailServer.send = lose
print(send_due_mail())
"""
ASK = """
from django.test import Client
from clinic_site.enquiries.models import Enquiry
from clinic_site.outbox.models import OutboundEmail
from tests.faults.patients import FORM, fill_in
[submission] = fill_in(1)
form = "application/x-www-form-urlencoded"
for _ in range(2):
    print(Client(headers={"host": "localhost"}).post(FORM, submission.body(), content_type=form).status_code)
print(Enquiry.objects.count(), OutboundEmail.objects.filter(key__contains=Enquiry.objects.get().reference).count())
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


def test_what_was_sent_is_marked_although_the_connection_is_lost(
    postgresql: str, tmp_path: Path, outer_sink: Sink
) -> None:
    with pytest.importorskip("psycopg").connect(postgresql, autocommit=True) as database:
        database.execute("CREATE DATABASE lost")
    own = f"{postgresql.rpartition('/')[0]}/lost"
    mail_server = f"smtp://127.0.0.1:{outer_sink.port}"
    site = Site(tmp_path / "data", DATABASE_URL=own, EMAIL_URL=mail_server)
    assert site.manage("migrate", "-v0").returncode == 0
    queue(site, 2)
    sent = site.manage("shell", "-v0", "-c", LOSE.format(url=own))
    assert sent.stdout.split() == ["2"], sent.stderr
    with pytest.importorskip("psycopg").connect(own) as database:
        states = database.execute("SELECT state FROM outbox_outboundemail").fetchall()
    assert states == [("sent",), ("sent",)]
    assert outer_sink.addresses() == Counter(f"{n}@clinic.example" for n in range(2))


def test_an_enquiry_sent_twice_is_one(postgresql: str, tmp_path: Path) -> None:
    with pytest.importorskip("psycopg").connect(postgresql, autocommit=True) as database:
        database.execute("CREATE DATABASE enquiries")
    own = f"{postgresql.rpartition('/')[0]}/enquiries"
    site = Site(tmp_path / "data", DATABASE_URL=own)
    assert site.manage("migrate", "-v0").returncode == 0
    asked = site.manage("shell", "-v0", "-c", ASK)
    assert asked.stdout.split() == ["303", "303", "1", "2"], asked.stderr
