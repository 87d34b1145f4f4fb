"""Where somebody is signed in: everybody sees and ends their own sessions, an owner everybody's."""

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic_site.staff.roles import is_owner
from clinic_site.staff.sessions.open_sessions import end, end_all, open_sessions


@staff_member_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The sessions of whoever asks; an owner sees the others' below."""
    user = _user(request)
    shown = open_sessions(of=None if is_owner(user) else user, this=_key(request))
    context = {
        "title": "Where you are signed in",
        "own": [one for one in shown if one.user == user],
        "others": [one for one in shown if one.user != user],
        "sees_others": is_owner(user),
    }
    whole = {**admin.site.each_context(request), **context}
    return render(request, "staff/sessions.html", whole)


@staff_member_required
@require_POST
def end_one(request: HttpRequest) -> HttpResponse:
    """End one of one's own, or as an owner anybody's."""
    user = _user(request)
    of = None if is_owner(user) else user
    if end(name=request.POST.get("session", ""), of=of, by=user):
        messages.success(request, "Signed out there. The next time it takes everything to sign in.")
    else:
        messages.info(request, "That session was over already.")
    return HttpResponseRedirect(reverse("staff:sessions"))


@staff_member_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own but this one."""
    count = end_all(of=_user(request), by=None, but=_key(request))
    messages.success(request, f"Signed out in {count} other browser{'' if count == 1 else 's'}.")
    return HttpResponseRedirect(reverse("staff:sessions"))


def _user(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]  # staff are users
    return user


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""
