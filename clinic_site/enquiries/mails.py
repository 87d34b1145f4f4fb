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
from clinic_site.outbox.queueing import Mail, queue_mails


def tell(*, enquiry: Enquiry, to: str, clinic: Clinic | None, change: int = 0) -> None:
    """Queue the mails to both sides: of a new enquiry (change 0), or of the patient's n-th change of it."""
    staff, patient = _for_staff(enquiry, clinic, change), _for_patient(enquiry, to, clinic, change)
    queue_mails([staff, *patient])


def tell_patient(*, enquiry: Enquiry, to: str, clinic: Clinic | None) -> None:
    """Queue the confirmation alone."""
    queue_mails(_for_patient(enquiry, to, clinic, change=0))


def _for_staff(enquiry: Enquiry, clinic: Clinic | None, change: int) -> Mail:
    inbox = f"{reverse('admin:index')}enquiries/enquiry/{enquiry.pk}/change/"
    kind = "Changed" if change else "New"
    subject = f"{kind} enquiry {enquiry.reference}"
    return Mail(
        to=_clinic_address(clinic),
        subject=f"Urgent, read now: {subject}" if enquiry.urgency else subject,
        body=_body("staff", enquiry, inbox, change=change),
        purpose="enquiry",
        key=f"enquiry-{enquiry.reference}-staff-{change}",
    )


def _for_patient(enquiry: Enquiry, to: str, clinic: Clinic | None, change: int) -> list[Mail]:
    """The confirmation; none without an address, or where a robot may have given it."""
    if not to or enquiry.is_suspect:
        return []
    body = _body("patient", enquiry, confirmation_path(enquiry), change=change, clinic=clinic)
    key = f"enquiry-{enquiry.reference}-patient-{change}"
    return [Mail(to, f"Your enquiry {enquiry.reference}", body, "enquiry", key)]


def _body(side: str, enquiry: Enquiry, path: str, **about: object) -> str:
    told = {
        "reference": enquiry.reference,
        "is_urgent": bool(enquiry.urgency),
        "reply_by": in_words(enquiry.reply_by_at),
        "link": f"{settings.SITE_URL}{path}",
    }
    return render_to_string(f"emails/enquiry_for_{side}.txt", told | about)


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
