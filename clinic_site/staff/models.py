"""What the site keeps on its staff beside the account: sessions, known devices, sign-ins, and a deadline."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic_site.staff.session_store import StaffSession

__all__ = ["KnownDevice", "SecondFactorDeadline", "StaffEvent", "StaffSession"]


class KnownDevice(models.Model):
    """A browser in which this person has signed in whole, known again by a random key in a cookie."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_devices"
    )
    key_hash = models.CharField(max_length=64, help_text="SHA-256 of the key; the key is not kept.")
    factor_device = models.CharField(
        max_length=100, blank=True, help_text="The second factor that was given, by its name."
    )
    factor_at = models.DateTimeField(null=True, help_text="When it was given here.")
    seen_at = models.DateTimeField(default=timezone.now, help_text="The last sign-in.")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "key_hash"], name="known_device_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.key_hash[:8]}"


class SecondFactorDeadline(models.Model):
    """From when on this account does nothing without a second factor."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="second_factor_deadline",
    )
    due_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.due_at:%Y-%m-%d}"


class StaffEvent(models.Model):
    """A sign-in, a failure or a refusal: who, what and when; never from where, and nothing that was typed."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "Signed in"
        WRONG_PASSWORD = "wrong_password", "Wrong password"
        HELD_OFF = "held_off", "Told to wait after wrong passwords"
        FACTOR_GIVEN = "factor_given", "Gave the second factor"
        WRONG_CODE = "wrong_code", "Wrong code"
        FACTOR_SET_UP = "factor_set_up", "Set up the second factor"
        FACTOR_REMOVED = "factor_removed", "Second factor removed"
        BACKUP_CODES = "backup_codes", "New backup codes"
        PASSWORD_CHANGED = "password_changed", "Password changed"
        SIGNED_OUT = "signed_out", "Signed out"
        ENDED = "ended", "Session ended from elsewhere"
        REFUSED = "refused", "Refused: not allowed"

    kind = models.CharField(max_length=20, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty: a name that no account has.",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who did it to them, if it was somebody else.",
    )
    place = models.CharField(max_length=100, blank=True, help_text="The page that was refused.")
    times = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now, help_text="The last time, if several.")

    class Meta:
        verbose_name, verbose_name_plural = "sign-in or refusal", "sign-ins and refusals"
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["at"], name="staff_event_at")]
        constraints = [
            models.CheckConstraint(condition=Q(times__gte=1), name="staff_event_happened"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"
