"""Made-up practitioners for tests: the site itself ships none."""

from datetime import date
from typing import Any

from clinic_site.clinic.models import Practitioner
from clinic_site.clinic.practitioner_changes import people_changed
from clinic_site.markup import slugify

ABOUT = "Works with **runners**.\n\nSpeaks [English and French](/faq/)."
REGISTER = "https://register.example.ca/1"

# What a browser sends from the form of a practitioner.
SENT = {
    "name": "A. Sample",
    "title": "Physiotherapist",
    "registration_url": REGISTER,
    "about": ABOUT,
    "position": "0",
    "attendances-TOTAL_FORMS": "0",
    "attendances-INITIAL_FORMS": "0",
}


def practitioner(name: str = "A. Sample", **more: Any) -> Practitioner:
    """Somebody who treats patients, as staff would have added them."""
    told: dict[str, Any] = {
        "title": "Physiotherapist",
        "registration_url": REGISTER,
        "needling_authorised_on": date(2021, 5, 12),
        "about": ABOUT,
    }
    number = Practitioner.objects.count()
    end = slugify(name) + (f"-{number}" if Practitioner.objects.filter(name=name).exists() else "")
    told |= {"slug": end}
    made = Practitioner.objects.create(clinic_id=1, name=name, **told | more)
    people_changed()
    return made
