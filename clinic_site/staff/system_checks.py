"""`manage.py check --deploy` says whose password alone opens the site. One query, only then."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from clinic_site.staff.second_factor.policy import accounts_without


@register(Tags.database, deploy=True)
def staff_have_second_factor(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """While the site is public, with https: W001 names owners and front desk without one, W002 if none is asked for."""
    if not settings.SITE_URL.startswith("https:"):
        return []
    found: list[CheckMessage] = []
    if not settings.SECOND_FACTOR_REQUIRED:
        found.append(
            Warning(
                "Owners and the front desk may go without a second factor: SECOND_FACTOR_REQUIRED is 0.",
                hint="Take it out of the environment: with https a second factor is the default.",
                id="staff.W002",
            )
        )
    try:
        names = list(accounts_without().values_list("username", flat=True))
    except DatabaseError:
        return found  # no tables yet: there is nobody
    if names:
        found.append(
            Warning(
                f"A stolen password opens what patients wrote: no second factor for {', '.join(names)}.",
                hint="Have them set one up at /admin/second-factor/.",
                id="staff.W001",
            )
        )
    return found
