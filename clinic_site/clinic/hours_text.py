"""Opening hours as people write them: "09:00-17:30", "9am to 5:30 pm". Pure.

One reading for content files and for the admin. What could mean two things is refused with a sentence.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import time
from itertools import pairwise
from typing import TypeVar

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
T = TypeVar("T", str, time)
LIKE = "09:00-17:30 or 9am-5:30pm"
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::00)?)?\s*(?P<half>[ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)
_FROM = re.compile(r"\Afrom\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[-\u2010-\u2015\u2212]|\bto\b|\buntil\b)\s*", re.IGNORECASE)


class NotHours(ValueError):
    """It is no time, or no stretch of one day; the message says what to write."""


def read_time(typed: str) -> time:
    """ "9am", "9:30 a.m.", "09:30", "noon" as a time; NotHours for what is none, and for a bare "9"."""
    text = " ".join(typed.lower().split())
    if text in ("noon", "12 noon"):
        return time(12)
    found = _CLOCK.fullmatch(text)
    if not found or not (found["half"] or found["minute"]):
        raise NotHours(f"“{typed}” is not a time; write 09:00 or 9am")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise NotHours(f"“{typed}” is not a time; write 09:00 or 9am")
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise NotHours(f"“{typed}” is not on the clock; a day goes from 00:00 to 23:59")
    return time(hour, minute)


def read_span(typed: str) -> tuple[time, time]:
    """One stretch of a day, its end after its start; NotHours with a sentence otherwise."""
    parts = _BETWEEN.split(_FROM.sub("", typed.strip()))
    if len(parts) != 2 or not all(parts):
        raise NotHours(f"write hours as {LIKE}")
    opens, closes = (read_time(part) for part in parts)
    if opens >= closes:
        raise NotHours(f"“{typed}” ends before it starts")
    return opens, closes


def tidy_span(typed: str) -> str:
    """The stretch as files and tables compare it: "09:00-17:30"; as typed where it is none."""
    try:
        opens, closes = read_span(typed)
    except NotHours:
        return typed
    return f"{opens:%H:%M}-{closes:%H:%M}"


def first_overlap(spans: Iterable[tuple[T, T]]) -> tuple[tuple[T, T], tuple[T, T]] | None:
    """Two of the stretches (start, end) that share some time; None where each ends before the next begins."""
    in_order = sorted(spans, key=lambda one: one[0])
    return next((two for two in pairwise(in_order) if two[1][0] < two[0][1]), None)


def in_a_row(days: Sequence[str]) -> str:
    """Days that follow one another, as people read them: "Friday", "Saturday and Sunday", "Monday to Thursday"."""
    if len(days) < 2:
        return "".join(days)
    return f"{days[0]} {'and' if len(days) == 2 else 'to'} {days[-1]}"
