"""Made-up practitioners for tests: the site itself ships none."""

from datetime import date
from typing import Any

from clinic_site.clinic.models import Practitioner
from clinic_site.clinic.practitioner_changes import people_changed

ABOUT = "Works with **runners**.\n\nSpeaks [English and French](/faq/)."
REGISTER = "https://register.example.ca/1"

# What a browser sends from the form of a practitioner.
SENT = {
    "name": "A. Sample",
    "title": "Physiotherapist",
    "registration_url": REGISTER,
    "about": ABOUT,
    "position": "0",
}


def practitioner(name: str = "A. Sample", **more: Any) -> Practitioner:
    """Somebody who treats patients, as staff would have added them."""
    told = {
        "title": "Physiotherapist",
        "registration_url": REGISTER,
        "needling_authorised_on": date(2021, 5, 12),
        "about": ABOUT,
    }
    made = Practitioner.objects.create(clinic_id=1, name=name, **told | more)
    people_changed()
    return made
