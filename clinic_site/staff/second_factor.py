"""The second factor at the door: who has set one up gives its code, and owners set one up if the clinic says so."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_otp import devices_for_user, user_has_device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

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


def new_seed() -> str:
    """The secret of an authenticator that is being set up, 20 bytes in hex; kept nowhere but in the session."""
    return str(random_hex(20))


def authenticator(*, user: User, seed: str) -> TOTPDevice:
    """The device that this seed makes, not in the database: for the key and the code that are shown once."""
    return TOTPDevice(user=user, name="Authenticator", key=seed)


@transaction.atomic
def enrol(*, user: User, seed: str, code: str) -> TOTPDevice | None:
    """Take the authenticator with this seed into use, once it has given a code; None for a wrong one.

    None too where the account got a device meanwhile, in another session: a seed that somebody else has seen is void.
    """
    User.objects.select_for_update().get(pk=user.pk)
    device = authenticator(user=user, seed=seed)
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits)
    is_right = code.isdecimal() and clock.verify(int(code), device.tolerance)
    if not is_right or user_has_device(user):
        return None
    TOTPDevice.objects.filter(user=user).delete()
    device.drift, device.last_t = (
        clock.drift,
        clock.t(),
    )  # the same code opens nothing a second time
    device.save()
    return device


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
