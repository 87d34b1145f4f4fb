"""The second factor at the door: who has set one up gives its code, and owners set one up if the clinic says so."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_otp import devices_for_user, user_has_device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.staff.roles import is_owner

BACKUP_CODES = 10


class SecondFactor:
    """Middleware: nothing of the admin is shown before the code was given where one is needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and not _is_open(request.path):
            step = next_step(request.user)
            if step:
                query = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse(step)}?{query}")
        return self.get_response(request)


def next_step(user: Any) -> str:
    """The URL name of what this user has to do first: give a code, or set one up; "" for nothing."""
    if not user.is_authenticated or not user.is_staff or user.is_verified():
        return ""
    if user_has_device(user):
        return "staff:verify"
    if settings.OWNERS_NEED_SECOND_FACTOR and is_owner(user):
        return "staff:set-up"
    return ""


def pending_device(user: User) -> TOTPDevice:
    """The authenticator that this user is setting up; it counts only once it has been confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "Authenticator"}
    )
    return device


def confirm(*, device: TOTPDevice, code: str) -> list[str]:
    """Take the authenticator into use with its first code; the new backup codes, none for a wrong one."""
    if not device.verify_token(code):
        return []
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    return new_backup_codes(user=device.user)


def new_backup_codes(*, user: User) -> list[str]:
    """Ten codes that work once each, shown once; the ones before are void."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="Backup codes")
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return codes


def remove(*, user: User) -> None:
    """The user signs in with the password alone again."""
    for device in devices_for_user(user, confirmed=None):
        device.delete()


def _is_open(path: str) -> bool:
    names = ("admin:login", "admin:logout", "staff:verify", "staff:set-up")
    return path in {reverse(name) for name in names} or path == reverse("admin:jsi18n")
