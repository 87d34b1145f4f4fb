"""People: who may sign in and how, and what a physiotherapist has read."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db.models import Q

from clinic_site.operations.go_live.point import Point, advised, done, to_do
from clinic_site.pages.actions.review_state import standings
from clinic_site.staff.roles import OWNER
from clinic_site.staff.second_factor.policy import accounts_without

MOST_NAMED = 5


def people_points() -> Iterator[Point]:
    """Accounts, second factors, sign-offs."""
    staff = User.objects.filter(is_active=True, is_staff=True)
    owners = staff.filter(Q(is_superuser=True) | Q(groups__name=OWNER)).distinct().count()
    yield _accounts(owners)
    if owners:
        yield _second_factor()
    yield _sign_offs()


def _accounts(count: int) -> Point:
    if not count:
        return to_do("accounts", "Nobody can sign in as an owner.", "make staff")
    if count == 1:
        return advised(
            "accounts",
            "One owner alone: who loses phone and password is helped at this machine only.",
            "Make a second owner under Users at /admin/.",
        )
    return done("accounts", f"{count} owners can sign in.")


def _second_factor() -> Point:
    names = list(accounts_without().values_list("username", flat=True))
    if names:
        return to_do(
            "second factor",
            f"A stolen password opens what patients wrote: none for {', '.join(names[:MOST_NAMED])}.",
            "Have them sign in and set one up at /admin/second-factor/.",
        )
    return done("second factor", "Each owner and the front desk has one.")


def _sign_offs() -> Point:
    found = standings()
    waiting = [one for one in found if one.needs_reading]
    if not waiting:
        return done("sign-off", f"All {len(found)} pages with health information are signed.")
    minutes = sum(one.minutes for one in waiting)
    return to_do(
        "sign-off",
        f"{len(waiting)} of {len(found)} pages with health information are not signed by a physiotherapist"
        f" (or not as they are now), such as “{waiting[0].title}”.",
        f"About {minutes} minutes of reading: sign in as a reviewer, /admin/pages/signoff/.",
    )
