"""Asking for a visit over HTTP: the form, the confirmation at its signed address, and taking it back.

No cookie is set anywhere here. What Django's check against forged requests does with a cookie, the form does with
its signed pass and the browser's word on where a request comes from (same_origin.comes_from_us).
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from clinic_site import maintenance
from clinic_site.clinic.reply_by import in_words
from clinic_site.enquiries.form_values import Kind
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.public_form.form_page import AGAIN_IN, CONFLICT, show_again, show_blank
from clinic_site.enquiries.public_form.page_context import SITE
from clinic_site.enquiries.public_form.request_parsing import OK, read_arrival
from clinic_site.enquiries.submission import submit
from clinic_site.enquiries.submission.confirmation_links import confirmation_path, enquiry_at
from clinic_site.enquiries.submission.mail_limits import was_mailed
from clinic_site.enquiries.submission.urgency import everything_to_say, levels_of
from clinic_site.enquiries.submission.write_lock import brief_reads
from clinic_site.published.pages import published_pages

SEE_OTHER = 303
logger = logging.getLogger(__name__)
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def private(view: View[P]) -> View[P]:
    """Nobody keeps the answer, finds it by searching or learns its address."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return answered


@cache_control(no_cache=True, private=True)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@csrf_exempt
def book(request: HttpRequest, kind: Kind = Kind.VISIT) -> HttpResponse:
    """The form of that kind; sent, it leads to the confirmation or comes back with what to do.

    The browser may keep it for its own Back button: with no-store the words typed so far would be gone.
    """
    if request.method != "POST":
        return show_blank(request, kind)
    arrival = read_arrival(request, kind)
    if arrival.status != OK or arrival.form_pass is None or maintenance.is_on():
        return show_again(request, arrival)
    try:
        enquiry = submit.submit(
            answers=arrival.form.answers(), form=arrival.form_pass, sender=arrival.sender
        )
    except submit.Withdrawn:
        return show_again(request, arrival.refused(CONFLICT))
    except DatabaseError:
        logger.exception("An enquiry could not be kept")
        return show_again(request, arrival, failed=True)
    answer = HttpResponseRedirect(confirmation_path(enquiry), status=SEE_OTHER)
    answer.headers["Cache-Control"] = "no-store"  # it names the address of the confirmation
    return answer


@cache_control(public=True, max_age=3600)
@require_safe
def urgent_words(request: HttpRequest) -> HttpResponse:
    """The rules and the cards for the script of the form: the same for everybody, and without the database."""
    return render(request, "enquiries/urgent_words.html", everything_to_say())


@cache_control(no_store=True, private=True)
@private
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest, key: str) -> HttpResponse:
    """The confirmation: nothing that the patient wrote is on it."""
    return _about(request, key, "enquiries/enquiry_sent.html")


@cache_control(no_store=True, private=True)
@private
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Ask once, then delete the words. Whoever has the address may do it, as with a letter's tear-off slip."""
    try:
        if request.method == "POST":
            with brief_reads():
                found = _enquiry(key)
            enquiry = submit.withdraw(enquiry=found)
            return HttpResponseRedirect(confirmation_path(enquiry), status=SEE_OTHER)
    except DatabaseError:
        logger.exception("An enquiry could not be withdrawn")
        return _unavailable(request)
    return _about(request, key, "enquiries/enquiry_withdraw.html")


def _about(request: HttpRequest, key: str, template: str) -> HttpResponse:
    try:
        with brief_reads():
            context = _told(_enquiry(key)) | {"key": key}
    except DatabaseError:
        logger.exception("A confirmation cannot be read")
        return _unavailable(request)
    return render(request, template, context)


def _told(enquiry: Enquiry) -> dict[str, object]:
    latest = enquiry.latest_answers().email
    return {
        "is_unmailed": latest not in ("", enquiry.email) and not was_mailed(enquiry, latest),
        "enquiry": enquiry,
        "levels": levels_of(enquiry.latest_answers()),
        "frame": published_pages().read_frame(),
        "reply_by": in_words(enquiry.reply_by_at),
        "changes": [in_words(change.received_at) for change in enquiry.amendments.all()],
    }


def _enquiry(key: str) -> Enquiry:
    enquiry = enquiry_at(key)
    if enquiry is None:
        raise Http404("No enquiry has this address.")
    return enquiry


def _unavailable(request: HttpRequest) -> HttpResponse:
    context = {"frame": SITE.recall().frame}
    response = render(request, "enquiries/unavailable.html", context, status=503)
    response.headers["Retry-After"] = str(AGAIN_IN)
    return response
