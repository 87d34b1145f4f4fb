"""The clinic's own tables as the keys of content/clinic.md, and back.

One form on both sides (`canonical_details`): days and times as text, a weekday without hours left out, no
closures as an empty list. So what the file says and what the tables say can be compared.
"""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.db import transaction

from clinic_site.clinic.closures import announce
from clinic_site.clinic.file_schema import CLINIC_SCHEMA, WEEKDAYS
from clinic_site.clinic.models import Clinic, Closure, Hours, Location
from clinic_site.clinic.phone_numbers import tidy_phone
from clinic_site.pagecache.stamp import pages_changed

THE_CLINIC = 1
PLACE = ("name", "street", "city", "province", "postal_code")


def canonical_details(details: Mapping[str, Any]) -> dict[str, Any]:
    """The clinic's keys of a front matter (already checked) in the form that `current_details` gives."""
    return {
        **{key: details[key].strip() for key in ("name", "email") if key in details},
        **({"phone": tidy_phone(details["phone"])} if "phone" in details else {}),
        "locations": [_location(place) for place in details.get("locations") or ()],
        "closures": sorted(
            (_closure(entry) for entry in details.get("closures") or ()),
            key=lambda entry: (entry["from"], entry["to"], entry["reason"]),
        ),
    }


def current_details() -> dict[str, Any]:
    """What the tables say now, by the keys of clinic.md; empty before there is a clinic."""
    clinic = Clinic.objects.filter(pk=THE_CLINIC).first()
    if clinic is None:
        return {}
    places = clinic.locations.prefetch_related("hours").order_by("position", "pk")
    return canonical_details(
        {
            "name": clinic.name,
            "phone": clinic.phone,
            "email": clinic.email,
            "locations": [_told_location(place) for place in places],
            "closures": [
                {"from": entry.starts_on, "to": entry.ends_on, "reason": entry.reason}
                for entry in clinic.closures.all()
            ],
        }
    )


@transaction.atomic
def take_in(*, details: Mapping[str, Any]) -> Clinic:
    """Make the tables say `details` (in the form of `canonical_details`); keys that are not given stay.

    Rows that say the same stay as they are, so that what points at them keeps its meaning.
    `ValidationError` for a value that its column can't hold.
    """
    details = {key: value for key, value in details.items() if key in CLINIC_SCHEMA.keys}
    plain = {key: details[key] for key in ("name", "phone", "email") if key in details}
    clinic = Clinic.objects.filter(pk=THE_CLINIC).first() or Clinic(pk=THE_CLINIC)
    for key, value in plain.items():
        setattr(clinic, key, value)
    clinic.clean_fields()
    clinic.save()
    if "locations" in details:
        _take_in_locations(clinic, details["locations"])
    if "closures" in details:
        _take_in_closures(clinic, details["closures"])
    pages_changed()
    return clinic


def _location(place: Mapping[str, Any]) -> dict[str, Any]:
    week = place.get("hours") or {}
    location: dict[str, Any] = {key: str(place[key]).strip() for key in PLACE}
    for key in ("latitude", "longitude"):
        if place.get(key) is not None:
            location[key] = float(place[key])
    if note := (place.get("note") or "").replace("\r\n", "\n").strip():
        location["note"] = note
    location["hours"] = {day: sorted(week[day]) for day in WEEKDAYS if week.get(day)}
    return location


def _closure(entry: Mapping[str, Any]) -> dict[str, str]:
    days = {key: entry[key] for key in ("from", "to")}
    told = {
        key: day.isoformat() if isinstance(day, date) else str(day) for key, day in days.items()
    }
    return told | {"reason": entry["reason"].strip()}


def _told_location(place: Location) -> dict[str, Any]:
    week: dict[str, list[str]] = {}
    for span in place.hours.all():
        week.setdefault(WEEKDAYS[span.weekday], []).append(
            f"{span.opens:%H:%M}-{span.closes:%H:%M}"
        )
    keys = (*PLACE, "latitude", "longitude", "note")
    return {key: getattr(place, key) for key in keys} | {"hours": week}


def _take_in_locations(clinic: Clinic, places: Sequence[Mapping[str, Any]]) -> None:
    """Rows are kept by their name; those that are no longer told go."""
    known = {place.name: place for place in clinic.locations.all()}
    kept = []
    for position, place in enumerate(places):
        row = known.pop(place["name"], None) or Location(clinic=clinic)
        row.position = position
        for key in PLACE:
            setattr(row, key, place[key])
        row.latitude, row.longitude = place.get("latitude"), place.get("longitude")
        row.note = place.get("note", "")
        row.clean_fields(exclude=["clinic"])
        row.save()
        kept.append(row.pk)
        _take_in_hours(row, place["hours"])
    clinic.locations.exclude(pk__in=kept).delete()


def _take_in_hours(place: Location, week: Mapping[str, Sequence[str]]) -> None:
    place.hours.all().delete()
    for weekday, name in enumerate(WEEKDAYS):
        for span in week.get(name, ()):
            opens, closes = (time.fromisoformat(part) for part in span.split("-"))
            Hours.objects.create(location=place, weekday=weekday, opens=opens, closes=closes)


def _take_in_closures(clinic: Clinic, closures: Sequence[Mapping[str, str]]) -> None:
    wanted = {
        (date.fromisoformat(entry["from"]), date.fromisoformat(entry["to"]), entry["reason"])
        for entry in closures
    }
    for row in clinic.closures.all():
        key = (row.starts_on, row.ends_on, row.reason)
        if key in wanted:
            wanted.remove(key)
        else:
            row.delete()
    for starts_on, ends_on, reason in sorted(wanted):
        row = Closure(clinic=clinic, starts_on=starts_on, ends_on=ends_on, reason=reason)
        row.full_clean(exclude=["clinic"])
        row.save()
        announce(row)
