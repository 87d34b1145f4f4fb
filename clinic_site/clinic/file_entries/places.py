"""`locations` and `closures` of content/clinic.md: where patients are seen, and when not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from clinic_site.clinic.closures import announce
from clinic_site.clinic.file_entries.checks import (
    day_hours,
    keep,
    phone,
    picture,
    said,
    slug,
    slug_of,
    told_once,
)
from clinic_site.clinic.hours_text import WEEKDAYS, read_span, tidy_span
from clinic_site.clinic.models import Clinic, Closure, Hours, Location
from clinic_site.clinic.people_models import LONGEST_LINE
from clinic_site.clinic.phone_numbers import tidy_phone
from clinic_site.markup.schema import (
    Schema,
    day,
    list_of,
    number,
    optional_text,
    text,
    text_up_to,
)

ADDRESS = ("name", "street", "city", "province", "postal_code")
TEXTS = ("email", "directions", "parking", "step_free", "sketch", "note")
HOME = "CA"
_COUNTRY = re.compile(r"\A[A-Z]{2}\Z")


def country(value: object) -> Iterator[str]:
    """A country by its two letters (ISO 3166)."""
    if not isinstance(value, str) or not _COUNTRY.match(value):
        yield "write the two capital letters of the country, such as CA"


WEEK = Schema(dict.fromkeys(WEEKDAYS, day_hours))
LOCATION = Schema(
    {
        **dict.fromkeys(ADDRESS, text),
        "country": country,
        "slug": slug,
        "phone": phone,
        "email": text,
        "latitude": number,
        "longitude": number,
        "directions": optional_text,
        "parking": optional_text,
        "step_free": optional_text,
        "languages": list_of(text_up_to(LONGEST_LINE)),
        "sketch": picture,
        "note": optional_text,
        "hours": WEEK,
    },
    frozenset({*ADDRESS, "hours"}),
)
CLOSURE = Schema(
    {"from": day, "to": day, "reason": text, "place": text}, frozenset({"from", "to", "reason"})
)


def locations(value: object) -> Iterator[str]:
    """The places, no two of which have one name or one address on the site."""
    problems = list(list_of(LOCATION, fewest=1)(value))
    yield from problems
    if not problems and isinstance(value, list):
        yield from told_once(value, "name", "the place")
        ends = [{"slug": slug_of(entry, f"place-{n}")} for n, entry in enumerate(value, 1)]
        yield from told_once(ends, "slug", "the address")
        for entry in value:
            yield from point(entry)


def point(entry: Mapping[str, Any]) -> Iterator[str]:
    """A place's point on the map: both its numbers, on the globe, or neither."""
    latitude, longitude = entry.get("latitude"), entry.get("longitude")
    if (latitude is None) != (longitude is None):
        yield f"{entry['name']}: give both latitude and longitude, or neither"
    if latitude is not None and not -90 <= latitude <= 90:
        yield f"{entry['name']}: a latitude is between -90 and 90"
    if longitude is not None and not -180 <= longitude <= 180:
        yield f"{entry['name']}: a longitude is between -180 and 180"


def closures(value: object) -> Iterator[str]:
    """Days on which the clinic, or a place, is closed, each stretch of them told once."""
    problems = list(list_of(CLOSURE)(value))
    yield from problems
    told: dict[str, list[tuple[str, str]]] = {}
    for place, entry in enumerate(value if not problems and isinstance(value, list) else (), 1):
        days, where = (str(entry["from"]), str(entry["to"])), str(entry.get("place") or "").strip()
        if days[1] < days[0]:
            yield f"entry {place}: “to” is before “from”; put the days right"
        if days in told.setdefault(where, []):
            yield f"entry {place}: {days[0]} to {days[1]} is told twice; keep one of the two"
        elif other := next((one for one in told[where] if _share_a_day(one, days)), None):
            yield (
                f"entry {place}: {days[0]} to {days[1]} and {other[0]} to {other[1]} share days;"
                " write one of the two, or put the days right"
            )
        told[where].append(days)


