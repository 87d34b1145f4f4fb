"""Conflicts between files and staff that wait for a person."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse

from clinic_site.content_sync.models import Conflict
from clinic_site.staff.waiting import Waiting


def lines(user: User) -> Iterator[Waiting]:
    """One line, one query."""
    if user.has_perm("content_sync.change_conflict"):
        url = reverse("admin:content_sync_conflict_changelist") + "?settled_at__isempty=1"
        count = Conflict.objects.unsettled().count()
        yield Waiting("Conflicts between files and staff's words", url, count, is_urgent=True)
