"""What every page of the editor shares: the stock admin around it, and its record of actions."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from clinic_site.pages.models import Page


def admin_page(
    request: HttpRequest,
    template: str,
    *,
    folder: str = "page",
    title: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A template below admin/pages/ in the stock admin's frame; never kept by a cache."""
    whole = {**admin.site.each_context(request), "title": title, **context}
    response = render(request, f"admin/pages/{folder}/{template}.html", whole, status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def person(request: HttpRequest) -> User:
    """Who is signed in; the admin has seen to it that somebody is."""
    return cast(User, request.user)


def to(name: str, page: Page) -> HttpResponseRedirect:
    """To a page of the editor: "change", "history", "address"."""
    return HttpResponseRedirect(reverse(f"admin:pages_page_{name}", args=[page.pk]))


def record(request: HttpRequest, page: Page, sentence: str) -> None:
    """Say what was done, and keep it in the admin's own log with who did it."""
    LogEntry.objects.log_actions(
        user_id=person(request).pk,
        queryset=[page],
        action_flag=CHANGE,
        change_message=sentence,
        single_object=True,
    )
    messages.success(request, sentence)
