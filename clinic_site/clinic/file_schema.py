"""What content/clinic.md may say about the clinic, and what follows from it."""

import re
from collections.abc import Iterable, Iterator
from datetime import time
from itertools import pairwise
from typing import TypeVar

from clinic_site.clinic.phone_numbers import NotAPhoneNumber, read_clinic_phone
from clinic_site.markup.schema import Schema, day, list_of, number, optional_text, text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
T = TypeVar("T", str, time)
SPAN = re.compile(r"\A([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d\Z")


def phone(value: object) -> Iterator[str]:
    """The number that patients call, as they read it: "604-555-0123", "604-555-0123 ext. 5"."""
    if not isinstance(value, str):
        yield from text(value)
        return
    try:
        read_clinic_phone(value)
    except NotAPhoneNumber as fault:
        yield str(fault)


def span(value: object) -> Iterator[str]:
    """Opening hours of one stretch of a day: "09:00-17:30", the end after the start."""
    if not isinstance(value, str) or not SPAN.match(value):
        yield "write hours as “09:00-17:30”"
    elif value[:5] >= value[6:]:
        yield f"“{value}” ends before it starts"


def day_hours(value: object) -> Iterator[str]:
    """The stretches of one day, none of which begins before the one before it has ended."""
    problems = list(list_of(span)(value))
    yield from problems
    spans = value if not problems and isinstance(value, list) else []
    if found := first_overlap((one[:5], one[6:]) for one in spans):
        first, second = ("-".join(one) for one in found)
        yield f"“{first}” and “{second}” overlap; write one stretch, or put the times right"


def first_overlap(spans: Iterable[tuple[T, T]]) -> tuple[tuple[T, T], tuple[T, T]] | None:
    """Two of the stretches (start, end) that share some time; None where each ends before the next begins."""
    in_order = sorted(spans, key=lambda one: one[0])
    return next((two for two in pairwise(in_order) if two[1][0] < two[0][1]), None)


def closures(value: object) -> Iterator[str]:
    """Days on which the clinic is closed, each stretch of them told once."""
    problems = list(list_of(CLOSURE)(value))
    yield from problems
    seen: set[tuple[str, str]] = set()
    for place, entry in enumerate(value if not problems and isinstance(value, list) else (), 1):
        days = (str(entry["from"]), str(entry["to"]))
        if days[1] < days[0]:
            yield f"entry {place}: “to” is before “from”; put the days right"
        if days in seen:
            yield f"entry {place}: {days[0]} to {days[1]} is told twice; keep one of the two"
        seen.add(days)


WEEK = Schema(dict.fromkeys(WEEKDAYS, day_hours))
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
        "phone": phone,
        "email": text,
        "locations": list_of(LOCATION, fewest=1),
        "closures": closures,
    },
    frozenset({"name", "phone", "email", "locations"}),
)
