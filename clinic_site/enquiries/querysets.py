"""Enquiries by what staff ask of them: adjectives, read like a sentence."""

from datetime import datetime
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

    def soonest_first(self) -> Self:
        """By the time promised, so overdue ones lead."""
        return self.order_by("reply_by_at", "pk")

    def remembered_sender(self) -> Self:
        """Those that still carry the keyed hash of their sender's address."""
        return self.exclude(sender_hash="")
