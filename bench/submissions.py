"""How many enquiries a second the site takes, each on disk before it is confirmed: 16 clients on SQLite.

The real `manage.py serve` with its worker, the real form, no mail server (mail goes to files, so the worker writes
beside the patients). The clients share the two cores with the site, so they are made to cost next to nothing: every
request is written out before the clock starts, and each client keeps its connection, as a reverse proxy does. Beside
it, before and after, the disk's own limit: transactions of one row through sqlite3 alone.
"""

import os
import re
import socket
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from django.conf import settings

from bench.figures import Part, short
from tests.faults.patients import FORM, SEE_OTHER, Submission, fill_in
from tests.faults.processes import processes_over
from tests.serving import Site

CLIENTS, WARM_UP, SUBMISSIONS = 16, 100, 1000
AGAINST_DISK, SLOWEST = 0.15, 200
DISK = "what SQLite itself commits on this disk, one row at a time"


@dataclass(frozen=True)
class Taken:
    """What became of the enquiries. `seconds`: each one's wait; `took`: all of them, by the clock."""

    seconds: list[float]
    took: float
    cpu: float  # seconds of the processors, the whole site
    locked: int  # times that the site has said so
    alone: float  # transactions of SQLite alone, a second

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.took


def measure() -> Part:
    """All enquiries once; raises RuntimeError when one is not confirmed and kept."""
    with tempfile.TemporaryDirectory() as folder:
        taken = _take(Path(folder))
    part = Part("Enquiries")
    part.at_least(
        f"durable submissions a second, {CLIENTS} clients",
        taken.rate / taken.alone,
        AGAINST_DISK,
        " x",
        beside=DISK,
    )
    part.at_most(
        f"slowest of {SUBMISSIONS:,} submissions",
        max(taken.seconds) * taken.alone,
        SLOWEST,
        " x",
        beside="one commit of SQLite itself on this disk",
    )
    part.at_most("“database is locked”", taken.locked, 0, "", beside="a count")
    part.heads = ("", "a second", "median ms", "p99 ms", "slowest ms", "CPU ms each")
    waits = (statistics.median(taken.seconds), p99(taken.seconds), max(taken.seconds))
    told = (*(short(one * 1000) for one in waits), short(taken.cpu / SUBMISSIONS * 1000))
    part.rows.append(("this site, mails included", short(taken.rate), *told))
    part.rows.append(("SQLite alone", short(taken.alone), short(1000 / taken.alone), "", "", ""))
    return part


def _take(folder: Path) -> Taken:
    site, before = Site(folder / "data", SECRET_KEY=settings.SECRET_KEY), disk_alone(folder)
    site.start()
    try:
        requests = [written_out(site.port, each) for each in fill_in(WARM_UP + SUBMISSIONS)]
        warm = run(site.port, requests[:WARM_UP])
        cpu, began = cpu_seconds(site), perf_counter()
        outcomes = run(site.port, requests[WARM_UP:])
        took, cpu = perf_counter() - began, cpu_seconds(site) - cpu
    finally:
        site.stop()
    statuses = {status for status, _ in warm + outcomes}
    if statuses != {SEE_OTHER} or count(site) != WARM_UP + SUBMISSIONS:
        raise RuntimeError(f"Answers were {statuses}, kept are {count(site)}.")
    alone = statistics.mean((before, disk_alone(folder)))
    seconds = [each for _, each in outcomes]
    return Taken(seconds, took, cpu, site.words().count("locked"), alone)


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
    file = folder / "alone.sqlite3"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA;")
        database.execute("CREATE TABLE row (words TEXT)")
        began = perf_counter()
        for _ in range(transactions):
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO row VALUES (?)", ("x" * 500,))
            database.execute("COMMIT")
        return transactions / (perf_counter() - began)
