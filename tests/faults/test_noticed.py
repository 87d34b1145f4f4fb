"""A table of faults, each made on a running site: /readyz tells of it within a minute, and of nothing else before."""

import http.client
import json
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from clinic_site.operations.health.token import own_token
from tests.faults.conftest import MakeSite, change
from tests.faults.processes import Keeper, wait_for
from tests.faults.small_disks import file_system
from tests.serving import Site

NOTICED = 60.0  # seconds
MAKE_MAIL = """INSERT INTO outbox_outboundemail
('key', purpose, 'to', subject, body, state, attempts, due_at, created_at, last_error)
VALUES ('late', 'test', 'a@example.ca', 's', 'b', 'waiting', 0, ?, ?, '')"""
Break = Callable[[Site, Keeper], AbstractContextManager[None]]


def faults(site: Site) -> list[str] | None:
    """The names that /readyz gives; None where the site does not answer."""
    word = own_token(settings.SECRET_KEY)
    caller = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    try:
        caller.request("GET", "/readyz", headers={"Authorization": f"Bearer {word}"})
        answer = caller.getresponse()
        named = [fault["name"] for fault in json.loads(answer.read())["faults"]]
        assert (answer.status == 200) is not bool(named)
        return named
    except (OSError, http.client.HTTPException):
        return None
    finally:
        caller.close()


def is_told(site: Site, name: str) -> bool:
    return name in (faults(site) or ())


@contextmanager
def locked(site: Site, keeper: Keeper) -> Iterator[None]:
    with closing(sqlite3.connect(site.data_dir / "db.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def worker_hangs(site: Site, keeper: Keeper) -> Iterator[None]:
    wait_for(keeper.mail_worker, "the worker")
    pid = keeper.mail_worker()
    assert pid
    os.kill(pid, signal.SIGSTOP)
    yield
    os.kill(pid, signal.SIGCONT)


@contextmanager
def mail_waits(site: Site, keeper: Keeper) -> Iterator[None]:
    then = (datetime.now(UTC) - timedelta(minutes=20)).strftime("%Y-%m-%d %H:%M:%S.%f")
    change(site, MAKE_MAIL, then, then)
    yield


@contextmanager
def clock_was_ahead(site: Site, keeper: Keeper) -> Iterator[None]:
    change(site, "UPDATE pages_revision SET created_at = datetime('now', '+1 day')")
    yield


@contextmanager
def backup_is_old(site: Site, keeper: Keeper) -> Iterator[None]:
    then = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    kept = {"at": then, "path": "/backup", "size": 1, "rows": 1}
    (site.data_dir / "backup.json").write_text(json.dumps(kept))
    yield


@contextmanager
def truncated(site: Site, keeper: Keeper) -> Iterator[None]:
    place = site.data_dir / "db.sqlite3"
    os.truncate(place, place.stat().st_size // 2)
    yield


@contextmanager
def folder_away(site: Site, keeper: Keeper) -> Iterator[None]:
    aside = site.data_dir.with_name("aside")
    site.data_dir.rename(aside)
    yield
    if site.data_dir.exists():
        site.data_dir.rename(site.data_dir.with_name("made-meanwhile"))
    aside.rename(site.data_dir)


TABLE: list[tuple[str, Break]] = [
    ("database", locked),
    ("database", truncated),
    ("worker", worker_hangs),
    ("mail", mail_waits),
    ("clock", clock_was_ahead),
    ("backup", backup_is_old),
    ("data", folder_away),
]


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("name", "broken"), TABLE, ids=[f"{n}-{b.__name__}" for n, b in TABLE])
def test_each_fault_is_noticed_within_a_minute(
    make_site: MakeSite, name: str, broken: Break
) -> None:
    site = make_site(EMAIL_URL="smtp://127.0.0.1:9")  # nobody takes mail there
    with Keeper(site) as keeper:
        wait_for(lambda: faults(site) == [], "a site without faults")
        with broken(site, keeper):
            wait_for(partial(is_told, site, name), f"the fault “{name}”", NOTICED)


@pytest.fixture
def middling_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 MB; skipped where this user may not mount one."""
    with file_system(tmp_path / "disk", megabytes=400) as place:
        yield place


@pytest.mark.timeout(240)
def test_a_disk_that_fills_is_noticed_within_a_minute(
    make_site: MakeSite, middling_disk: Path
) -> None:
    site = make_site(middling_disk / "data")
    with Keeper(site):
        wait_for(lambda: faults(site) == [], "a site without faults")
        (middling_disk / "filler").write_bytes(bytes(250 << 20))
        wait_for(partial(is_told, site, "disk"), "the full disk", NOTICED)
        (middling_disk / "filler").unlink()
        wait_for(lambda: faults(site) == [], "the fault to be gone with its cause", NOTICED)
