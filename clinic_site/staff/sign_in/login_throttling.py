"""Password guessing is slowed down, and no address of anybody is kept to do so.

django-axes counts failures by name and address. What it is given as the address is a keyed hash that only looks like
one, and the rows are dropped a day after the last failure. Above that, a name bears so many guesses from all
addresses of strangers together. A device that the owner of the name has signed in with before is no stranger: its
guesses are counted by themselves, so that others cannot keep its owner out.
"""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import IPv6Address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from clinic_site.client_address import client_address
from clinic_site.staff.sessions.known_devices import known_device

KEPT = timedelta(days=1)
# First bytes of addresses that no network on earth has (RFC 4193)
KNOWN, STRANGER = 0xFC, 0xFD
STRANGERS = "fd"
ADDRESSES_PER_NAME = 4  # so many times what one address may try, all strangers together may


class ByNameToo(AxesDatabaseHandler):  # type: ignore[misc]  # django-axes has no types
    """Failures as django-axes counts them, and for a stranger those of all strangers at this name."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """How many wrong passwords count against this try; AXES_FAILURE_LIMIT of them are too many."""
        own = int(super().get_failures(request, credentials))
        if not str(request.axes_ip_address).startswith(STRANGERS):
            return own
        strangers = AccessAttempt.objects.filter(
            username=get_client_username(request, credentials),
            ip_address__startswith=STRANGERS,
            attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME,
        )
        of_all = strangers.aggregate(Sum("failures_since_start"))["failures_since_start__sum"] or 0
        return max(own, int(of_all) // ADDRESSES_PER_NAME)


def veiled_address(request: HttpRequest) -> str:
    """The caller as a keyed hash in the form of a private IPv6 address: a known device of theirs, or their address."""
    name = request.POST.get("username") or _signed_in_as(request)
    known = known_device(request, username=name)
    first = KNOWN if known else STRANGER
    caller = known.key_hash if known else client_address(request.META)
    key = f"{settings.SECRET_KEY}:sign-in".encode()
    digest = hmac.new(key, caller.encode(), hashlib.sha256).digest()
    return str(IPv6Address(bytes([first]) + digest[:15]))


def _signed_in_as(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return user.get_username() if user is not None and user.is_authenticated else ""


def drop_old_attempts() -> int:
    """Forget failures that nobody has to wait for any more; how many rows."""
    old = AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - KEPT)
    count, _ = old.delete()
    return int(count)
