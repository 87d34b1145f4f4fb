"""One point of the list: how it stands, and what to do. Pure."""

from dataclasses import dataclass
from enum import Enum


class Standing(Enum):
    """How a point stands. Only what is to be done stands in the way."""

    DONE = "ok"
    TO_DO = "TO DO"
    ADVISED = "advice"


@dataclass(frozen=True)
class Point:
    """`name`: what it is about, in a word or two. `text` says how it stands, `advice` what to type or do."""

    name: str
    standing: Standing
    text: str
    advice: str = ""


def done(name: str, text: str) -> Point:
    """It is as it should be."""
    return Point(name, Standing.DONE, text)


def to_do(name: str, text: str, advice: str) -> Point:
    """It stands in the way."""
    return Point(name, Standing.TO_DO, text, advice)


def advised(name: str, text: str, advice: str) -> Point:
    """Better otherwise, or not tried; it does not stand in the way."""
    return Point(name, Standing.ADVISED, text, advice)
