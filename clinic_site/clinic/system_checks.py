"""`manage.py check --deploy` says when the clinic's details are the sample ones, or its phone cannot be dialled."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from clinic_site.clinic.models import Clinic
from clinic_site.clinic.phone_numbers import NotAPhoneNumber, read_clinic_phone
from clinic_site.clinic.sample import SAMPLE_STREET, has_sample_name, is_made_up

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
            hint="Put the clinic's own in at /admin/clinic/clinic/, or in clinic.md. With the sample's name or phone"
            " number every page says that the site is a sample, and search engines are asked to stay away.",
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
        "the name": has_sample_name(clinic.name),
        "the address": SAMPLE_STREET in streets,
        "the phone number": is_made_up(clinic.phone),
        "the e-mail address": domain.endswith(SAMPLE_MAIL) or domain.startswith("example."),
    }
    return [name for name, is_sample in found.items() if is_sample]
