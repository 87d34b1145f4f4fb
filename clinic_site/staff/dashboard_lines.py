"""What waits for somebody about their own account."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django_otp import user_has_device

from clinic_site.staff.dashboard import Waiting, register
from clinic_site.staff.second_factor.policy import due_at


@register(place=9)
def lines(user: User) -> Iterator[Waiting]:
    """A second factor that is to be set up soon."""
    if (due := due_at(user)) and not user_has_device(user):
        day = timezone.localtime(due)
        yield Waiting(
            f"Set up your second factor: from {day.day} {day:%B} on you need it to sign in",
            reverse("staff:second-factor"),
        )
