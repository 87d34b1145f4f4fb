"""One enquiry: what the patient wrote, and what staff do about it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic_site.clinic.phone_numbers import PhoneNumber
from clinic_site.enquiries.history import changes_told, event_lines, events_told
from clinic_site.enquiries.inbox import inbox_list
from clinic_site.enquiries.inbox.reply_form import ReplyForm, reply_context
from clinic_site.enquiries.inbox.views.admin_page import (
    inbox_page,
    member,
    saved,
    the_enquiry,
    to_enquiry,
)
from clinic_site.enquiries.inbox.wanted_names import with_remarks
from clinic_site.enquiries.labels import answer_rows, person, phone_words
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.staff_actions import handle, presence
from clinic_site.enquiries.staff_actions.doubles import possible_doubles
from clinic_site.typed_fields import TypedText

NOTE_LENGTH, MOST_DOUBLES = 4000, 5
SHOWN_ABOVE = ("name", "phone", "email", "prefers")  # in the heading and on the buttons
GONE = "The words of this enquiry are deleted, so nothing was changed."


class HandlingForm(forms.Form):
    """Status, assignment and a note, with the version that was looked at."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    status = forms.ChoiceField(choices=Enquiry.Status.choices, widget=forms.RadioSelect)
    assigned_to = forms.TypedChoiceField(
        label="Assigned to", coerce=int, empty_value=None, required=False
    )
    follow_up_on = forms.DateField(
        label="Follow up on",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Write the day like 2026-12-03."},
    )
    note = TypedText(
        label="Add a note",
        help_text="For the clinic only. A patient may ask to read it.",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, enquiry: Enquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["assigned_to"].choices = [("", "Nobody"), *_people(enquiry)]  # type: ignore[attr-defined]  # set by ChoiceField

    def wanted(self) -> handle.Handling:
        """How the enquiry is to stand, once the form is valid."""
        said = self.cleaned_data
        return handle.Handling(
            said["status"], said["assigned_to"], said["note"], said["follow_up_on"]
        )


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an enquiry; opening it is recorded."""
    enquiry = the_enquiry(pk)
    if request.method == "POST":
        return _save(request, enquiry)
    presence.open_enquiry(enquiry=enquiry, by=member(request))
    return show_enquiry(request, enquiry)


@require_POST
def here(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """The page is still open: say so to the others, and answer with who they are and what they changed."""
    enquiry = the_enquiry(pk)
    presence.still_here(enquiry=enquiry, by=member(request))
    return render(
        request, "admin/enquiries/enquiry/_others.html", _others(request, enquiry, version)
    )


@require_POST
def not_spam(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the flag off."""
    try:
        handle.clear_suspicion(enquiry=the_enquiry(pk), by=member(request))
        messages.success(request, "This is no spam any more.")
    except handle.Gone:
        messages.warning(request, GONE)
    return to_enquiry(pk)


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line of the audit on this enquiry."""
    enquiry = the_enquiry(pk)
    events = events_told(enquiry, timezone.now())
    return inbox_page(request, "history", title="History", enquiry=enquiry, events=events)


def _save(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    form = HandlingForm(request.POST, enquiry=enquiry)
    if not form.is_valid():
        return show_enquiry(request, enquiry, form=form, status=422)
    try:
        handle.handle(
            enquiry=enquiry,
            version=form.cleaned_data["version"],
            wanted=form.wanted(),
            by=member(request),
        )
    except handle.Stale as stale:
        again = request.POST.copy()
        again["version"] = str(stale.enquiry.version)
        kept = HandlingForm(again, enquiry=stale.enquiry)
        missed = event_lines(stale.missed, timezone.now())
        return show_enquiry(request, stale.enquiry, form=kept, status=409, missed=missed)
    except handle.Gone:
        messages.warning(request, GONE)
        return to_enquiry(enquiry.pk)
    saved(request, "Saved.", form=f"enquiry-{enquiry.pk}")
    return to_enquiry(enquiry.pk)


def show_enquiry(
    request: HttpRequest,
    enquiry: Enquiry,
    *,
    form: HandlingForm | None = None,
    reply: ReplyForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of an enquiry, with a form that was sent and is not done yet."""
    now, latest = timezone.now(), enquiry.latest_answers()
    context = {
        "enquiry": enquiry,
        "form": form or _blank(enquiry),
        "answers": [row for row in with_remarks(answer_rows(latest)) if row[0] not in SHOWN_ABOVE],
        "latest": latest,
        "phone": phone_words(latest.phone, latest.phone_extension) if latest.phone else "",
        "phone_link": PhoneNumber(latest.phone, latest.phone_extension).link,
        **reply_context(enquiry, request.GET.get("text", ""), reply),
        "changes": changes_told(enquiry),
        "doubles": possible_doubles(enquiry)[:MOST_DOUBLES],
        "due": inbox_list.due_words(enquiry, now),
        "is_overdue": inbox_list.is_overdue(enquiry, now),
        "assigned": person(enquiry.assigned_to) if enquiry.assigned_to else "",
        "notes": enquiry.notes.select_related("written_by"),
        "events": events_told(enquiry, now),
        **_others(request, enquiry, enquiry.version),
        **more,
    }
    title = latest.name or f"Enquiry {enquiry.reference}"
    return inbox_page(request, "change_form", title=title, status=status, **context)


def _others(request: HttpRequest, enquiry: Enquiry, version: int) -> dict[str, Any]:
    now = timezone.now()
    return {
        "others": presence.others(enquiry, member(request), now),
        "missed_now": event_lines(handle.missed_since(enquiry, version), now),
        "now": now,
        "enquiry": enquiry,
    }


def _blank(enquiry: Enquiry) -> HandlingForm:
    stands = {name: getattr(enquiry, name) for name in ("version", "status", "follow_up_on")}
    return HandlingForm(enquiry=enquiry, initial=stands | {"assigned_to": enquiry.assigned_to_id})


def _people(enquiry: Enquiry) -> list[tuple[int, str]]:
    staff = Q(is_active=True, is_staff=True) | Q(pk=enquiry.assigned_to_id)
    found = get_user_model().objects.filter(staff).order_by("first_name", "username")
    return [(user.pk, person(user)) for user in found]
