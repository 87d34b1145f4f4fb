"""`manage.py check --deploy` says when the site still carries its sample details. One query, only then."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from clinic_site.clinic.models import Clinic

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


def sample_details(clinic: Clinic) -> list[str]:
    """Which of its details are still the ones that the site ships with."""
    streets = [place.street for place in clinic.locations.all()]
    domain = clinic.email.rpartition("@")[2].lower()
    found = {
        "the name": clinic.name in SAMPLE_NAMES,
        "the address": SAMPLE_STREET in streets,
        "the phone number": clinic.phone == SAMPLE_PHONE,
        "the e-mail address": domain.endswith(SAMPLE_MAIL) or domain.startswith("example."),
    }
    return [name for name, is_sample in found.items() if is_sample]
