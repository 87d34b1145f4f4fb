"""Backup codes for a phone that is not at hand: shown once, kept as a keyed hash, each good for one sign-in.

django-otp's static device compares what it is given with what it keeps; both are the hash here. Another SECRET_KEY
makes them void.
"""

import hmac
from base64 import b32encode
from hashlib import sha256
from secrets import token_bytes

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice

HOW_MANY = 10
KEPT_SIGNS = 16  # as long as the column of django-otp: 80 bits of the hash


@transaction.atomic
def new_backup_codes(*, user: AbstractBaseUser) -> list[str]:
    """Ten codes that work once each, to be shown once; the ones before are void."""
    StaticDevice.objects.filter(user_id=user.pk).delete()
    device = StaticDevice.objects.create(user_id=user.pk, name="Backup codes")
    codes = [_new_code() for _ in range(HOW_MANY)]
    for code in codes:
        device.token_set.create(token=hashed(code))
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def hashed(code: str) -> str:
    """What is kept of a code; small and large letters, spaces and hyphens make no difference."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    key = f"{settings.SECRET_KEY}:backup-code".encode()
    digest = hmac.new(key, plain.encode(), sha256).digest()
    return b32encode(digest).decode().lower()[:KEPT_SIGNS]


def _new_code() -> str:
    return b32encode(token_bytes(10)).decode().lower()[:12]
