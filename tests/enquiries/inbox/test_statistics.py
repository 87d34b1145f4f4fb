"""Enquiries in numbers, and the pictures of them."""

import re
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from clinic_site.clinic.reply_by import VANCOUVER
from clinic_site.enquiries.inbox.bar_charts import SIGN_WIDTH, WIDTH, columns, lines
from clinic_site.enquiries.inbox.statistics import Figures, figures
from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.staff_actions.handle import Handling, handle
from tests.enquiries.inbox_world import address, enquiry, signed_in, staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 12, tzinfo=VANCOUVER)  # a Friday


def answered(after: timedelta, *, status: str = "contacted", at: datetime | None = None) -> Enquiry:
    came = at or NOW - timedelta(days=7)
    kept = enquiry(at=came)
    return handle(
        enquiry=kept,
        version=1,
        wanted=Handling(status),
        by=staff(f"anna{kept.pk}"),
        at=came + after,
    )


def said() -> Figures:
    return figures(NOW)


def test_a_week_begins_on_monday_in_vancouver() -> None:
    enquiry(at=datetime(2026, 11, 22, 23, 59, tzinfo=VANCOUVER))
    enquiry(at=datetime(2026, 11, 23, 0, 1, tzinfo=VANCOUVER))
    assert list(said().weeks.items())[-2:] == [("16 Nov", 1), ("23 Nov", 1)]


def test_there_are_26_weeks_with_the_empty_ones() -> None:
    assert list(said().weeks.values()) == [0] * 26


def test_older_enquiries_do_not_count() -> None:
    enquiry(at=NOW - timedelta(weeks=27))
    assert said().total == 0


@pytest.mark.parametrize(
    "fields", [{"status": "spam", "closed_at": NOW}, {"spam_reasons": "haste"}]
)
def test_spam_does_not_count(fields: dict[str, Any]) -> None:
    enquiry(at=NOW, **fields)
    assert said().total == 0


def test_the_hour_is_vancouvers_on_both_sides_of_the_clock_change() -> None:
    enquiry(at=datetime(2026, 10, 30, 14, 5, tzinfo=VANCOUVER))
    enquiry(at=datetime(2026, 11, 2, 14, 55, tzinfo=VANCOUVER))
    assert said().hours["14:00"] == 2


def test_an_enquiry_counts_in_each_of_its_areas() -> None:
    enquiry(at=NOW, areas=["knee", "foot"])
    areas = said().areas
    assert (areas["Knee"], areas["Foot"], areas["Back"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("after", "label"),
    [
        (timedelta(minutes=60), "Up to 1 hour"),
        (timedelta(minutes=61), "1 to 4 hours"),
        (timedelta(hours=5), "4 to 24 hours"),
        (timedelta(hours=25), "1 to 3 days"),
        (timedelta(days=4), "More than 3 days"),
    ],
)
def test_the_time_to_answer_runs_until_it_is_no_longer_new(after: timedelta, label: str) -> None:
    answered(after)
    assert said().answers[label] == 1


def test_an_enquiry_that_waits_has_no_answer_yet() -> None:
    enquiry(at=NOW)
    assert said().answers["No answer yet"] == 1


def test_the_first_answer_counts() -> None:
    kept = answered(timedelta(minutes=30))
    handle(
        enquiry=kept,
        version=2,
        wanted=Handling("new"),
        by=staff("ben"),
        at=kept.received_at + timedelta(hours=1),
    )
    handle(
        enquiry=kept,
        version=3,
        wanted=Handling("booked"),
        by=staff("carol"),
        at=kept.received_at + timedelta(days=5),
    )
    assert said().answers["Up to 1 hour"] == 1


def test_the_usual_answer_is_the_one_in_the_middle() -> None:
    for hours in (1, 2, 90):
        answered(timedelta(hours=hours))
    assert said().usual_answer == "2 hours"


def test_promises_kept_are_counted_among_those_that_were_due() -> None:
    answered(timedelta(hours=2))
    answered(timedelta(hours=30))
    enquiry(at=NOW)
    assert said().promises_kept == 50


def pictures(page: str) -> list[str]:
    return re.findall(r"<svg viewBox.*?</svg>", page, re.DOTALL)


def test_the_page_shows_every_number_in_a_table_and_as_a_picture() -> None:
    enquiry("Ana Quillfeather", at=timezone.now(), areas=["knee"])
    page = signed_in(staff("anna", "view_enquiry")).get(address("figures")).content.decode()
    assert len(pictures(page)) == 4
    assert '<th scope="row">Knee</th><td class="number">1</td>' in page
    assert "style=" not in page.partition('id="content"')[2]


def test_the_page_names_nobody() -> None:
    kept = enquiry("Ana Quillfeather", at=timezone.now(), message="Zygomatic")
    page = signed_in(staff("anna", "view_enquiry")).get(address("figures")).content.decode()
    for word in ("Quillfeather", "Zygomatic", kept.reference, "5550142"):
        assert word not in page


def test_each_picture_is_well_formed() -> None:
    page = signed_in(staff("anna", "view_enquiry")).get(address("figures")).content.decode()
    assert [ElementTree.fromstring(picture).tag for picture in pictures(page)] == ["svg"] * 4


def test_columns_are_as_high_as_their_share_of_the_highest() -> None:
    chart = columns("k", "T", "H", {"a": 4, "b": 1, "c": 0})
    assert [bar.height for bar in chart.bars] == [120, 30, 0]
    assert {bar.y + bar.height for bar in chart.bars} == {chart.base_y}


def test_lying_bars_stay_in_the_picture_with_their_numbers() -> None:
    chart = lines("k", "T", "H", {"a": 1000, "b": 0})
    assert all(bar.text_x + 28 <= chart.width for bar in chart.bars)


@pytest.mark.parametrize("draw", [columns, lines])
def test_nothing_at_all_can_be_drawn(draw: type) -> None:
    assert [bar.count for bar in draw("k", "T", "H", {"a": 0}).bars] == [0]


@pytest.mark.parametrize("count", [1, 7, 24, 26])
def test_no_date_under_a_column_leaves_the_chart_or_touches_another(count: int) -> None:
    weeks = columns("weeks", "Weeks", "Week", {f"{week:02} Nov": 1 for week in range(count)})
    room = len("01 Nov") * SIGN_WIDTH
    middles = [bar.label_x for bar in weeks.bars if bar.label]
    edges = [-room / 2, *middles, WIDTH + room / 2]
    assert all(right - left >= room for left, right in pairwise(edges))
