"""Sessions of staff in the database, each with whose it is: Django's own store, extended in the documented way.

A session ends after SESSION_COOKIE_AGE without a tap (activity.py says what counts as one) and SESSION_LONGEST after
the sign-in, whatever is tapped. SESSION_ENGINE names this module.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

# What a session holds beside Django's own: times in whole seconds since 1970, and the row of the device
SIGNED_IN_AT, PASSWORD_AT, ACTIVE_AT = "signed_in_at", "password_at", "active_at"
KNOWN_DEVICE, DEVICE_NAME = "known_device", "device_name"


class StaffSession(AbstractBaseSession):
    """One browser that somebody is signed in with. No address, and of the browser only its name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    known_device = models.ForeignKey(
        "staff.KnownDevice", null=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    device_name = models.CharField(max_length=60, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore


class SessionStore(db.SessionStore):
    """Where Django keeps sessions; see SESSION_ENGINE."""

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        return StaffSession

    def get_session_cookie_age(self) -> int:
        """Seconds until it ends, if nobody taps anything from now on."""
        idle: int = settings.SESSION_COOKIE_AGE
        since = self.get(SIGNED_IN_AT)
        if since is None:
            return idle
        left = int(since) + settings.SESSION_LONGEST - int(timezone.now().timestamp())
        return max(0, min(idle, left))

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.known_device_id = data.get(KNOWN_DEVICE)
        row.device_name = data.get(DEVICE_NAME, "")
        since = data.get(SIGNED_IN_AT)
        row.signed_in_at = datetime.fromtimestamp(since, UTC) if since else None
        kept: StaffSession = row
        return kept
