"""Steps until the site opens that are taken at the machine: mail that arrives, a backup that was restored once."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import User

from clinic_site.operations import backup_record
from clinic_site.outbox.models import OutboundEmail
from clinic_site.staff.checklist import Step, register


@register(place=2)
def steps(user: User) -> Iterator[Step]:
    """One query."""
    if not user.has_perm("outbox.view_outboundemail"):
        return
    leaves = "smtp" in settings.EMAIL_BACKEND
    yield Step(
        "Send yourself an enquiry",
        "Its mail has to reach you"
        if leaves
        else "No mail leaves this machine yet: whoever runs the site sets EMAIL_URL",
        "/book/",
        leaves and OutboundEmail.objects.sent().exists(),
    )
    yield Step(
        "Restore a backup once",
        "Whoever runs the site types: manage.py go_live",
        "",
        backup_record.was_restored(),
    )
