"""Which backups are kept: 7 days, 4 weeks, 12 months, each the newest; and when the next one is due."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.operations.backups.nightly import is_due, remove_old
from clinic_site.operations.backups.rotation import Keep

KEEP = Keep(7, 4, 12)
FIRST = datetime(2026, 1, 1, 11, 0, tzinfo=UTC)
CLINIC = timezone(timedelta(hours=-7))


def name(at: datetime, ending: str = "") -> str:
    return f"clinic-{at:%Y%m%dT%H%M%S.%fZ}.tar.gz{ending}"


def nightly(days: int) -> list[str]:
    return [name(FIRST + timedelta(days=day)) for day in range(days)]


def test_after_two_years_of_nights_there_are_a_week_a_month_and_a_year() -> None:
    kept = KEEP.kept(nightly(730))
    newest = sorted(nightly(730), reverse=True)
    assert set(newest[:7]) <= kept
    assert len(kept) <= 7 + 4 + 12
    months = {one[7:13] for one in kept}
    assert len(months) == 12


def test_night_after_night_what_is_kept_is_what_all_nights_together_would_leave() -> None:
    there: set[str] = set()
    for one in nightly(500):
        there = KEEP.kept(there | {one})
    assert set(sorted(nightly(500))[-7:]) <= there
    assert len({one[7:13] for one in there}) == 12
    assert len(there) <= 23
    assert min(there) > name(FIRST + timedelta(days=500 - 366))


@given(st.lists(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1))))
def test_the_newest_is_always_kept(moments: list[datetime]) -> None:
    names = [name(at) for at in moments]
    assert set(sorted(names)[-1:]) <= KEEP.kept(names) <= set(names)


def test_a_site_that_made_none_for_a_month_loses_none_by_that() -> None:
    names = nightly(7)
    assert KEEP.kept(names) == set(names)


@pytest.mark.parametrize(
    "other",
    ["notes.txt", "clinic-2026.tar.gz", "clinic-20261399T000000.000000Z.tar.gz", "clinic-.tar.gz"],
)
def test_what_is_no_backup_of_the_site_is_left(tmp_path: Path, other: str) -> None:
    for one in (*nightly(60), other):
        (tmp_path / one).touch()
    remove_old(tmp_path, Keep(1, 0, 0))
    assert {path.name for path in tmp_path.iterdir()} == {nightly(60)[-1], other}


def test_encrypted_ones_count_like_others(tmp_path: Path) -> None:
    names = [name(FIRST + timedelta(days=day), end) for day, end in enumerate(["", ".age", ".gpg"])]
    for one in names:
        (tmp_path / one).touch()
    remove_old(tmp_path, Keep(2, 0, 0))
    assert {path.name for path in tmp_path.iterdir()} == set(names[1:])


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("26T03:00", "26T23:00", False),
        ("26T03:00", "27T02:59", False),
        ("26T03:00", "27T03:00", True),
        ("26T14:00", "27T03:00", True),
        ("25T03:00", "26T23:00", True),
        ("27T03:00", "26T23:00", True),  # by a clock that was ahead
    ],
)
def test_one_is_due_once_a_night(last: str, now: str, due: bool) -> None:
    moments = [
        datetime.fromisoformat(f"2026-11-{at}:00").replace(tzinfo=CLINIC) for at in (last, now)
    ]
    assert is_due(*moments) is due
