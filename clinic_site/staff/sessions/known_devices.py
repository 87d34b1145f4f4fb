"""Browsers that staff have signed in with before, known again by a cookie that only the admin sees.

Two things hang on it. Guesses at a password from a known device are counted apart (login_throttling.py), so that a
stranger's guesses never keep its owner out. And whoever gave the second factor here is not asked for it again within
FACTOR_REMEMBERED, unless they signed out, were signed out, or removed it.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_otp.models import Device

from clinic_site.staff.models import KnownDevice

FACTOR_REMEMBERED = timedelta(hours=12)
KEPT = timedelta(days=180)  # after the last sign-in
KEY_LENGTH = 43  # characters of 32 random bytes


def known_device(request: HttpRequest, *, username: str) -> KnownDevice | None:
    """The row of this browser for the account of this name, if it signed in here before."""
    key = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if len(key) != KEY_LENGTH or not username:
        return None
    return KnownDevice.objects.filter(key_hash=_hash(key), user__username=username).first()


def last_user_here(request: HttpRequest) -> str:
    """The name of whoever was here last and did not sign out; "" for nobody."""
    key = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if len(key) != KEY_LENGTH:
        return ""
    since = timezone.now() - FACTOR_REMEMBERED
    here = KnownDevice.objects.filter(
        key_hash=_hash(key), sessions__isnull=False, seen_at__gt=since
    )
    names = here.order_by("-seen_at").values_list("user__username", flat=True)
    return names[0] if names else ""


@transaction.atomic
def remember(
    request: HttpRequest,
    response: HttpResponse,
    *,
    user: AbstractBaseUser,
    factor: Device | None = None,
) -> KnownDevice:
    """This person has signed in here, just now with this second factor if any; the cookie goes with the response."""
    at = timezone.now()
    key = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if len(key) != KEY_LENGTH:
        key = secrets.token_urlsafe(32)
    given = {"factor_device": factor.persistent_id, "factor_at": at} if factor else {}
    row, _ = KnownDevice.objects.update_or_create(
        user_id=user.pk, key_hash=_hash(key), defaults={"seen_at": at, **given}
    )
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        key,
        max_age=KEPT,
        path="/admin/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return row


def remembered_factor(known: KnownDevice | None) -> Device | None:
    """The second factor that was given on this device within the last hours, if it still is one of its owner's."""
    until = timezone.now() - FACTOR_REMEMBERED
    if known is None or known.factor_at is None or known.factor_at <= until:
        return None
    device = Device.from_persistent_id(known.factor_device)
    is_theirs = device is not None and device.user_id == known.user_id and device.confirmed
    return device if is_theirs else None


def forget_factor(*, user: AbstractBaseUser, device: int | None = None) -> None:
    """Ask for the second factor at the next sign-in: on this device (the pk of its row), or on all of theirs."""
    rows = KnownDevice.objects.filter(user_id=user.pk)
    rows = rows if device is None else rows.filter(pk=device)
    rows.update(factor_at=None, factor_device="")


def drop_old_devices() -> int:
    """Forget devices that nobody signed in with for half a year; how many. Run by the worker."""
    count, _ = KnownDevice.objects.filter(seen_at__lt=timezone.now() - KEPT).delete()
    return int(count)


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
