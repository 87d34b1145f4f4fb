"""Telling robots without a puzzle and without other companies: every suspect is kept and flagged, none dropped.

The sender's address is never kept: only its keyed hash, for a day, to count how much comes from one place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinic_site.client_address import client_address
from clinic_site.enquiries.models import Enquiry

HASTE = 3.0  # seconds in which nobody fills in a form
PER_HOUR, PER_DAY = (
    40,
    120,
)  # enquiries and changes from one address; a hospital or a network may share it
LINKS = 2  # web addresses in a message
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Suspicion:
    """What the form gave away: `trap` is what stood in the field that people don't see, `age` in seconds."""

    trap: str = ""
    age: float = HASTE
    text: str = ""

    def reasons(self) -> list[str]:
        """Why it looks like a robot's, as staff read it; empty: it does not."""
        links = self.text.casefold().count("http")
        found = {
            "hidden field": self.trap.strip(),
            "haste": self.age < HASTE,
            "links": links >= LINKS,
        }
        return [reason for reason, is_so in found.items() if is_so]


def judge(suspicion: Suspicion, *, in_an_hour: int = 0, in_a_day: int = 0) -> str:
    """Every reason to flag an enquiry, joined by commas; the numbers are of earlier ones from the same address."""
    reasons = suspicion.reasons()
    if in_an_hour >= PER_HOUR or in_a_day >= PER_DAY:
        reasons.append("many from one address")
    return ", ".join(reasons)


def together(before: str, more: str) -> str:
    """The reasons of an enquiry with those of a change of it, each once."""
    parts = [reason for reasons in (before, more) for reason in reasons.split(", ") if reason]
    return ", ".join(dict.fromkeys(parts))


def address_hash(meta: Mapping[str, str]) -> str:
    """The keyed hash of the address that a request came from; "" where there is none."""
    address = client_address(meta)
    return (
        salted_hmac("clinic_site.enquiries.sender", address, algorithm="sha256").hexdigest()
        if address
        else ""
    )


def forget_senders() -> int:
    """Drop the hashes that are older than a day; how many. Run by the worker."""
    before = timezone.now() - KEPT_FOR
    stale = Enquiry.objects.remembered_sender().filter(received_at__lte=before)
    return stale.update(sender_hash="")
