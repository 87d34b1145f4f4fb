"""A made-up clinic that has everything: three people, two places, a closure, six pictures, prices."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from clinic_site.clinic.file_mapping import canonical_details, take_in
from clinic_site.images.actions import upload
from tests.images.making import jpeg

WEEK = {day: ["9am-5:30pm"] for day in ("monday", "tuesday", "wednesday", "thursday")}
SHOWN = ("entrance", "room", "table", "needle", "sketch", "photo")

PLAIN = {
    "name": "Birch Lane Physio",
    "phone": "604-736-2101",
    "email": "desk@birchlane.ca",
    "prices": [
        {"visit": "First visit", "minutes": 60, "price": 140, "included": "Assessment and care"},
        {"visit": "Later visit", "minutes": 30, "price": 95.5},
    ],
}
MAIN = {
    "name": "Main Street",
    "street": "2100 Main Street #200",
    "city": "Vancouver",
    "province": "BC",
    "postal_code": "V5T 3C5",
    "latitude": 49.2655,
    "longitude": -123.1007,
    "directions": "Two doors north of the library.\n\nBuses 3 and 19 stop in front.",
    "parking": "Two hours on the street, paid by phone.",
    "step_free": "A ramp and a door that opens by button. The lift goes to floor 2.",
    "languages": ["English", "Punjabi"],
    "hours": WEEK | {"friday": ["09:00-12:00", "13:00-16:00"]},
}
HARBOUR = {
    "name": "Harbour",
    "street": "8 Quay Road",
    "city": "North Vancouver",
    "province": "BC",
    "postal_code": "V7M 1A5",
    "phone": "604-736-2155 ext. 4",
    "email": "harbour@birchlane.ca",
    "hours": {"saturday": ["10:00-14:00"]},
}
ANNA = {
    "name": "Anna Lee",
    "title": "Physiotherapist",
    "register": "https://register.example.ca/1",
    "needling_authorised_on": "2021-05-12",
    "holds_gunn_ims": True,
    "training": ["Master of Physical Therapy, 2015"],
    "languages": ["English", "Korean"],
    "areas": ["shoulder", "knee"],
    "places": [
        {"place": "Main Street", "days": ["monday", "tuesday"]},
        {"place": "Harbour", "days": ["saturday"]},
    ],
    "about": "Works with **runners** and people who lift.",
}
BARTHOLOMEW = {
    "name": "Bartholomew Constantinopoulos-Featherstonehaugh",
    "title": "Physiotherapist",
    "register": "https://register.example.ca/2",
    "areas": ["back"],
    "places": [{"place": "Main Street"}],
}
CHEN = {
    "name": "Chen Wei",
    "title": "Physiotherapist",
    "register": "https://register.example.ca/3",
    "needling_authorised_on": "2019-01-02",
    "languages": ["Mandarin"],
}


def details(pictures: dict[str, str], day: date) -> dict[str, Any]:
    """What clinic.md would say of it."""
    return PLAIN | {
        "locations": [MAIN | {"sketch": pictures["sketch"]}, HARBOUR],
        "closures": [
            {
                "from": day + timedelta(days=3),
                "to": day + timedelta(days=9),
                "reason": "New floors",
                "place": "Harbour",
            }
        ],
        "practitioners": [ANNA | {"photo": pictures["photo"]}, BARTHOLOMEW, CHEN],
        "pictures": {key: pictures[key] for key in ("entrance", "room", "table", "needle")},
    }


def open_the_clinic() -> dict[str, Any]:
    """Have the tables say all of it, with pictures in the library; what they were told."""
    by, _ = User.objects.get_or_create(username="photographer")
    pictures = {
        shown: upload(
            data=jpeg(900, 600 + number), alt=f"What the {shown} looks like", by=by
        ).source
        for number, shown in enumerate(SHOWN)
    }
    told = canonical_details(details(pictures, timezone.localdate()))
    take_in(details=told)
    return told
