"""Whom patients would like to see, and where: asked where there is a choice, kept, and told to whom it concerns."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clinic_site.clinic.models import Clinic, Location, Practitioner
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.submission.submit import withdraw
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.inbox_world import EVERYTHING, amend, enquiry, staff
from tests.pages.practitioners import practitioner
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db
Send = Callable[..., HttpResponse]
ANNA, CHEN = "Anna Lee", "Zoë O’Neil & Chen"
PERSON, PLACE = 'name="wanted_person"', 'name="wanted_place"'


@pytest.fixture
def several(published: None) -> None:
    """Two people and two places; the harbour reads its own mail."""
    practitioner(ANNA)
    practitioner(CHEN)
    Location.objects.update(name="Main Street", slug="main-street")
    Location.objects.create(
        clinic=Clinic.objects.get(),
        name="Harbour",
        slug="harbour",
        street="8 Quay Road",
        city="Vancouver",
        postal_code="V7M 1A5",
        email="harbour@example.ca",
        position=1,
    )


def form_at(client: Client, query: str = "") -> str:
    return client.get(f"/book/{query}").content.decode()


def chosen_in(html: str) -> list[str]:
    """The values of the radio buttons of both questions that are on, but for "no preference"."""
    buttons = re.findall(r'<input type="radio" name="wanted_\w+" value="([^"]*)" checked>', html)
    return [unescape(value) for value in buttons if value]


def mailed_to_staff() -> list[str]:
    return [
        mail.to for mail in OutboundEmail.objects.filter(key__contains="-staff-").order_by("pk")
    ]


def test_nothing_is_asked_where_there_is_no_choice(client: Client, published: None) -> None:
    practitioner(ANNA)
    html = form_at(client, "?with=anna-lee&at=ims-dry-needling-bc")
    assert PERSON not in html
    assert PLACE not in html


def test_where_there_is_a_choice_no_preference_is_on(client: Client, several: None) -> None:
    html = form_at(client)
    words = words_of(html)
    assert all(name in words for name in (ANNA, CHEN, "Main Street", "Harbour", "No preference"))
    assert PERSON in html
    assert PLACE in html
    assert chosen_in(html) == []


@pytest.mark.parametrize(
    ("query", "on"),
    [
        ("?with=anna-lee", [ANNA]),
        ("?at=harbour", ["Harbour"]),
        ("?with=anna-lee&at=main-street", [ANNA, "Main Street"]),
        ("?with=nobody&at=nowhere", []),
        ("?with=%00&at=" + "x" * 5_000, []),
    ],
)
def test_a_link_chooses_for_the_patient(
    client: Client, several: None, query: str, on: list[str]
) -> None:
    html = form_at(client, query)
    assert chosen_in(html) == on


@pytest.mark.usefixtures("several")
class TestSent:
    def test_both_are_kept(self, send: Send) -> None:
        assert send(wanted_person=CHEN, wanted_place="Harbour").status_code == 303
        kept = Enquiry.objects.get()
        assert (kept.wanted_person, kept.wanted_place) == (CHEN, "Harbour")

    @pytest.mark.parametrize("sent", ["two\nlines", "\x00", ""])
    def test_what_is_no_name_is_no_preference(self, send: Send, sent: str) -> None:
        assert send(wanted_person=sent).status_code == 303
        assert Enquiry.objects.get().wanted_person == ""

    def test_both_stay_chosen_when_something_else_is_wrong(self, send: Send) -> None:
        html = send(name="", wanted_person=ANNA, wanted_place="Closed Place").content.decode()
        assert chosen_in(html) == [
            ANNA,
            "Closed Place",
        ]

    @pytest.mark.parametrize(
        ("place", "to"),
        [("Harbour", "harbour@example.ca"), ("Main Street", ""), ("", ""), ("Nowhere", "")],
    )
    def test_staff_mail_goes_to_the_place_that_reads_its_own(
        self, send: Send, place: str, to: str
    ) -> None:
        send(wanted_place=place)
        assert mailed_to_staff() == [to or Clinic.objects.get().email]

    def test_a_person_who_signs_in_is_assigned_what_asks_for_them(self, send: Send) -> None:
        anna = User.objects.create_user("anna", is_staff=True)
        Practitioner.objects.filter(name=ANNA).update(account=anna)
        send(wanted_person=ANNA)
        assert Enquiry.objects.get().assigned_to == anna

    def test_nobody_is_assigned_where_two_bear_the_name(self, send: Send) -> None:
        practitioner(ANNA, slug="anna-lee-2")
        anna = User.objects.create_user("anna", is_staff=True)
        Practitioner.objects.filter(slug="anna-lee").update(account=anna)
        send(wanted_person=ANNA)
        assert Enquiry.objects.get().assigned_to is None

    def test_who_left_is_assigned_nothing(self, send: Send) -> None:
        anna = User.objects.create_user("anna", is_staff=True, is_active=False)
        Practitioner.objects.filter(name=ANNA).update(account=anna)
        send(wanted_person=ANNA)
        assert Enquiry.objects.get().assigned_to is None


def test_the_only_place_reads_its_own_mail_too(send: Send) -> None:
    Location.objects.update(email="desk@example.ca")
    send()
    assert mailed_to_staff() == ["desk@example.ca"]


@pytest.fixture
def inbox(several: None, client: Client) -> Client:
    client.force_login(staff("bea", *EVERYTHING))
    return client


def listed(client: Client, **query: str) -> str:
    response: Any = client.get(reverse("admin:enquiries_enquiry_changelist"), query)
    return words_of(response.content.decode())


@pytest.mark.usefixtures("inbox")
class TestInbox:
    def test_a_card_says_whom_and_where(self, client: Client) -> None:
        enquiry("Ana Sample", wanted_person=ANNA, wanted_place="Harbour")
        assert "to see Anna Lee, at Harbour" in listed(client)

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({"at": "Harbour"}, {"One", "Three", "Four"}),
            ({"with": ANNA}, {"One", "Two"}),
            ({"with": ANNA, "at": "Harbour"}, {"One"}),
            ({"at": "Nowhere"}, set()),
            ({}, {"One", "Two", "Three", "Four"}),
        ],
    )
    def test_the_list_is_narrowed(
        self, client: Client, query: dict[str, str], names: set[str]
    ) -> None:
        enquiry("Patient One", wanted_person=ANNA, wanted_place="Harbour")
        enquiry("Patient Two", wanted_person=ANNA)
        enquiry("Patient Three", wanted_place="Harbour")
        amend(enquiry("Patient Four"), wanted_place="Harbour")
        words = listed(client, **query)
        assert {n for n in ("One", "Two", "Three", "Four") if f"Patient {n}" in words} == names
        assert f"New {len(names)}" in words

    @pytest.mark.parametrize(
        ("person", "place", "remarks"), [(ANNA, "Harbour", 0), ("Who Left", "Nowhere", 2)]
    )
    def test_a_name_that_is_not_on_the_list_is_told_as_such(
        self, client: Client, person: str, place: str, remarks: int
    ) -> None:
        kept = enquiry(wanted_person=person, wanted_place=place)
        html = client.get(
            reverse("admin:enquiries_enquiry_change", args=[kept.pk])
        ).content.decode()
        words = words_of(html)
        assert person in words
        assert place in words
        assert words.count("not on our list now") == remarks

    def test_tabs_carry_on_what_is_chosen(self, client: Client) -> None:
        html = client.get(
            reverse("admin:enquiries_enquiry_changelist"), {"at": "A & B"}
        ).content.decode()
        assert 'href="?status=booked&amp;at=A+%26+B"' in html


def test_staff_who_take_a_call_choose_from_the_same_names(inbox: Client) -> None:
    html = inbox.get(reverse("admin:enquiries_enquiry_add")).content.decode()
    assert '<option value="Harbour">Harbour</option>' in html


def test_a_withdrawn_enquiry_says_neither(several: None, send: Send, client: Client) -> None:
    send(wanted_person=ANNA, wanted_place="Harbour")
    kept = Enquiry.objects.get()
    withdraw(enquiry=kept)
    kept.refresh_from_db()
    assert (kept.wanted_person, kept.wanted_place) == ("", "")
