"""What may be the same person's is shown together, and closed as a double by a person, never merged."""

import pytest
from django.test import Client

from clinic_site.enquiries.models import Enquiry
from tests.enquiries.inbox_world import address, amend, enquiry, handling, signed_in, staff

pytestmark = pytest.mark.django_db
SHOWN = "Maybe the same person"


@pytest.fixture
def anna() -> Client:
    return signed_in(staff("anna", "view_enquiry", "change_enquiry"))


def page_of(anna: Client, kept: Enquiry) -> str:
    return anna.get(address("change", kept.pk)).content.decode()


def close(anna: Client, kept: Enquiry, of: Enquiry, version: object = None) -> Enquiry:
    sent = {"version": version or kept.version, "enquiry": of.pk}
    anna.post(address("double", kept.pk), sent)
    return Enquiry.objects.get(pk=kept.pk)


@pytest.mark.parametrize(
    "same", [{"email": ""}, {"phone": ""}, {"phone": "+16045550199", "email": "ANA@example.ca"}]
)
def test_one_with_the_same_phone_or_address_is_shown(anna: Client, same: dict[str, str]) -> None:
    kept, other = enquiry("Ana Sample"), enquiry("Ann Sample", **same)
    page = page_of(anna, kept)
    assert SHOWN in page
    assert other.reference in page


def test_one_that_changed_to_it_later_is_shown(anna: Client) -> None:
    kept, other = enquiry(), enquiry(phone="+16045550199", email="new@example.ca")
    amend(other, phone=kept.phone)
    assert SHOWN in page_of(anna, kept)


def test_nothing_is_shown_for_another_person(anna: Client) -> None:
    kept = enquiry()
    enquiry(phone="+16045550199", email="bo@example.ca")
    assert SHOWN not in page_of(anna, kept)


def test_two_without_a_phone_are_not_the_same(anna: Client) -> None:
    kept = enquiry(phone="")
    enquiry(phone="", email="bo@example.ca")
    assert SHOWN not in page_of(anna, kept)


def test_closed_ones_are_left_out(anna: Client) -> None:
    kept, other = enquiry(), enquiry()
    close(anna, other, kept)
    assert SHOWN not in page_of(anna, kept)


def test_closing_changes_neither_words_nor_the_other(anna: Client) -> None:
    kept, other = enquiry("Ana Sample"), enquiry("Bo Sample")
    closed = close(anna, kept, other)
    assert (closed.status, closed.double_of, closed.name) == ("closed", other, "Ana Sample")
    assert Enquiry.objects.get(pk=other.pk).version == 1


def test_the_page_leads_to_the_other_and_the_history_names_it(anna: Client) -> None:
    kept, other = enquiry(), enquiry()
    page = page_of(anna, close(anna, kept, other))
    assert f"closed it as a double of {other.reference}" in page
    assert "Set another status to open it again" in page


def test_another_status_opens_it_again(anna: Client) -> None:
    kept, other = enquiry(), enquiry()
    closed = close(anna, kept, other)
    anna.post(address("change", kept.pk), handling(closed, status="new"))
    opened = Enquiry.objects.get(pk=kept.pk)
    assert (opened.status, opened.double_of) == ("new", None)


@pytest.mark.parametrize("version", ["2", "x", "-1", "9" * 30])
def test_a_version_that_is_not_the_last_closes_nothing(anna: Client, version: str) -> None:
    kept, other = enquiry(), enquiry()
    assert close(anna, kept, other, version).status == "new"


def test_it_is_no_double_of_itself(anna: Client) -> None:
    kept = enquiry()
    assert close(anna, kept, kept).status == "new"
