"""The clinic's own tables as the keys of content/clinic.md, and back.

One form on both sides (`canonical_details`): days and times as text, a weekday without hours left out, no
closures as an empty list. So what the file says and what the tables say can be compared.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from clinic_site.clinic.file_entries import people, places, prices
from clinic_site.clinic.file_schema import CLINIC_SCHEMA
from clinic_site.clinic.models import Clinic
from clinic_site.clinic.phone_numbers import tidy_phone
from clinic_site.clinic.practitioner_changes import people_changed
from clinic_site.pagecache.stamp import pages_changed

THE_CLINIC = 1
MAY_BE_EMPTY = ("practitioners", "prices", "pictures")  # told only where they say something


def canonical_details(details: Mapping[str, Any]) -> dict[str, Any]:
    """The clinic's keys of a front matter (already checked) in the form that `current_details` gives."""
    shown = {
        **{key: details[key].strip() for key in ("name", "email") if key in details},
        **({"phone": tidy_phone(details["phone"])} if "phone" in details else {}),
        "locations": [
            places.canonical_location(place, n)
            for n, place in enumerate(details.get("locations") or (), 1)
        ],
        "closures": sorted(
            (places.canonical_closure(entry) for entry in details.get("closures") or ()),
            key=lambda entry: (entry["from"], entry["to"], entry["reason"], str(entry)),
        ),
        "practitioners": [
            people.canonical(entry, n)
            for n, entry in enumerate(details.get("practitioners") or (), 1)
        ],
        "prices": [prices.canonical(entry) for entry in details.get("prices") or ()],
        "pictures": {key: one for key, one in (details.get("pictures") or {}).items() if one},
    }
    return {key: value for key, value in shown.items() if value or key not in MAY_BE_EMPTY}


def current_details() -> dict[str, Any]:
    """What the tables say now, by the keys of clinic.md; empty before there is a clinic."""
    clinic = Clinic.objects.filter(pk=THE_CLINIC).first()
    if clinic is None:
        return {}
    locations = clinic.locations.prefetch_related("hours").order_by("position", "pk")
    staff = clinic.practitioners.prefetch_related("attendances__location")
    return canonical_details(
        {
            "name": clinic.name,
            "phone": clinic.phone,
            "email": clinic.email,
            "locations": [places.current_location(place) for place in locations],
            "closures": [
                places.current_closure(row) for row in clinic.closures.select_related("location")
            ],
            "practitioners": [people.current(row) for row in staff],
            "prices": [prices.current(row) for row in clinic.prices.all()],
            "pictures": clinic.pictures,
        }
    )


@transaction.atomic
def take_in(*, details: Mapping[str, Any]) -> Clinic:
    """Make the tables say `details` (in the form of `canonical_details`); keys that are not given stay; None is none.

    Rows that say the same stay as they are, so that what points at them keeps its meaning.
    `ValidationError` for a value that its column can't hold.
    """
    details = {key: value for key, value in details.items() if key in CLINIC_SCHEMA.keys}
    plain = {key: details[key] for key in ("name", "phone", "email") if key in details}
    clinic = Clinic.objects.filter(pk=THE_CLINIC).first() or Clinic(pk=THE_CLINIC)
    for key, value in plain.items():
        setattr(clinic, key, value)
    if "pictures" in details:
        clinic.pictures = details["pictures"] or {}
    clinic.clean_fields()
    clinic.save()
    if "locations" in details:
        places.take_in_locations(clinic, details["locations"])
    if "closures" in details:
        places.take_in_closures(clinic, details["closures"] or [])
    if "prices" in details:
        prices.take_in(clinic, details["prices"] or [])
    if "practitioners" in details and people.take_in(clinic, details["practitioners"] or []):
        people_changed()
    pages_changed()
    return clinic
