"""What a front matter may say: small checks that compose, each with a sentence that says what to write.

A check takes a value and gives the problems as sentences (none: the value is fine). A `Schema` maps
keys to checks; `Schema.problems` checks a whole mapping and names every fault at once.
"""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from clinic_site.typed_text import shows_something

Check = Callable[[object], Iterator[str]]
DAY = re.compile(r"\A\d{4}-\d\d-\d\d\Z")
YEARS = range(2000, 2101)  # clocks can't count a day more on the last day that a date can name
MOST = 1_000_000


def text(value: object, *, longest: int = 0) -> Iterator[str]:
    """Some text on one value; `longest` in characters (0: any length)."""
    if not isinstance(value, str) or not shows_something(value):
        yield "write some text; put quotes around it if it looks like a number, a date or yes/no"
    elif longest and len(value) > longest:
        yield f"has {len(value)} characters; write {longest} or fewer"


def text_up_to(longest: int) -> Check:
    """A check for text of so many characters at most."""
    return lambda value: text(value, longest=longest)


def optional_text(value: object) -> Iterator[str]:
    """Text that may be empty."""
    if value is not None and value != "":
        yield from text(value)


def boolean(value: object) -> Iterator[str]:
    """True or false, as YAML understands it."""
    if not isinstance(value, bool):
        yield "write true or false"


def whole_number(value: object) -> Iterator[str]:
    """0, 1, 2, ... that a column can hold."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        yield "write a whole number, 0 or more"


def number(value: object) -> Iterator[str]:
    """Any number that people would write."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield "write a number"
    elif not math.isfinite(value) or abs(value) > MOST:
        yield f"write a number of {MOST:,} or less"


def number_or_open(value: object) -> Iterator[str]:
    """A number, or null for "no upper end"."""
    if value is not None:
        yield from number(value)


def day(value: object, *, years: range = YEARS) -> Iterator[str]:
    """A day of these years (this century): YAML's own date, or the same as text."""
    if isinstance(value, str) and DAY.match(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            yield f"there is no day {value}; look it up in a calendar"
            return
    if not isinstance(value, date) or isinstance(value, datetime):
        yield "write a day as 2026-12-24"
    elif value.year not in years:
        yield f"write a day from {years[0]} to {years[-1]}, such as 2026-12-24"


def one_of(choices: Collection[str]) -> Check:
    """A check for one of the given words."""

    def check(value: object) -> Iterator[str]:
        if not isinstance(value, str) or value not in choices:
            yield f"“{value}” is not known; write one of: {', '.join(choices)}"

    return check


def list_of(check: Check, *, fewest: int = 0) -> Check:
    """A YAML list whose every entry passes `check`."""

    def check_all(value: object) -> Iterator[str]:
        if not isinstance(value, list):
            yield "write a list, one entry a line, each after “- ”"
            return
        if len(value) < fewest:
            yield f"needs {fewest} or more entries"
        for place, entry in enumerate(value, start=1):
            for problem in check(entry):
                yield f"entry {place}: {problem}"

    return check_all


@dataclass(frozen=True)
class Schema:
    """The keys that a mapping may have and those that it must have."""

    keys: Mapping[str, Check]
    required: frozenset[str] = field(default_factory=frozenset)

    def problems(self, value: object) -> Iterator[tuple[str, str]]:
        """Every fault as (key, sentence); the key is "" where it is the mapping itself."""
        if not isinstance(value, Mapping):
            yield "", "write “key: value” lines"
            return
        for key in sorted(self.required - value.keys()):
            yield key, f"“{key}” is missing; add a line “{key}: …”"
        for key, entry in value.items():
            if key not in self.keys:
                yield str(key), f"“{key}” is not known here; write one of: {', '.join(self.keys)}"
                continue
            for problem in self.keys[key](entry):
                yield str(key), f"“{key}”: {problem}"

    def __call__(self, value: object) -> Iterator[str]:
        """The schema as a check, for a mapping within a list or another mapping."""
        for _, problem in self.problems(value):
            yield problem
