"""What follows a password at the admin's sign-in: the times of the session, the known device, the audit."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django_otp import login as give_factor
from django_otp import user_has_device
from django_otp.models import Device

from clinic_site.staff.audit import Kind, account_named, record
from clinic_site.staff.session_store import KNOWN_DEVICE
from clinic_site.staff.sessions import open_sessions
from clinic_site.staff.sessions.known_devices import (
    forget_factor,
    known_device,
    remember,
    remembered_factor,
)


def after_password(request: HttpRequest, response: HttpResponse) -> None:
    """The password was right. A second factor that was given on this device a few hours ago still holds."""
    user: User = request.user  # type: ignore[assignment]  # signed in
    open_sessions.begin(request)
    known = known_device(request, username=user.get_username())
    factor = remembered_factor(known)
    if factor:
        give_factor(request, factor)
    record(kind=Kind.SIGNED_IN, user=user)
    if factor or not user_has_device(user):
        open_sessions.belongs_to(request, remember(request, response, user=user))


def after_factor(request: HttpRequest, response: HttpResponse, factor: Device) -> None:
    """The second factor was given: for the next hours this device is asked for the password alone."""
    give_factor(request, factor)
    known = remember(request, response, user=request.user, factor=factor)  # type: ignore[arg-type]  # signed in
    open_sessions.belongs_to(request, known)


def after_failure(request: HttpRequest) -> None:
    """A wrong password, or one that was not looked at."""
    name = request.POST.get("username", "")
    if name and request.POST.get("password"):
        is_held_off = getattr(request, "axes_locked_out", False)
        kind = Kind.HELD_OFF if is_held_off else Kind.WRONG_PASSWORD
        record(kind=kind, user=account_named(name))


def before_sign_out(request: HttpRequest) -> None:
    """Whoever signs out is asked for everything the next time."""
    if request.user.is_authenticated:
        device = request.session.get(KNOWN_DEVICE)
        forget_factor(user=request.user, device=device or 0)
        record(kind=Kind.SIGNED_OUT, user=request.user)
