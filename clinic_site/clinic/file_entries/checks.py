"""What several lists of content/clinic.md may say: numbers to call, hours, addresses, pictures."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from clinic_site.clinic.hours_text import NotHours, first_overlap, read_span
from clinic_site.clinic.phone_numbers import NotAPhoneNumber, read_clinic_phone
from clinic_site.markup import slugify
from clinic_site.markup.schema import list_of, text

_SLUG = re.compile(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_PICTURE = re.compile(r"\Aimage:[1-9][0-9]{0,8}\Z")
LONGEST_SLUG = 60


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
    """Opening hours of one stretch of a day: "09:00-17:30", "9am-5:30pm", the end after the start."""
    try:
        read_span(value if isinstance(value, str) else "")
    except NotHours as fault:
        yield str(fault)


def day_hours(value: object) -> Iterator[str]:
    """The stretches of one day, none of which begins before the one before it has ended."""
    problems = list(list_of(span)(value))
    yield from problems
    spans = value if not problems and isinstance(value, list) else []
    if found := first_overlap(read_span(one) for one in spans):
        first, second = (f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in found)
        yield f"“{first}” and “{second}” overlap; write one stretch, or put the times right"


def slug(value: object) -> Iterator[str]:
    """The end of an address: "anna-lee"."""
    if not isinstance(value, str) or not _SLUG.match(value) or len(value) > LONGEST_SLUG:
        yield f"write small letters, digits and single hyphens, {LONGEST_SLUG} at most: anna-lee"


def picture(value: object) -> Iterator[str]:
    """A picture of the image library."""
    if not isinstance(value, str) or not _PICTURE.match(value):
        yield "write a picture of the library by its number, such as image:12"


def told_once(value: object, key: str, what: str) -> Iterator[str]:
    """A sentence for each entry of a list of mappings that says the same under `key` as one before it."""
    seen: set[str] = set()
    for entry in value if isinstance(value, list) else ():
        said = _plain(entry, key)
        if said and said in seen:
            yield f"{what} “{said}” stands twice; keep one of the two"
        seen.add(said)


def slug_of(entry: Mapping[str, Any], otherwise: str) -> str:
    """The end of the address of an entry: as it says, or from its name; `otherwise` where no letter of it is Latin."""
    return str(entry.get("slug") or slugify(entry["name"])[:LONGEST_SLUG].strip("-") or otherwise)


def said(entry: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Those of the texts and lists that say something, texts without white space around them."""
    found = {key: entry.get(key) for key in keys}
    tidy = {
        key: value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
        for key, value in found.items()
    }
    return {key: value for key, value in tidy.items() if value}


def keep(row: Model, key: str, name: str) -> None:
    """Save a row of the list under `key`; ValidationError under that key, with the name of the entry, for a value
    that its column can't hold."""
    try:
        row.clean_fields(exclude=["clinic"])
    except ValidationError as fault:
        problems = fault.message_dict.items()
        said = [f"{name}: {column}: {one}" for column, told in problems for one in told]
        raise ValidationError({key: said}) from None
    row.save()


def _plain(entry: object, key: str) -> str:
    value = entry.get(key) if isinstance(entry, Mapping) else None
    return value.strip() if isinstance(value, str) else ""
