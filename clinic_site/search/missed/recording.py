"""The worker's part: takes in what the processes counted, and forgets what is 90 days old."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from clinic_site.search.missed.counting import folder
from clinic_site.search.models import LONGEST_MISSED, MissedSearch

KEPT_FOR = timedelta(days=90)
MOST_KEPT = 2_000  # rows; what is new beyond that is not taken in
Told = tuple[date, str, int]  # day, words, times


def record_missed() -> int:
    """Take in all files that wait; how many. A file that cannot be read is dropped."""
    files = sorted(folder().glob("*.json")) if folder().is_dir() else []
    for file in files:
        _take_in(list(_told(file)))
        file.unlink(missing_ok=True)
    return len(files)


@transaction.atomic
def forget_missed() -> int:
    """Drop the days before the last 90, and what has no day left; how many rows changed or went."""
    oldest, changed = (timezone.localdate() - KEPT_FOR).isoformat(), 0
    for one in MissedSearch.objects.filter(first_on__lt=oldest):
        changed += 1
        _keep(one, [day for day in one.days if day >= oldest])
    return changed


def _told(file: Path) -> Iterator[Told]:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        day = date.fromisoformat(said["day"])
        for words, times in said["times"].items():
            if 0 < len(words) <= LONGEST_MISSED and int(times) > 0:
                yield day, words, int(times)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return


@transaction.atomic
def _take_in(told: list[Told]) -> None:
    room = MOST_KEPT - MissedSearch.objects.count()
    known = {
        one.words: one for one in MissedSearch.objects.filter(words__in=[w for _, w, _ in told])
    }
    for day, words, times in told:
        one = known.get(words)
        if one is None:
            if room <= 0:
                continue
            room -= 1
            one = MissedSearch(words=words, days=[])
        one.times += times
        _keep(one, sorted({*one.days, day.isoformat()}))


def _keep(one: MissedSearch, days: list[str]) -> None:
    if not days:
        one.delete()
        return
    one.days, one.day_count = days, len(days)
    one.first_on, one.last_on = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    one.save()
