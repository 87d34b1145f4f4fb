"""A database that somebody else holds for half a minute."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from time import monotonic

from tests.faults.conftest import MakeSite, rows
from tests.faults.patients import SEE_OTHER, UNAVAILABLE, Submission, fill_in, send
from tests.faults.processes import Keeper, wait_for
from tests.serving import Site

HELD, IN_TIME, AT_ONCE = (
    30,
    6,
    16,
)  # seconds, seconds, patients: twice as many as the site has threads
ROUNDS = (0, 12, 24)  # seconds after the lock at which they all send


def test_half_a_minute_of_lock_is_said_in_time_and_loses_nothing(make_site: MakeSite) -> None:
    site, submissions = make_site(), fill_in(AT_ONCE)
    place = site.data_dir / "db.sqlite3"
    with Keeper(site) as keeper, closing(sqlite3.connect(place, isolation_level=None)) as other:
        wait_for(keeper.mail_worker, "the worker")
        other.execute("BEGIN IMMEDIATE")
        began, answers = monotonic(), []
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for start in (*ROUNDS, HELD):
                wait_for(partial(has_come, began + start), "the next round")
                if start < HELD:
                    answers += pool.map(partial(timed, site.port), submissions)
            other.execute("ROLLBACK")
            after = pool.map(partial(send, site.port), submissions)
            assert {status for status, _, _ in after} == {SEE_OTHER}
        wait_for(partial(has_sent, site, 2 * AT_ONCE), "the worker to send all mail after the lock")
    assert {status for status, _, _ in answers} == {UNAVAILABLE}
    assert max(took for _, took, _ in answers) < IN_TIME
    told = [f"Words of patient {submission.number}." for submission in submissions * len(ROUNDS)]
    assert all(words in page for words, (_, _, page) in zip(told, answers, strict=True))
    assert rows(site, "SELECT count(*) FROM enquiries_enquiry") == [(AT_ONCE,)]


def has_come(moment: float) -> bool:
    """Whether the clock has passed it."""
    return monotonic() >= moment


def has_sent(site: Site, count: int) -> bool:
    """Whether the worker has sent so many messages."""
    sent = rows(site, "SELECT count(*) FROM outbox_outboundemail WHERE state = 'sent'")
    return sent == [(count,)]


def timed(port: int, submission: Submission) -> tuple[int, float, str]:
    """Status, seconds and page of one try."""
    began = monotonic()
    status, _, page = send(port, submission)
    return status, monotonic() - began, page
