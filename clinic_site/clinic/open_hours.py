"""When a place is open, as data that a script in the page needs to say "open now": no zone table of a phone is asked.

Times of day are Vancouver's; `offsets` says from which moment on they are how many minutes from UTC.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone
from holidays import country_holidays

from clinic_site.clinic.models import Closure, Location
from clinic_site.clinic.reply_by import VANCOUVER

AHEAD = timedelta(days=400)  # after that the script says nothing
MINUTE = 60


def open_hours(place: Location, closures: list[Closure], today: date | None = None) -> str:
    """The week, the closed days and the clock of a place as JSON; "" for a place without hours.

    `closures`: those of the whole clinic and of this place. No query where hours came with the place.
    """
    day = today or timezone.localdate()
    week = [
        [[f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"] for span in weekday.spans]
        for weekday in place.week()
    ]
    if not any(week):
        return ""
    until = day + AHEAD
    own = [one for one in closures if one.location_id in (None, place.pk) and one.ends_on >= day]
    closed = [
        [one.starts_on.isoformat(), one.ends_on.isoformat(), one.reason]
        for one in sorted(own, key=lambda one: one.starts_on)
    ]
    closed += [[on.isoformat(), on.isoformat(), name] for on, name in holidays(day, until)]
    told: dict[str, Any] = {"week": week, "closed": closed, "until": until.isoformat()}
    return json.dumps(told | {"offsets": offsets(day, until)}, separators=(",", ":"))


def holidays(first: date, last: date) -> list[tuple[date, str]]:
    """The statutory holidays of British Columbia in that time, with their names."""
    named = country_holidays("CA", subdiv="BC", years=range(first.year, last.year + 1))
    return sorted((on, name) for on, name in named.items() if first <= on <= last)


@lru_cache(maxsize=8)
def offsets(first: date, last: date) -> list[list[int]]:
    """[moment in minutes since 1970, minutes from UTC] at the start and at each change of the clocks."""
    start = datetime.combine(first - timedelta(days=1), time.min, VANCOUVER)
    found = [[int(start.timestamp()) // MINUTE, _offset(start)]]
    for hour in _hours(start, last):
        if _offset(hour) != found[-1][1]:
            found.append([int(hour.timestamp()) // MINUTE, _offset(hour)])
    return found


def _hours(start: datetime, last: date) -> Iterator[datetime]:
    """Every full hour until the end of the last day: clocks change at none else."""
    moment = int(start.timestamp())
    while (local := datetime.fromtimestamp(moment, VANCOUVER)).date() <= last:
        yield local
        moment += 3600


def _offset(local: datetime) -> int:
    shift = local.utcoffset()
    return int(shift.total_seconds()) // MINUTE if shift is not None else 0
