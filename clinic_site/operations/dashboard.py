"""What waits around the machine: mail that was given up, mail that goes to files, a worker that stands still."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from clinic_site.operations import heartbeat
from clinic_site.operations.health import probes
from clinic_site.outbox.models import OutboundEmail
from clinic_site.staff.dashboard import Waiting, register

LATE = timedelta(minutes=15)
SMTP = "smtp"


@register(place=2)
def lines(user: User) -> Iterator[Waiting]:
    """Lines for whoever looks after the mail; two queries."""
    if not user.has_perm("outbox.view_outboundemail"):
        return
    url = reverse("admin:outbox_outboundemail_changelist")
    given_up = OutboundEmail.objects.given_up().count()
    yield Waiting("Mails that could not be sent", f"{url}?state__exact=failed", given_up, True)
    late = OutboundEmail.objects.overdue(timezone.now() - LATE).count()
    yield Waiting("Mails that wait for longer than 15 minutes", url, late, True)
    if SMTP not in settings.EMAIL_BACKEND:
        text = (
            "No mail leaves this machine: EMAIL_URL names no mail server. Mails are kept as files."
        )
        yield Waiting(text, url, is_urgent=True)
    for fault in filter(None, (probes.backup_fault(),)):
        yield Waiting(f"{fault.text} Ask whoever runs the site.", url, is_urgent=True)
    beat = heartbeat.read()
    if beat is None or not beat.is_fresh():
        yield Waiting(
            "The worker is not running: no mail is sent. Ask whoever runs the site.",
            url,
            is_urgent=True,
        )
    for name in beat.failing() if beat else ():
        yield Waiting(
            f"The worker's job “{name}” fails. Ask whoever runs the site.", url, is_urgent=True
        )
