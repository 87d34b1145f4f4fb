"""Enquiries by what staff ask of them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from clinic_site.enquiries.models import Enquiry

NEW, CONTACTED, BOOKED, CLOSED, SPAM = "new", "contacted", "booked", "closed", "spam"


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Adjectives for enquiries."""

    def genuine(self) -> "EnquiryQuerySet":
        """Not marked as spam by staff, and not suspected of it."""
        return self.exclude(status=SPAM).filter(spam_reasons="")

    def suspected(self) -> "EnquiryQuerySet":
        """Flagged on arrival and not yet judged by staff."""
        return self.exclude(status=SPAM).exclude(spam_reasons="")

    def unanswered(self) -> "EnquiryQuerySet":
        """Nobody has got back to the patient yet."""
        return self.filter(status=NEW)

    def overdue(self, at: datetime) -> "EnquiryQuerySet":
        """Unanswered after the time that the patient was promised."""
        return self.unanswered().filter(reply_by_at__lt=at)

    def soonest_first(self) -> "EnquiryQuerySet":
        """By the time promised, so overdue ones lead."""
        return self.order_by("reply_by_at", "pk")
