"""Who needs a second factor, and from when on: owners and the front desk, two weeks after they first needed one.

The time runs from the first moment that the site sees the need: an upgrade, https, a new account, another role. The
worker looks once an hour, so it runs for an account that nobody uses, too.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.staff.models import SecondFactorDeadline
from clinic_site.staff.roles import FRONT_DESK, OWNER

GRACE = timedelta(days=14)
NEEDED_BY = (OWNER, FRONT_DESK)


def accounts_without() -> QuerySet[User]:
    """Accounts of those who need one, superusers too, that may sign in and have no authenticator in use, by name."""
    have_one = TOTPDevice.objects.filter(confirmed=True).values("user")
    who = Q(groups__name__in=NEEDED_BY) | Q(is_superuser=True)
    chosen = User.objects.filter(who, is_active=True, is_staff=True).exclude(pk__in=have_one)
    return chosen.order_by("username").distinct()


def needs_one(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether this account is to have a second factor; one query, none where nobody is made to."""
    if not settings.SECOND_FACTOR_REQUIRED or not isinstance(user, User):
        return False
    return user.is_superuser or user.groups.filter(name__in=NEEDED_BY).exists()


def due_at(user: User) -> datetime | None:
    """From when on this account does nothing without one; None: it may go without."""
    if not needs_one(user):
        return None
    start = timezone.now() + GRACE
    row, _ = SecondFactorDeadline.objects.get_or_create(user_id=user.pk, defaults={"due_at": start})
    return row.due_at


def begin_anew(*, user: AbstractBaseUser) -> None:
    """Two weeks from now: somebody lost their phone, and an owner or the operator took the factor off."""
    due = {"due_at": timezone.now() + GRACE}
    SecondFactorDeadline.objects.update_or_create(user_id=user.pk, defaults=due)


def start_deadlines() -> int:
    """Start the two weeks of every account that needs a second factor and has none; how many. Run by the worker."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return 0
    due = timezone.now() + GRACE
    new = accounts_without().filter(second_factor_deadline__isnull=True)
    rows = [SecondFactorDeadline(user=user, due_at=due) for user in new]
    return len(SecondFactorDeadline.objects.bulk_create(rows, ignore_conflicts=True))
