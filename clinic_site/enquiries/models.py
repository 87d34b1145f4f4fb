"""Enquiry, and the amendments by the patient."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone

from clinic_site.enquiries.event_models import EnquiryEvent
from clinic_site.enquiries.form_values import (
    LANGUAGE_LENGTH,
    MESSAGE_LENGTH,
    WANTED_LENGTH,
    Answers,
    ForWhom,
    Kind,
    Payer,
    Prefers,
)
from clinic_site.enquiries.inbox_models import (
    DeletionCount,
    EnquiryNote,
    EnquiryPresence,
    EnquiryReply,
    ReplyText,
    ReplyWay,
)
from clinic_site.enquiries.querysets import EnquiryQuerySet

__all__ = ["WORDS", "DeletionCount", "Enquiry", "EnquiryAmendment", "EnquiryEvent", "EnquiryNote"]
__all__ += ["EnquiryPresence", "EnquiryReply", "ReplyText", "ReplyWay"]

# What the patient wrote, each with what stands in its place once it is withdrawn
WORDS: dict[str, Any] = Answers(name="").as_fields() | {"urgency": 0}


class Enquiry(models.Model):
    """A patient asks for a visit. Withdrawn, only the shell stays: reference, times, consent, status."""

    class Status(models.TextChoices):
        NEW = "new", "New"
        CONTACTED = "contacted", "Contacted"
        BOOKED = "booked", "Booked"
        CLOSED = "closed", "Closed"
        SPAM = "spam", "Spam"

    reference = models.CharField(max_length=9, editable=False)
    token = models.CharField(
        max_length=64,
        editable=False,
        help_text="Of the form that it came from: makes a retry the same enquiry.",
    )
    kind = models.CharField("they want", max_length=10, choices=Kind, default=Kind.VISIT)
    name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164: +16045550142.")
    phone_extension = models.CharField("extension", max_length=12, blank=True)
    phone_typed = models.CharField("phone as typed", max_length=40, blank=True)
    email = models.EmailField(blank=True)
    prefers = models.CharField(max_length=10, choices=Prefers, default=Prefers.EITHER)
    areas = models.JSONField(
        "where it hurts", default=list, blank=True, help_text="Slugs of body areas."
    )
    about = models.CharField(
        "came from", max_length=200, blank=True, help_text="Path of the page they came from."
    )
    for_whom = models.CharField("who it is for", max_length=12, choices=ForWhom, blank=True)
    language = models.CharField("preferred language", max_length=LANGUAGE_LENGTH, blank=True)
    wanted_person = models.CharField(
        "whom they would like to see", max_length=WANTED_LENGTH, blank=True
    )
    wanted_place = models.CharField("at which place", max_length=WANTED_LENGTH, blank=True)
    is_returning = models.BooleanField("been here before", null=True, blank=True)
    days = models.JSONField(default=list, blank=True)
    times = models.JSONField(default=list, blank=True)
    payer = models.CharField("who pays", max_length=12, choices=Payer, blank=True)
    message = models.TextField(max_length=MESSAGE_LENGTH, blank=True)

    consent_version = models.CharField(max_length=40)
    consent_wording = models.TextField(help_text="The words that the patient agreed to.")
    consented_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    is_by_phone = models.BooleanField(
        "by phone", default=False, help_text="Staff took it down; the audit says who."
    )
    reply_by_at = models.DateTimeField("reply by", help_text="What the patient was promised.")

    urgency = models.PositiveSmallIntegerField(
        default=0,
        editable=False,
        help_text="A Level, by the patient's words; 0: none, or staff have handled it.",
    )

    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    spam_reasons = models.CharField(
        max_length=120, blank=True, help_text="Why it was flagged on arrival; empty: it was not."
    )
    sender_hash = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Of the sender's address; for a day, also where the words were taken back.",
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enquiries",
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(null=True, editable=False, help_text="By itself: untouched.")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    follow_up_on = models.DateField("follow up on", null=True, blank=True)
    double_of = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="doubles",
        help_text="Closed, because the same person's words are there.",
    )
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts changes; guards against two people at once."
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ["reply_by_at", "pk"]
        default_permissions = ("view", "change")
        permissions = [
            ("export_enquiry", "Can export enquiries"),
            ("erase_enquiry", "Can erase enquiries"),
        ]
        indexes = [
            models.Index(fields=["status", "reply_by_at"], name="enquiry_inbox"),
            models.Index(fields=["phone", "email"], name="enquiry_contact"),
            models.Index(
                fields=["sender_hash", "received_at"],
                name="enquiry_sender",
                condition=~Q(sender_hash=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="enquiry_reference_is_unique"),
            models.UniqueConstraint(fields=["token"], name="enquiry_token_is_unique"),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email="") | Q(withdrawn_at__isnull=False),
                name="enquiry_has_phone_or_email",
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(withdrawn_at__isnull=False), name="enquiry_has_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(consent_version="") & ~Q(consent_wording=""),
                name="enquiry_has_consent",
            ),
            models.CheckConstraint(
                condition=Q(message__length__lte=MESSAGE_LENGTH), name="enquiry_message_is_short"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["new", "contacted", "booked", "closed", "spam"]),
                name="enquiry_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["closed", "spam"], closed_at__isnull=False)
                | Q(status__in=["new", "contacted", "booked"], closed_at__isnull=True),
                name="enquiry_closed_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(reply_by_at__gt=F("received_at")),
                name="enquiry_reply_is_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(status="closed", **WORDS),
                name="enquiry_withdrawn_has_no_words",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def answers(self) -> Answers:
        """What the patient first answered."""
        return Answers.from_fields(vars(self))

    def latest_answers(self) -> Answers:
        """What the patient answered last: their last change, or else what they first sent."""
        changes = self.changes()
        return changes[-1][1] if changes else self.answers()

    def changes(self) -> "list[tuple[EnquiryAmendment, Answers]]":
        """Each change that the patient sent later, with all answers as they then were, oldest first."""
        return [(change, Answers.from_fields(change.answers)) for change in self.amendments.all()]

    @property
    def is_question(self) -> bool:
        """Whether an answer is wanted and no visit."""
        return self.kind == Kind.QUESTION

    @property
    def noun(self) -> str:
        """What it is called towards people."""
        return "question" if self.is_question else "enquiry"

    @property
    def is_suspect(self) -> bool:
        """Whether it was flagged on arrival; never shown to the patient."""
        return bool(self.spam_reasons)


class EnquiryAmendment(models.Model):
    """Other words sent later from the same form: the patient went back, changed something and sent it again."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="amendments")
    answers = models.JSONField(help_text="All answers as they now are, by field name.")
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Change of {self.received_at:%Y-%m-%d %H:%M}"


models.TextField.register_lookup(Length)
