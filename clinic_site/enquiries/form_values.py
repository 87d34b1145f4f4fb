"""What a patient may answer, and one set of answers as a value."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models

MESSAGE_LENGTH, LANGUAGE_LENGTH = 500, 40
WANTED_LENGTH = 120  # of the name of a person or a place


class Kind(models.TextChoices):
    """What somebody wants of the clinic."""

    VISIT = "visit", "A visit"
    QUESTION = "question", "An answer to a question"


class ForWhom(models.TextChoices):
    """Who the visit is for, seen from who writes."""

    ME = "me", "Me"
    CHILD = "child", "My child"
    CARED_FOR = "cared-for", "Somebody I look after"


class Prefers(models.TextChoices):
    """How the patient would like to be reached."""

    EITHER = "either", "Either is fine"
    PHONE = "phone", "Phone"
    EMAIL = "email", "Email"


class Payer(models.TextChoices):
    """Who pays, as far as the patient knows."""

    PLAN = "plan", "A private or extended health plan"
    ICBC = "icbc", "ICBC"
    WORKSAFE = "worksafebc", "WorkSafeBC"
    UNSURE = "unsure", "Someone else, or not sure"


class Day(models.TextChoices):
    """A weekday that suits."""

    MONDAY = "monday", "Monday"
    TUESDAY = "tuesday", "Tuesday"
    WEDNESDAY = "wednesday", "Wednesday"
    THURSDAY = "thursday", "Thursday"
    FRIDAY = "friday", "Friday"
    SATURDAY = "saturday", "Saturday"
    SUNDAY = "sunday", "Sunday"


class DayPart(models.TextChoices):
    """A time of day that suits."""

    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    LATE = "late", "After 4 pm"


@dataclass(frozen=True)
class Answers:
    """One set of answers, checked and tidy; the names are those of Enquiry's fields."""

    name: str
    kind: str = Kind.VISIT.value
    for_whom: str = ""
    language: str = ""
    wanted_person: str = ""  # by name, as the form offered it; "": no preference
    wanted_place: str = ""
    phone: str = ""
    phone_extension: str = ""
    phone_typed: str = ""
    email: str = ""
    prefers: str = Prefers.EITHER.value
    areas: list[str] = field(default_factory=list)
    about: str = ""
    is_returning: bool | None = None
    days: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    payer: str = ""
    message: str = ""

    def as_fields(self) -> dict[str, Any]:
        """By field name, in types that JSON knows."""
        return asdict(self)

    @classmethod
    def from_fields(cls, values: Mapping[str, Any]) -> "Answers":
        """The answers in a mapping that may hold more than answers."""
        return cls(**{name: values[name] for name in cls.__dataclass_fields__ if name in values})
