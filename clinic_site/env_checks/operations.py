"""What the variables for whoever runs the site may say: watching it, backups of it."""

import re
from urllib.parse import urlsplit

MOST_KEPT = 1000
GPG_NAME = re.compile(r"[0-9A-Fa-f]{16,40}|[^\s@<>-][^\s@<>]*@[^\s@<>]+")
AGE_NAME = re.compile(r"age1[02-9ac-hj-np-z]{58}")


def health_token(text: str) -> str:
    """The word by which a monitor is told the reasons, or nothing: it is told only whether all is well."""
    if text and not re.fullmatch(r"[!-~]{20,200}", text):
        raise ValueError(
            "write 20 to 200 letters, digits and signs without spaces, such as openssl rand -hex 20 gives"
        )
    return text


def heartbeat_url(text: str) -> str:
    """The address to call while all is well, or nothing."""
    try:
        parts = urlsplit(text)
        is_fit = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_fit = False
    if text and (not is_fit or not text.isascii() or not text.isprintable() or " " in text):
        raise ValueError("write an address such as https://hc-ping.com/…, or leave it out")
    return text


def backup_keep(text: str) -> tuple[int, int, int]:
    """How many days, weeks and months have a backup kept."""
    parts = text.split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(_KEEP.format(text))
    days, weeks, months = (int(part) for part in parts)
    if not 1 <= days <= MOST_KEPT or max(weeks, months) > MOST_KEPT:
        raise ValueError(_KEEP.format(text))
    return days, weeks, months


_KEEP = "write days/weeks/months that keep a backup each, such as 7/4/12, not “{}”"


def backup_recipient(text: str) -> str:
    """The public key that backups are encrypted for: age's, or a name that gpg knows; or nothing."""
    if text and not (AGE_NAME.fullmatch(text) or GPG_NAME.fullmatch(text)):
        raise ValueError(
            "write a public key of age (age1…, as age-keygen prints it), or the fingerprint or address of one"
            f" that gpg knows, not “{text}”"
        )
    return text
