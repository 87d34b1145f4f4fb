"""Getting back to somebody on a day, and closing in bulk what nobody has touched for a month."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic_site.enquiries.models import Enquiry
from clinic_site.staff.dashboard import waiting_for
from clinic_site.staff.roles import FRONT_DESK
from tests.enquiries.inbox_world import DAY, address, enquiry, handling, signed_in, staff
from tests.staff.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Client:
    return signed_in(staff("anna", "view_enquiry", "change_enquiry"))


def follow_up(anna: Client, kept: Enquiry, **changed: Any) -> Enquiry:
    anna.post(address("change", kept.pk), handling(kept, **changed))
    return Enquiry.objects.get(pk=kept.pk)


def test_a_day_is_set_and_stands_on_the_page_and_in_the_history(anna: Client) -> None:
    kept = follow_up(anna, enquiry(), follow_up_on="2027-01-05")
    page = anna.get(address("change", kept.pk)).content.decode()
    assert 'value="2027-01-05"' in page
    assert "set a follow-up for 2027-01-05" in page


def test_a_day_that_is_none_is_refused(anna: Client) -> None:
    kept = enquiry()
    sent = handling(kept, follow_up_on="2027-02-30")
    assert anna.post(address("change", kept.pk), sent).status_code == 422


def test_on_that_day_it_stands_at_the_top_of_the_inbox(anna: Client) -> None:
    today = timezone.localdate()
    enquiry("Due Today", status="booked", follow_up_on=today)
    enquiry("Due Later", status="booked", follow_up_on=today + DAY)
    page = anna.get(address("changelist")).content.decode()
    assert "Follow up today" in page
    assert "Due Today" in page
    assert "Due Later" not in page


def test_the_first_page_of_the_admin_counts_it() -> None:
    enquiry(status="contacted", follow_up_on=timezone.localdate() - DAY)
    counted = {line.text: line.count for line in waiting_for(person("desk", FRONT_DESK))}
    assert counted["Enquiries to follow up today"] == 1


def test_closing_takes_it_off(anna: Client) -> None:
    kept = enquiry(follow_up_on=timezone.localdate())
    closed = follow_up(anna, kept, status="closed", follow_up_on=str(timezone.localdate()))
    assert closed.follow_up_on is None


@pytest.mark.parametrize("status", ["contacted", "booked"])
def test_old_ones_of_a_tab_are_closed_at_once(anna: Client, status: str) -> None:
    old = enquiry(at=timezone.now() - timedelta(days=31), status=status)
    young = enquiry(at=timezone.now() - timedelta(days=29), status=status)
    page = anna.get(address("changelist"), {"status": status}).content.decode()
    assert "Nobody has changed 1 of these for a month." in page
    anna.post(address("untouched"), {"status": status})
    states = Enquiry.objects.in_bulk()
    assert [states[one.pk].status for one in (old, young)] == ["closed", status]


@pytest.mark.parametrize("status", ["new", "spam", "all", "", "x"])
def test_nobody_who_waits_for_an_answer_is_closed_so(anna: Client, status: str) -> None:
    enquiry(at=timezone.now() - timedelta(days=100))
    anna.post(address("untouched"), {"status": status})
    assert Enquiry.objects.get().status == "new"
