"""Steps until the site opens that are taken in the clinic's and the pages' rooms."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse

from clinic_site.clinic.models import Clinic, Hours, Location, Practitioner
from clinic_site.clinic.sample import SAMPLE_STREET
from clinic_site.pages.actions.review_state import standings
from clinic_site.staff.checklist import Step, register


@register(place=1)
def steps(user: User) -> Iterator[Step]:
    """The clinic's own words, and the sign-off; eight queries."""
    if user.has_perm("clinic.change_clinic"):
        yield from _clinic()
    if user.has_perm("pages.add_signoff"):
        waiting = [one for one in standings() if one.needs_reading]
        yield Step(
            "Sign the pages off",
            f"{len(waiting)} to read, about {sum(one.minutes for one in waiting)} minutes",
            reverse("admin:pages_signoff_changelist"),
            not waiting,
        )


def _clinic() -> Iterator[Step]:
    clinic = Clinic.objects.first()
    places = Location.objects.all()
    where = reverse("admin:clinic_location_changelist")
    is_named = clinic is not None and not clinic.is_sample
    yield Step(
        "Name and phone number",
        "Those that come with the site are made up",
        reverse("admin:clinic_clinic_changelist"),
        is_named,
    )
    streets = [place.street for place in places]
    is_placed = bool(streets) and SAMPLE_STREET not in streets
    yield Step("Places", "Where patients find you", where, is_placed)
    open_places = set(Hours.objects.values_list("location_id", flat=True))
    are_told = bool(streets) and open_places >= {place.pk for place in places}
    says = "Answers are promised by them"
    yield Step("Opening hours", says, where, is_placed and are_told)
    yield Step(
        "People who treat patients",
        "With their entry in the regulator's register",
        reverse("admin:clinic_practitioner_changelist"),
        Practitioner.objects.exists(),
    )
