"""The mails of an enquiry: a reference, times and links. Never a word of what the patient wrote."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from functools import reduce
from operator import or_

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from clinic_site.clinic.models import Clinic
from clinic_site.clinic.reply_by import in_words
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.submission.confirmation_links import confirmation_path
from clinic_site.enquiries.submission.mail_limits import (
    digest_key,
    digest_slot,
    first_patient_key,
    patient_key,
    staff_key,
    staff_slot,
)
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.queueing import Mail, queue_mails
from clinic_site.outbox.retention import forget_mail


def tell(*, enquiry: Enquiry, to: str, clinic: Clinic | None, at: datetime, desk: str = "") -> None:
    """Queue the mails to both sides about a new enquiry; about one that looks like spam, the clinic's digest.

    `desk`: where the place that was asked for reads its mail; "" for the clinic's own address.
    """
    if enquiry.is_suspect:
        _tell_of_suspects(clinic, at)
        return
    staff = _for_staff(enquiry, clinic, change=0, due=at, desk=desk)
    patient = [_for_patient(enquiry, to, clinic, first_patient_key(enquiry))] if to else []
    queue_mails([staff, *patient])


def tell_change(
    *,
    enquiry: Enquiry,
    change: int,
    to: str,
    clinic: Clinic | None,
    at: datetime,
    desk: str = "",
) -> None:
    """Queue the mails about the patient's n-th change, as far as mail_limits lets them."""
    if enquiry.is_suspect:
        _tell_of_suspects(clinic, at)
        return
    due = staff_slot(enquiry, change, at)
    staff = [_for_staff(enquiry, clinic, change, due, desk)] if due else []
    queue_mails([*staff, *_to_patient(enquiry, to, clinic, change)])


def tell_patient(*, enquiry: Enquiry, to: str) -> None:
    """Queue the confirmation alone, unless this address has it."""
    queue_mails(_to_patient(enquiry, to, Clinic.objects.first(), change=0))


def send_answer(*, enquiry: Enquiry, number: int, to: str, body: str) -> None:
    """Queue an answer in the words of staff; what the patient writes back reaches the clinic."""
    subject = f"Your {enquiry.noun} {enquiry.reference}"
    answers_to = _clinic_address(Clinic.objects.first())
    key = f"enquiry-{enquiry.reference}-answer-{number}"
    queue_mails([Mail(to, subject, body, "answer", key, reply_to=answers_to)])


def tell_of_closing(*, count: int, closes_at: datetime) -> None:
    """Queue one mail to the clinic: so many enquiries close by themselves on that day."""
    path = f"{reverse('admin:enquiries_enquiry_changelist')}?status=forgotten"
    context = {
        "count": count,
        "day": timezone.localdate(closes_at),
        "link": settings.SITE_URL + path,
    }
    body = render_to_string("emails/closing_for_staff.txt", context)
    key = f"closing-{timezone.localdate(closes_at)}"
    subject = "Enquiries that close by themselves"
    queue_mails([Mail(_clinic_address(Clinic.objects.first()), subject, body, "closing", key)])


def _to_patient(enquiry: Enquiry, to: str, clinic: Clinic | None, change: int) -> list[Mail]:
    key = patient_key(enquiry, to) if to else ""
    return [_for_patient(enquiry, to, clinic, key, change)] if key else []


def _tell_of_suspects(clinic: Clinic | None, at: datetime) -> None:
    """One mail a day, however many there are: who sends them may want the clinic's mailbox full."""
    if due := digest_slot(at):
        inbox = f"{settings.SITE_URL}{reverse('admin:enquiries_enquiry_changelist')}"
        body = render_to_string("emails/suspects_for_staff.txt", {"link": inbox})
        subject = "Enquiries that may be spam"
        queue_mails(
            [Mail(_clinic_address(clinic), subject, body, "suspects", digest_key(due), due)]
        )


def _for_staff(
    enquiry: Enquiry, clinic: Clinic | None, change: int, due: datetime, desk: str = ""
) -> Mail:
    inbox = f"{reverse('admin:index')}enquiries/enquiry/{enquiry.pk}/change/"
    news = "Changed" if change else "New"
    subject = f"{news} {enquiry.noun} {enquiry.reference}"
    return Mail(
        to=_clinic_address(clinic, desk),
        subject=f"Urgent, read now: {subject}" if enquiry.urgency else subject,
        body=_body("staff", enquiry, inbox, change=change),
        purpose="enquiry",
        key=staff_key(enquiry, change),
        due_at=due,
    )


def _for_patient(
    enquiry: Enquiry, to: str, clinic: Clinic | None, key: str, change: int = 0
) -> Mail:
    body = _body("patient", enquiry, confirmation_path(enquiry), change=change, clinic=clinic)
    subject, answers_to = f"Your {enquiry.noun} {enquiry.reference}", _clinic_address(clinic)
    return Mail(to, subject, body, "enquiry", key, reply_to=answers_to)


def _body(side: str, enquiry: Enquiry, path: str, **about: object) -> str:
    context = {
        "reference": enquiry.reference,
        "noun": enquiry.noun,
        "is_urgent": bool(enquiry.urgency),
        "reply_by": in_words(enquiry.reply_by_at),
        "link": f"{settings.SITE_URL}{path}",
    }
    return render_to_string(f"emails/enquiry_for_{side}.txt", context | about)


def forget(*, references: Iterable[str]) -> int:
    """Drop the words of all mails about these enquiries; what still waits is not sent any more. How many."""
    about = reduce(or_, (Q(key__startswith=f"enquiry-{one}-") for one in references), Q(pk__in=[]))
    return forget_mail(keys=OutboundEmail.objects.filter(about).values_list("key", flat=True))


def _clinic_address(clinic: Clinic | None, desk: str = "") -> str:
    """Where the desk or the clinic reads its mail; the site's own address where none is given that works."""
    address = desk or (clinic.email if clinic else "")
    try:
        validate_email(address)
    except ValidationError:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address
