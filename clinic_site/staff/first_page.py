"""What the staff's first page shows: the urgent, the doors, what else waits, and all the rest under "More"."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from clinic_site.staff.checklist import checklist_for
from clinic_site.staff.dashboard import waiting_for
from clinic_site.staff.doors import Door, doors_for

NOON, EVENING = 12, 17


def first_page(user: User, apps: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The context of the page for this user; `apps` is the admin's own list of what they may open."""
    doors, lines = doors_for(user), waiting_for(user)
    return {
        "title": greeting(timezone.localtime().hour),
        "doors": doors,
        "urgent": [line for line in lines if line.is_urgent],
        "checklist": checklist_for(user),
        "others": [line for line in lines if not line.is_urgent],
        "more": _more(doors, apps),
    }


def greeting(hour: int) -> str:
    """What one says at this hour of the day, 0 to 23."""
    if hour < NOON:
        return "Good morning"
    return "Good afternoon" if hour < EVENING else "Good evening"


def _more(doors: Iterable[Door], apps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every list that no door leads to, by name."""
    behind = {label for door in doors for label in door.leads_to}
    lists = [one for app in apps for one in app["models"]]
    rest = (one for one in lists if one["model"]._meta.label_lower not in behind)
    return sorted(rest, key=lambda one: str(one["name"]))
