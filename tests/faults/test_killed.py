"""Nothing confirmed is lost or doubled, however often the processes are killed."""

import itertools
import os
import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.faults.conftest import MakeSite, rows
from tests.faults.patients import Submission, fill_in, send, send_until_confirmed
from tests.faults.processes import PROC, Keeper, kill, wait_for

SUBMISSIONS, CLIENTS, KILLS = 1000, 16, 56
# One round of 14: mostly the processes that hold a patient's request, but each of the others too
ROUND = ("web",) * 9 + ("mail",) * 3 + ("arbiter", "master")


def victim(keeper: Keeper, kind: str, turn: int) -> int | None:
    """The process to kill next; None while there is no such process."""
    if kind == "web":
        workers = keeper.web_workers()
        return workers[turn % len(workers)] if workers else None
    found: int | None = getattr(keeper, {"mail": "mail_worker"}.get(kind, kind))()
    return found


def has(done: list[Submission], enough: int) -> bool:
    """Whether so many submissions are confirmed."""
    return len(done) >= enough


def kill_on_and_on(keeper: Keeper, done: list[Submission], killed: Counter[str]) -> None:
    """Kill one process for every so many confirmations, until all kills are done."""
    kinds = itertools.cycle(ROUND)
    for turn in range(KILLS):
        kind, enough = next(kinds), turn * (SUBMISSIONS - 50) // KILLS
        wait_for(partial(has, done, enough), f"confirmation {enough}")
        found: list[int] = []

        def is_found(kind: str = kind, turn: int = turn, found: list[int] = found) -> bool:
            pid = victim(keeper, kind, turn)
            found += [pid] if pid else []
            return bool(pid)

        wait_for(is_found, f"a {kind} process")
        killed[kind] += kill(found[0])


def test_every_confirmed_enquiry_is_kept_once_with_its_mails(make_site: MakeSite) -> None:
    site = make_site()
    submissions, done, killed = fill_in(SUBMISSIONS), [], Counter[str]()

    def be_a_client(mine: list[Submission]) -> None:
        for submission in mine:
            send_until_confirmed(site.port, submission)
            done.append(submission)

    with Keeper(site) as keeper, ThreadPoolExecutor(CLIENTS) as pool:
        killer = threading.Thread(target=kill_on_and_on, args=(keeper, done, killed))
        killer.start()
        list(pool.map(be_a_client, [submissions[number::CLIENTS] for number in range(CLIENTS)]))
        killer.join()
        wait_for(site.is_listening, "the site to listen again")
        late = submissions[7]
        assert send(site.port, late)[:2] == (303, late.location)
    assert killed.total() >= 50
    print(f"\n{killed.total()} kills {dict(killed)}, {keeper.starts} starts")
    assert_all_kept(site, submissions)


def test_a_web_process_is_told_at_once_that_its_parent_was_killed(make_site: MakeSite) -> None:
    site = make_site(WORKERS="1")
    with Keeper(site) as keeper:
        assert send(site.port, fill_in(1)[0])[0] == 303
        (worker,) = keeper.web_workers()
        os.kill(worker, signal.SIGSTOP)  # so that it cannot find out by itself
        wait_for(partial(has_stopped, worker), "all its threads to stand still")
        arbiter = keeper.arbiter()
        assert arbiter and kill(arbiter)
        wait_for(partial(is_told_to_stop, worker), "the word that it is to stop")


def has_stopped(pid: int) -> bool:
    """Whether no thread of this process is left that could still take a signal."""
    threads = (PROC / str(pid) / "task").glob("*/stat")
    return all(thread.read_text().rpartition(")")[2].split()[0] == "T" for thread in threads)


def is_told_to_stop(pid: int) -> bool:
    """Whether SIGTERM waits for this process."""
    status = (PROC / str(pid) / "status").read_text()
    waiting = int(status.partition("ShdPnd:")[2].split()[0], 16)
    return bool(waiting >> (signal.SIGTERM - 1) & 1)


def assert_all_kept(site: object, submissions: list[Submission]) -> None:
    """Each submission is one enquiry under the reference that its patient was told, with one mail to each side."""
    kept = rows(site, "SELECT name, reference FROM enquiries_enquiry ORDER BY id")
    assert Counter(kept) == Counter((s.name, s.reference) for s in submissions)
    expected = Counter(
        f"enquiry-{submission.reference}-{side}-0"
        for submission in submissions
        for side in ("staff", "patient")
    )
    assert Counter(key for (key,) in rows(site, "SELECT key FROM outbox_outboundemail")) == expected
    assert rows(site, "SELECT count(*) FROM enquiries_enquiryamendment") == [(0,)]
    assert rows(site, "PRAGMA integrity_check") == [("ok",)]
