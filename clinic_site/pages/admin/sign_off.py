"""Sign-off in the admin: the pages with their state, one page to read and sign. Records are never edited."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse

from clinic_site.pages.actions.review_state import (
    differences_since,
    live_revisions,
    standings,
    to_confirm,
)
from clinic_site.pages.actions.reviewer_names import NO_NAME, own_names
from clinic_site.pages.actions.sign_off import items_of, sign_off, with_answers, words_hash
from clinic_site.pages.admin.signing_form import SigningForm, signing_form
from clinic_site.pages.diff.field_diff import Change, changes
from clinic_site.pages.editor.views.admin_page import admin_page, person
from clinic_site.pages.editor.views.admin_page import record as keep_record
from clinic_site.pages.models import Page, Revision, SignOff
from clinic_site.pages.rendering.page_view import reading_of
from clinic_site.pages.warning_cards import cards_named

SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)  # data for machines; the frame runs none
OTHER_LANGUAGES = "In other languages: not live before somebody who reads them has signed"
FOLDED = re.compile(r"<details(?! class=\"menu\")(?! open)")


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
        found, others = standings(), to_confirm()
        waiting = [one for one in found if one.needs_reading]
        return admin_page(
            request,
            "list",
            folder="signoff",
            title="Sign-off",
            shelves=[
                ("To read: pages", [one for one in waiting if not one.is_card]),
                ("To read: warning cards", [one for one in waiting if one.is_card]),
                (OTHER_LANGUAGES, [one for one in others if one.needs_reading]),
                ("Signed", [one for one in (*found, *others) if not one.needs_reading]),
            ],
            standings=found,
            waiting=len(waiting),
            minutes=sum(one.minutes for one in waiting),
        )

    def read(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One page as patients see it, and what changed since it was signed; a POST signs it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = get_object_or_404(Page.objects.published(), pk=pk)
        revisions = live_revisions(page)
        if not revisions:
            raise Http404("Patients do not find this page now.")
        now, may_sign = words_hash(*revisions), self.has_add_permission(request)
        if request.method != "POST":
            form = signing_form(revisions, by=person(request), words_hash=now)
            return self._reading(request, page, revisions, form if may_sign else None)
        if not may_sign:
            raise PermissionDenied
        form = SigningForm(request.POST, items=items_of(revisions), by=person(request))
        form.is_valid()  # what changed is shown, whatever else is wrong
        if form.cleaned_data.get("words_hash") != now:
            form.data = dict(form.data.items()) | {"words_hash": now, "has_read": ""}
            form.add_error(
                None, "The words changed while you were reading. Read them again, then sign."
            )
        if not form.is_valid():
            return self._reading(request, page, revisions, form, status=422)
        return self._signed(request, page, revisions, form)

    def _signed(
        self, request: HttpRequest, page: Page, revisions: tuple[Revision, ...], form: SigningForm
    ) -> HttpResponse:
        said = form.cleaned_data
        sign_off(
            page=page,
            revisions=revisions,
            cards=_cards_of(revisions),
            answers=form.answers,
            by=person(request),
            reviewer_name=said["reviewer_name"],
            registration=said["registration"],
            review_due_on=said["review_due_on"],
        )
        keep_record(request, page, f"Signed off {page}. It holds until a word of it changes.")
        return HttpResponseRedirect(reverse("admin:pages_signoff_changelist"))

    def _reading(
        self,
        request: HttpRequest,
        page: Page,
        revisions: tuple[Revision, ...],
        form: SigningForm | None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        reading = reading_of(revisions[0])
        html = render_to_string(reading.layout.template, {"page": reading}, request)
        last = with_answers(SignOff.objects.filter(page=page)).first()
        return admin_page(
            request,
            "read",
            folder="signoff",
            title=f"Read and sign {page}",
            status=status,
            page=page,
            form=form,
            items=items_of(revisions),
            no_name="" if own_names(person(request)) else NO_NAME,
            sign_off=reading.sign_off,
            last=last,
            is_health=revisions[0].health,
            is_confirmed_first=reading.layout.is_confirmed_first,
            differences=_differences(last, (*revisions, *_cards_of(revisions))) if last else [],
            html=SCRIPTS.sub("", FOLDED.sub("<details open", html)),
        )


def _differences(last: SignOff, now: tuple[Revision, ...]) -> list[tuple[str, Sequence[Change]]]:
    """What changed since the words that were signed, by address."""
    return [(address, changes(old, new)) for address, old, new in differences_since(last, now)]


def _cards_of(revisions: tuple[Revision, ...]) -> tuple[Revision, ...]:
    """The warning cards that stand on a page, its entries included."""
    return tuple(cards_named(*(one.body for one in revisions)).values())
