"""What waits in the pages room beside its doors: reviews by others, checks, links off the site, a bad phone number."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse

from clinic_site.clinic.models import Clinic
from clinic_site.pages.actions.review_state import CHANGED, DUE, NEVER, OVERDUE, standings
from clinic_site.pages.checks.house_rules import current_rules
from clinic_site.pages.models import ExternalLink, PageCheck
from clinic_site.staff.dashboard import Waiting, register


@register(place=4)
def lines(user: User) -> Iterator[Waiting]:
    """The lines that this user may see; six queries at most."""
    if user.has_perm("pages.view_signoff") and not user.has_perm("pages.add_signoff"):
        yield from _signing()
    if user.has_perm("pages.view_pagecheck"):
        yield from _checks()
    if user.has_perm("clinic.change_clinic"):
        yield from _clinic()


def _clinic() -> Iterator[Waiting]:
    clinic = Clinic.objects.first()
    if clinic and not clinic.phone_link:
        words = f"Patients cannot tap the clinic's phone number: “{clinic.phone}” cannot be dialled"
        url = reverse("admin:clinic_clinic_change", args=[clinic.pk])
        yield Waiting(words, url, is_urgent=True)


def _signing() -> Iterator[Waiting]:
    url = reverse("admin:pages_signoff_changelist")
    states = [one.state for one in standings()]
    yield Waiting("Reviews overdue", url, states.count(OVERDUE), is_urgent=True)
    yield Waiting("Reviews due within 30 days", url, states.count(DUE))
    yield Waiting("Pages changed since they were signed", url, states.count(CHANGED))
    yield Waiting("Pages that nobody has signed yet", url, states.count(NEVER))


def _checks() -> Iterator[Waiting]:
    url = reverse("admin:pages_pagecheck_changelist")
    failing = PageCheck.objects.exclude(faults=[]).count()
    yield Waiting("Live pages that the checks fault", url, failing, is_urgent=True)
    links = reverse("admin:pages_externallink_changelist")
    broken = ExternalLink.objects.exclude(trouble="").count()
    yield Waiting("Links to other sites that do not answer", f"{links}?trouble=1", broken)
    if trouble := current_rules().trouble:
        yield Waiting(f"The rules for claims cannot be read: {trouble}", url, is_urgent=True)
