"""From what point on something is a fault. Pure: numbers and moments in, a fault or none out."""

from datetime import datetime, timedelta

from clinic_site.operations.health.fault import Fault

LEAST_ROOM = (
    200 * 1024 * 1024
)  # bytes; a day of enquiries and pictures, and a backup's worth of warning
LEAST_FILES = 1000
LATE_MAIL = timedelta(minutes=15)
LATE_BACKUP = timedelta(hours=26)  # nightly, and two hours for the night to vary
LATE_PAGES = 60.0  # seconds
AHEAD = timedelta(minutes=2)  # of what has a date; clocks of several machines differ a little


def room_fault(place: str, free: int, files: int | None) -> Fault | None:
    """Bytes and files that a disk still takes; `files` None where it does not count them."""
    if free >= LEAST_ROOM and (files is None or files >= LEAST_FILES):
        return None
    left = f"{free // 1_000_000} MB" if free < LEAST_ROOM else f"{files} files"
    return Fault(
        "disk",
        f"The disk of {place} has room for only {left}.",
        "Delete what is not needed, such as old backups and logs, or enlarge the disk. No restart is needed.",
    )


def mail_fault(
    *, overdue: int, newest: datetime | None, last_sent: datetime | None
) -> Fault | None:
    """Mail that has waited for too long, with none sent since: one bad address alone is no fault of the machine."""
    if newest is None or (last_sent is not None and last_sent > newest):
        return None
    return Fault(
        "mail",
        f"{overdue} mails have waited for more than {LATE_MAIL.seconds // 60} minutes, and none was sent since.",
        "Look at the last error under Mail in the admin, check EMAIL_URL, then: manage.py send_test_mail.",
    )


def backup_fault(*, last: datetime | None, began: datetime | None, now: datetime) -> Fault | None:
    """`began`: when the site was set up; a new one has a day for its first backup."""
    since = last or began
    if since is None or now - since <= LATE_BACKUP:
        return None
    text = (
        f"The last backup is from {last:%Y-%m-%d %H:%M} UTC." if last else "There is no backup yet."
    )
    advice = "Make one now: manage.py backup. The log says why the worker made none at night."
    return Fault("backup", text, advice)


def clock_fault(*, newest: datetime | None, now: datetime) -> Fault | None:
    """`newest`: the latest time at which anything was written; nothing is written in the future."""
    if newest is None or newest - now <= AHEAD:
        return None
    return Fault(
        "clock",
        f"The clock says {now:%Y-%m-%d %H:%M} UTC, but something was written at {newest:%Y-%m-%d %H:%M}.",
        "Have the clock set by the network (timedatectl set-ntp true). Mail that waits goes out by itself.",
    )


def jump_fault(seconds: float) -> Fault:
    """The clock has been set by so much while the worker ran."""
    way = "forward" if seconds > 0 else "back"
    return Fault(
        "clock",
        f"Within the last hour the clock was set {way} by {abs(seconds):,.0f} seconds.",
        "See that it is right now (timedatectl). Mail and other work went on; times of that while are wrong.",
    )


def pages_fault(seconds_behind: float) -> Fault | None:
    """How long the published pages on disk have been older than what is live."""
    if seconds_behind <= LATE_PAGES:
        return None
    return Fault(
        "pages",
        f"The pages for the web server have been out of date for {seconds_behind:,.0f} seconds.",
        "See that the worker runs and that PUBLIC_DIR has room and belongs to the site's user.",
    )
