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
    """Hours, address and phone of each location, under the anchors that the page about the clinic has for them."""
    for number, one in enumerate(locations, start=1):
        which = f": {one.name}" if len(locations) > 1 else ""
        anchor = f"place-{number}"
        address = f"{one.street}, {one.city}, {one.province} {one.postal_code}."
        yield Told(anchor, f"Address and parking{which}", WAY, f"{one.name}, {address} {one.note}")
        yield Told(f"{anchor}-hours", f"Opening hours{which}", HOURS, _week(one))
        text = f"Call {clinic.phone}, or write to {clinic.email}."
        yield Told(f"{anchor}-reach", f"Phone and email{which}", REACH, text)


def told_of(person: Person) -> Told:
    """A practitioner, under the anchor that stays when the name is put right."""
    title = person.practitioner.title
    return Told(person.anchor, person.name, (title,), f"{title}. {person.about.text}".strip())


def _week(location: Location) -> str:
    days = []
    for day in location.week():
        spans = ", ".join(
            f"{span.opens:%-I:%M %p} to {span.closes:%-I:%M %p}" for span in day.spans
        )
        days.append(f"{day.name} {spans or 'closed'}")
    return "; ".join(days) + "."
