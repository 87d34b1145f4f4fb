"""A database that somebody else holds for half a minute."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from time import monotonic

from tests.faults.conftest import MakeSite, rows
from tests.faults.patients import FORM, SEE_OTHER, UNAVAILABLE, Submission, fetch, fill_in, send
from tests.faults.processes import Keeper, wait_for
from tests.serving import Site

HELD, IN_TIME, AT_ONCE = 30, 6, 8  # seconds, seconds, patients


def test_half_a_minute_of_lock_is_said_in_time_and_loses_nothing(make_site: MakeSite) -> None:
    site, submissions = make_site(), fill_in(AT_ONCE)
    place = site.data_dir / "db.sqlite3"
    with Keeper(site) as keeper, closing(sqlite3.connect(place, isolation_level=None)) as other:
        wait_for(keeper.mail_worker, "the worker")
        with ThreadPoolExecutor(AT_ONCE) as usual_pool:
            usual = max(
                usual_pool.map(timed_form, [site.port] * AT_ONCE)
            )  # what a busy machine adds to anything
        other.execute("BEGIN IMMEDIATE")
        began, rounds = monotonic(), 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while monotonic() - began < HELD:
                rounds += 1
                for number, (status, took, page) in enumerate(
                    pool.map(lambda s: timed(site.port, s), submissions)
                ):
                    assert status == UNAVAILABLE
                    assert took < IN_TIME + usual
                    assert f"Words of patient {number}." in page
        other.execute("ROLLBACK")
        assert rounds > 1
        for submission in submissions:
            assert send(site.port, submission)[0] == SEE_OTHER
        wait_for(partial(has_sent, site, 2 * AT_ONCE), "the worker to send all mail after the lock")
    assert rows(site, "SELECT count(*) FROM enquiries_enquiry") == [(AT_ONCE,)]


def has_sent(site: Site, count: int) -> bool:
    """Whether the worker has sent so many messages."""
    sent = rows(site, "SELECT count(*) FROM outbox_outboundemail WHERE state = 'sent'")
    return sent == [(count,)]


def timed_form(port: int) -> float:
    """Seconds that the empty form takes."""
    began = monotonic()
    assert fetch(port, FORM)[0] == 200
    return monotonic() - began


def timed(port: int, submission: Submission) -> tuple[int, float, str]:
    """Status, seconds and page of one try."""
    began = monotonic()
    status, _, page = send(port, submission)
    return status, monotonic() - began, page
