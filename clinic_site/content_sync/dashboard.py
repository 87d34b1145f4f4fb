"""Conflicts between files and staff that wait for a person."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse

from clinic_site.content_sync.models import Conflict, ShippedFile
from clinic_site.staff.dashboard import Waiting, register


@register(place=3)
def lines(user: User) -> Iterator[Waiting]:
    """Warning cards first: what patients read when they need help. Two queries."""
    url = reverse("admin:content_sync_conflict_changelist") + "?settled_at__isempty=1"
    if user.has_perm("content_sync.change_conflict"):
        waiting = list(Conflict.objects.unsettled().only("base", "file"))
        urgent = sum(one.is_urgent for one in waiting)
        text = "Warning signs that the files or an upgrade changed, and staff's words don't have"
        yield Waiting(text, url, urgent, is_urgent=True)
        text = "Conflicts between files and staff's words"
        yield Waiting(text, url, len(waiting) - urgent, is_urgent=True)
        url = reverse("admin:content_sync_shippedfile_changelist") + "?warned_at__isempty=0"
        count = ShippedFile.objects.filter(warned_at__isnull=False).count()
        yield Waiting(
            "Warning signs that an upgrade changed: read them", url, count, is_urgent=True
        )
