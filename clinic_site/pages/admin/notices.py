"""Notices and closed days in the admin: one page for both, what is up and what comes, and how it looks on a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from clinic_site.clinic.admin import OnTheBoard
from clinic_site.clinic.days import FIRST_DAY, LAST_DAY
from clinic_site.clinic.forms.fields import DayInput
from clinic_site.clinic.models import Closure, Notice
from clinic_site.clinic.notices.showing import put_up
from clinic_site.pages.checks.publishing import faults_of_notice
from clinic_site.pages.layouts import LAYOUTS
from clinic_site.pages.models import HOME, Revision
from clinic_site.pages.rendering.page_view import reading_of
from clinic_site.pages.rendering.site_frame import read_frame, with_notice

MOST_OVER = 10  # that are told of as over


class NoticeForm(forms.ModelForm[Notice]):
    """A notice obeys the checks of all words that patients read."""

    class Meta:
        model = Notice
        fields = ("words", "starts_on", "ends_on")
        widgets = {
            "words": forms.Textarea({"rows": 3, "maxlength": 200}),
            "starts_on": DayInput(),
            "ends_on": DayInput(),
        }

    def clean_words(self) -> str:
        words = " ".join(str(self.cleaned_data["words"]).split())
        if faults := faults_of_notice(words):
            raise forms.ValidationError(faults)
        return words


@dataclass(frozen=True)
class Row:
    """A notice or a closure on the board."""

    words: str
    starts_on: date
    ends_on: date
    model: str
    pk: int

    @property
    def address(self) -> str:
        """The name of the page where it is changed."""
        return f"admin:clinic_{self.model}_change"


def board(today: date) -> Iterator[tuple[str, list[Row]]]:
    """What is up, what comes, and the last that are over; two queries."""
    rows = [
        Row(f"Closed: {one.reason}", one.starts_on, one.ends_on, "closure", one.pk)
        for one in Closure.objects.all()
    ]
    rows += [
        Row(one.words, one.starts_on, one.ends_on, "notice", one.pk) for one in Notice.objects.all()
    ]
    rows.sort(key=lambda row: (row.starts_on, row.ends_on))
    yield "Now", [row for row in rows if row.starts_on <= today <= row.ends_on]
    yield "To come", [row for row in rows if row.starts_on > today]
    yield "Over", [row for row in reversed(rows) if row.ends_on < today][:MOST_OVER]


@admin.register(Notice)
class NoticeAdmin(OnTheBoard):
    """The board, and the form of a notice."""

    putting_up = "Put up a notice"
    form = NoticeForm
    fields = ("words", "starts_on", "ends_on")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview)
        return [path("preview/", view, name="clinic_notice_preview"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Notices and closed days by when they are up."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Notices and closed days",
            "shelves": [shelf for shelf in board(timezone.localdate()) if shelf[1]],
        }
        return TemplateResponse(request, "admin/clinic/notice/board.html", context)

    def preview(self, request: HttpRequest) -> HttpResponse:
        """The home page with what is being typed, as a phone shows it; nothing is saved."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        said = request.POST
        today = timezone.localdate()
        days = {name: _day(said.get(name, "")) or today for name in ("starts_on", "ends_on")}
        days["ends_on"] = max(days.values())
        told: Notice | Closure = (
            Closure(reason=said["reason"][:120], **days)
            if "reason" in said
            else Notice(words=said.get("words", "")[:200], **days)
        )
        home = get_object_or_404(Revision.objects.live(), page__path=HOME)
        context = {"page": reading_of(home), "frame": with_notice(read_frame(), told)}
        response = render(request, LAYOUTS[home.page.layout].template, context)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        put_up(form.instance)


def _day(said: str) -> date | None:
    """A day as the browser sends it, where the calendar of the site has it."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