def _share_a_day(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two stretches of days, both ends included, have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def canonical_location(place: Mapping[str, Any], n: int) -> dict[str, Any]:
    """One place in the form that `current_location` gives; `n` counts them from 1."""
    week = place.get("hours") or {}
    told: dict[str, Any] = {key: str(place[key]).strip() for key in ADDRESS}
    if (place.get("country") or HOME) != HOME:
        told["country"] = place["country"]
    if place.get("slug") and place["slug"] != slug_of({"name": told["name"]}, f"place-{n}"):
        told["slug"] = place["slug"]
    if place.get("phone"):
        told["phone"] = tidy_phone(place["phone"])
    for key in ("latitude", "longitude"):
        if place.get(key) is not None:
            told[key] = float(place[key])
    told |= said(place, (*TEXTS, "languages"))
    told["hours"] = {day: sorted(map(tidy_span, week[day])) for day in WEEKDAYS if week.get(day)}
    return told


def current_location(place: Location) -> dict[str, Any]:
    """What the tables say of one place."""
    week: dict[str, list[str]] = {}
    for span in place.hours.all():
        week.setdefault(WEEKDAYS[span.weekday], []).append(
            f"{span.opens:%H:%M}-{span.closes:%H:%M}"
        )
    keys = (*ADDRESS, "country", "slug", "phone", "latitude", "longitude", *TEXTS, "languages")
    return {key: getattr(place, key) for key in keys} | {"hours": week}


def canonical_closure(entry: Mapping[str, Any]) -> dict[str, str]:
    """One closure in the form that `current_closure` gives."""
    days = {key: entry[key] for key in ("from", "to")}
    told = {
        key: day.isoformat() if isinstance(day, date) else str(day) for key, day in days.items()
    }
    place = (entry.get("place") or "").strip()
    return told | {"reason": entry["reason"].strip()} | ({"place": place} if place else {})


def current_closure(row: Closure) -> dict[str, Any]:
    """What the table says of one closure."""
    place = row.location.name if row.location else ""
    return {"from": row.starts_on, "to": row.ends_on, "reason": row.reason, "place": place}


def take_in_locations(clinic: Clinic, places: Sequence[Mapping[str, Any]]) -> None:
    """Rows are kept by their address on the site; those that are no longer told go."""
    told = {slug_of(place, f"place-{n}"): place for n, place in enumerate(places, 1)}
    clinic.locations.exclude(slug__in=told).delete()
    known = {row.slug: row for row in clinic.locations.all()}
    for row in known.values():
        if row.name != told[row.slug]["name"]:  # two may trade names
            clinic.locations.filter(pk=row.pk).update(name=f"{row.pk} takes another name")
    for position, (end, place) in enumerate(told.items()):
        row = known.get(end) or Location(clinic=clinic, slug=end)
        row.position, row.country = position, place.get("country", HOME)
        for key in ADDRESS:
            setattr(row, key, place[key])
        for key in ("phone", *TEXTS):
            setattr(row, key, place.get(key, ""))
        row.latitude, row.longitude = place.get("latitude"), place.get("longitude")
        row.languages = place.get("languages", [])
        keep(row, "locations", row.name)
        _take_in_hours(row, place["hours"])


def take_in_closures(clinic: Clinic, closures: Sequence[Mapping[str, str]]) -> None:
    """Rows that say the same stay; closures of a place that is not there are refused."""
    places = {place.name: place.pk for place in clinic.locations.all()}
    for entry in closures:
        if entry.get("place", "") not in ("", *places):
            raise ValidationError(
                {"closures": f"there is no place “{entry['place']}” among the locations"}
            )
    wanted = {
        (
            date.fromisoformat(entry["from"]),
            date.fromisoformat(entry["to"]),
            entry["reason"],
            places.get(entry.get("place", "")),
        )
        for entry in closures
    }
    for row in clinic.closures.all():
        key = (row.starts_on, row.ends_on, row.reason, row.location_id)
        if key in wanted:
            wanted.remove(key)
        else:
            row.delete()
    for starts_on, ends_on, reason, place_id in sorted(wanted, key=repr):
        days = {"starts_on": starts_on, "ends_on": ends_on}
        row = Closure(clinic=clinic, reason=reason, location_id=place_id, **days)
        row.full_clean(exclude=["clinic"])
        row.save()
        announce(row)


def _take_in_hours(place: Location, week: Mapping[str, Sequence[str]]) -> None:
    place.hours.all().delete()
    for weekday, name in enumerate(WEEKDAYS):
        for span in week.get(name, ()):
            opens, closes = read_span(span)
            Hours.objects.create(location=place, weekday=weekday, opens=opens, closes=closes)
