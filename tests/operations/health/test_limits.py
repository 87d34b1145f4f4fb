"""From what point on something is a fault."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic_site.operations.health import limits

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("free", "files", "is_fault"),
    [
        (10**9, 10**6, False),
        (10**9, None, False),
        (199 << 20, 10**6, True),
        (10**9, 999, True),
        (200 << 20, 1000, False),
    ],
)
def test_room(free: int, files: int | None, is_fault: bool) -> None:
    assert bool(limits.room_fault("/data", free, files)) is is_fault


def test_mail_that_waits_while_other_mail_goes_out_is_no_fault_of_the_machine() -> None:
    assert limits.mail_fault(overdue=1, newest=NOW - HOUR, last_sent=NOW) is None


def test_mail_that_waits_while_none_goes_out_is() -> None:
    assert limits.mail_fault(overdue=1, newest=NOW - HOUR, last_sent=NOW - 2 * HOUR)
    assert limits.mail_fault(overdue=1, newest=NOW - HOUR, last_sent=None)


def test_no_mail_is_no_fault() -> None:
    assert limits.mail_fault(overdue=0, newest=None, last_sent=None) is None


@pytest.mark.parametrize(
    ("last", "began", "is_fault"),
    [
        (NOW - 26 * HOUR, None, False),
        (NOW - 27 * HOUR, None, True),
        (None, NOW - 25 * HOUR, False),
        (None, NOW - 27 * HOUR, True),
        (NOW - HOUR, NOW - 900 * HOUR, False),
        (None, None, False),
    ],
)
def test_backup(last: datetime | None, began: datetime | None, is_fault: bool) -> None:
    assert bool(limits.backup_fault(last=last, began=began, now=NOW)) is is_fault


@pytest.mark.parametrize(("ahead", "is_fault"), [(1, False), (3, True), (-900, False)])
def test_clock(ahead: int, is_fault: bool) -> None:
    newest = NOW + timedelta(minutes=ahead)
    assert bool(limits.clock_fault(newest=newest, now=NOW)) is is_fault


@pytest.mark.parametrize(("seconds", "is_fault"), [(59.0, False), (61.0, True)])
def test_pages(seconds: float, is_fault: bool) -> None:
    assert bool(limits.pages_fault(seconds)) is is_fault
