"""Once what was wrong with the database file is put right, every form is taken at its first try, without a restart."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from tests.faults.conftest import rows
from tests.faults.patients import (
    UNAVAILABLE,
    Submission,
    answers,
    fill_in,
    send_until_confirmed,
)
from tests.faults.processes import Keeper, kill, wait_for
from tests.serving import Site

REFUSED, TAKEN = (
    4,
    24,
)  # forms while it is wrong and after; three for each of the site's eight threads
WELL_AGAIN = 15  # seconds after it is right, in which each form is taken; a busy machine may ask for a second try
# root without the right to pass over modes and owners, as the site's own user is
UNPRIVILEGED = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
NOBODY = 65534
pytestmark = pytest.mark.skipif(
    bool(UNPRIVILEGED) and not shutil.which("setpriv"), reason="setpriv is not installed"
)
Trouble = Callable[[Path], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def keeper(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keeper]:
    """A running site that may write only what its modes allow."""
    folder = tmp_path_factory.mktemp("trouble") / "data"
    shutil.copytree(prepared, folder, symlinks=True)
    with Keeper(Site(folder, SECRET_KEY=settings.SECRET_KEY), before=UNPRIVILEGED) as running:
        wait_for(lambda: len(running.web_workers()) == 2, "both processes")
        yield running


@pytest.fixture(scope="module")
def patients() -> Iterator[Submission]:
    """Filled-in forms, each of somebody else."""
    return iter(fill_in(500))


@contextmanager
def immutable(database: Path) -> Iterator[None]:
    """chattr +i; skipped where the file system or this user cannot."""
    if shutil.which("chattr") is None or _run("chattr", "+i", database):
        pytest.skip("This file system, or this user, cannot make a file immutable.")
    try:
        yield
    finally:
        assert _run("chattr", "-i", database) == 0


@contextmanager
def not_writable(database: Path) -> Iterator[None]:
    """Mode 0400."""
    database.chmod(0o400)
    yield
    database.chmod(0o600)


@contextmanager
def of_another_owner(database: Path) -> Iterator[None]:
    """A file that root restored and forgot to give back, readable and no more."""
    if os.geteuid():
        pytest.skip("Only root may give a file away.")
    database.chmod(0o644)
    os.chown(database, NOBODY, NOBODY)
    yield
    os.chown(database, 0, 0)


@contextmanager
def read_only_disk(database: Path) -> Iterator[None]:
    """The disk is mounted read-only, as Linux does by itself after a fault of the hardware, then again as it was."""
    folder = database.parent
    if os.geteuid() or _run("mount", "--bind", folder, folder):
        pytest.skip("This user may not mount anything.")
    try:
        assert _run("mount", "-o", "remount,bind,ro", folder) == 0
        yield
    finally:
        assert (
            _run("umount", "--lazy", folder) == 0
        )  # what is open stays on the one that is read-only


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Somebody else has it for themselves."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=20)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def moved_away(database: Path) -> Iterator[None]:
    """The file is gone for a while; what SQLite made in its place is written over."""
    away = database.rename(database.with_name("away"))
    yield
    away.replace(database)


@contextmanager
def folder_moved_away(database: Path) -> Iterator[None]:
    """DATA_DIR is gone for a while."""
    home = database.parent
    away = home.rename(home.with_name("away"))
    yield
    if home.exists():
        shutil.rmtree(home)  # what the site made there meanwhile
    away.rename(home)


@contextmanager
def spoilt(database: Path) -> Iterator[None]:
    """Another file lies there that is no database; then the good one, under a number of its own."""
    good = database.rename(database.with_name("good"))
    database.write_bytes(b"no database" * 1000)
    yield
    shutil.copyfile(good, database.with_name("copy"))
    database.with_name("copy").replace(database)
    good.unlink()


TROUBLES = (
    immutable,
    not_writable,
    of_another_owner,
    read_only_disk,
    locked,
    moved_away,
    folder_moved_away,
    spoilt,
)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
@pytest.mark.parametrize("is_young", [False, True], ids=["older processes", "younger processes"])
def test_forms_are_taken_again(
    keeper: Keeper, patients: Iterator[Submission], trouble: Trouble, is_young: bool
) -> None:
    site = keeper.site
    with trouble(site.data_dir / "db.sqlite3"):
        if is_young:  # their first connection is opened while it is wrong
            start_anew(keeper)
        before = [next(patients) for _ in range(REFUSED)]
        assert answers(site.port, before) == {UNAVAILABLE}
    after = [next(patients) for _ in range(TAKEN)]
    with ThreadPoolExecutor(TAKEN) as pool:
        list(pool.map(partial(send_until_confirmed, site.port, patience=WELL_AGAIN), after))
    kept = {name for (name,) in rows(site, "SELECT name FROM enquiries_enquiry")}
    assert {one.name for one in after} <= kept
    assert kept.isdisjoint(one.name for one in before)
    wait_for(partial(is_all_sent, site), "the worker to send all mail")


def start_anew(keeper: Keeper) -> None:
    """Kill the processes that answer requests, and wait for others in their place."""
    old = set(keeper.web_workers())
    for pid in old:
        kill(pid)
    wait_for(
        lambda: len(keeper.web_workers()) == len(old) and old.isdisjoint(keeper.web_workers()),
        "other processes",
    )


def is_all_sent(site: Site) -> bool:
    """Whether the worker has sent every message there is."""
    return rows(site, "SELECT count(*) FROM outbox_outboundemail WHERE state <> 'sent'") == [(0,)]


def _run(*command: object) -> int:
    return subprocess.run([str(part) for part in command], capture_output=True).returncode
