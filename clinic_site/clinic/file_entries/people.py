"""`practitioners` of content/clinic.md: who treats patients, where and when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.clinic.days import FIRST_WORKING_DAY, LAST_DAY
from clinic_site.clinic.file_entries.checks import (
    keep,
    picture,
    said,
    slug,
    slug_of,
    told_once,
)
from clinic_site.clinic.hours_text import WEEKDAYS
from clinic_site.clinic.models import Attendance, Clinic, Practitioner
from clinic_site.clinic.people_models import LONGEST_LINE
from clinic_site.markup.schema import (
    Schema,
    boolean,
    day,
    list_of,
    one_of,
    optional_text,
    text,
    text_up_to,
)

TEXTS = ("name", "title", "register", "photo", "about")
LISTS = ("training", "languages", "areas")
CAREERS = range(FIRST_WORKING_DAY.year, LAST_DAY.year + 1)


def register(value: object) -> Iterator[str]:
    """An entry in the regulator's public register."""
    if not isinstance(value, str) or not value.startswith("https://") or " " in value.strip():
        yield "write the whole address of their entry in the register, from https:// on"
    elif len(value) > LONGEST_LINE:
        yield f"has {len(value)} characters; write the short address, {LONGEST_LINE} at most"


def working_day(value: object) -> Iterator[str]:
    """A day since which somebody may do something."""
    yield from day(value, years=CAREERS)


AT = Schema({"place": text, "days": list_of(one_of(WEEKDAYS))}, frozenset({"place"}))
PERSON = Schema(
    {
        "name": text_up_to(120),
        "slug": slug,
        "title": text_up_to(120),
        "register": register,
        "needling_authorised_on": working_day,
        "holds_gunn_ims": boolean,
        "training": list_of(text_up_to(LONGEST_LINE)),
        "languages": list_of(text_up_to(LONGEST_LINE)),
        "areas": list_of(one_of(BODY_AREAS)),
        "places": list_of(AT),
        "photo": picture,
        "about": optional_text,
    },
    frozenset({"name", "title", "register"}),
)


def practitioners(value: object) -> Iterator[str]:
    """The people, no two of whom have one address."""
    problems = list(list_of(PERSON)(value))
    yield from problems
    if not problems and isinstance(value, list):
        ends = [{"slug": slug_of(entry, f"person-{n}")} for n, entry in enumerate(value, 1)]
        yield from told_once(ends, "slug", "the address")
        for entry in value:
            yield from told_once(entry.get("places"), "place", f"{entry['name']}: the place")


def canonical(entry: Mapping[str, Any], number: int) -> dict[str, Any]:
    """One person in the form that `current` gives; `number` counts them from 1."""
    told = said(entry, (*TEXTS, *LISTS))
    if entry.get("slug") and entry["slug"] != slug_of({"name": entry["name"]}, f"person-{number}"):
        told["slug"] = entry["slug"]
    if since := entry.get("needling_authorised_on"):
        told["needling_authorised_on"] = (
            since.isoformat() if isinstance(since, date) else str(since)
        )
    if entry.get("holds_gunn_ims"):
        told["holds_gunn_ims"] = True
    if places := [_place(one) for one in entry.get("places") or ()]:
        told["places"] = places
    return told


def current(row: Practitioner) -> dict[str, Any]:
    """What the tables say of one person."""
    return {
        "name": row.name,
        "slug": row.slug,
        "title": row.title,
        "register": row.registration_url,
        "needling_authorised_on": row.needling_authorised_on,
        "holds_gunn_ims": row.holds_gunn_ims,
        "photo": row.photo,
        "about": row.about,
        **{key: getattr(row, key) for key in LISTS},
        "places": [
            {"place": one.location.name, "days": [WEEKDAYS[number] for number in one.weekdays]}
            for one in row.attendances.all()
        ],
    }


def take_in(clinic: Clinic, entries: Sequence[Mapping[str, Any]]) -> bool:
    """Make the tables say these; rows are kept by their address. Whether anything changed."""
    rows = clinic.practitioners.prefetch_related("attendances__location")
    before = [canonical(current(row), n) for n, row in enumerate(rows, 1)]
    if before == list(entries):
        return False
    known = {row.slug: row for row in rows}
    places = {place.name: place for place in clinic.locations.all()}
    for number, entry in enumerate(entries, 1):
        end = slug_of(entry, f"person-{number}")
        row = known.pop(end, None) or Practitioner(clinic=clinic, slug=end)
        _write(row, entry, number - 1)
        row.attendances.all().delete()
        for at in entry.get("places", ()):
            if at["place"] not in places:
                told = f"{row.name}: there is no place “{at['place']}” among the locations"
                raise ValidationError({"practitioners": told})
            days = sorted(WEEKDAYS.index(day) for day in at.get("days", ()))
            place = places[at["place"]]
            Attendance.objects.create(practitioner=row, location=place, weekdays=days)
    Practitioner.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    return True


def _write(row: Practitioner, entry: Mapping[str, Any], position: int) -> None:
    since = entry.get("needling_authorised_on")
    row.position, row.name, row.title = position, entry["name"], entry["title"]
    row.registration_url = entry["register"]
    row.needling_authorised_on = date.fromisoformat(since) if since else None
    row.holds_gunn_ims = entry.get("holds_gunn_ims", False)
    row.photo, row.about = entry.get("photo", ""), entry.get("about", "")
    for key in LISTS:
        setattr(row, key, entry.get(key, []))
    keep(row, "practitioners", row.name)


def _place(entry: Mapping[str, Any]) -> dict[str, Any]:
    days = [name for name in WEEKDAYS if name in (entry.get("days") or ())]
    return {"place": entry["place"].strip()} | ({"days": days} if days else {})
