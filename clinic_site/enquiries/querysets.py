"""Enquiries by what staff ask of them: adjectives, read like a sentence."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models


class EnquiryQuerySet(models.QuerySet[Any]):
    def genuine(self) -> Self:
        """Neither marked as spam by staff nor suspected of it on arrival."""
        return self.exclude(status="spam").filter(spam_reasons="")

    def suspected(self) -> Self:
        """Flagged on arrival and not yet judged by staff."""
        return self.filter(status="new").exclude(spam_reasons="")

    def unanswered(self) -> Self:
        """Nobody has got back to the patient yet."""
        return self.filter(status="new")

    def overdue(self, at: datetime) -> Self:
        """Unanswered after the time that the patient was promised."""
        return self.unanswered().filter(reply_by_at__lt=at)

    def to_read_now(self) -> Self:
        """Unanswered, and its words may be those of somebody who needs help at once."""
        return self.unanswered().filter(urgency__gt=0)

    def soonest_first(self) -> Self:
        """Those to read now, the most urgent leading; then by the time promised, so overdue ones lead."""
        return self.order_by("-urgency", "reply_by_at", "pk")

    def wanting(self, *, person: str = "", place: str = "") -> Self:
        """Those that ask for the person and the place of these names, first or in a later change; "": for any."""
        found = self
        for name, value in (("wanted_person", person), ("wanted_place", place)):
            if value:
                later = models.Q(**{f"amendments__answers__{name}": value})
                asked = self.model.objects.filter(models.Q(**{name: value}) | later)
                found = found.filter(pk__in=asked.values("pk"))
        return found

    def remembered_sender(self) -> Self:
        """Those that still carry the keyed hash of their sender's address."""
        return self.exclude(sender_hash="")

    def with_words(self) -> Self:
        """Those that still say what the patient wrote: neither withdrawn nor erased."""
        return self.filter(withdrawn_at__isnull=True)

    def latest_first(self) -> Self:
        """By arrival, the newest leading."""
        return self.order_by("-received_at", "-pk")

    def closed_before(self, moment: datetime) -> Self:
        """Closed (withdrawn ones are) before this moment; spam is not."""
        return self.filter(status="closed", closed_at__lt=moment)

    def spam_before(self, moment: datetime) -> Self:
        """Marked as spam before this moment, by closed_at."""
        return self.filter(status="spam", closed_at__lt=moment)

    def still_open(self) -> Self:
        """Neither closed nor spam."""
        return self.exclude(status__in=["closed", "spam"])

    def untouched_since(self, moment: datetime) -> Self:
        """Still open, and neither the patient nor staff have changed them since this moment; to look is no change."""
        changed = models.Q(
            events__at__gte=moment, events__kind__in=["received", "amended", "changed"]
        )
        touched = self.model.objects.filter(changed).values("pk")
        return self.still_open().filter(received_at__lt=moment).exclude(pk__in=touched)

    def to_follow_up(self, day: date) -> Self:
        """Still open, and somebody wanted to get back to them by this day."""
        return self.still_open().filter(follow_up_on__lte=day)

    def closing_soon(self) -> Self:
        """Still open, and they close by themselves on a day that staff are told."""
        return self.still_open().filter(closes_at__isnull=False)
