"""What an enquiry that comes in has to know of those before it: one statement, by indexes alone.

Written by hand because every enquiry asks it while the database is held for it: Django takes longer to build these
queries than the database to answer them. It runs on SQLite and on PostgreSQL.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from clinic_site.enquiries.submission.spam import KEPT_FOR, PER_DAY, PER_HOUR

# "NOT sender_hash = ''" is how the index enquiry_sender says which rows it has; in other words it would not be used.
LOOK = """
SELECT
    EXISTS (SELECT 1 FROM enquiries_enquiry WHERE token = %(token)s),
    (SELECT count(*) FROM (
        SELECT 1 FROM enquiries_enquiry
        WHERE NOT sender_hash = '' AND sender_hash = %(sender)s AND received_at > %(hour)s
        LIMIT %(per_hour)s
    ) AS latest),
    (SELECT count(*) FROM (
        SELECT 1 FROM enquiries_enquiry
        WHERE NOT sender_hash = '' AND sender_hash = %(sender)s AND received_at > %(day)s
        LIMIT %(per_day)s
    ) AS lately),
    (SELECT count(*) FROM (
        SELECT 1 FROM enquiries_enquiryamendment AS change
        JOIN enquiries_enquiry AS enquiry ON enquiry.id = change.enquiry_id
        WHERE NOT enquiry.sender_hash = '' AND enquiry.sender_hash = %(sender)s
            AND change.received_at > %(hour)s
        LIMIT %(per_hour)s
    ) AS latest_changes),
    (SELECT count(*) FROM (
        SELECT 1 FROM enquiries_enquiryamendment AS change
        JOIN enquiries_enquiry AS enquiry ON enquiry.id = change.enquiry_id
        WHERE NOT enquiry.sender_hash = '' AND enquiry.sender_hash = %(sender)s
            AND change.received_at > %(day)s
        LIMIT %(per_day)s
    ) AS changes_lately)
"""


@dataclass(frozen=True)
class Earlier:
    """`is_known`: the same form came before.

    The others count enquiries from the same address and the changes of these, as far as it matters.
    """

    is_known: bool
    in_an_hour: int
    in_a_day: int


def look_back(*, token: str, sender_hash: str, at: datetime) -> Earlier:
    """What came before the moment `at`."""
    asked = {"token": token, "sender": sender_hash}
    limits = {"per_hour": PER_HOUR, "per_day": PER_DAY}
    since = {"hour": at - timedelta(hours=1), "day": at - KEPT_FOR}
    moments = {
        name: connection.ops.adapt_datetimefield_value(moment) for name, moment in since.items()
    }
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {**asked, **limits, **moments})
        is_known, in_an_hour, in_a_day, changes_in_an_hour, changes_in_a_day = cursor.fetchone()
    return Earlier(bool(is_known), in_an_hour + changes_in_an_hour, in_a_day + changes_in_a_day)
