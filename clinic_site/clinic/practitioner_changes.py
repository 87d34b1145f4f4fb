"""The people who treat patients here: when what is told of them changed."""

from django.utils import timezone

from clinic_site.clinic.models import Clinic
from clinic_site.pagecache.stamp import pages_changed


def people_changed() -> None:
    """Say that someone was added, changed or taken off, in the caller's transaction."""
    Clinic.objects.update(people_changed_at=timezone.now())
    pages_changed()
