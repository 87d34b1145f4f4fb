"""The clinic and its people as places to lead to: opening hours, address, phone, and each practitioner. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic_site.clinic.models import Clinic, Location
from clinic_site.pages.rendering.practitioners import Person

# What somebody types who looks for one of them, beside the words that stand there.
HOURS = (
    "open",
    "closed",
    "close",
    "closing time",
    "hours",
    "open today",
    "weekend",
    "evening",
    "what days",
)
WAY = (
    "address",
    "location",
    "directions",
    "where are you",
    "map",
    "parking",
    "find us",
    "bus",
    "stairs",
)
REACH = ("phone", "telephone", "phone number", "call", "email", "contact", "reach us")


@dataclass(frozen=True, slots=True)
class Told:
    """One place on a page: under which anchor it stands, what it is called and what it says."""

    anchor: str
    title: str
    names: tuple[str, ...]
    text: str


def told_of_places(clinic: Clinic, locations: list[Location]) -> Iterator[Told]:
    """Hours, address and phone of each location: on the clinic's page, or on its own where there are several."""
    for number, one in enumerate(locations, start=1):
        which = f": {one.name}" if len(locations) > 1 else ""
        anchor, top = f"place-{number}", f"place-{number}"
        if which and one.slug:  # it has a page of its own
            anchor, top = f"{one.slug}/#place", f"{one.slug}/"
        address = f"{one.street}, {one.city}, {one.province} {one.postal_code}."
        way = " ".join(filter(None, (one.note, one.directions, one.parking, one.step_free)))
        yield Told(top, f"Address and parking{which}", WAY, f"{one.name}, {address} {way}".strip())
        yield Told(f"{anchor}-hours", f"Opening hours{which}", HOURS, _week(one))
        text = f"Call {one.phone or clinic.phone}, or write to {one.email or clinic.email}."
        yield Told(f"{anchor}-reach", f"Phone and email{which}", REACH, text)


def told_of(person: Person) -> Told:
    """A practitioner: their own page; one without, under the anchor that stays when the name is put right."""
    told = person.practitioner
    anchor = f"{told.slug}/" if told.slug else person.anchor
    speaks = f"Speaks {', '.join(told.languages)}. " if told.languages else ""
    text = f"{told.title}. {speaks}{person.about.text}".strip()
    return Told(anchor, person.name, (told.title,), text)


def _week(location: Location) -> str:
    days, week = [], location.week()
    if not any(day.spans for day in week):
        return "We have no regular hours here. Call us, and we find a time."
    for day in week:
        spans = ", ".join(
            f"{span.opens:%-I:%M %p} to {span.closes:%-I:%M %p}" for span in day.spans
        )
        days.append(f"{day.name} {spans or 'closed'}")
    return "; ".join(days) + "."
