"""How many enquiries a second the site takes, each on disk before it is confirmed: 16 clients on SQLite.

The real `manage.py serve` with its worker, the real form, a connection for each submission, no mail server (mail goes
to files, so the worker writes as fast as it can beside the patients). With it the processor time that the whole site
spends on each, its mails included, the load of the machine, and the disk's own limit: transactions of one row through
sqlite3 alone, a second. Prints one line of JSON.
"""

import http.client
import json
import os
import sqlite3
import statistics
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import perf_counter

from django.conf import settings

from tests.faults.patients import SEE_OTHER, Submission, fill_in, send
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
            submissions = fill_in(WARM_UP + SUBMISSIONS)
            warm = run(site, submissions[:WARM_UP])
            cpu = cpu_seconds(site)
            began = perf_counter()
            outcomes = run(site, submissions[WARM_UP:])
            took = perf_counter() - began
            cpu = cpu_seconds(site) - cpu
        finally:
            site.stop()
        alone = disk_alone(Path(folder))
        kept = count(site)
        lock_errors = site.words().count("locked")
    seconds = [each for _, each in outcomes]
    return report(seconds, took) | {
        "statuses": dict(Counter(status for status, _ in warm + outcomes)),
        "cpu_ms_each": round(cpu / SUBMISSIONS * 1000, 1),
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


def run(site: Site, submissions: list[Submission]) -> list[tuple[int, float]]:
    """Send them all from 16 clients; status and seconds of each."""

    def one(submission: Submission) -> tuple[int, float]:
        began = perf_counter()
        try:
            status, _, _ = send(site.port, submission)
        except (OSError, http.client.HTTPException):
            status = 0  # no answer
        return status, perf_counter() - began

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(one, submissions))


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
