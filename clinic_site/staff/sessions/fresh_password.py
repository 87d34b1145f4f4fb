"""The password once more before what cannot be undone or leaves the house: exporting, erasing, the second factor.

Asked for in the answer to the very request: what was sent stays in the page, and goes on once the password is right.
A password counts as fresh for ten minutes.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from clinic_site.staff.audit import Kind, record
from clinic_site.staff.session_store import PASSWORD_AT

FRESH_FOR = 10 * 60  # seconds
FIELD = "fresh_password"
OWN_FIELDS = {FIELD, "csrfmiddlewaretoken"}
View = Callable[..., HttpResponse]


def fresh_password_required(why: str) -> Callable[[View], View]:
    """Decorator: a POST goes on only after a fresh password; `why` is what it is for, as a whole sentence."""

    def decorated(view: View) -> View:
        @wraps(view)
        @sensitive_post_parameters(FIELD)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            question = ask_password(request, why) if request.method == "POST" else None
            return question or view(request, *args, **kwargs)

        return guarded

    return decorated


def ask_password(request: HttpRequest, why: str) -> HttpResponse | None:
    """The page that asks, with all that was sent; None while the password is fresh, or was given just now."""
    now = int(timezone.now().timestamp())
    if now - request.session.get(PASSWORD_AT, 0) < FRESH_FOR:
        return None
    is_wrong = FIELD in request.POST
    if is_wrong and _is_right(request):
        request.session[PASSWORD_AT] = now
        return None
    context = {"title": "Your password, please", "why": why, "is_wrong": is_wrong}
    whole = {**admin.site.each_context(request), **context, "sent": _sent(request)}
    response = render(request, "staff/fresh_password.html", whole, status=422 if is_wrong else 200)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _is_right(request: HttpRequest) -> bool:
    """Guesses are slowed down as those at the sign-in are."""
    user = request.user
    given = authenticate(
        request, username=user.get_username(), password=request.POST.get(FIELD, "")
    )
    if given is None:
        is_held_off = getattr(request, "axes_locked_out", False)
        kind = Kind.HELD_OFF if is_held_off else Kind.WRONG_PASSWORD
        record(kind=kind, user=user)  # type: ignore[arg-type]  # signed in
    return given is not None


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN_FIELDS
        for value in values
    ]
