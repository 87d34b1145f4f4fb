"""Password guessing is slowed down, and no address of anybody is kept to do so.

django-axes counts failures by name and address. What it is given as the address is a keyed hash that
only looks like one, and the rows are dropped a day after the last failure.
"""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import IPv6Address

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from clinic_site.client_address import client_address

KEPT = timedelta(days=1)
PRIVATE = 0xFD  # first byte of an address that no network on earth has (RFC 4193)


def veiled_address(request: HttpRequest) -> str:
    """The caller's address as a keyed hash in the form of a private IPv6 address."""
    key = f"{settings.SECRET_KEY}:sign-in".encode()
    digest = hmac.new(key, client_address(request.META).encode(), hashlib.sha256).digest()
    return str(IPv6Address(bytes([PRIVATE]) + digest[:15]))


def drop_old_attempts() -> int:
    """Forget failures that nobody has to wait for any more; how many rows."""
    old = AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - KEPT)
    count, _ = old.delete()
    return int(count)
