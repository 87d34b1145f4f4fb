"""What content/clinic.md may say about the clinic, and what follows from it."""

from clinic_site.clinic.file_entries.checks import phone, picture
from clinic_site.clinic.file_entries.people import practitioners
from clinic_site.clinic.file_entries.places import closures, locations
from clinic_site.clinic.file_entries.prices import prices
from clinic_site.clinic.picture_places import PICTURE_PLACES
from clinic_site.markup.schema import Schema, text

CLINIC_SCHEMA = Schema(
    {
        "name": text,
        "phone": phone,
        "email": text,
        "locations": locations,
        "closures": closures,
        "practitioners": practitioners,
        "prices": prices,
        "pictures": Schema(dict.fromkeys(PICTURE_PLACES, picture)),
    },
    frozenset({"name", "phone", "email", "locations"}),
)
