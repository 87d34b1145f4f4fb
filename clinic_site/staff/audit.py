"""The audit of the door: sign-ins, failures and refusals, without addresses and without anything that was typed.

What can be repeated at will (a wrong password) is one line with a count, so that nobody fills the disk with it.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from clinic_site.staff.models import StaffEvent

Kind = StaffEvent.Kind
COUNTED = {Kind.WRONG_PASSWORD, Kind.HELD_OFF, Kind.WRONG_CODE, Kind.REFUSED}
TOGETHER = timedelta(minutes=15)
KEPT = timedelta(days=365)


@transaction.atomic
def record(
    *,
    kind: str,
    user: AbstractBaseUser | None,
    by: AbstractBaseUser | None = None,
    place: str = "",
    at: datetime | None = None,
) -> None:
    """A line of the audit; `user` is whose account it is (None: nobody's), `by` who did it if somebody else."""
    at = at or timezone.now()
    who = {"user_id": user.pk if user else None, "by_id": by.pk if by else None, "place": place}
    if kind in COUNTED:
        recent = StaffEvent.objects.filter(kind=kind, at__gt=at - TOGETHER, **who)
        if last := recent.order_by("pk").last():
            StaffEvent.objects.filter(pk=last.pk).update(times=F("times") + 1, at=at)
            return
    StaffEvent.objects.create(kind=kind, at=at, **who)


def account_named(name: str) -> User | None:
    """Whose name was typed. A name that no account has is not kept: it may be a password in the wrong field."""
    return User.objects.filter(username=name).first()


def drop_old_events() -> int:
    """Forget lines that are older than a year; how many. Run by the worker."""
    count, _ = StaffEvent.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return int(count)
