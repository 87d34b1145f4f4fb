"""What waits in the inbox, for whoever may open it."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from clinic_site.enquiries.models import Enquiry
from clinic_site.staff.dashboard import Waiting, register


@register(place=1)
def lines(user: User) -> Iterator[Waiting]:
    """Urgent, overdue, unanswered, suspected and forgotten enquiries; seven queries."""
    if not user.has_perm("enquiries.view_enquiry"):
        return
    now, inbox = timezone.now(), reverse("admin:enquiries_enquiry_changelist")
    waiting = Enquiry.objects.genuine().unanswered()
    read_now = Enquiry.objects.to_read_now().count()
    yield Waiting("Enquiries to read now", inbox, read_now, is_urgent=True)
    yield Waiting("Enquiries overdue", inbox, waiting.overdue(now).count(), is_urgent=True)
    yield Waiting("Enquiries without an answer", inbox, waiting.count())
    today = timezone.localdate(now)
    follow_up = Enquiry.objects.to_follow_up(today).count()
    yield Waiting("Enquiries to follow up today", inbox, follow_up)
    suspects = Enquiry.objects.suspected().count()
    yield Waiting("Enquiries that look like spam: is there a person among them?", inbox, suspects)
    closing = Enquiry.objects.closing_soon().count()
    yield Waiting("Enquiries that close by themselves soon", f"{inbox}?status=forgotten", closing)
