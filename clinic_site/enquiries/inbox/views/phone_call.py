"""An enquiry by phone: staff take it down while the patient is on the line, and read out the reference."""

import logging
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from clinic_site.clinic.reply_by import in_words
from clinic_site.enquiries.inbox.phone_call_form import TakingForm
from clinic_site.enquiries.inbox.views.admin_page import inbox_page, member, saved, to_enquiry
from clinic_site.enquiries.public_form.page_context import SITE
from clinic_site.enquiries.submission import form_token, submit
from clinic_site.enquiries.submission.form_token import FormPass

OPEN_TOO_LONG = "This page was open for too long. Everything is still here: save it again."
NOT_KEPT = (
    "The site cannot keep it just now. Everything is still here: wait a moment, then save it again."
)
logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """The form; saved, it leads to the enquiry with what to tell the patient."""
    if request.method != "POST":
        return _show(request, TakingForm(initial={"prefers": "either"}), None)
    form, known = TakingForm(request.POST), form_token.read(request.POST.get("form", ""))
    if known is None:
        return _show(request, form, None, HTTPStatus.CONFLICT, OPEN_TOO_LONG)
    if not form.is_ready:
        return _show(request, form, known, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _keep(request, form, known)


def _keep(request: HttpRequest, form: TakingForm, known: FormPass) -> HttpResponse:
    call = submit.Call(member(request), wants_mail=form.cleaned_data["wants_mail"])
    try:
        kept = submit.submit(answers=form.answers(), form=known, sender=submit.Sender(), call=call)
    except submit.Withdrawn:
        return _show(request, form, None, HTTPStatus.CONFLICT, OPEN_TOO_LONG)
    except DatabaseError:
        logger.exception("An enquiry by phone could not be kept")
        return _show(request, form, known, HTTPStatus.SERVICE_UNAVAILABLE, NOT_KEPT)
    said = (
        f"Kept. Tell them: reference {kept.reference}, an answer by {in_words(kept.reply_by_at)}."
    )
    saved(request, said, form="call")
    return to_enquiry(kept.pk)


def _show(
    request: HttpRequest,
    form: TakingForm,
    known: FormPass | None,
    status: HTTPStatus = HTTPStatus.OK,
    trouble: str = "",
) -> HttpResponse:
    context = {"form": form, "form_pass": known or _new_pass(), "trouble": trouble}
    return inbox_page(request, "take", title="Enquiry by phone", status=status, **context)


def _new_pass() -> FormPass:
    """With the consent wording of the form that patients have."""
    try:
        around = SITE.read() or SITE.recall()
    except DatabaseError:
        around = SITE.recall()
    version, wording = around.consent
    return form_token.issue(consent_version=version, consent_wording=wording)
