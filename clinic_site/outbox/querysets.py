"""Questions that the worker, the dashboard and the admin ask about queued mail."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q


class OutboundEmailQuerySet(models.QuerySet[Any]):
    """Mail by where it stands."""

    def waiting(self) -> Self:
        """Not sent yet, and still being tried."""
        return self.filter(state="waiting")

    def due(self, now: datetime) -> Self:
        """Waiting, its time has come, and no worker holds it."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
        return self.waiting().filter(free, due_at__lte=now)

    def overdue(self, since: datetime) -> Self:
        """Waiting although it was queued before `since`: the worker or the mail server is in trouble."""
        return self.waiting().filter(created_at__lt=since)

    def sent(self) -> Self:
        """Taken by the mail server."""
        return self.filter(state="sent")

    def given_up(self) -> Self:
        """Not sent and not tried any more: somebody has to look."""
        return self.filter(state="failed")

    def finished_before(self, moment: datetime) -> Self:
        """Sent or given up before this moment."""
        return self.filter(Q(sent_at__lt=moment) | Q(failed_at__lt=moment))

    def with_words(self) -> Self:
        """Those that still say what was written and to whom."""
        return self.filter(words_dropped_at__isnull=True)

    def oldest_first(self) -> Self:
        """In the order in which they are to be sent: fresh mail before what has failed already."""
        return self.order_by("attempts", "due_at", "pk")
