"""What an enquiry that comes in has to know of those before it: one statement, by indexes alone.

Written by hand because every enquiry asks it while the database is held for it: Django takes longer to build these
queries than the database to answer them. It runs on SQLite and on PostgreSQL.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from clinic_site.enquiries.answers import Answers
from clinic_site.enquiries.spam import KEPT_FOR, PER_DAY, PER_HOUR

SAME_WORDS = timedelta(hours=1)
# "NOT sender_hash = ''" is how the index enquiry_sender says which rows it has; in other words it would not be used.
LOOK = """
SELECT
    EXISTS (SELECT 1 FROM enquiries_enquiry WHERE token = %(token)s)
    OR EXISTS (
        SELECT 1 FROM enquiries_enquiry
        WHERE phone = %(phone)s AND email = %(email)s AND received_at > %(same_words)s
    ),
    (SELECT count(*) FROM (
        SELECT 1 FROM enquiries_enquiry
        WHERE NOT sender_hash = '' AND sender_hash = %(sender)s AND received_at > %(hour)s
        LIMIT %(per_hour)s
    ) AS latest),
    (SELECT count(*) FROM (
        SELECT 1 FROM enquiries_enquiry
        WHERE NOT sender_hash = '' AND sender_hash = %(sender)s AND received_at > %(day)s
        LIMIT %(per_day)s
    ) AS lately)
"""


@dataclass(frozen=True)
class Earlier:
    """`may_be_known`: the same form came before, or the same person a moment ago.

    The others count enquiries from the same address, as far as it matters: PER_HOUR and PER_DAY at most.
    """

    may_be_known: bool
    in_an_hour: int
    in_a_day: int


def look_back(*, token: str, answers: Answers, sender_hash: str, at: datetime) -> Earlier:
    """What came before the moment `at`."""
    asked = {"token": token, "phone": answers.phone, "email": answers.email, "sender": sender_hash}
    limits = {"per_hour": PER_HOUR, "per_day": PER_DAY}
    since = {"same_words": at - SAME_WORDS, "hour": at - timedelta(hours=1), "day": at - KEPT_FOR}
    moments = {
        name: connection.ops.adapt_datetimefield_value(moment) for name, moment in since.items()
    }
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {**asked, **limits, **moments})
        may_be_known, in_an_hour, in_a_day = cursor.fetchone()
    return Earlier(bool(may_be_known), in_an_hour, in_a_day)
