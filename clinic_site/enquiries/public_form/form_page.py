"""The form as a page, with the database or without it."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from http import HTTPStatus

from django.db import DatabaseError
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from clinic_site import maintenance
from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.enquiries.form_values import Kind
from clinic_site.enquiries.public_form.form import EnquiryForm, path_of_ours
from clinic_site.enquiries.public_form.page_context import SITE, Surroundings
from clinic_site.enquiries.public_form.request_parsing import OK, TRAP, Arrival
from clinic_site.enquiries.public_form.same_origin import path_here
from clinic_site.enquiries.submission import form_token
from clinic_site.enquiries.submission.form_token import FormPass
from clinic_site.enquiries.submission.submit import Sender
from clinic_site.enquiries.submission.urgency import levels_typed
from clinic_site.enquiries.submission.write_lock import brief_reads
from clinic_site.published.pages import Condition, published_pages

AGAIN_IN = 60  # seconds after which trying again makes sense
UNAVAILABLE, CONFLICT = HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.CONFLICT
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """What stands above the form when it comes back for a reason that lies in no field."""

    title: str
    text: str


NOTICES = {
    HTTPStatus.FORBIDDEN: Notice(
        "Please check your answers and send them again",
        "They came to us from another website, so we did not keep them yet.",
    ),
    HTTPStatus.CONFLICT: Notice(
        "Please send it again",
        "This page was open for a long time, or its enquiry was withdrawn. Your answers are still in the form.",
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Notice(
        "That was too long for us to read", "Please write it again in fewer words, or call us."
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Notice(
        "We could not read your answers", "Please write them in this form, or call us."
    ),
    HTTPStatus.BAD_REQUEST: Notice(
        "We could not read your answers", "Please write them in this form, or call us."
    ),
}


def show_blank(request: HttpRequest, kind: Kind) -> HttpResponse:
    """A form that knows where the patient came from: ?area=knee, ?about=tennis-elbow or the page before this one;
    ?with=anna-lee and ?at=main-street choose a person and a place.

    Where the database did not say what that page is about, it is not waited for a second time.
    """
    about = path_of_ours(request.GET.get("about") or _page_before(request))
    condition, failed = _condition(about)
    areas = request.GET.getlist("area") or (condition.areas if condition else [])
    initial = {"kind": kind, "about": about, "areas": areas, "prefers": "either"}
    arrival = Arrival(EnquiryForm(initial=initial), None, OK, Sender())
    subject = condition.title if condition else _named(areas)
    return show(request, arrival, failed=failed, subject=subject)


def show_again(request: HttpRequest, arrival: Arrival, *, failed: bool = False) -> HttpResponse:
    """A form that cannot be kept as it is; `failed`: the database could not take it, so it is not asked again."""
    condition, failed = (None, True) if failed else _condition(arrival.form.came_from)
    subject = condition.title if condition else ""
    return show(request, arrival, failed=failed, subject=subject)


def show(
    request: HttpRequest, arrival: Arrival, *, failed: bool = False, subject: str = ""
) -> HttpResponse:
    """The form as it arrived, or a blank one; `subject`: what it is about, in words."""
    is_closed, kind = maintenance.is_on(), arrival.form.wants
    try:
        with nullcontext() if failed else brief_reads():
            around = SITE.recall(kind) if failed else SITE.read(kind)
    except DatabaseError:
        logger.exception("The form is shown without the database")
        around, failed = SITE.recall(kind), True
    if around is None:
        raise Http404("The page of the form is not published.")
    status = UNAVAILABLE if failed or is_closed else arrival.status
    context = _context(around, arrival, status) | {"is_closed": is_closed, "subject": subject}
    context |= {
        "person": _wanted(arrival.form["wanted_person"], around.people, request.GET.get("with")),
        "place": _wanted(arrival.form["wanted_place"], around.places, request.GET.get("at")),
    }
    response = render(request, "enquiries/enquiry_form.html", context, status=status)
    if status == UNAVAILABLE:
        response.headers["Retry-After"] = str(AGAIN_IN)
    return response


@dataclass(frozen=True)
class Wanted:
    """A person or a place to choose: the names on offer, and the one that is chosen; "": no preference."""

    field: BoundField
    names: Sequence[str]
    chosen: str


def _wanted(field: BoundField, offered: Sequence[tuple[str, str]], asked: str | None) -> Wanted:
    """What was chosen stands in the list even where it is not on offer any more."""
    chosen = (field.value() if field.form.is_bound else dict(offered).get(asked or "")) or ""
    names = dict.fromkeys(name for _, name in offered)
    return Wanted(field, list(names | dict.fromkeys([chosen] if chosen else [])), chosen)


def _condition(about: str) -> tuple[Condition | None, bool]:
    """The condition of that page, if it is one's; and whether the database failed to say."""
    try:
        with brief_reads():
            return (published_pages().condition(about) if about else None), False
    except DatabaseError:
        logger.exception("The page that a patient came from cannot be read")
        return None, True


def _named(areas: Iterable[str]) -> str:
    return ", ".join(BODY_AREAS[area] for area in areas if area in BODY_AREAS)


def _context(around: Surroundings, arrival: Arrival, status: HTTPStatus) -> dict[str, object]:
    return {
        "page": around.page,
        "frame": around.frame,
        "open_days": around.open_days,
        "form": arrival.form,
        "levels": levels_typed(arrival.form.data),
        "form_pass": arrival.form_pass or _new_pass(around),
        "notice": NOTICES.get(status),
        "is_unavailable": status == UNAVAILABLE,
        "trap": TRAP,
    }


def _new_pass(around: Surroundings) -> FormPass:
    version, wording = around.consent
    return form_token.issue(consent_version=version, consent_wording=wording)


def _page_before(request: HttpRequest) -> str:
    path = path_here(request, request.headers.get("Referer", ""))
    return path.strip("/") if path else ""
