"""How many enquiries a second the site takes, each on disk before it is confirmed: 16 clients on SQLite.

The real `manage.py serve` with its worker, the real form, no mail server (mail goes to files, so the worker writes
beside the patients). The clients share the two cores with the site, so they are made to cost next to nothing: every
request is written out before the clock starts, and each client keeps its connection, as a reverse proxy does. With
it the processor time that the whole site spends on each, its mails so far included, and the clients too; the load of
the machine; and the disk's own limit: transactions of one row through sqlite3 alone, a second. Prints one line of JSON.
"""

import json
import os
import re
import socket
import sqlite3
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time

from django.conf import settings

from tests.faults.patients import FORM, SEE_OTHER, Submission, fill_in
from tests.faults.processes import processes_over
from tests.serving import Site

CLIENTS, WARM_UP, SUBMISSIONS = 16, 100, 1500
WANTED_PER_SECOND, WANTED_P99 = 150, 1.0


def main() -> dict[str, object]:
    """Measure once; what was measured and whether it is what the site promises."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "data", SECRET_KEY=settings.SECRET_KEY)
        site.start()
        try:
            requests = [written_out(site.port, each) for each in fill_in(WARM_UP + SUBMISSIONS)]
            warm = run(site.port, requests[:WARM_UP])
            cpu, own = cpu_seconds(site), process_time()
            began = perf_counter()
            outcomes = run(site.port, requests[WARM_UP:])
            took = perf_counter() - began
            cpu, own = cpu_seconds(site) - cpu, process_time() - own
        finally:
            site.stop()
        alone = disk_alone(Path(folder))
        kept = count(site)
        lock_errors = site.words().count("locked")
    seconds = [each for _, each in outcomes]
    return report(seconds, took) | {
        "statuses": dict(Counter(status for status, _ in warm + outcomes)),
        "cpu_ms_each": round(cpu / SUBMISSIONS * 1000, 1),
        "client_cpu_ms_each": round(own / SUBMISSIONS * 1000, 2),
        "load": round(os.getloadavg()[0], 1),
        "lock_errors": lock_errors,
        "kept": kept,
        "disk_alone_per_second": round(alone),
        "is_met": SUBMISSIONS / took >= WANTED_PER_SECOND
        and p99(seconds) <= WANTED_P99
        and kept == WARM_UP + SUBMISSIONS
        and not lock_errors
        and {status for status, _ in warm + outcomes} == {SEE_OTHER},
    }


def run(port: int, requests: list[bytes]) -> list[tuple[int, float]]:
    """Send them all from 16 clients; status (0: no answer) and seconds of each."""
    waiting, outcomes = iter(requests), []
    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in pool.map(lambda _: list(be_a_client(port, waiting)), range(CLIENTS)):
            outcomes += done
    return outcomes


def be_a_client(port: int, waiting: Iterator[bytes]) -> Iterator[tuple[int, float]]:
    """Send one request after the other over one connection, for as long as any wait."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        for request in waiting:
            began = perf_counter()
            try:
                connection.sendall(request)
                status = read_answer(connection)
            except OSError:
                status = 0
            yield status, perf_counter() - began
            if not status:
                return


def read_answer(connection: socket.socket) -> int:
    """The status of one whole answer; 0 when it ends too early."""
    answer = connection.recv(65536)
    while not (head := answer.partition(b"\r\n\r\n"))[1]:
        if not (more := connection.recv(65536)):
            return 0
        answer += more
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head[0])
    left = (int(length[1]) if length else 0) - len(head[2])
    while left > 0:
        if not (more := connection.recv(65536)):
            return 0
        left -= len(more)
    return int(answer[9:12])


def written_out(port: int, submission: Submission) -> bytes:
    """The whole request as it goes over the wire."""
    body = submission.body().encode()
    lines = [f"POST {FORM} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in submission.headers().items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def report(seconds: list[float], took: float) -> dict[str, object]:
    """The figures of a run, and their ratio to what is wanted."""
    return {
        "name": "submissions",
        "clients": CLIENTS,
        "per_second": round(len(seconds) / took, 1),
        "ratio": round(len(seconds) / took / WANTED_PER_SECOND, 2),
        "p50_ms": round(statistics.median(seconds) * 1000),
        "p99_ms": round(p99(seconds) * 1000),
    }


def p99(seconds: list[float]) -> float:
    """What 99 of 100 stayed below."""
    return statistics.quantiles(seconds, n=100)[98]


def cpu_seconds(site: Site) -> float:
    """What all processes of the site together have had of the processors."""
    ticks = 0
    for pid in processes_over(site.data_dir):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # user and system time
    return ticks / os.sysconf("SC_CLK_TCK")


def count(site: Site) -> int:
    """How many enquiries are in the database."""
    with closing(sqlite3.connect(site.data_dir / "db.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM enquiries_enquiry").fetchone()[0])


def disk_alone(folder: Path, transactions: int = 300) -> float:
    """Durable transactions a second of one row each, through sqlite3 with the site's own settings."""
    with closing(sqlite3.connect(folder / "alone.sqlite3", isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA;")
        database.execute("CREATE TABLE row (words TEXT)")
        began = perf_counter()
        for _ in range(transactions):
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO row VALUES (?)", ("x" * 500,))
            database.execute("COMMIT")
        return transactions / (perf_counter() - began)


if __name__ == "__main__":
    measured = main()
    print(json.dumps(measured))
    sys.exit(0 if measured["is_met"] else 1)
