"""Patients who write while staff are at work: enquiries that come in through the form itself."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.browser.desk import Desk


@dataclass(frozen=True)
class Arrival:
    """An enquiry that is in the database now."""

    number: int
    reference: str
    url: str


def arrives(desk: Desk, name: str, **fields: str) -> Arrival:
    """A patient of this name asks for a visit. A test is quicker than people, so its flag is taken off."""
    with urlopen(f"{desk.site.url}/book/") as page:
        form = re.search(r'name="form" value="([^"]+)"', page.read().decode())
    assert form
    told = {"name": name, "phone": "604 555 0142", "consent": "on", "form": unescape(form[1])}
    said = urlencode(told | fields).encode()
    with urlopen(Request(f"{desk.site.url}/book/", said)) as confirmation:
        assert confirmation.status == 200
    desk.ask("UPDATE enquiries_enquiry SET spam_reasons = '' WHERE name = ?", name)
    number, reference = desk.ask(
        "SELECT id, reference FROM enquiries_enquiry WHERE name = ?", name
    )[0]
    return Arrival(number, reference, f"{desk.site.url}/admin/enquiries/enquiry/{number}/change/")


def inbox(desk: Desk, route: str = "") -> str:
    """The full address of the list, or of another page of the inbox."""
    return f"{desk.site.url}/admin/enquiries/enquiry/{route}"


def becomes_overdue(desk: Desk, arrival: Arrival) -> None:
    """As if it had come ten days ago."""
    desk.ask(
        "UPDATE enquiries_enquiry SET received_at = datetime('now', '-10 days'), "
        "reply_by_at = datetime('now', '-9 days') WHERE id = ?",
        arrival.number,
    )
