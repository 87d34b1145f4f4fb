"""`manage.py check --deploy` says which owners sign in with a password alone. One query, only then."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.db.models import Q
from django_otp.plugins.otp_totp.models import TOTPDevice

from clinic_site.staff.roles import OWNER


@register(Tags.database, deploy=True)
def owners_have_second_factor(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """staff.W001 while the site is public, with https, and an owner who may sign in has no second factor."""
    if not settings.SITE_URL.startswith("https:"):
        return []
    try:
        names = list(_owners_without().values_list("username", flat=True))
    except DatabaseError:
        return []  # no tables yet: there is nobody
    if not names:
        return []
    return [
        Warning(
            f"A stolen password opens the whole site: no second factor for {', '.join(names)}.",
            hint="Have them set one up at /admin/second-factor/; OWNERS_NEED_SECOND_FACTOR=1 makes them.",
            id="staff.W001",
        )
    ]


def _owners_without() -> Any:
    """Accounts that may do everything and have no authenticator in use, by name."""
    have_one = TOTPDevice.objects.filter(confirmed=True).values("user")
    owners = User.objects.filter(Q(is_superuser=True) | Q(groups__name=OWNER))
    return (
        owners.filter(is_active=True, is_staff=True)
        .exclude(pk__in=have_one)
        .order_by("username")
        .distinct()
    )
