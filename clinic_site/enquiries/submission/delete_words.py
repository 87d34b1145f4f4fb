"""Emptying an enquiry: every word of it goes, the shell stays (reference, times, consent)."""

from datetime import datetime

from clinic_site.enquiries.models import WORDS, Enquiry
from clinic_site.enquiries.submission import notifications


def delete_words(*, locked: Enquiry, at: datetime) -> None:
    """Delete its answers, changes, notes and replies, and the mails about it, sent or not; it is closed from then on.

    The keyed hash of the sender stays for its day: else whoever takes back each enquiry would never be counted.

    Within the caller's transaction, which holds the row and leaves the line in the audit.
    """
    for name, value in WORDS.items():
        setattr(locked, name, value)
    locked.status, locked.closed_at, locked.withdrawn_at = Enquiry.Status.CLOSED, at, at
    locked.closes_at = locked.follow_up_on = locked.double_of = None
    locked.version += 1
    locked.save()
    locked.amendments.all().delete()
    locked.notes.all().delete()
    locked.replies.all().delete()
    notifications.forget(references=[locked.reference])
