"""The signed pass that each served form carries, instead of a cookie.

It names the form (the token that makes a retry the same enquiry), when it was served (so that a robot's haste
shows) and the very consent wording that was on the page (so that exactly this is what is kept). Nothing about
the person is in it, and it needs no database to be made or read.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

SALT = "clinic_site.enquiries.form"
MAX_AGE = timedelta(days=2)


@dataclass(frozen=True)
class FormPass:
    """`issued_at` in seconds since 1970; `text` is the signed form of it all."""

    token: str
    issued_at: float
    consent_version: str
    consent_wording: str
    text: str

    def age(self) -> float:
        """Seconds since the form was served."""
        return time.time() - self.issued_at


def issue(*, consent_version: str, consent_wording: str) -> FormPass:
    """A pass for a form that is being served now."""
    token, now = secrets.token_urlsafe(24), time.time()
    payload = {"form": token, "at": now, "version": consent_version, "wording": consent_wording}
    text = signing.dumps(payload, salt=SALT, compress=True)
    return FormPass(token, now, consent_version, consent_wording, text)


def read(text: str) -> FormPass | None:
    """The pass in `text`; None if it is not ours or older than MAX_AGE."""
    try:
        payload = signing.loads(text, salt=SALT, max_age=MAX_AGE)
        return FormPass(
            payload["form"], payload["at"], payload["version"], payload["wording"], text
        )
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
