"""Enquiries in words for staff: people, spans of time, answers as labels, lines of the audit. Values in, text out."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import phonenumbers

from clinic_site.clinic.body_areas import BODY_AREAS
from clinic_site.enquiries.form_values import Answers, Day, DayPart, ForWhom, Kind, Payer, Prefers
from clinic_site.enquiries.models import Enquiry, EnquiryEvent

LABELS = {
    "kind": "They want",
    "name": "Name",
    "phone": "Phone",
    "email": "Email",
    "prefers": "Prefers",
    "for_whom": "Who it is for",
    "wanted_person": "Would like to see",
    "wanted_place": "At which place",
    "language": "Language they prefer",
    "areas": "Where it hurts",
    "message": "In their words",
    "is_returning": "Been here before",
    "days": "Days that suit",
    "times": "Times that suit",
    "payer": "Who pays",
    "about": "Came from the page",
}
DEEDS = {
    "received": "sent it",
    "amended": "changed their answers",
    "withdrawn": "withdrew it",
    "viewed": "looked at it",
    "changed": "changed it",
    "exported": "exported it",
    "deleted": "deleted it",
}
TAKEN = {"received": "took it down by phone", "amended": "took down changes by phone"}
REACHED = {"call": "called", "email": "wrote in their mail program", "site": "sent an answer"}
GONE_BECAUSE = {
    "asked": "erased the words",
    "closed": "deleted it, closed long enough ago",
    "spam": "deleted it as spam",
}
RETURNING = {True: "Yes", False: "No, first visit", None: ""}


def person(user: Any) -> str:
    """A member of staff by name, or by user name."""
    return user.get_full_name() or user.get_username() if user else "Somebody who left"


def span(length: timedelta) -> str:
    """A length of time in one unit: "1 minute", "3 hours", "2 days"."""
    minutes = int(abs(length).total_seconds() // 60)
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago: "3 hours ago", "just now"."""
    return f"{span(now - moment)} ago" if now - moment >= timedelta(minutes=1) else "just now"


def phone_words(number: str, extension: str = "") -> str:
    """A number as people here read it: (604) 555-0142, or +44 20 7946 0958; never starting with a sign for sheets."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    is_ours = parsed.country_code == 1
    style = phonenumbers.PhoneNumberFormat
    text = phonenumbers.format_number(parsed, style.NATIONAL if is_ours else style.INTERNATIONAL)
    return f"{text} ext. {extension}" if extension else text


def answer_words(answers: Answers) -> dict[str, str]:
    """Every answer as a label, by field name; "" where nothing was said."""
    return {
        "kind": _label(Kind, answers.kind),
        "name": answers.name,
        "phone": phone_words(answers.phone, answers.phone_extension) if answers.phone else "",
        "email": answers.email,
        "prefers": _label(Prefers, answers.prefers),
        "wanted_person": answers.wanted_person,
        "wanted_place": answers.wanted_place,
        "for_whom": _label(ForWhom, answers.for_whom),
        "language": answers.language,
        "areas": ", ".join(BODY_AREAS.get(area, area) for area in answers.areas),
        "message": answers.message,
        "is_returning": RETURNING[answers.is_returning],
        "days": ", ".join(_label(Day, day) for day in answers.days),
        "times": ", ".join(_label(DayPart, part) for part in answers.times),
        "payer": _label(Payer, answers.payer),
        "about": answers.about,
    }


def answer_rows(answers: Answers) -> list[tuple[str, str, str]]:
    """(field, label, words) of everything that was answered, in the order in which staff read it."""
    words = answer_words(answers)
    return [(name, label, words[name]) for name, label in LABELS.items() if words[name]]


def differences(before: Answers, after: Answers) -> list[tuple[str, str, str]]:
    """(label, before, after) of every answer that changed."""
    old, new = answer_words(before), answer_words(after)
    return [
        (label, old[name], new[name]) for name, label in LABELS.items() if old[name] != new[name]
    ]


def event_words(event: EnquiryEvent, people: Mapping[int, str]) -> str:
    """What happened, to be read after who: "set it from New to Contacted, added a note". `people`: names by pk."""
    if "taken" in event.details:
        return TAKEN[event.kind]
    said = list(_detail_words(event.details, people))
    return ", ".join(said) or DEEDS[event.kind]


def _detail_words(details: Mapping[str, Any], people: Mapping[int, str]) -> Iterable[str]:
    if "status" in details:
        before, after = (_label(Enquiry.Status, status) for status in details["status"])
        yield f"set it from {before} to {after}"
    if "reached" in details:
        yield REACHED[details["reached"]]
    if "assigned_to" in details:
        after = details["assigned_to"][1]
        yield (
            f"assigned it to {people.get(after, 'somebody')}" if after else "assigned it to nobody"
        )
    if "follow_up" in details:
        day = details["follow_up"][1]
        yield f"set a follow-up for {day}" if day else "took the follow-up off"
    if "double_of" in details:
        yield f"closed it as a double of {details['double_of']}"
    if "note" in details:
        yield "added a note"
    if "spam" in details:
        yield "said that it is no spam"
    if "corrected" in details:
        yield "corrected: " + ", ".join(_field_labels(details["corrected"]))
    if "into" in details:
        yield f"exported it ({details['into']})"
    if "reason" in details:
        yield GONE_BECAUSE.get(details["reason"], "deleted it")


def _field_labels(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(LABELS.get(name, "Phone").lower() for name in names))


def _label(choices: Any, value: str) -> str:
    return str(dict(choices.choices).get(value, value))
