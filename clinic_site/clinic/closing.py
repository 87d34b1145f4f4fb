"""Closures as patients are told of them: from two weeks ahead until the last day, by themselves."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from clinic_site.clinic.models import Closure
from clinic_site.pagecache.stamp import pages_changed

AHEAD = timedelta(days=14)


def announced(on: date | None = None) -> list[Closure]:
    """The closures that patients are told of on that day (today), the next one first; one query."""
    day = on or timezone.localdate()
    return list(Closure.objects.filter(starts_on__lte=day + AHEAD, ends_on__gte=day))


def announce(closure: Closure) -> None:
    """Pages show the notice when its time comes, change it on the first day, and drop it after the last."""
    for moment in _moments(closure):
        pages_changed(also_at=moment)


def _moments(closure: Closure) -> Iterator[datetime]:
    day = timedelta(days=1)
    for when in (closure.starts_on - AHEAD, closure.starts_on, closure.ends_on + day):
        yield timezone.make_aware(datetime.combine(when, time.min))
