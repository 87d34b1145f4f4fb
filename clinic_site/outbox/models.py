"""OutboundEmail: one message to one address, from the moment it is queued until its words are dropped."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic_site.outbox.querysets import OutboundEmailQuerySet


class OutboundEmail(models.Model):
    """One message. Its words never change; where it stands does."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENT = "sent", "sent"
        FAILED = "failed", "not sent"

    key = models.CharField(
        max_length=200, unique=True, help_text="Names the message; the same key is queued once."
    )
    purpose = models.CharField(max_length=60, help_text="What it is for, without personal data.")
    to = models.CharField("to", max_length=320, blank=True)
    reply_to = models.CharField(
        max_length=320,
        blank=True,
        default="",
        db_default="",
        help_text="Where an answer goes: an address of the clinic, of nobody else.",
    )
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="Counted when a try begins, so a try that ends the worker counts too."
    )
    due_at = models.DateTimeField("next try", default=timezone.now)
    claimed_until = models.DateTimeField(
        null=True, blank=True, help_text="A worker is sending it; free again after this time."
    )
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField("queued", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    failed_at = models.DateTimeField("given up", null=True, blank=True)
    words_dropped_at = models.DateTimeField(null=True, blank=True)
    sent_again_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who last asked for it to be sent again.",
    )

    objects = OutboundEmailQuerySet.as_manager()

    class Meta:
        verbose_name = "e-mail"
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("read_words", "Can read what an e-mail says and to whom"),
            ("send_again", "Can send an e-mail again"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="outbound_email_due", condition=Q(state="waiting")
            ),
            models.Index(
                fields=["failed_at"], name="outbound_email_failed", condition=Q(state="failed")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="outbound_email_has_a_key"),
            models.CheckConstraint(
                condition=Q(state="waiting", sent_at=None, failed_at=None)
                | Q(state="sent", sent_at__isnull=False, failed_at=None)
                | Q(state="failed", sent_at=None, failed_at__isnull=False),
                name="outbound_email_state_agrees_with_its_times",
            ),
            models.CheckConstraint(
                condition=~Q(to__contains="\n")
                & ~Q(to__contains="\r")
                & ~Q(subject__contains="\n")
                & ~Q(subject__contains="\r"),
                name="outbound_email_headers_are_one_line",
            ),
            models.CheckConstraint(
                condition=(
                    Q(words_dropped_at=None) & ~Q(to="") & ~Q(body="")
                    | Q(words_dropped_at__isnull=False, to="", subject="", body="")
                    & ~Q(state="waiting")
                ),
                name="outbound_email_has_words_until_dropped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.get_state_display()})"

    @property
    def message_name(self) -> str:
        """The part of the Message-ID before the @: the same for every try, and it tells nothing about the key."""
        return sha256(self.key.encode()).hexdigest()[:40]
