"""Notices on every page: from their first day to their last, by themselves, and looked at before."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from clinic_site.clinic.models import Closure, Notice
from clinic_site.clinic.notices.showing import put_up, shown
from clinic_site.pagecache.models import Moment
from clinic_site.staff.roles import EDITOR
from tests.reading_text import words_of
from tests.staff.people import person

pytestmark = pytest.mark.django_db
WORDS = "A. Sample joins us in March."
ADD, BOARD, PREVIEW = (f"/admin/clinic/notice/{end}" for end in ("add/", "", "preview/"))


def notice(start: date, end: date) -> Notice:
    return Notice.objects.create(clinic_id=1, words=WORDS, starts_on=start, ends_on=end)


@pytest.fixture
def desk(client: Client, published: Any) -> Client:
    """An editor's browser."""
    client.force_login(person("editor", EDITOR))
    return client


def days_from_now(first: int, last: int) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "starts_on": (today + timedelta(days=first)).isoformat(),
        "ends_on": (today + timedelta(days=last)).isoformat(),
    }


@pytest.mark.parametrize(("days", "is_shown"), [(-1, False), (0, True), (3, True), (4, False)])
def test_it_is_shown_from_its_first_day_to_its_last(
    published: Any, days: int, is_shown: bool
) -> None:
    start = date(2026, 12, 24)
    made = notice(start, start + timedelta(days=3))
    assert shown([made], start + timedelta(days=days)) == ([made] if is_shown else [])


def test_pages_change_by_themselves_when_it_comes_and_when_it_is_over(published: Any) -> None:
    start = timezone.localdate() + timedelta(days=40)
    Moment.objects.all().delete()
    put_up(notice(start, start + timedelta(days=1)))
    days = [timezone.localtime(one.at) for one in Moment.objects.order_by("at")]
    assert [(day.date(), day.hour) for day in days] == [
        (start, 0),
        (start + timedelta(days=2), 0),
    ]


@pytest.mark.parametrize("path", ["/", "/faq/", "/book/", "/no-such-page/"])
def test_every_page_carries_it_at_once(desk: Client, path: str) -> None:
    assert WORDS not in words_of(desk.get(path).content.decode())
    assert desk.post(ADD, {"words": WORDS} | days_from_now(0, 7)).status_code == 302
    assert WORDS in words_of(desk.get(path).content.decode())


def test_one_that_is_to_come_is_on_no_page_yet(desk: Client) -> None:
    desk.post(ADD, {"words": WORDS} | days_from_now(1, 7))
    assert WORDS not in words_of(desk.get("/").content.decode())


def test_a_claim_is_refused_with_what_is_wrong(desk: Client) -> None:
    words = "We are the best clinic in BC and cure every pain."
    answer = desk.post(ADD, {"words": words} | days_from_now(0, 7))
    assert answer.context["adminform"].form.errors["words"]
    assert not Notice.objects.exists()


@pytest.mark.parametrize("days", [(3, 1), (-20_000, 0), (0, 40_000)])
def test_days_that_make_no_sense_are_refused(desk: Client, days: tuple[int, int]) -> None:
    answer = desk.post(ADD, {"words": WORDS} | days_from_now(*days))
    assert (answer.status_code, Notice.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("notice_ends_after_start", {"ends_on": date(2026, 1, 1)}),
        ("notice_within_calendar", {"ends_on": date(2101, 1, 1)}),
        ("notice_says_something", {"words": ""}),
    ],
)
def test_the_database_holds_its_rules(published: Any, name: str, wrong: dict[str, Any]) -> None:
    told = {"words": WORDS, "starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 2)}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Notice.objects.create(clinic_id=1, **told | wrong)


def test_the_preview_shows_a_page_with_it_and_keeps_nothing(desk: Client) -> None:
    seen = desk.post(PREVIEW, {"words": WORDS} | days_from_now(5, 7))
    assert WORDS in words_of(seen.content.decode())
    assert "no-store" in seen["Cache-Control"]
    assert WORDS not in words_of(desk.get("/").content.decode())
    assert Notice.objects.count() == 0


def test_a_closed_day_is_looked_at_the_same_way(desk: Client) -> None:
    seen = words_of(desk.post(PREVIEW, {"reason": "Inventory"}).content.decode())
    assert ": Inventory" in seen
    assert Closure.objects.count() == 0


def test_one_day_is_enough_for_a_closure(desk: Client) -> None:
    day = timezone.localdate() + timedelta(days=1)
    sent = {"starts_on": day.isoformat(), "reason": "Inventory"}
    assert desk.post("/admin/clinic/closure/add/", sent).status_code == 302
    assert Closure.objects.get().ends_on == day


def test_the_board_shows_what_is_up_to_come_and_over(desk: Client) -> None:
    today, day = timezone.localdate(), timedelta(days=1)
    notice(today - day, today)
    notice(today + day, today + 2 * day)
    Closure.objects.create(
        clinic_id=1, starts_on=today - 9 * day, ends_on=today - 8 * day, reason="Move"
    )
    shelves = dict(desk.get(BOARD).context["shelves"])
    assert {name: [row.words for row in rows] for name, rows in shelves.items()} == {
        "Now": [WORDS],
        "To come": [WORDS],
        "Over": ["Closed: Move"],
    }
