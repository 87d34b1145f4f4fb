"""Sign-off in the admin: the pages with their state, one page to read and sign. Records are never edited."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from clinic_site.pages.actions.review_state import differences_since, live_revisions, standings
from clinic_site.pages.actions.sign_off import REVIEW_EVERY, sign_off, words_hash
from clinic_site.pages.diff.field_diff import changes
from clinic_site.pages.editor.views.admin_page import person
from clinic_site.pages.editor.views.admin_page import record as keep_record
from clinic_site.pages.models import Page, Revision, SignOff
from clinic_site.pages.rendering.page_view import reading_of
from clinic_site.pages.warning_cards import cards_named
from clinic_site.typed_fields import TypedLine

LONGEST = timedelta(days=2 * 366)
SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)  # data for machines; the frame runs none
FOLDED = re.compile(r"<details(?! class=\"menu\")(?! open)")


class SigningForm(forms.Form):
    """What a reviewer declares. `words_hash` guards against words that changed while they read."""

    reviewer_name = TypedLine(
        max_length=120,
        label="Your name, as patients read it",
        help_text="Such as “A. Sample, PT”. Written as under Practitioners, it leads to your place"
        " on the page about them.",
    )
    registration = TypedLine(
        max_length=40,
        required=False,
        label="Registration number (optional)",
        help_text="Patients see it, if you give it.",
    )
    review_due_on = forms.DateField(
        label="Next review due by",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="12 months from now unless you choose another day.",
    )
    has_read = forms.BooleanField(
        label="I have read these words and stand for them",
        error_messages={"required": "Tick this to sign."},
    )
    words_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_review_due_on(self) -> date:
        day: date = self.cleaned_data["review_due_on"]
        today = timezone.localdate()
        if not today < day <= today + LONGEST:
            raise forms.ValidationError("Choose a day after today, within two years.")
        return day


@admin.register(SignOff)
class SignOffAdmin(admin.ModelAdmin[SignOff]):
    """The list is of pages, not of records: what has to be read comes first."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.pages), name="pages_signoff_changelist"),
            path("<int:pk>/read/", view(self.read), name="pages_signoff_read"),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def pages(self, request: HttpRequest) -> HttpResponse:
        """Every page that gives health information, with the state of its sign-off."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = standings()
        waiting = sum(one.needs_reading for one in found)
        return self._page(request, "list", "Sign-off", standings=found, waiting=waiting)

    def read(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One page as patients see it, and what changed since it was signed; a POST signs it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = get_object_or_404(Page.objects.published(), pk=pk)
        told = live_revisions(page)
        if not told:
            raise Http404("Patients do not find this page now.")
        now, may_sign = words_hash(*told), self.has_add_permission(request)
        if request.method != "POST":
            return self._reading(
                request, page, told, self._form(request, now) if may_sign else None
            )
        if not may_sign:
            raise PermissionDenied
        form = SigningForm(request.POST)
        if form.is_valid() and form.cleaned_data["words_hash"] != now:
            form.data = dict(form.data.items()) | {"words_hash": now, "has_read": ""}
            form.add_error(
                None, "The words changed while you were reading. Read them again, then sign."
            )
        if not form.is_valid():
            return self._reading(request, page, told, form, status=422)
        return self._signed(request, page, told, form)

    def _signed(
        self, request: HttpRequest, page: Page, told: tuple[Revision, ...], form: SigningForm
    ) -> HttpResponse:
        said = form.cleaned_data
        sign_off(
            page=page,
            revisions=told,
            cards=_cards_of(told),
            by=person(request),
            reviewer_name=said["reviewer_name"],
            registration=said["registration"],
            review_due_on=said["review_due_on"],
        )
        keep_record(request, page, f"Signed off {page}. It holds until a word of it changes.")
        return HttpResponseRedirect(reverse("admin:pages_signoff_changelist"))

    def _form(self, request: HttpRequest, now: str) -> SigningForm:
        """The form with the name that this reviewer used last."""
        last = SignOff.objects.filter(reviewer_id=request.user.pk).first()
        full_name = person(request).get_full_name()
        return SigningForm(
            initial={
                "reviewer_name": last.reviewer_name if last else full_name,
                "registration": last.registration if last else "",
                "review_due_on": timezone.localdate() + REVIEW_EVERY,
                "words_hash": now,
            }
        )

    def _reading(
        self,
        request: HttpRequest,
        page: Page,
        told: tuple[Revision, ...],
        form: SigningForm | None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        reading = reading_of(told[0])
        html = render_to_string(reading.layout.template, {"page": reading}, request)
        last = SignOff.objects.filter(page=page).first()
        return self._page(
            request,
            "read",
            f"Read and sign {page}",
            status=status,
            page=page,
            form=form,
            sign_off=reading.sign_off,
            last=last,
            is_health=told[0].health,
            differences=[
                (address, changes(old, new))
                for address, old, new in differences_since(last, (*told, *_cards_of(told)))
            ]
            if last
            else [],
            html=SCRIPTS.sub("", FOLDED.sub("<details open", html)),
        )

    def _page(
        self, request: HttpRequest, name: str, title: str, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), "is_nav_sidebar_enabled": False}
        whole |= {"title": title, **context}
        response = render(request, f"admin/pages/signoff/{name}.html", whole, status=status)
        response.headers["Cache-Control"] = "no-store, private"
        return response


def _cards_of(told: tuple[Revision, ...]) -> tuple[Revision, ...]:
    """The warning cards that stand on a page, its entries included."""
    return tuple(cards_named(*(one.body for one in told)).values())
