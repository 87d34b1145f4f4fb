"""Enquiries at given times, and staff who may do given things: the world that the tests of the inbox start from."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.enquiries.models import Enquiry, EnquiryAmendment, EnquiryEvent
from clinic_site.enquiries.submission.reference import new_reference
from tests.staff.people import give_password

DAY = timedelta(days=1)
EVERYTHING = ("view_enquiry", "change_enquiry", "export_enquiry", "erase_enquiry")


def enquiry(name: str = "Ana Sample", *, at: datetime | None = None, **fields: Any) -> Enquiry:
    """An enquiry that came in at `at` (now), to be answered within a day."""
    came = at or timezone.now()
    told: dict[str, Any] = {
        "reference": new_reference(),
        "token": secrets.token_hex(8),
        "name": name,
        "phone": "+16045550142",
        "phone_typed": "604 555 0142",
        "email": "ana@example.ca",
        "areas": ["knee"],
        "message": "It hurts on stairs.",
        "consent_version": "1",
        "consent_wording": "I agree.",
        "consented_at": came,
        "received_at": came,
        "reply_by_at": came + DAY,
    }
    kept = Enquiry.objects.create(**told | fields)
    EnquiryEvent.objects.create(
        enquiry=kept, reference=kept.reference, kind=EnquiryEvent.Kind.RECEIVED, at=came
    )
    return kept


def amend(kept: Enquiry, **changed: Any) -> EnquiryAmendment:
    """The patient sends it again with other answers."""
    answers = kept.latest_answers().as_fields() | changed
    Enquiry.objects.filter(pk=kept.pk).update(version=kept.version + 1)
    EnquiryEvent.objects.create(
        enquiry=kept, reference=kept.reference, kind=EnquiryEvent.Kind.AMENDED
    )
    return EnquiryAmendment.objects.create(enquiry=kept, answers=answers)


def staff(name: str, *codenames: str) -> User:
    """Somebody on the staff with these permissions on enquiries."""
    user = User.objects.create_user(name, first_name=name.capitalize(), is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def signed_in(user: User) -> Client:
    """A browser of theirs."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    give_password(client)
    return client


def address(name: str, *arguments: int) -> str:
    """The path of a page of the inbox."""
    return reverse(f"admin:enquiries_enquiry_{name}", args=arguments)


def kinds(kept: Enquiry) -> list[str]:
    """What the audit says happened to it, oldest first."""
    return list(
        EnquiryEvent.objects.filter(reference=kept.reference).values_list("kind", flat=True)
    )


def handling(kept: Enquiry, **changed: Any) -> dict[str, Any]:
    """The form on its page as a browser sends it."""
    as_shown = {
        "version": kept.version,
        "status": kept.status,
        "assigned_to": kept.assigned_to_id or "",
        "note": "",
    }
    return as_shown | changed
