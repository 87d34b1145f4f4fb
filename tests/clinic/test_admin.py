"""The clinic in the admin: one row, one source, and pages that are never stale."""

from datetime import time, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.clinic.models import Clinic, Closure, Hours, Location, Practitioner
from clinic_site.pagecache.models import Moment, Stamp
from tests.pages.practitioners import SENT
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client: Client, published: None) -> Client:
    client.force_login(User.objects.create_superuser("root", "root@example.com", "x"))
    return client


def stamp() -> int:
    return Stamp.objects.filter(pk=1).values_list("value", flat=True).first() or 0


def url(model: str, route: str, *args: Any) -> str:
    return reverse(f"admin:clinic_{model}_{route}", args=args)


def test_the_list_leads_to_the_one_clinic(root: Client) -> None:
    assert root.get(url("clinic", "changelist"))["Location"] == url("clinic", "change", 1)


def test_nobody_adds_or_deletes_a_clinic(root: Client) -> None:
    assert root.get(url("clinic", "add")).status_code == 403
    assert root.post(url("clinic", "delete", 1), {"post": "yes"}).status_code == 403


def test_a_new_phone_number_stands_on_every_page(root: Client) -> None:
    data = {"name": "North Clinic", "phone": "604-555-0199", "email": "north@example.ca"}
    before = stamp()
    assert root.post(url("clinic", "change", 1), data).status_code == 302
    assert stamp() > before
    for path in ("/", "/clinic/"):
        html = root.get(path).content.decode()
        assert "tel:+16045550199" in html
        assert "North Clinic" in words_of(html)


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("555-0199", "has no area code; write all ten digits, like 604-555-0123"),
        ("call us", "has letters in it; write digits"),
        ("604-555-O142", "has letters in it; write digits"),
        ("６０４５５５０１９９", "is not a phone number; write digits"),
        ("604-555-0142 or 604-555-0143", "is more than one number; write one"),
        ("604-555-01425", "Nobody can be reached at"),
        (" ", "This field is required"),
    ],
)
def test_a_phone_number_that_cannot_be_dialled_is_refused(
    root: Client, phone: str, sentence: str
) -> None:
    data = {"name": "North Clinic", "phone": phone, "email": "north@example.ca"}
    response = root.post(url("clinic", "change", 1), data)
    assert sentence in unescape(response.content.decode())
    assert Clinic.objects.get().phone != phone


def save_hours(root: Client, opens: str, closes: str) -> Any:
    """Send the form of the one location with these times on each of its days; the answer."""
    place = Location.objects.get()
    hours = list(place.hours.all())
    data: dict[str, Any] = {
        name: getattr(place, name)
        for name in ("name", "street", "city", "province", "postal_code", "note", "position")
    }
    data |= {"hours-TOTAL_FORMS": len(hours), "hours-INITIAL_FORMS": len(hours)}
    for number, span in enumerate(hours):
        data |= {
            f"hours-{number}-id": span.pk,
            f"hours-{number}-location": place.pk,
            f"hours-{number}-weekday": span.weekday,
            f"hours-{number}-opens": opens,
            f"hours-{number}-closes": closes,
        }
    return root.post(url("location", "change", place.pk), data)


def test_hours_are_edited_with_their_location(root: Client) -> None:
    before = stamp()
    assert save_hours(root, "07:00", "11:30").status_code == 302
    assert stamp() > before
    assert set(Hours.objects.values_list("opens", "closes")) == {(time(7), time(11, 30))}


def test_hours_that_end_before_they_start_are_refused_in_words(root: Client) -> None:
    words = words_of(save_hours(root, "11:30", "07:00").content.decode())
    assert "It closes before it opens" in words
    assert "Constraint" not in words


def test_hours_that_overlap_are_refused_in_words(root: Client) -> None:
    place = Location.objects.get()
    Hours.objects.create(location=place, weekday=0, opens=time(18), closes=time(19))
    words = words_of(save_hours(root, "07:00", "11:30").content.decode())
    assert "Monday: 07:00 to 11:30 and 07:00 to 11:30 overlap. Put the times right" in words
    assert not Hours.objects.filter(opens=time(7)).exists()


def test_hours_that_touch_or_are_on_the_way_out_do_not_overlap(root: Client) -> None:
    place = Location.objects.get()
    monday, *others = place.hours.all()
    data = {
        name: getattr(place, name)
        for name in ("name", "street", "city", "province", "postal_code", "note", "position")
    }
    rows = [(monday.pk, "09:00", "12:00")] + [(row.pk, "09:00", "12:00") for row in others]
    for number, (pk, opens, closes) in enumerate([*rows, ("", "12:00", "17:00")]):
        data |= {
            f"hours-{number}-id": pk,
            f"hours-{number}-location": place.pk,
            f"hours-{number}-weekday": 0,
            f"hours-{number}-opens": opens,
            f"hours-{number}-closes": closes,
        }
    data |= {f"hours-{number}-DELETE": "on" for number in range(1, len(rows))}
    data |= {"hours-TOTAL_FORMS": len(rows) + 1, "hours-INITIAL_FORMS": len(rows)}
    assert root.post(url("location", "change", place.pk), data).status_code == 302
    assert Hours.objects.count() == 2


