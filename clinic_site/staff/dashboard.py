"""What waits for somebody on the staff beside the doors of the first page, each a line with its own link."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from clinic_site.staff.places import Places


@dataclass(frozen=True)
class Waiting:
    """One line: what waits, how many (None: it is not counted), and where to see to it."""

    text: str
    url: str
    count: int | None = None
    is_urgent: bool = False


LINES = Places[Waiting]("lines")
register = LINES.register


def waiting_for(user: User) -> list[Waiting]:
    """Every line for this user, the urgent ones first; lines that count nothing are left out."""
    lines = [line for line in LINES.all_for(user) if line.count != 0]
    return sorted(lines, key=lambda line: not line.is_urgent)
