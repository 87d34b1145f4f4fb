"""What checks leave behind: claims that an owner let pass, what is wrong on live pages, links off the site."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic_site.clinic.models import Practitioner


class ClaimOverride(models.Model):
    """An owner let claims stand on a page, or in what is told of a practitioner, and says why.

    Kept for good, also when the practitioner has gone. `claims` are the sentences with their rules.
    """

    revision = models.OneToOneField(
        "pages.Revision", null=True, on_delete=models.PROTECT, related_name="claim_override"
    )
    practitioner = models.ForeignKey(
        Practitioner, null=True, on_delete=models.SET_NULL, related_name="claim_overrides"
    )
    practitioner_name = models.CharField(max_length=120, blank=True)
    reason = models.TextField()
    claims = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="claim_override_has_a_reason"),
            models.CheckConstraint(
                condition=Q(revision__isnull=False, practitioner_name="", practitioner=None)
                | Q(revision__isnull=True) & ~Q(practitioner_name=""),
                name="claim_override_is_of_a_page_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision or self.practitioner_name}: {self.reason}"


class PageCheck(models.Model):
    """What the worker found on a live page when it last looked."""

    page = models.OneToOneField("pages.Page", on_delete=models.CASCADE, related_name="page_check")
    faults = models.JSONField(help_text="What would keep it from being published today.")
    advice_count = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["page__path"]
        default_permissions = ("view",)
        verbose_name = "check"

    def __str__(self) -> str:
        return f"{self.page}: {len(self.faults)} to put right"


class ExternalLink(models.Model):
    """A link off the site and how it answered: reported, never in the way of publishing."""

    url = models.CharField("address", max_length=2000, unique=True)
    on_paths = models.JSONField("on", default=list, help_text="The pages that it stands on.")
    checked_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The answer of its server; empty: none came."
    )
    trouble = models.CharField(max_length=200, blank=True, help_text="Empty: it answers.")

    class Meta:
        ordering = ["url"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(trouble="") | Q(checked_at__isnull=False),
                name="external_link_trouble_was_seen",
            )
        ]

    def __str__(self) -> str:
        return self.url