@pytest.mark.parametrize(("latitude", "longitude"), [("49.2", ""), ("", "-123"), ("99", "-123")])
def test_a_point_on_the_map_is_whole(root: Client, latitude: str, longitude: str) -> None:
    data = {"name": "A", "street": "1 B", "city": "C", "province": "BC", "postal_code": "V0V 0V0"}
    data |= {"latitude": latitude, "longitude": longitude, "position": "0"}
    data |= {"hours-TOTAL_FORMS": "0", "hours-INITIAL_FORMS": "0"}
    assert root.post(url("location", "add"), data).status_code == 200
    assert Location.objects.count() == 1


def test_a_closure_put_up_is_told_and_ends_by_itself(root: Client) -> None:
    start = timezone.localdate() + timedelta(days=20)
    data = {"starts_on": start, "ends_on": start, "reason": "Training"}
    before = stamp()
    assert root.post(url("closure", "add"), data).status_code == 302
    assert stamp() > before
    assert Closure.objects.get().clinic_id == 1
    assert Moment.objects.count() >= 3


def test_a_closure_that_ends_before_it_starts_is_refused_in_words(root: Client) -> None:
    day = timezone.localdate()
    data = {"starts_on": day, "ends_on": day - timedelta(days=1), "reason": "Training"}
    response = root.post(url("closure", "add"), data)
    assert "The last day is before the first" in words_of(response.content.decode())
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [("2026-12-24", "9999-12-31"), ("0001-01-01", "2026-12-24"), ("9999-12-30", "9999-12-31")],
)
def test_a_closure_beyond_any_calendar_is_refused_in_words(
    root: Client, starts_on: str, ends_on: str
) -> None:
    data = {"starts_on": starts_on, "ends_on": ends_on, "reason": "Until further notice"}
    response = root.post(url("closure", "add"), data)
    assert "Write a day from 2000 to 2100." in words_of(response.content.decode())
    assert not Closure.objects.exists()


def test_a_closure_until_the_last_day_of_the_calendar_is_told(root: Client) -> None:
    data = {"starts_on": "2000-01-01", "ends_on": "2100-12-31", "reason": "Until further notice"}
    assert root.post(url("closure", "add"), data).status_code == 302
    assert "Until further notice" in words_of(root.get("/clinic/").content.decode())


def test_the_same_closure_twice_is_refused_in_words(root: Client) -> None:
    data = {"starts_on": "2026-12-24", "ends_on": "2026-12-28", "reason": "Winter holidays"}
    root.post(url("closure", "add"), data)
    response = root.post(url("closure", "add"), data | {"reason": "Christmas"})
    assert "There is a closure on these very days already" in words_of(response.content.decode())
    assert Closure.objects.get().reason == "Winter holidays"


@pytest.mark.parametrize("way", ["one", "several"])
def test_a_closure_taken_down_is_gone_from_pages(root: Client, way: str) -> None:
    day = timezone.localdate()
    row = Closure.objects.create(clinic_id=1, starts_on=day, ends_on=day, reason="Training")
    before = stamp()
    if way == "one":
        root.post(url("closure", "delete", row.pk), {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
        root.post(url("closure", "changelist"), data)
    assert not Closure.objects.exists()
    assert stamp() > before


def test_a_practitioner_has_an_entry_in_the_register(root: Client) -> None:
    data = {name: value for name, value in SENT.items() if name != "registration_url"}
    assert root.post(url("practitioner", "add"), data).status_code == 200
    root.post(url("practitioner", "add"), data | {"registration_url": "http://example.ca/1"})
    assert not Practitioner.objects.exists()
    root.post(url("practitioner", "add"), data | {"registration_url": "https://example.ca/1"})
    assert Practitioner.objects.get().clinic_id == 1


def test_every_change_of_a_practitioner_is_told_to_the_pages(root: Client) -> None:
    stamps = [stamp()]
    root.post(url("practitioner", "add"), SENT)
    stamps.append(stamp())
    pk = Practitioner.objects.get().pk
    root.post(url("practitioner", "change", pk), SENT | {"name": "B. Sample"})
    stamps.append(stamp())
    assert "B. Sample" in root.get("/practitioners/").content.decode()
    root.post(
        url("practitioner", "changelist"),
        {"action": "delete_selected", "_selected_action": pk, "post": "yes"},
    )
    stamps.append(stamp())
    assert root.get("/practitioners/").status_code == 404
    assert sorted(set(stamps)) == stamps


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("about", "She will cure your pain.", "Line 1: “cure”"),
        ("title", "The best physiotherapist", "Line 1: “best physiotherapist”"),
        ("about", "See [this](/no-such-page/).", "leads nowhere"),
        ("about", "## Training\n\nMany years.", "Leave headings out"),
        ("about", "Kind.\n\n[A link](javascript:alert(1))", "Line 3"),
    ],
)
def test_words_that_may_not_stand_on_a_page_may_not_stand_in_a_persons_text(
    root: Client, field: str, words: str, sentence: str
) -> None:
    response = root.post(url("practitioner", "add"), SENT | {field: words})
    assert sentence in words_of(response.content.decode())
    assert not Practitioner.objects.exists()
