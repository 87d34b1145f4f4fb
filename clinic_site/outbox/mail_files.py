"""Mail as files, for a site without a mail server: one file per message, whole and on disk, or not there at all.

Django's own file backend appends to one file per process, with the default rights, and never syncs it.
"""

import os
import re
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from clinic_site.on_disk import keep_on_disk


class EmailBackend(BaseEmailBackend):
    """Writes each message to EMAIL_FILE_PATH/<its Message-ID>.eml; sent twice, it is still one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them; the number written. Raises OSError, for example when the disk is full."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for email_message in email_messages:
            message = email_message.message()
            name = re.sub(r"[^\w.-]+", "", str(message["Message-ID"]).partition("@")[0])
            write_whole(folder / f"{name}.eml", message.as_bytes())
        return len(email_messages)


def remove_written(names: Iterable[str]) -> None:
    """Remove the files of these messages, by the part of their Message-ID before the @; missing ones are no fault."""
    for name in names:
        (Path(settings.EMAIL_FILE_PATH) / f"{name}.eml").unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Put the file there in one step, readable by this user only, and return once it is on disk."""
    trial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        trial.replace(path)
    finally:
        trial.unlink(missing_ok=True)
    keep_on_disk(path.parent)
