"""Taking enquiries out: the table for a spreadsheet, and everything on one person. Both are recorded."""

import csv
import io
import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from clinic_site.clinic.reply_by import VANCOUVER
from clinic_site.enquiries.models import EnquiryEvent, EnquiryNote
from clinic_site.enquiries.staff_actions.export import safe_cell
from clinic_site.enquiries.submission.submit import withdraw
from clinic_site.outbox.queueing import queue_mail
from tests.enquiries.inbox_world import EVERYTHING, address, amend, enquiry, kinds, signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Client:
    return signed_in(staff("boss", *EVERYTHING))


def rows(boss: Client, status: str = "all") -> list[dict[str, str]]:
    response = boss.post(address("table"), {"status": status})
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def found(boss: Client, *wanted: str) -> list[str]:
    page = boss.post(address("person"), {"q": wanted})
    return sorted(card.enquiry.reference for card in page.context["cards"])


def held(boss: Client, *numbers: int) -> list[dict[str, Any]]:
    response = boss.post(address("dossier"), {"enquiry": numbers, "into": "file"})
    told: list[dict[str, Any]] = json.loads(response.content)["enquiries"]
    return told


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
        "%x",
        "|x",
    ],
)
def test_no_cell_begins_like_a_formula(boss: Client, text: str) -> None:
    enquiry(f"{text} name")
    assert rows(boss)[0]["Name"] == f"'{text} name"


@pytest.mark.parametrize("text", ["Ana", "1 = 1", "a@example.ca", "", "'quoted'", '"quoted"'])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_a_phone_number_is_a_cell_that_people_can_dial_from(boss: Client) -> None:
    enquiry(phone="+16045550142", phone_extension="9")
    assert rows(boss)[0]["Phone"] == "(604) 555-0142 ext. 9"


def test_the_table_says_what_the_patient_said_last(boss: Client) -> None:
    amend(enquiry(), message="Later words")
    assert rows(boss)[0]["In their words"] == "Later words"


def test_lines_quotes_and_commas_stay_in_one_cell(boss: Client) -> None:
    enquiry(message='One, "two"\nthree')
    assert rows(boss)[0]["In their words"] == 'One, "two"\nthree'


def test_the_table_opens_in_excel_with_its_accents(boss: Client) -> None:
    enquiry("Élodie")
    response = boss.post(address("table"), {"status": "all"})
    assert response.content.startswith("\ufeff".encode())
    assert "Élodie".encode() in response.content


def test_the_table_is_a_download(boss: Client) -> None:
    response = boss.post(address("table"), {"status": "all"})
    assert response.headers["Content-Disposition"].startswith('attachment; filename="enquiries-')
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_the_table_holds_the_chosen_status_only(boss: Client) -> None:
    enquiry("A")
    enquiry("B", status="booked")
    assert [row["Name"] for row in rows(boss, "booked")] == ["B"]


def test_each_exported_enquiry_is_recorded_and_no_other(boss: Client) -> None:
    out, kept_in = enquiry(status="booked"), enquiry()
    rows(boss, "booked")
    event = EnquiryEvent.objects.get(kind="exported")
    assert (event.reference, event.by and event.by.username) == (out.reference, "boss")
    assert kinds(kept_in) == ["received"]


def test_withdrawn_ones_are_in_no_table(boss: Client) -> None:
    withdraw(enquiry=enquiry())
    assert rows(boss) == []


@pytest.mark.parametrize("wanted", ["604 555 0142", "+1 (604) 555-0142", "ANA@example.ca"])
def test_a_person_is_found_by_phone_or_address(boss: Client, wanted: str) -> None:
    kept = enquiry()
    enquiry(phone="+16045550199", email="other@example.ca")
    assert found(boss, wanted) == [kept.reference]


def test_a_person_is_found_by_both_at_once(boss: Client) -> None:
    one = enquiry(phone="+16045550142", email="")
    other = enquiry(phone="", email="ana@example.ca")
    assert found(boss, "604 555 0142", "ana@example.ca") == sorted([one.reference, other.reference])


def test_a_person_is_found_by_what_they_changed_it_to(boss: Client) -> None:
    kept = enquiry()
    amend(kept, phone="+16045550177")
    assert found(boss, "604 555 0177") == [kept.reference]


@pytest.mark.parametrize("wanted", ["0142", "ana", "example.ca", "", "@"])
def test_part_of_a_number_or_address_is_not_a_person(boss: Client, wanted: str) -> None:
    enquiry()
    assert found(boss, wanted) == []


def test_everything_held_on_a_person_is_told(boss: Client) -> None:
    kept = enquiry("Ana Sample", message="First words")
    amend(kept, message="Later words")
    EnquiryNote.objects.create(enquiry=kept, text="Prefers mornings")
    queue_mail(
        to="ana@example.ca",
        subject="Your enquiry",
        body="We have it.",
        purpose="enquiry",
        key=f"enquiry-{kept.reference}-patient-0",
    )
    told = held(boss, kept.pk)[0]
    assert told["answers"]["Name"] == "Ana Sample"
    assert told["answers"]["In their words"] == "First words"
    assert told["changes"][0]["answers"]["In their words"] == "Later words"
    assert told["notes of the clinic"][0]["text"] == "Prefers mornings"
    assert told["emails"][0]["text"] == "We have it."
    assert told["consent"]["wording"] == "I agree."
    assert [line["what"] for line in told["what happened"]][0] == "Received"


def test_the_same_can_be_read_and_printed(boss: Client) -> None:
    kept = enquiry(message="Words to read <i>")
    page = boss.post(address("dossier"), {"enquiry": kept.pk, "into": "page"}).content.decode()
    assert "Words to read &lt;i&gt;" in page


def test_times_are_for_people_on_the_page_and_for_machines_in_the_file(boss: Client) -> None:
    kept = enquiry(at=datetime(2026, 11, 20, 4, 26, tzinfo=VANCOUVER))
    page = boss.post(address("dossier"), {"enquiry": kept.pk, "into": "page"}).content.decode()
    assert "<dd>Fri 20 Nov 2026, 04:26</dd>" in page
    assert "2026-11-20T" not in page
    assert held(boss, kept.pk)[0]["received"] == "2026-11-20T04:26-07:00"


@pytest.mark.parametrize("into", ["page", "file"])
def test_showing_what_is_held_is_recorded(boss: Client, into: str) -> None:
    kept, other = enquiry(), enquiry()
    boss.post(address("dossier"), {"enquiry": kept.pk, "into": into})
    assert kinds(kept) == ["received", "exported"]
    assert kinds(other) == ["received"]


def test_numbers_that_are_none_choose_nothing(boss: Client) -> None:
    enquiry()
    assert boss.post(address("dossier"), {"enquiry": ["x", "-1", "9" * 40]}).status_code == 200
    assert not EnquiryEvent.objects.filter(kind="exported").exists()
