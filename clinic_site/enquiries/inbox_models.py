"""What the inbox keeps beside enquiries: notes, reply texts, who has which enquiry open, and how many were deleted."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic_site.enquiries.reply_placeholders import unknown_places


def known_places_only(text: str) -> None:
    """Validator: raises ValidationError for a place in braces that nothing is filled in for."""
    if unknown := unknown_places(text):
        raise ValidationError(
            "Nothing can be filled in for %(places)s. Use {name}, {reference}, {clinic} or {phone}.",
            params={"places": ", ".join(unknown)},
        )


class ReplyText(models.Model):
    """A text that staff start an answer from; the clinic's own words."""

    title = models.CharField(max_length=80, help_text="How staff find it: “Offer two times”.")
    body = models.TextField(
        "text",
        validators=[known_places_only],
        help_text="{name}, {reference}, {clinic} and {phone} (the clinic's) are filled in.",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Low numbers come first.")

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            models.UniqueConstraint(fields=["title"], name="reply_text_title_is_unique"),
            models.CheckConstraint(condition=~Q(body=""), name="reply_text_has_words"),
        ]

    def __str__(self) -> str:
        return self.title


class EnquiryNote(models.Model):
    """What staff write down about an enquiry."""

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="enquiry_note_has_words")]

    def __str__(self) -> str:
        return f"Note of {self.written_at:%Y-%m-%d %H:%M}"


class EnquiryReply(models.Model):
    """An answer that staff sent through the site, as the patient gets it; it goes with the enquiry."""

    enquiry = models.ForeignKey(
        "enquiries.Enquiry", on_delete=models.CASCADE, related_name="replies"
    )
    to = models.EmailField()
    body = models.TextField("text")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now, help_text="When it went to the outbox.")

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="enquiry_reply_has_words")
        ]

    def __str__(self) -> str:
        return f"Reply of {self.sent_at:%Y-%m-%d %H:%M}"


class ReplyWay(models.Model):
    """How answers leave, as the owner sets it; one row, or none for the mail program of whoever answers."""

    through_the_site = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="reply_way_is_one_row")]

    def __str__(self) -> str:
        return "through the site" if self.through_the_site else "in the mail program"


class EnquiryPresence(models.Model):
    """Who has an enquiry open. Written while the page is open, dropped by the worker after a day."""

    enquiry = models.ForeignKey(
        "enquiries.Enquiry", on_delete=models.CASCADE, related_name="presences"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "user"], name="presence_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.user_id}"


class DeletionCount(models.Model):
    """The ledger of what was deleted for good: how many on a day and why. Nothing about anybody."""

    class Reason(models.TextChoices):
        CLOSED = "closed", "Closed long enough ago"
        SPAM = "spam", "Spam"
        ASKED = "asked", "Erased by staff"

    day = models.DateField()
    reason = models.CharField(max_length=10, choices=Reason)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ("view",)
        ordering = ["-day", "reason"]
        constraints = [
            models.UniqueConstraint(fields=["day", "reason"], name="deletion_count_once_a_day"),
            models.CheckConstraint(
                condition=Q(reason__in=["closed", "spam", "asked"]),
                name="deletion_count_reason_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.count} ({self.get_reason_display()})"

    @classmethod
    def add(cls, *, reason: str, count: int, at: Any) -> None:
        """Add to the day's count, in the caller's transaction; nothing for none."""
        if count:
            row, _ = cls.objects.get_or_create(day=timezone.localdate(at), reason=reason)
            cls.objects.filter(pk=row.pk).update(count=models.F("count") + count)
