"""What is held on a person: shown, given out, put right, erased. Nothing about them ever stands in an address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clinic_site.enquiries.history import event_lines
from clinic_site.enquiries.inbox import inbox_list
from clinic_site.enquiries.inbox.correction_form import CorrectingForm
from clinic_site.enquiries.inbox.search import LONGEST, of_person
from clinic_site.enquiries.inbox.views.admin_page import (
    inbox_page,
    member,
    saved,
    the_enquiry,
    to_enquiry,
    to_list,
)
from clinic_site.enquiries.inbox.views.enquiry_list import chosen_in
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.staff_actions import correct_and_erase, export
from clinic_site.enquiries.staff_actions.handle import Gone, Stale
from clinic_site.staff.sessions.fresh_password import fresh_password_required
from clinic_site.typed_text import cut_typed

MOST_ASKED = 2  # a phone number and an e-mail address
TAKING_OUT = fresh_password_required("You take what patients wrote out of the site.")
ERASING = fresh_password_required("What you erase is gone for good.")


@require_POST
@TAKING_OUT
def table(request: HttpRequest) -> HttpResponse:
    """The enquiries of a tab as a CSV file."""
    key = request.POST.get("status", "")
    kept = inbox_list.chosen(key if key in inbox_list.TABS else "all")
    text = export.table(enquiries=kept, by=member(request))
    return _file(text, "text/csv; charset=utf-8", f"enquiries-{timezone.localdate()}.csv")


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Look for a person by phone or e-mail: which enquiries are theirs."""
    asked = (cut_typed(text, longest=LONGEST) for text in request.POST.getlist("q")[:MOST_ASKED])
    wanted = list(filter(None, asked))
    numbers = {one.pk for text in wanted for one in of_person(text)}
    found = Enquiry.objects.filter(pk__in=numbers).latest_first()
    cards = inbox_list.cards(found, by=member(request), at=timezone.now())
    return inbox_page(request, "person", title="One person", wanted=wanted, cards=cards)


@require_POST
@TAKING_OUT
def dossier(request: HttpRequest) -> HttpResponse:
    """Everything on the chosen enquiries, to read and print or as a file."""
    into = "file" if request.POST.get("into") == "file" else "page"
    chosen = chosen_in(request).with_words().latest_first()
    everything = export.dossier(enquiries=chosen, by=member(request), into=into)
    if into == "page":
        numbers = [one.pk for one in chosen]
        return inbox_page(
            request, "dossier", title="What we hold", everything=everything, numbers=numbers
        )
    name = f"what-we-hold-{timezone.localdate()}.json"
    return _file(export.as_json(everything), "application/json", name)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what an enquiry says."""
    enquiry, missed = the_enquiry(pk), []
    form = CorrectingForm.of(enquiry) if request.method != "POST" else CorrectingForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            _correct(request, enquiry, form)
            return to_enquiry(pk)
        except Stale as stale:
            form = CorrectingForm.again(request.POST, stale.enquiry.version)
            missed = event_lines(stale.missed, timezone.now())
    status = 409 if missed else 422 if form.is_bound else 200
    context: dict[str, Any] = {"enquiry": enquiry, "form": form, "missed": missed}
    return inbox_page(request, "correct", title="Correct", status=status, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@ERASING
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then erase an enquiry."""
    if request.method == "POST":
        return _erase(request, [the_enquiry(pk)])
    return _ask(request, [the_enquiry(pk)])


@require_POST
@ERASING
def erase_many(request: HttpRequest) -> HttpResponse:
    """Ask once, then erase the chosen enquiries."""
    chosen = list(chosen_in(request).with_words().latest_first())
    return _erase(request, chosen) if request.POST.get("sure") else _ask(request, chosen)


def _ask(request: HttpRequest, chosen: list[Enquiry]) -> HttpResponse:
    return inbox_page(request, "erase", title="Erase", chosen=chosen)


def _erase(request: HttpRequest, chosen: list[Enquiry]) -> HttpResponse:
    for one in chosen:
        try:
            correct_and_erase.erase(enquiry=one, by=member(request))
            messages.success(request, f"Erased: {one.reference}.")
        except Gone:
            messages.warning(request, f"The words of {one.reference} were deleted before.")
    return to_list()


def _correct(request: HttpRequest, enquiry: Enquiry, form: CorrectingForm) -> None:
    answers = form.answers(enquiry.latest_answers())
    version = form.cleaned_data["version"]
    try:
        fields = correct_and_erase.correct(
            enquiry=enquiry, version=version, answers=answers, by=member(request)
        )
        words = "Corrected." if fields else "Nothing was changed."
        saved(request, words, form=f"correct-{enquiry.pk}")
    except Gone:
        messages.warning(request, "The words of this enquiry are deleted, so nothing was changed.")


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
