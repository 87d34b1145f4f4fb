"""The worker's own death, and a mail server's worst hour, with real processes."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.conftest import MakeSite, change, rows
from tests.faults.patients import fill_in, send
from tests.faults.processes import Keeper, kill, processes_over, wait_for
from tests.outbox.sink import Sink
from tests.serving import Site

SEND_NOW = ("run_worker", "--once", "--job", "mail")
QUEUE = """
from clinic_site.outbox.queueing import queue_mail
for number in range({count}):
    to = f"{{number}}@clinic.example"
    queue_mail(to=to, subject="Words", body="Words", purpose="test", key=str(number))
"""


def queue(site: Site, count: int) -> None:
    """Queue mail number n to n@clinic.example."""
    done = site.manage("shell", "-c", QUEUE.format(count=count))
    assert done.returncode == 0, done.stderr


@contextmanager
def worker(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    """A running `manage.py run_worker`, killed at the end."""
    with site.words_file.open("ab") as words:
        process = subprocess.Popen(
            (sys.executable, "manage.py", "run_worker"),
            cwd=site.code,
            env=site.environment,
            stdout=words,
            stderr=words,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def states(site: Site) -> Counter[str]:
    """How many mails stand where."""
    return Counter(state for (state,) in rows(site, "SELECT state FROM outbox_outboundemail"))


def test_a_worker_killed_between_sending_and_marking_sends_twice_under_one_name(
    make_site: MakeSite, outer_sink: Sink
) -> None:
    site = make_site(EMAIL_URL=f"smtp://127.0.0.1:{outer_sink.port}")
    queue(site, 6)
    # The server takes this one and keeps its answer to itself: sent, and never marked.
    outer_sink.rules["3@clinic.example"] = "taken in silence"
    with worker(site) as process:
        wait_for(lambda: outer_sink.addresses()["3@clinic.example"], "the mail to be taken")
        kill(process.pid)
    outer_sink.rules.clear()
    assert rows(site, "SELECT state FROM outbox_outboundemail WHERE key = '3'") == [("waiting",)]
    change(site, "UPDATE outbox_outboundemail SET claimed_until = '2000-01-01 00:00:00'")
    assert site.manage(*SEND_NOW).returncode == 0
    assert states(site) == {"sent": 6}
    arrived = outer_sink.addresses()
    assert arrived == Counter({f"{n}@clinic.example": 2 if n == 3 else 1 for n in range(6)})
    assert len(set(outer_sink.message_ids("3@clinic.example"))) == 1


def test_each_failure_of_a_mail_server_spares_the_other_mail(
    make_site: MakeSite, outer_sink: Sink
) -> None:
    site = make_site(
        EMAIL_URL=f"smtp://127.0.0.1:{outer_sink.port}",
        DJANGO_SETTINGS_MODULE="tests.faults.impatient_settings",
    )
    queue(site, 12)
    failures = (
        "refuse recipient 450 4.2.0 Greylisted",
        "refuse recipient 550 5.1.1 Unknown",
        "refuse message 451 Try later",
        "refuse message 554 No",
        "drop after data",
        "hang",
    )
    outer_sink.rules = {f"{n}@clinic.example": rule for n, rule in enumerate(failures)}
    # Another batch for what comes after the time of the first, used up by the server that hangs.
    for _ in range(2):
        assert site.manage(*SEND_NOW).returncode == 0
    sent = rows(site, "SELECT key FROM outbox_outboundemail WHERE state = 'sent'")
    assert {key for (key,) in sent} == {str(n) for n in range(6, 12)}
    assert states(site) == {"sent": 6, "waiting": 5, "failed": 1}


def test_a_killed_worker_is_started_again_and_nothing_outlives_a_killed_master(
    make_site: MakeSite,
) -> None:
    site, [submission] = make_site(), fill_in(1)
    beat = site.data_dir / "worker.json"
    with Keeper(site) as keeper:
        wait_for(beat.exists, "a sign of life")
        first = json.loads(beat.read_text())["pid"]
        assert kill(first)
        wait_for(lambda: json.loads(beat.read_text())["pid"] != first, "another worker")
        send(site.port, submission)
        wait_for(lambda: states(site) == {"sent": 2}, "the mail")
        keeper.is_stopping.set()
        master = keeper.master()
        assert master is not None
        assert kill(master)
        wait_for(lambda: not processes_over(site.data_dir), "all processes to be gone")


def test_a_clean_stop_leaves_nothing_behind(make_site: MakeSite) -> None:
    site = make_site()
    site.start()
    wait_for((site.data_dir / "worker.json").exists, "a sign of life")
    assert site.stop() == 0
    assert processes_over(site.data_dir) == []
    assert not (site.data_dir / "worker.json").exists()
