"""A word to the reviewer, once, when a page they signed is due to be read again."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from clinic_site.outbox.queueing import queue_mail
from clinic_site.pages.actions.review_state import DUE, OVERDUE, Standing, standings, to_confirm

PURPOSE = "review due"


@transaction.atomic
def tell_reviewers() -> int:
    """Queue one mail for each sign-off whose review is due within 30 days; how many are due."""
    due = [one for one in (*standings(), *to_confirm()) if one.state in (DUE, OVERDUE) and one.last]
    for one in due:
        _tell(one)
    return len(due)


def _tell(standing: Standing) -> None:
    record = standing.last
    if record is None or not record.reviewer.email or not record.reviewer.is_active:
        return
    day = f"{record.review_due_on.day} {record.review_due_on:%B %Y}"
    address = settings.SITE_URL + reverse("admin:pages_signoff_read", args=[standing.page.pk])
    queue_mail(
        to=record.reviewer.email,
        subject=f"Please read again by {day}: {standing.title}"[:200],
        body=(
            f"You signed “{standing.title}” on {record.signed_at:%Y-%m-%d}.\n"
            f"Its next review is due by {day}.\n\n"
            f"Read it and sign it here:\n{address}\n"
        ),
        purpose=PURPOSE,
        key=f"review-due-{record.pk}",
    )
