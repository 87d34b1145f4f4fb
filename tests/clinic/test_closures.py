"""Closures as patients are told of them: from two weeks ahead to the last day, without anybody doing anything."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic_site.clinic.closures import announce, announced
from clinic_site.clinic.models import Clinic, Closure
from clinic_site.pagecache.models import Moment
from tests.reading_text import words_of

pytestmark = pytest.mark.django_db


def closure(start: date, end: date, reason: str = "Winter holidays") -> Closure:
    clinic = Clinic.objects.get_or_create(
        pk=1, defaults={"name": "Clinic", "phone": "604-555-0142", "email": "a@example.com"}
    )[0]
    return Closure.objects.create(clinic=clinic, starts_on=start, ends_on=end, reason=reason)


@pytest.mark.parametrize(
    ("days", "is_told"), [(-15, False), (-14, True), (0, True), (3, True), (4, False)]
)
def test_it_is_told_from_two_weeks_ahead_to_the_last_day(days: int, is_told: bool) -> None:
    start = date(2026, 12, 24)
    made = closure(start, start + timedelta(days=3))
    assert announced([made], start + timedelta(days=days)) == ([made] if is_told else [])


@pytest.mark.parametrize("path", ["/", "/faq/", "/book/", "/no-such-page/"])
def test_every_page_carries_the_notice(client: Client, published: Any, path: str) -> None:
    today = timezone.localdate()
    closure(today, today + timedelta(days=2), "Water in the cellar")
    assert "Water in the cellar" in words_of(client.get(path).content.decode())


def test_a_single_day_is_told_as_one(client: Client, published: Any) -> None:
    today = timezone.localdate()
    closure(today, today)
    words = words_of(client.get("/").content.decode())
    assert f"Closed on {today:%A} {today.day} {today:%B}: Winter holidays" in words


def test_without_a_closure_there_is_no_notice(client: Client, published: Any) -> None:
    assert 'class="notice"' not in client.get("/").content.decode()


def test_pages_change_by_themselves_when_the_notice_comes_changes_and_goes() -> None:
    start = timezone.localdate() + timedelta(days=40)
    announce(closure(start, start + timedelta(days=1)))
    days = [timezone.localtime(moment.at) for moment in Moment.objects.order_by("at")]
    assert [day.date() for day in days] == [
        start - timedelta(days=14),
        start,
        start + timedelta(days=2),
    ]
    assert {day.time() for day in days} == {datetime.min.time()}
