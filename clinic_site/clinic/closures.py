"""Closures as patients are told of them: from two weeks ahead until the last day, by themselves."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from clinic_site.clinic.days import first_minute
from clinic_site.clinic.models import Closure
from clinic_site.pagecache.stamp import pages_changed

AHEAD = timedelta(days=14)


def announced(closures: Iterable[Closure], on: date | None = None) -> list[Closure]:
    """Those that patients are told of on that day (today), in the order they came in."""
    day = on or timezone.localdate()
    return [one for one in closures if one.starts_on - AHEAD <= day <= one.ends_on]


def announced_at(closure: Closure) -> datetime:
    """The moment from which patients are told of it."""
    return first_minute(closure.starts_on - AHEAD)


def announce(closure: Closure) -> None:
    """Pages show the notice when its time comes, change it on the first day, and drop it after the last."""
    for moment in _moments(closure):
        pages_changed(also_at=moment)


def _moments(closure: Closure) -> Iterator[datetime]:
    day = timedelta(days=1)
    for when in (closure.starts_on - AHEAD, closure.starts_on, closure.ends_on + day):
        yield first_minute(when)
