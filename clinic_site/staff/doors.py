"""The doors of the staff's first page: what people come to do, one large link each, in the same order for all."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User

from clinic_site.staff.places import Places


@dataclass(frozen=True)
class Door:
    """A task: its name, where it is done, how it stands, and how many things wait behind it.

    sign: the drawing of templates/admin/signs/ where nothing waits. leads_to: the models whose lists are
    found behind it, as "app.model"; they are not offered a second time under "More".
    """

    name: str
    url: str
    says: str
    sign: str
    leads_to: Collection[str]
    count: int = 0
    is_urgent: bool = False


DOORS = Places[Door]("doors")
register = DOORS.register


def doors_for(user: User) -> list[Door]:
    """The doors that this user may open, in their order."""
    return DOORS.all_for(user)
