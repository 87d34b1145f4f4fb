"""Days as the clinic counts them: which it may name, and when one begins."""

from datetime import date, datetime, time

from django.utils import timezone

# Days that can be counted on from, in every time zone; whoever closes until further notice writes the last of them.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
WHICH_DAYS = "Write a day from 2000 to 2100."
# Somebody who still treats patients may have begun long before that.
FIRST_WORKING_DAY = date(1950, 1, 1)
WHICH_WORKING_DAYS = "Write a day from 1950 to 2100."


def first_minute(day: date) -> datetime:
    """The moment at which that day begins at the clinic."""
    return timezone.make_aware(datetime.combine(day, time.min))
