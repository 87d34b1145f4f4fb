"""Answering an enquiry over HTTP: send an answer, note that somebody was called or written to, take that back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from clinic_site.enquiries.history import event_lines
from clinic_site.enquiries.inbox.reply_form import ReplyForm
from clinic_site.enquiries.inbox.views.admin_page import (
    member,
    saved,
    the_enquiry,
    to_enquiry,
)
from clinic_site.enquiries.inbox.views.detail import GONE, show_enquiry
from clinic_site.enquiries.models import Enquiry, EnquiryReply
from clinic_site.enquiries.staff_actions import answer
from clinic_site.enquiries.staff_actions.handle import Gone, Stale

NO_ADDRESS = "The patient has given no email address meanwhile, so nothing was sent."


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the answer through the site."""
    enquiry, form = the_enquiry(pk), ReplyForm(request.POST)
    if not form.is_valid():
        return show_enquiry(request, enquiry, reply=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        sent = _send(request, enquiry, form)
    except Stale as stale:
        again = request.POST.copy()
        again["reply-version"] = str(stale.enquiry.version)
        missed = event_lines(stale.missed, timezone.now())
        status = HTTPStatus.CONFLICT
        kept = ReplyForm(again)
        return show_enquiry(request, stale.enquiry, reply=kept, status=status, missed=missed)
    except (Gone, answer.NoAddress) as trouble:
        messages.warning(request, GONE if isinstance(trouble, Gone) else NO_ADDRESS)
        return to_enquiry(pk)
    saved(request, f"On its way to {sent.to}.", form=f"reply-{pk}")
    return to_enquiry(pk)


@require_POST
def reached(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody tapped the number or went to their mail program: the notice that the status followed."""
    way = request.POST.get("way", "")
    if way not in answer.WAYS:
        return HttpResponseBadRequest("way: call or email")
    try:
        enquiry = answer.mark_reached(enquiry=the_enquiry(pk), way=way, by=member(request))
    except Gone:
        return HttpResponse(status=HTTPStatus.GONE)
    context = {"enquiry": enquiry, "followed": answer.followed_by_itself(enquiry)}
    return render(request, "admin/enquiries/enquiry/_followed.html", context)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody was reached: new again."""
    try:
        if answer.take_back(enquiry=the_enquiry(pk), by=member(request)):
            messages.success(request, "Taken back: it is new again.")
    except Gone:
        messages.warning(request, GONE)
    return to_enquiry(pk)


def _send(request: HttpRequest, enquiry: Enquiry, form: ReplyForm) -> EnquiryReply:
    said = form.cleaned_data
    return answer.send_reply(
        enquiry=enquiry, version=said["version"], body=said["body"], by=member(request)
    )
