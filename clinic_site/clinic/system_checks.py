"""`manage.py check --deploy` says when the clinic's details are the sample ones, or its phone cannot be dialled."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from clinic_site.clinic.models import Clinic
from clinic_site.clinic.phones import NotAPhoneNumber, phone_link, read_clinic_phone

SAMPLE_PHONE = "604-555-0142"
SAMPLE_STREET = "100 Sample Street"
SAMPLE_NAMES = ("IMS Dry Needling BC",)
SAMPLE_MAIL = (".example", ".invalid", ".test")


@register(Tags.database, deploy=True)
def real_details(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """clinic.E001 while name, address, phone or e-mail are the sample ones."""
    try:
        clinic = Clinic.objects.prefetch_related("locations").first()
    except DatabaseError:
        return []  # no tables yet: there is nothing that could be served
    samples = sample_details(clinic) if clinic else []
    if not samples:
        return []
    return [
        Error(
            f"Patients would read sample details of the clinic: {', '.join(samples)}.",
            hint="Put the clinic's own in at /admin/clinic/clinic/, or in content/clinic.md.",
            id="clinic.E001",
        )
    ]


@register(Tags.database, deploy=True)
def phone_that_can_be_dialled(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """clinic.E002 while the clinic's number is text that no phone can dial."""
    try:
        clinic = Clinic.objects.first()
    except DatabaseError:
        return []
    try:
        if clinic:
            read_clinic_phone(clinic.phone)
    except NotAPhoneNumber as fault:
        return [
            Error(
                f"Patients cannot tap the clinic's phone number: {fault}.",
                hint="Put it right at /admin/clinic/clinic/, or in content/clinic.md.",
                id="clinic.E002",
            )
        ]
    return []


def sample_details(clinic: Clinic) -> list[str]:
    """Which of its details are still the ones that the site ships with."""
    streets = [place.street for place in clinic.locations.all()]
    domain = clinic.email.rpartition("@")[2].lower()
    found = {
        "the name": clinic.name in SAMPLE_NAMES,
        "the address": SAMPLE_STREET in streets,
        "the phone number": clinic.phone_link == phone_link(SAMPLE_PHONE),
        "the e-mail address": domain.endswith(SAMPLE_MAIL) or domain.startswith("example."),
    }
    return [name for name, is_sample in found.items() if is_sample]
