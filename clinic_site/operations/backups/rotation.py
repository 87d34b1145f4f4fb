"""Which backups are kept: of the last days, weeks and months that have one, the newest of each. Pure."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

NAME = re.compile(r"clinic-(\d{8}T\d{6}\.\d{6})Z\.tar\.gz(?:\.age|\.gpg)?")


@dataclass(frozen=True)
class Keep:
    """How many days, weeks and months."""

    days: int
    weeks: int
    months: int

    def kept(self, names: Iterable[str]) -> set[str]:
        """Those of the names to keep. The newest is always one; what has another form is left to its owner."""
        newest_first = sorted((n for n in names if made_at(n)), reverse=True)
        kept = set(newest_first[:1])
        for most, period in ((self.days, _day), (self.weeks, _week), (self.months, _month)):
            kept |= _newest_of_each(newest_first, most, period)
        return kept


def made_at(name: str) -> datetime | None:
    """When the backup of this name was made; None where it is no backup's name."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
    except ValueError:
        return None


def _newest_of_each(
    newest_first: Iterable[str], most: int, period: Callable[[datetime], object]
) -> set[str]:
    first: dict[object, str] = {}
    for name in newest_first:
        if at := made_at(name):
            first.setdefault(period(at), name)
    return set(list(first.values())[:most])


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return tuple(at.isocalendar())[:2]


def _month(at: datetime) -> object:
    return at.year, at.month
