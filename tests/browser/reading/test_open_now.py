"""Open now, closes at, opens next: said by script, by the clinic's clock whatever the phone's own zone is."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from clinic_site.clinic.reply_by import VANCOUVER, bc_holidays
from tests.browsing import OpenPage
from tests.serving import Site

PLACE = "/clinic/main-street/"  # Monday to Thursday from 9 to 5:30, Friday with a pause
USUAL = [["09:00", "17:30"]]
HOURS: dict[str, Any] = {
    "week": [USUAL, USUAL, USUAL, [["08:00", "12:00"], ["12:00", "23:59"]]]
    + [[["09:00", "12:00"], ["13:00", "16:00"]], [], []],
    "closed": [
        ["2026-06-16", "2026-06-30", "New floors."],
        ["2026-07-01", "2026-07-01", "Canada Day"],
    ],
    "until": "2026-12-31",
    # Minutes since 1970 from which the clinic's clock is so many minutes from UTC: winter, summer, winter.
    "offsets": [[29454240, -480], [29549400, -420], [29892060, -480]],
}
SAYINGS = {
    "2026-06-10T15:59:59Z": "Closed now. Opens today at 9 am.",
    "2026-06-10T16:00:00Z": "Open now, until 5:30 pm.",
    "2026-06-11T00:29:59Z": "Open now, until 5:30 pm.",
    "2026-06-11T00:30:00Z": "Closed now. Opens tomorrow at 8 am.",
    "2026-06-11T06:59:59Z": "Closed now. Opens tomorrow at 8 am.",  # a second before midnight there
    "2026-06-11T07:00:00Z": "Closed now. Opens today at 8 am.",
    "2026-06-11T18:59:00Z": "Open now, until 11:59 pm.",  # two stretches without a pause between
    "2026-06-12T19:00:00Z": "Closed now. Opens today at 1 pm.",
    "2026-06-12T23:00:00Z": "Closed now. Opens on Monday at 9 am.",
    "2026-06-14T20:00:00Z": "Closed now. Opens tomorrow at 9 am.",
    "2026-06-16T06:59:00Z": "Closed now. Opens on Thursday 2 July at 8 am.",
    "2026-06-16T07:00:00Z": "Closed today: New floors. Opens on Thursday 2 July at 8 am.",
    "2026-07-01T18:00:00Z": "Closed today: Canada Day. Opens tomorrow at 8 am.",
    "2026-03-06T16:59:00Z": "Closed now. Opens today at 9 am.",  # the last day of winter time
    "2026-03-06T17:00:00Z": "Open now, until noon.",
    "2026-03-09T15:59:00Z": "Closed now. Opens today at 9 am.",  # the first of summer time
    "2026-03-09T16:00:00Z": "Open now, until 5:30 pm.",
    "2026-11-02T16:59:00Z": "Closed now. Opens today at 9 am.",
    "2026-11-02T17:00:00Z": "Open now, until 5:30 pm.",
    "2025-12-31T20:00:00Z": "",  # before the clock that came with the page
    "2027-01-01T20:00:00Z": "",  # after it
}
ASK = """async ([hours, moments]) => {
  const { openNow } = await import(document.querySelector('script[src*="open-now"]').src);
  return moments.map(one => openNow(hours, Date.parse(one)));
}"""


def test_it_says_what_is_so_at_each_moment(peopled: Site, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(peopled.url + PLACE)
    said = page.evaluate(ASK, [HOURS, list(SAYINGS)])
    assert dict(zip(SAYINGS, said, strict=True)) == SAYINGS


def a_monday() -> datetime:
    """Midnight of one of the next Mondays that is no holiday and not within the closure of the other place."""
    day = datetime.now(VANCOUVER).date() + timedelta(days=14)
    while day.weekday() or day in bc_holidays(day.year):
        day += timedelta(days=1)
    return datetime.combine(day, time.min, VANCOUVER)


@pytest.mark.parametrize("zone", ["America/Vancouver", "Pacific/Kiritimati"])
def test_a_page_left_open_keeps_up_in_any_zone(
    peopled: Site, open_page: OpenPage, zone: str
) -> None:
    page = open_page(timezone_id=zone)
    at = a_monday()
    page.clock.install(time=at + timedelta(hours=8, minutes=59, seconds=30))
    page.goto(peopled.url + PLACE)
    said = page.locator(".open-now")
    expect(said).to_have_text("Closed now. Opens today at 9 am.")
    page.clock.run_for("01:00")
    expect(said).to_have_text("Open now, until 5:30 pm.")


def test_without_script_nothing_is_claimed(peopled: Site, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(peopled.url + PLACE)
    assert page.locator(".open-now").is_hidden()
    assert page.get_by_role("table", name="Opening hours").is_visible()
