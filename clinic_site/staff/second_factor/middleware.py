"""The second factor at the door: who has set one up gives its code, and owners and the front desk set one up."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django_otp import devices_for_user, user_has_device, verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from clinic_site.staff.audit import Kind, record
from clinic_site.staff.second_factor.backup_codes import hashed
from clinic_site.staff.second_factor.policy import due_at
from clinic_site.staff.sessions.known_devices import forget_factor


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
    due = due_at(user)
    return "staff:set-up" if due is not None and due <= timezone.now() else ""


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
    record(kind=Kind.FACTOR_SET_UP, user=user)
    return device


def give(*, user: AbstractBaseUser, code: str) -> Device | None:
    """The device of theirs that takes this code, of six digits or a backup code; None if there is none.

    Each device slows guesses at itself down.
    """
    for device in list(devices_for_user(user)):
        token = hashed(code) if isinstance(device, StaticDevice) else code
        if taken := verify_token(user, device.persistent_id, token):
            record(kind=Kind.FACTOR_GIVEN, user=user)
            return taken
    record(kind=Kind.WRONG_CODE, user=user)
    return None


@transaction.atomic
def remove(*, user: AbstractBaseUser, by: AbstractBaseUser | None = None) -> None:
    """The user signs in with the password alone again; `by`: somebody else, who took it off for them."""
    for device in devices_for_user(user, confirmed=None):
        device.delete()
    forget_factor(user=user)
    record(kind=Kind.FACTOR_REMOVED, user=user, by=by)


def _is_open(path: str) -> bool:
    names = ("admin:login", "admin:logout", "staff:verify", "staff:set-up")
    return path in {reverse(name) for name in names} or path == reverse("admin:jsi18n")
