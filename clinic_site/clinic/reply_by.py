"""When the clinic works, and by when a patient has an answer.

A working day is one on which at least one location opens by its hours, outside closures and the
statutory holidays of British Columbia. All times are of Vancouver, whatever zone they come in.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from clinic_site.clinic.models import Clinic, Hours

VANCOUVER = ZoneInfo("America/Vancouver")
USUAL_WEEK = dict.fromkeys(range(5), time(17))  # where no hours are known: Monday to Friday, 5 pm
HORIZON = 400  # days; a clinic that closes for longer has told nobody when it opens


@lru_cache(maxsize=16)
def bc_holidays(year: int) -> frozenset[date]:
    """The statutory holidays of British Columbia in that year, with the days in place of those on a weekend."""
    return frozenset(country_holidays("CA", subdiv="BC", years=year))


@dataclass(frozen=True)
class Calendar:
    """`closing` is the last closing time of each weekday (0 is Monday); `closures` are whole days, ends included.

    `others`: the calendars of more places, where one may be closed while another is open.
    """

    closing: Mapping[int, time]
    closures: tuple[tuple[date, date], ...] = ()
    others: tuple["Calendar", ...] = ()

    def closes_at(self, day: date) -> time | None:
        """When the last location closes on that day; None on a day off."""
        every = (self._own(day), *(one.closes_at(day) for one in self.others))
        return max((one for one in every if one is not None), default=None)

    def _own(self, day: date) -> time | None:
        if any(start <= day <= end for start, end in self.closures) or day in bc_holidays(day.year):
            return None
        return self.closing.get(day.weekday())

    def reply_by(self, at: datetime) -> datetime:
        """The end of the first working day after the day of `at`, in Vancouver's time."""
        today = at.astimezone(VANCOUVER).date()
        for days in range(1, HORIZON):
            day = today + timedelta(days=days)
            if closes := self.closes_at(day):
                return datetime.combine(day, closes, VANCOUVER)
        return datetime.combine(today + timedelta(days=HORIZON), time(17), VANCOUVER)


def calendar_of(clinic: Clinic | None) -> Calendar:
    """The clinic's calendar; two queries. Without a clinic or hours, the usual week."""
    if clinic is None:
        return Calendar(USUAL_WEEK)
    weeks: dict[int, dict[int, time]] = defaultdict(dict)
    spans = Hours.objects.filter(location__clinic=clinic)
    for place, weekday, closes in spans.values_list("location", "weekday", "closes"):
        weeks[place][weekday] = max(weeks[place].get(weekday, time.min), closes)
    rows = list(clinic.closures.values_list("location", "starts_on", "ends_on"))
    calendars = [
        Calendar(week, tuple((start, end) for at, start, end in rows if at in (None, place)))
        for place, week in weeks.items()
    ]
    if not calendars:
        return Calendar(USUAL_WEEK, tuple((start, end) for at, start, end in rows if at is None))
    return replace(calendars[0], others=tuple(calendars[1:]))


def in_words(at: datetime) -> str:
    """A time as patients read it, in Vancouver's time: "Tuesday 24 November, 5 pm"."""
    local = at.astimezone(VANCOUVER)
    return f"{local:%A} {local.day} {local:%B}, {clock(at)}"


def clock(at: datetime) -> str:
    """The time of day alone, in Vancouver's time: "noon", "5 pm", "9:30 am"."""
    local = at.astimezone(VANCOUVER)
    if (local.hour, local.minute) == (12, 0):
        return "noon"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes} {'am' if local.hour < 12 else 'pm'}"
