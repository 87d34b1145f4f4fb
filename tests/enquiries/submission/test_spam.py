"""Robots: told without a puzzle, kept and flagged, never dropped; addresses forgotten after a day."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.submission import spam
from clinic_site.enquiries.submission.spam import address_hash, forget_senders
from tests.enquiries.conftest import Send, new_pass
from tests.query_plans import scans


def reasons() -> str:
    return Enquiry.objects.latest("pk").spam_reasons


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, ""),
        ({"homepage": "http://spam.example"}, "hidden field"),
        ({"message": "http://a.example and https://b.example"}, "links"),
        ({"message": "See https://my-clinic.example"}, ""),
    ],
)
def test_suspects_are_kept_with_the_reason(send: Send, fields: dict[str, str], reason: str) -> None:
    assert send(**fields).status_code == 303
    assert reasons() == reason


@pytest.mark.parametrize(("age", "reason"), [(1.0, "haste"), (4.0, "")])
def test_nobody_fills_in_a_form_in_three_seconds(send: Send, age: float, reason: str) -> None:
    send(form=new_pass(age=age).text)
    assert reasons() == reason


def test_many_from_one_address_are_flagged_and_kept(send: Send) -> None:
    for number in range(spam.PER_HOUR + 1):
        assert send(name=f"Ana {number}").status_code == 303
    assert Enquiry.objects.exclude(spam_reasons="").count() == 1
    assert reasons() == "many from one address"


def test_another_address_is_not_held_against_it(send: Send) -> None:
    for number in range(spam.PER_HOUR):
        send(name=f"Ana {number}")
    send(headers={"X-Forwarded-For": "203.0.113.9"}, name="Bo")
    assert reasons() == ""


def test_an_hour_later_it_counts_no_more(send: Send) -> None:
    for number in range(spam.PER_HOUR):
        send(name=f"Ana {number}")
    Enquiry.objects.update(received_at=timezone.now() - timedelta(minutes=61))
    send(name="Bo")
    assert reasons() == ""


def test_a_days_worth_counts(send: Send) -> None:
    for number in range(spam.PER_DAY):
        send(name=f"Ana {number}")
    Enquiry.objects.update(received_at=timezone.now() - timedelta(hours=3))
    send(name="Bo")
    assert reasons() == "many from one address"


def test_the_address_itself_is_nowhere(send: Send) -> None:
    send(headers={"X-Forwarded-For": "203.0.113.77"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM enquiries_enquiry")
        assert "203.0.113.77" not in str(cursor.fetchall())
    assert len(Enquiry.objects.get().sender_hash) == 64


def test_the_hash_depends_on_the_sites_key(settings: LazySettings) -> None:
    one = address_hash({"REMOTE_ADDR": "203.0.113.77"})
    settings.SECRET_KEY = "another"
    assert address_hash({"REMOTE_ADDR": "203.0.113.77"}) != one


def test_hashes_are_forgotten_after_a_day(send: Send) -> None:
    send(name="Old")
    Enquiry.objects.update(received_at=timezone.now() - timedelta(hours=25))
    send(name="New")
    assert forget_senders() == 1
    assert [e.name for e in Enquiry.objects.exclude(sender_hash="")] == ["New"]


def test_an_enquiry_never_reads_through_all_the_others(send: Send) -> None:
    send()
    with CaptureQueriesContext(connection) as asked:
        send(name="Bo")
    assert scans(asked, "enquiries_enquiry") == []
