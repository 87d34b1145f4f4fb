"""What a browser sends to the form: read, or refused with the HTTP status that says why. Never an exception."""

from dataclasses import dataclass, replace
from http import HTTPStatus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.request import UnreadablePostError

from clinic_site.enquiries.form_values import Kind
from clinic_site.enquiries.public_form.form import EnquiryForm
from clinic_site.enquiries.public_form.same_origin import comes_from_us
from clinic_site.enquiries.submission import form_token
from clinic_site.enquiries.submission.form_token import FormPass
from clinic_site.enquiries.submission.spam import Suspicion, address_hash
from clinic_site.enquiries.submission.submit import Sender
from clinic_site.typed_text import UNREADABLE

LARGEST = 64 * 1024  # bytes; the fields at their longest take a tenth of it
FORM_TYPE = "application/x-www-form-urlencoded"
READ = 4000  # characters of an answer that spam is judged by: eight times what is kept
TRAP = "homepage"
OK = HTTPStatus.OK


@dataclass(frozen=True)
class Arrival:
    """A form as it came in. `form_pass` is None where it has none of ours; `status` tells what to answer.

    OK: it can be kept. Otherwise the form is shown again with everything typed, as far as it could be read.
    """

    form: EnquiryForm
    form_pass: FormPass | None
    status: HTTPStatus
    sender: Sender

    def refused(self, status: HTTPStatus) -> "Arrival":
        """The same, with an answer that asks for a fresh form."""
        return replace(self, form_pass=None, status=status)


def read_arrival(request: HttpRequest, kind: Kind) -> Arrival:
    """The form in a POST request to the address of that kind."""
    data, status = _read_fields(request)
    if data is None:
        return Arrival(EnquiryForm(initial={"kind": kind}), None, status, Sender())
    data["kind"] = kind.value
    form, known = EnquiryForm(data), form_token.read(data.get("form", ""))
    text = " ".join(data.get(name, "")[:READ] for name in ("name", "message"))
    age = known.age() if known else 0.0
    sender = Sender(address_hash(request.META), Suspicion(data.get(TRAP, ""), age, text))
    return Arrival(form, known, _status(request, form, known), sender)


def _status(request: HttpRequest, form: EnquiryForm, known: FormPass | None) -> HTTPStatus:
    if not comes_from_us(request):
        return HTTPStatus.FORBIDDEN
    if not form.is_ready:
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return OK if known else HTTPStatus.CONFLICT


def _read_fields(request: HttpRequest) -> tuple[QueryDict | None, HTTPStatus]:
    if request.content_type != FORM_TYPE:
        return None, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        return None, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    try:
        data = request.POST.copy()
    except (BadRequest, SuspiciousOperation, UnreadablePostError, LookupError, ValueError):
        return None, HTTPStatus.BAD_REQUEST
    for name, values in data.lists():
        data.setlist(name, [value.replace("\x00", UNREADABLE) for value in values])
    return data, OK
