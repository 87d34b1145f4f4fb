"""What content/clinic.md may say about the clinic, and what follows from it."""

import re
from collections.abc import Iterator

from clinic_site.markup.schema import Schema, day, list_of, number, optional_text, text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPAN = re.compile(r"\A([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d\Z")


def span(value: object) -> Iterator[str]:
    """Opening hours of one stretch of a day: "09:00-17:30", the end after the start."""
    if not isinstance(value, str) or not SPAN.match(value):
        yield "write hours as “09:00-17:30”"
    elif value[:5] >= value[6:]:
        yield f"“{value}” ends before it starts"


WEEK = Schema({weekday: list_of(span) for weekday in WEEKDAYS})
LOCATION = Schema(
    {
        "name": text,
        "street": text,
        "city": text,
        "province": text,
        "postal_code": text,
        "latitude": number,
        "longitude": number,
        "note": optional_text,
        "hours": WEEK,
    },
    frozenset({"name", "street", "city", "province", "postal_code", "hours"}),
)
CLOSURE = Schema({"from": day, "to": day, "reason": text}, frozenset({"from", "to", "reason"}))
CLINIC_SCHEMA = Schema(
    {
        "name": text,
        "phone": text,
        "email": text,
        "locations": list_of(LOCATION, fewest=1),
        "closures": list_of(CLOSURE),
    },
    frozenset({"name", "phone", "email", "locations"}),
)


def phone_link(phone: str) -> str:
    """A North American phone number as a link's address: tel:+16045550123."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return f"tel:+{digits if len(digits) > 10 else '1' + digits}"
