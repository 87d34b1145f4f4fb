"""The clinic and its calendar as each process remembers them: every enquiry asks, and they hardly ever change."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from clinic_site.clinic.models import Clinic, Location, Practitioner
from clinic_site.clinic.reply_by import Calendar, calendar_of

READ_EVERY = 1.0  # seconds; a new closure counts for every enquiry after this
_last: "Opening | None" = None


@dataclass(frozen=True)
class Opening:
    """The clinic, None where there is none yet, and when it works; `read_at` by a clock that never jumps.

    `desks`: the e-mail address of each place by its name, "" for none; `accounts`: who signs in, by a person's name.
    """

    clinic: Clinic | None
    calendar: Calendar
    read_at: float
    desks: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, int] = field(default_factory=dict)

    def desk_of(self, place: str) -> str:
        """Where mail about enquiries for the place of that name is read; "" where it has no address of its own."""
        only = next(iter(self.desks.values())) if len(self.desks) == 1 else ""
        return self.desks.get(place, only)


def opening() -> Opening:
    """What is remembered, or five queries. Raises DatabaseError when it has to be read and cannot be."""
    global _last
    known, now = _last, time.monotonic()
    if known is None or now - known.read_at >= READ_EVERY:
        clinic = Clinic.objects.first()
        _last = known = Opening(clinic, calendar_of(clinic), now, _desks(), _accounts())
    return known


def _desks() -> dict[str, str]:
    return dict(Location.objects.values_list("name", "email"))


def _accounts() -> dict[str, int]:
    """None for a name that two people bear: nobody can say which of them is meant."""
    everybody = list(Practitioner.objects.values_list("name", "account_id", "account__is_active"))
    borne = Counter(name for name, _, _ in everybody)
    return {name: pk for name, pk, is_active in everybody if is_active and borne[name] == 1}
