"""Notices as patients are told of them: from their first day to their last, by themselves."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from clinic_site.clinic.days import first_minute
from clinic_site.clinic.notices.models import Notice
from clinic_site.pagecache.stamp import pages_changed


def shown(notices: Iterable[Notice], on: date | None = None) -> list[Notice]:
    """Those that stand on every page on that day (today), in the order they came in."""
    day = on or timezone.localdate()
    return [one for one in notices if one.starts_on <= day <= one.ends_on]


def put_up(notice: Notice) -> None:
    """Pages show it from its first day on, and drop it after its last."""
    for day in (notice.starts_on, notice.ends_on + timedelta(days=1)):
        pages_changed(also_at=first_minute(day))
