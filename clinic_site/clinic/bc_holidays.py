"""The statutory holidays of British Columbia, as its Employment Standards Act and custom have them since 2023."""

from datetime import date, timedelta
from functools import lru_cache

MONDAY, SATURDAY = 0, 5


@lru_cache(maxsize=16)
def bc_holidays(year: int) -> frozenset[date]:
    """Its days off in that year, 2023 or later, with the Mondays in place of those that fall on a weekend."""
    moved = (date(year, 1, 1), date(year, 9, 30), date(year, 12, 25))
    return frozenset(
        {
            *moved,  # New Year's Day, Truth and Reconciliation, Christmas Day
            *(_next_monday(day) for day in moved if day.weekday() >= SATURDAY),
            _monday_from(date(year, 2, 15)),  # Family Day
            _good_friday(year),
            _monday_from(date(year, 5, 18)),  # Victoria Day: the last Monday before the 25th
            *_canada_day(year),
            _monday_from(date(year, 8, 1)),  # British Columbia Day
            _monday_from(date(year, 9, 1)),  # Labour Day
            _monday_from(date(year, 10, 8)),  # Thanksgiving Day
            date(year, 11, 11),  # Remembrance Day
        }
    )


def _canada_day(year: int) -> set[date]:
    """The first of July; the Holidays Act of Canada keeps it on the second when that is a Sunday."""
    first = date(year, 7, 1)
    return {first, _next_monday(first)} if first.weekday() > SATURDAY else {first}


def _monday_from(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def _next_monday(day: date) -> date:
    return _monday_from(day + timedelta(days=1))


def _good_friday(year: int) -> date:
    """Two days before Easter Sunday, by the rule of Butcher and Meeus for the Gregorian calendar."""
    golden, century, of_century = year % 19, year // 100, year % 100
    drift = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + drift + 15) % 30
    epact -= (golden + 11 * epact) // 319
    weekday = (2 * (century % 4) + 2 * (of_century // 4) - of_century % 4 - epact + 32) % 7
    month, day = divmod(epact + weekday + 114, 31)
    return date(year, month, day + 1) - timedelta(days=2)
