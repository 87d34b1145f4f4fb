"""The audit of enquiries."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class EnquiryEvent(models.Model):
    """Who did what to an enquiry, and when. Outlives it; holds nothing that the patient wrote."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "Received"
        AMENDED = "amended", "Changed by the patient"
        WITHDRAWN = "withdrawn", "Withdrawn by the patient"
        VIEWED = "viewed", "Viewed"
        CHANGED = "changed", "Changed"
        EXPORTED = "exported", "Exported"
        DELETED = "deleted", "Deleted"

    enquiry = models.ForeignKey(
        "enquiries.Enquiry", null=True, on_delete=models.SET_NULL, related_name="events"
    )
    reference = models.CharField(max_length=9)
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty: the patient, or the site itself.",
    )
    details = models.JSONField(
        default=dict, blank=True, help_text="Names of fields and states, never their words."
    )

    class Meta:
        verbose_name, verbose_name_plural = "line of the audit", "audit"
        ordering = ["pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["reference", "at"], name="enquiry_event_line")]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="enquiry_event_names_enquiry")
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_kind_display()}"
