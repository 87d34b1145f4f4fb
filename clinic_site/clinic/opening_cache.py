"""The clinic and its calendar as each process remembers them: every enquiry asks, and they hardly ever change."""

import time
from dataclasses import dataclass

from clinic_site.clinic.models import Clinic
from clinic_site.clinic.reply_by import Calendar, calendar_of

READ_EVERY = 1.0  # seconds; a new closure counts for every enquiry after this
_last: "Opening | None" = None


@dataclass(frozen=True)
class Opening:
    """The clinic, None where there is none yet, and when it works; `read_at` by a clock that never jumps."""

    clinic: Clinic | None
    calendar: Calendar
    read_at: float


def opening() -> Opening:
    """What is remembered, or three queries. Raises DatabaseError when it has to be read and cannot be."""
    global _last
    known, now = _last, time.monotonic()
    if known is None or now - known.read_at >= READ_EVERY:
        clinic = Clinic.objects.first()
        _last = known = Opening(clinic, calendar_of(clinic), now)
    return known
