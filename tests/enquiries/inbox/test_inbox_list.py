"""The list of enquiries: what stands first, what is told, and what is not."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clinic_site.enquiries.models import Enquiry, EnquiryEvent, EnquiryPresence
from clinic_site.enquiries.staff_actions.retention import close_untouched
from tests.enquiries.inbox_world import DAY, address, amend, enquiry, signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Client:
    return signed_in(staff("anna", "view_enquiry", "change_enquiry"))


def text(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def listed(anna: Client, **query: str) -> str:
    return text(anna.get(address("changelist"), query))


def test_overdue_ones_stand_first_under_a_heading_of_their_own(anna: Client) -> None:
    enquiry("In Time")
    enquiry("Too Late", at=timezone.now() - 3 * DAY)
    page = listed(anna)
    order = [page.index(words) for words in ("Overdue: answer", "Too Late", "In time", "In Time")]
    assert order == sorted(order)


def test_how_late_it_is_stands_in_words(anna: Client) -> None:
    enquiry(at=timezone.now() - 3 * DAY)
    assert "Overdue by 2 days" in listed(anna)


def test_those_to_be_answered_sooner_stand_before_others(anna: Client) -> None:
    now = timezone.now()
    enquiry("Xenia", reply_by_at=now + 2 * DAY)
    enquiry("Wanda", reply_by_at=now + DAY)
    page = listed(anna)
    assert page.index("Wanda") < page.index("Xenia")


def test_an_answered_enquiry_is_not_overdue(anna: Client) -> None:
    enquiry(at=timezone.now() - 3 * DAY, status="contacted")
    assert "Overdue" not in listed(anna, status="contacted")


def test_every_status_is_a_filter_with_its_count(anna: Client) -> None:
    now = timezone.now()
    enquiry()
    enquiry(status="booked")
    for status in ("closed", "spam", "spam"):
        enquiry(status=status, closed_at=now)
    page = listed(anna)
    counted = {"New": 1, "Contacted": 0, "Booked": 1, "Closed": 1, "Spam": 2, "All": 5}
    for label, count in counted.items():
        assert f'{label} <span class="count">{count}</span>' in page


def test_a_filter_shows_only_its_own(anna: Client) -> None:
    enquiry("Still New")
    enquiry("Has Visit", status="booked")
    page = listed(anna, status="booked")
    assert "Has Visit" in page
    assert "Still New" not in page


def test_only_mine_leaves_out_what_is_assigned_to_others(anna: Client) -> None:
    enquiry("Mine", assigned_to=staff("ben"))
    enquiry("Nobodys")
    ben = signed_in(staff("carol", "view_enquiry"))
    assert "Nobodys" not in listed(ben, mine="1")


def test_who_it_is_assigned_to_is_told(anna: Client) -> None:
    enquiry(assigned_to=staff("ben"))
    assert "assigned to Ben" in listed(anna)


def test_suspects_stand_apart_with_the_reason(anna: Client) -> None:
    enquiry("Robot", spam_reasons="haste")
    enquiry("Person")
    page = listed(anna)
    assert page.index("Person") < page.index("Maybe spam: please look") < page.index("Robot")
    assert "Maybe spam: haste" in page


def test_what_the_patient_wrote_is_not_in_the_list(anna: Client) -> None:
    enquiry(message="Sore since the marathon")
    assert "marathon" not in listed(anna)


def test_a_change_by_the_patient_is_flagged_until_somebody_looks(anna: Client) -> None:
    kept = enquiry()
    amend(kept, message="More")
    assert "Changed by the patient" in listed(anna)
    anna.get(address("change", kept.pk))
    assert "Changed by the patient" not in listed(anna)


def test_who_else_has_it_open_is_told(anna: Client) -> None:
    EnquiryPresence.objects.create(enquiry=enquiry(), user=staff("ben"))
    assert "Ben has it open" in listed(anna)


def test_the_state_is_one_sentence(anna: Client) -> None:
    enquiry()
    enquiry(at=timezone.now() - 3 * DAY)
    assert "2 people wait for an answer, 1 of them overdue." in listed(anna)


def test_the_list_alone_is_answered_for_a_page_that_stays_open(anna: Client) -> None:
    enquiry("Just Came")
    page = text(anna.get(address("list")))
    assert "Just Came" in page
    assert "<html" not in page


def test_nothing_is_sent_again_while_nothing_changed(anna: Client) -> None:
    kept = enquiry()
    etag = anna.get(address("list")).headers["ETag"]
    assert anna.get(address("list"), headers={"If-None-Match": etag}).status_code == 304
    Enquiry.objects.filter(pk=kept.pk).update(name="Somebody Else")
    assert anna.get(address("list"), headers={"If-None-Match": etag}).status_code == 200


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    anna: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    amend(enquiry(), name="Changed Name")
    anna.get(address("list"))
    with CaptureQueriesContext(connection) as few:
        anna.get(address("list"))
    for _ in range(29):
        amend(enquiry(), name="Changed Name")
    with django_assert_num_queries(len(few)):
        anna.get(address("list"))


def test_the_list_goes_on_over_pages(anna: Client) -> None:
    for number in range(51):
        enquiry(f"Person {number:02}", reply_by_at=timezone.now() + (number + 1) * DAY)
    assert "Person 50" not in listed(anna)
    assert "Person 50" in listed(anna, p="2")


def test_a_page_number_that_is_none_shows_the_first(anna: Client) -> None:
    enquiry("Here")
    assert "Here" in listed(anna, p="x")


def test_all_suspects_seen_become_spam_at_once(anna: Client) -> None:
    robot, later = enquiry(spam_reasons="haste"), enquiry(spam_reasons="haste")
    person = enquiry()
    anna.post(address("suspects"), {"enquiry": [robot.pk, person.pk]})
    states = Enquiry.objects.in_bulk()
    assert [states[one.pk].status for one in (robot, later, person)] == ["spam", "new", "new"]


def test_those_that_close_by_themselves_are_announced(anna: Client) -> None:
    enquiry("Forgotten One", at=timezone.now() - timedelta(days=400), status="booked")
    close_untouched()
    assert "Nobody has touched 1 enquiry for about half a year" in listed(anna)
    assert "Forgotten One" in listed(anna, status="forgotten")


def test_those_that_close_by_themselves_are_closed_at_once(anna: Client) -> None:
    old = enquiry(at=timezone.now() - timedelta(days=400), status="booked")
    close_untouched()
    young = enquiry(status="booked")
    anna.post(address("forgotten"), {"enquiry": [old.pk, young.pk]})
    states = Enquiry.objects.in_bulk()
    assert [states[one.pk].status for one in (old, young)] == ["closed", "booked"]
    assert EnquiryEvent.objects.filter(enquiry=old, kind="changed", by__username="anna").exists()
