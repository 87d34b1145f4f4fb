"""Sessions as staff see them: where somebody is signed in, begun by a sign-in and ended from anywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from clinic_site.staff.audit import Kind, record
from clinic_site.staff.models import KnownDevice, StaffSession
from clinic_site.staff.session_store import (
    ACTIVE_AT,
    DEVICE_NAME,
    KNOWN_DEVICE,
    PASSWORD_AT,
    SIGNED_IN_AT,
)
from clinic_site.staff.sessions.device_names import device_name
from clinic_site.staff.sessions.known_devices import FACTOR_REMEMBERED, forget_factor


@dataclass(frozen=True)
class OpenSession:
    """A browser that is signed in. `name` stands for its key, which nobody sees; `is_this`: the one that asks."""

    name: str
    user: User
    device: str
    signed_in_at: datetime | None
    seen_at: datetime
    is_this: bool


def begin(request: HttpRequest) -> None:
    """The password was right: the times run from now."""
    now = int(timezone.now().timestamp())
    times = dict.fromkeys((SIGNED_IN_AT, PASSWORD_AT, ACTIVE_AT), now)
    name = device_name(request.headers.get("User-Agent", ""))
    request.session.update({**times, DEVICE_NAME: name})


def belongs_to(request: HttpRequest, known: KnownDevice) -> None:
    """The session is one of this device's, and ends together with what is remembered of it."""
    request.session[KNOWN_DEVICE] = known.pk


def open_sessions(*, of: AbstractBaseUser | None, this: str) -> list[OpenSession]:
    """Sessions that still open something, of one person or of all, the latest used first; `this`: the asker's key."""
    rows = StaffSession.objects.filter(expire_date__gt=timezone.now(), user__is_active=True)
    rows = rows.filter(user_id=of.pk) if of is not None else rows
    return [
        OpenSession(
            name=_public_name(row),
            user=row.user,
            device=row.device_name or "A browser",
            signed_in_at=row.signed_in_at,
            seen_at=row.seen_at,
            is_this=row.session_key == this,
        )
        for row in rows.select_related("user").order_by("-seen_at")
        if row.user and _has_todays_password(row, row.user)
    ]


@transaction.atomic
def end(*, name: str, of: AbstractBaseUser | None, by: AbstractBaseUser) -> bool:
    """End the session of this name, one of this person's or of anybody's (None); False if it was over already.

    The second factor is asked for again on that device.
    """
    rows = StaffSession.objects.filter(user__isnull=False)
    rows = rows.filter(user_id=of.pk) if of is not None else rows
    for row in rows.select_related("user"):
        if row.user and _public_name(row) == name:
            _end(row, of=row.user, by=by)
            return True
    return False


@transaction.atomic
def end_all(*, of: AbstractBaseUser, by: AbstractBaseUser | None, but: str = "") -> int:
    """End all sessions of this person but the one with this key, and remember none of their devices; how many."""
    rows = StaffSession.objects.filter(user_id=of.pk).exclude(session_key=but)
    count = len(rows.filter(expire_date__gt=timezone.now()))
    rows.delete()
    forget_factor(user=of)
    record(kind=Kind.ENDED, user=of, by=by)
    return count


def drop_old_sessions() -> int:
    """Delete sessions that are over for so long that nothing of them is remembered; how many. Run by the worker."""
    over = timezone.now() - FACTOR_REMEMBERED - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    count, _ = StaffSession.objects.filter(expire_date__lt=over).delete()
    return int(count)


def _end(row: StaffSession, *, of: User, by: AbstractBaseUser) -> None:
    forget_factor(user=of, device=row.known_device_id or 0)
    row.delete()
    record(kind=Kind.ENDED, user=of, by=by if by.pk != of.pk else None)


def _public_name(row: StaffSession) -> str:
    return sha256(f"session:{row.session_key}".encode()).hexdigest()[:32]


def _has_todays_password(row: StaffSession, user: User) -> bool:
    """A session from before a change of the password opens nothing any more."""
    kept = row.get_decoded().get(HASH_SESSION_KEY, "")
    return bool(constant_time_compare(kept, user.get_session_auth_hash()))
