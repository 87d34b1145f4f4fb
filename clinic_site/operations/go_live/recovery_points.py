"""What is for bad days: mail that arrives, a store that keeps pictures, and a backup that can be restored."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from clinic_site.clinic.models import Clinic
from clinic_site.images.store.moving import store_fault
from clinic_site.operations.backups.drill import restore_aside
from clinic_site.operations.backups.manifest import Refused
from clinic_site.operations.backups.verify import newest, verify
from clinic_site.operations.go_live.point import Point, advised, done, to_do
from clinic_site.operations.health import trial_mail


def recovery_points(*, mail_to: str, identity: Path | None) -> Iterator[Point]:
    """A mail sent now, a file kept in the store, and the newest backup restored beside the site."""
    yield _mail(mail_to or _clinics_address())
    if settings.MEDIA_STORE:
        yield _store()
    yield _backup(identity)


def _clinics_address() -> str:
    clinic = Clinic.objects.first()
    return clinic.email if clinic else ""


def _mail(to: str) -> Point:
    if "smtp" not in settings.EMAIL_BACKEND or not to:
        return to_do(
            "mail",
            "No mail could be sent: there is no mail server, or nobody to send it to.",
            "Set EMAIL_URL, then: manage.py send_test_mail you@example.ca",
        )
    try:
        said = trial_mail.send_test_mail(to)
    except trial_mail.Refusal as refusal:
        return to_do(
            "mail", f"The mail server does not take mail ({refusal.said}).", refusal.advice
        )
    return done("mail", f"One was sent to {to}: {said}")


def _store() -> Point:
    if fault := store_fault():
        return to_do(
            "pictures",
            fault,
            "See MEDIA_STORE_URL: its key may list, read, write and delete there.",
        )
    return done("pictures", "The store took a file, gave it back and removed it.")


def _backup(identity: Path | None) -> Point:
    try:
        backup = newest(Path(settings.BACKUP_DIR))
        if settings.BACKUP_RECIPIENT and identity is None:
            return advised(
                "backup",
                f"{backup.name} is encrypted, and its key is not here, as it should be.",
                "Where the key is: manage.py verify_backup FILE --identity KEY (or go_live --identity KEY).",
            )
        if connection.vendor != "sqlite":
            verify(backup, identity=identity)
            return advised(
                "backup",
                f"{backup.name} is whole, and was not restored: that takes a second database.",
                "Restore it once on another machine (docs/operations.md, “Restore”).",
            )
        restore_aside(backup, identity=identity)
    except Refused as refusal:
        return to_do("backup", str(refusal), "manage.py backup makes one now.")
    return done("backup", f"{backup.name} was restored into a folder of its own, whole.")
