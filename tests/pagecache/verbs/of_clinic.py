"""What is done to the clinic, its places, hours, closures and people: by the verb and in the admin."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from clinic_site.clinic.file_mapping import current_details, take_in
from clinic_site.clinic.models import Closure, Location, Practitioner
from clinic_site.pages.models import Page
from tests.pagecache.verbs.small_site import PLACE, Shown, SmallSite, Steps, has, lacks, verb
from tests.pages.practitioners import SENT, practitioner

NO_HOURS = {"hours-TOTAL_FORMS": "0", "hours-INITIAL_FORMS": "0"}
DAYS = timedelta(days=1)
SELECTED = {"action": "delete_selected", "post": "yes"}


def form(model: str, route: str, *numbers: int) -> str:
    return reverse(f"admin:clinic_{model}_{route}", args=numbers)


def in_days(days: int) -> date:
    return timezone.localdate() + days * DAYS


def closure(reason: str, starts: int = 0) -> Closure:
    """One that pages show already."""
    day = in_days(starts)
    entry = {"from": day.isoformat(), "to": day.isoformat(), "reason": reason}
    take_in(details={"closures": [entry]})
    return Closure.objects.get(reason=reason)


@verb
def taking_in_a_phone_number(site: SmallSite) -> Steps:
    yield ["/safety/"]
    take_in(details={"phone": "604-555-4140"})
    yield [Shown("/safety/", has("604-555-4140"))]


@verb
def taking_in_places_and_hours(site: SmallSite) -> Steps:
    yield ["/clinic/"]
    take_in(details={"locations": [PLACE | {"hours": {"friday": ["07:15-11:45"]}}]})
    yield [Shown("/clinic/", has("07:15")), Shown("/clinic/", lacks("09:00"))]


@verb
def taking_in_a_closure(site: SmallSite) -> Steps:
    day = in_days(20).isoformat()
    yield ["/safety/"]
    take_in(details={"closures": [{"from": day, "to": day, "reason": "Stocktaking"}]})
    yield [
        Shown("/safety/", has("Stocktaking"), 10 * DAYS),
        Shown("/safety/", lacks("Stocktaking"), 22 * DAYS),
    ]


@verb
def the_clinics_form(site: SmallSite) -> Steps:
    yield ["/safety/"]
    said = {"name": "South Clinic", "phone": "604-555-4100", "email": "desk@example.com"}
    site.post(form("clinic", "change", 1), said)
    yield [Shown("/safety/", has("South Clinic"))]


@verb
def a_place_and_its_hours_changed(site: SmallSite) -> Steps:
    place = Location.objects.earliest("pk")
    yield ["/clinic/"]
    span = {"weekday": 2, "opens": "06:30", "closes": "06:45", "location": place.pk, "id": ""}
    said: dict[str, Any] = {key: value for key, value in PLACE.items() if key != "hours"}
    said |= {"name": "Back Lane", "position": 0, "note": ""} | NO_HOURS
    said |= {"hours-TOTAL_FORMS": "1", **{f"hours-0-{key}": one for key, one in span.items()}}
    site.post(form("location", "change", place.pk), said)
    yield [Shown("/clinic/", has("Back Lane")), Shown("/clinic/", has("06:30"))]


@verb
def a_place_added(site: SmallSite) -> Steps:
    yield ["/clinic/"]
    said = {key: value for key, value in PLACE.items() if key != "hours"} | NO_HOURS
    site.post(form("location", "add"), said | {"name": "Second Street", "position": 1})
    yield [Shown("/clinic/", has("Second Street"))]


@verb
def a_place_deleted(site: SmallSite) -> Steps:
    take_in(details={"locations": [PLACE, PLACE | {"name": "Third Street"}]})
    yield ["/clinic/"]
    place = Location.objects.get(name="Third Street")
    site.post(form("location", "delete", place.pk), {"post": "yes"})
    yield [Shown("/clinic/", lacks("Third Street"))]


@verb
def a_closure_put_up(site: SmallSite) -> Steps:
    yield ["/safety/"]
    said = {"starts_on": in_days(24), "ends_on": in_days(24), "reason": "Training"}
    site.post(form("closure", "add"), said)
    yield [
        Shown("/safety/", has("Training"), 14 * DAYS),
        Shown("/safety/", lacks("Training"), 26 * DAYS),
    ]


@verb
def a_closure_changed(site: SmallSite) -> Steps:
    row = closure("Painting", starts=2)
    yield ["/safety/"]
    said = {"starts_on": row.starts_on, "ends_on": row.ends_on, "reason": "Repairs"}
    site.post(form("closure", "change", row.pk), said)
    yield [Shown("/safety/", has("Repairs"))]


@verb
def a_closure_deleted(site: SmallSite) -> Steps:
    row = closure("Cleaning", starts=3)
    yield ["/safety/"]
    site.post(form("closure", "delete", row.pk), {"post": "yes"})
    yield [Shown("/safety/", lacks("Cleaning"))]


@verb
def closures_deleted_from_the_list(site: SmallSite) -> Steps:
    row = closure("Moving house", starts=4)
    yield ["/safety/"]
    site.post(form("closure", "changelist"), {**SELECTED, "_selected_action": row.pk})
    yield [Shown("/safety/", lacks("Moving house"))]


def people_page(site: SmallSite) -> None:
    site.page("practitioners", layout="practitioners")


@verb
def a_practitioner_added(site: SmallSite) -> Steps:
    people_page(site)
    yield ["/safety/"]
    site.post(form("practitioner", "add"), {**SENT, "name": "B. Sample", "about": "Runs."})
    yield [Shown("/practitioners/", has("B. Sample")), Shown("/safety/", has("/practitioners/"))]


@verb
def a_practitioner_changed(site: SmallSite) -> Steps:
    if not Practitioner.objects.exists():
        people_page(site)
    row = practitioner("C. Sample", about="Rows.")
    yield ["/practitioners/"]
    site.post(
        form("practitioner", "change", row.pk), {**SENT, "name": "D. Sample", "about": "Row."}
    )
    yield [Shown("/practitioners/", has("D. Sample"))]


@verb
def a_practitioner_deleted(site: SmallSite) -> Steps:
    if not Practitioner.objects.exists():
        people_page(site)
    row = practitioner("E. Sample", about="Swims.")
    practitioner("F. Sample", about="Stays.")
    yield ["/practitioners/"]
    site.post(form("practitioner", "delete", row.pk), {"post": "yes"})
    yield [Shown("/practitioners/", lacks("E. Sample"))]


@verb
def practitioners_deleted_from_the_list(site: SmallSite) -> Steps:
    if not Practitioner.objects.exists():
        people_page(site)
    practitioner("G. Sample", about="Dives.")
    yield ["/practitioners/"]
    everybody = list(Practitioner.objects.values_list("pk", flat=True))
    site.post(form("practitioner", "changelist"), {**SELECTED, "_selected_action": everybody})
    yield [Shown("/practitioners/", None)]


@verb
def putting_up_a_notice(site: SmallSite) -> Steps:
    day = in_days(20).isoformat()
    yield ["/safety/"]
    site.client.post(
        form("notice", "add"), {"words": "We have moved.", "starts_on": day, "ends_on": day}
    )
    yield [
        Shown("/safety/", has("We have moved."), 20 * DAYS + timedelta(hours=1)),
        Shown("/safety/", lacks("We have moved."), 22 * DAYS),
    ]


@verb
def people_in_the_file_of_the_clinic(site: SmallSite) -> Steps:
    if not Page.objects.filter(path="practitioners").exists():
        people_page(site)
    yield ["/safety/"]
    register = "https://register.example.ca/1"
    one = {"name": "H. Sample", "title": "Physiotherapist", "register": register, "about": "Sings."}
    take_in(details=current_details() | {"practitioners": [one]})
    yield [Shown("/practitioners/", has("H. Sample"))]
