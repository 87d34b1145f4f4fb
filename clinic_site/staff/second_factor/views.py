"""The second factor over HTTP: set it up, give its code, print backup codes, take it off."""

from base64 import b32encode
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import user_has_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.artwork.qr import qr_code
from clinic_site.staff.audit import Kind, record
from clinic_site.staff.second_factor.backup_codes import new_backup_codes
from clinic_site.staff.second_factor.middleware import authenticator, enrol, give, new_seed, remove
from clinic_site.staff.second_factor.policy import due_at
from clinic_site.staff.sessions.fresh_password import fresh_password_required
from clinic_site.staff.sign_in.after_sign_in import after_factor

SEED = "second_factor_seed"  # in the session: nobody else sees it, and it ends with the session
WRONG = (
    "This code is not right, or it has been used. Codes change every 30 seconds; try the next one."
)


class CodeForm(forms.Form):
    """A code of six digits, or a backup code."""

    code = forms.CharField(
        max_length=20,
        label="Code",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
        error_messages={"required": "Enter the code from your phone."},
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        return "".join(sign for sign in code.lower() if sign.isalnum())


@staff_member_required
def overview(request: HttpRequest) -> HttpResponse:
    """Whether this account has a second factor, and what can be done about it."""
    user: User = request.user  # type: ignore[assignment]  # staff are users
    has_one = user_has_device(user)
    due = None if has_one else due_at(user)
    return _page(request, "overview", "Second factor", has_one=has_one, due=due)


@sensitive_post_parameters("code")
@staff_member_required
def set_up(request: HttpRequest) -> HttpResponse:
    """A new secret for an authenticator app, shown once, then its first code; the account is as before until then."""
    if user_has_device(request.user):
        return HttpResponseRedirect(reverse("staff:second-factor"))
    user: User = request.user  # type: ignore[assignment]  # staff are users
    if request.method != "POST":
        seed = request.session[SEED] = new_seed()
        return _set_up_page(request, CodeForm(), **_told(authenticator(user=user, seed=seed)))
    form = CodeForm(request.POST)
    if not (given := request.session.get(SEED)):
        return HttpResponseRedirect(reverse("staff:set-up"))
    if form.is_valid():
        if device := enrol(user=user, seed=given, code=form.cleaned_data["code"]):
            del request.session[SEED]
            codes = new_backup_codes(user=user)
            response = _page(request, "codes", "Your backup codes", codes=codes)
            after_factor(request, response, device)
            return response
        form.add_error("code", WRONG)
    return _set_up_page(request, form)


def _told(device: TOTPDevice) -> dict[str, Any]:
    """The secret in the three ways in which an app takes it."""
    secret = b32encode(device.bin_key).decode().rstrip("=")
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    link = device.config_url
    return {"groups": groups, "link": link, "code": qr_code(link)}


def _set_up_page(request: HttpRequest, form: CodeForm, **told: Any) -> HttpResponse:
    """With what is told of the secret; after a wrong code there is only the field, and the way to a new secret."""
    status = 422 if form.errors else 200
    return _page(request, "set_up", "Set up a second factor", status=status, form=form, **told)


@sensitive_post_parameters("code")
@staff_member_required
def verify(request: HttpRequest) -> HttpResponse:
    """The code after the password; tries are slowed down by the device itself."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        device = give(user=request.user, code=form.cleaned_data["code"])  # type: ignore[arg-type]  # staff
        if device is not None:
            response = HttpResponseRedirect(_back(request))
            after_factor(request, response, device)
            return response
        form.add_error("code", WRONG)
    status = 422 if form.errors else 200
    return _page(
        request, "verify", "Enter your code", status=status, form=form, next=_back(request)
    )


@staff_member_required
@require_POST
@fresh_password_required("New backup codes open your account without your phone.")
def backup_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes; the old ones are void."""
    if not user_has_device(request.user):
        return HttpResponseRedirect(reverse("staff:set-up"))
    codes = new_backup_codes(user=request.user)  # type: ignore[arg-type]  # staff are users
    record(kind=Kind.BACKUP_CODES, user=request.user)  # type: ignore[arg-type]  # staff are users
    return _page(request, "codes", "Your backup codes", codes=codes)


@staff_member_required
@require_POST
@fresh_password_required("Without the second factor a stolen password opens your account.")
def take_off(request: HttpRequest) -> HttpResponse:
    """Only whoever has just given a code gets this far: the middleware sees to it."""
    remove(user=request.user)  # type: ignore[arg-type]  # staff are users
    messages.success(request, "Removed. You sign in with your password alone.")
    return HttpResponseRedirect(reverse("staff:second-factor"))


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours and asked.startswith("/admin/") else reverse("admin:index")


def _page(
    request: HttpRequest, name: str, title: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    whole = {**admin.site.each_context(request), "title": title}
    response = render(request, f"staff/{name}.html", whole | context, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response
