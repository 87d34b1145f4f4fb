"""The mails of an enquiry: a reference, times and links. Never a word of what the patient wrote."""

from collections.abc import Iterable
from email.utils import parseaddr
from functools import reduce
from operator import or_

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from clinic_site.clinic.hours import in_words
from clinic_site.clinic.models import Clinic
from clinic_site.enquiries.addresses import confirmation_path
from clinic_site.enquiries.models import Enquiry
from clinic_site.outbox.forgetting import forget_mail
from clinic_site.outbox.models import OutboundEmail
from clinic_site.outbox.queueing import queue_mail


def tell_staff(*, enquiry: Enquiry, clinic: Clinic | None, change: int = 0) -> None:
    """Queue the clinic's mail: new enquiry (change 0), or the patient's n-th change of it."""
    inbox = f"{reverse('admin:index')}enquiries/enquiry/{enquiry.pk}/change/"
    _queue(
        to=_clinic_address(clinic),
        subject=f"{'Changed' if change else 'New'} enquiry {enquiry.reference}",
        template="emails/enquiry_for_staff.txt",
        about={
            "change": change,
            "reference": enquiry.reference,
            "reply_by": in_words(enquiry.reply_by_at),
            "link": f"{settings.SITE_URL}{inbox}",
        },
        key=f"enquiry-{enquiry.reference}-staff-{change}",
    )


def tell_patient(*, enquiry: Enquiry, to: str, clinic: Clinic | None, change: int = 0) -> None:
    """Queue the confirmation for the patient; nothing without an address, or where a robot may have given it."""
    if not to or enquiry.is_suspect:
        return
    _queue(
        to=to,
        subject=f"Your enquiry {enquiry.reference}",
        template="emails/enquiry_for_patient.txt",
        about={
            "change": change,
            "reference": enquiry.reference,
            "reply_by": in_words(enquiry.reply_by_at),
            "link": f"{settings.SITE_URL}{confirmation_path(enquiry)}",
            "clinic": clinic,
        },
        key=f"enquiry-{enquiry.reference}-patient-{change}",
    )


def forget(*, references: Iterable[str]) -> int:
    """Drop the words of all mails about these enquiries; what still waits is not sent any more. How many."""
    about = reduce(or_, (Q(key__startswith=f"enquiry-{one}-") for one in references), Q(pk__in=[]))
    return forget_mail(keys=OutboundEmail.objects.filter(about).values_list("key", flat=True))


def _clinic_address(clinic: Clinic | None) -> str:
    """Where the clinic reads its mail; the site's own address where it has given none that works."""
    address = clinic.email if clinic else ""
    try:
        validate_email(address)
    except ValidationError:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address


def _queue(*, to: str, subject: str, template: str, about: dict[str, object], key: str) -> None:
    body = render_to_string(template, about)
    queue_mail(to=to, subject=subject, body=body, purpose="enquiry", key=key)
