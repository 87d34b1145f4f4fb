"""What a patient wrote is in the database and in no other place."""

import logging
import socket
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request

import pytest
from django.core.cache import cache
from django.core.signing import dumps, loads
from django.db import OperationalError, connection
from django.test import Client

from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.submission.form_token import SALT
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import Send, new_pass
from tests.enquiries.inbox_world import EVERYTHING, address, handling, signed_in, staff
from tests.enquiries.public_form.test_database_trouble import refusing
from tests.enquiries.submission.test_write_lock import Answer
from tests.faults.processes import wait_for
from tests.serving import Site

CANARY = {
    "name": "Quillon Vexley",
    "phone": "604-555-0187",
    "email": "quillon.vexley@example.ca",
    "message": "A zebra stepped on my kneecap.",
}
TRACES = ("quillon", "vexley", "555-0187", "5550187", "zebra")


def traces(text: str) -> list[str]:
    return [word for word in TRACES if word in text.casefold()]


def test_no_log_address_cookie_cache_or_mail_subject(
    client: Client, send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    form = new_pass().text
    answers = [
        send(**CANARY, form=form),
        send(**(CANARY | {"message": "The zebra came back."}), form=form),
        send(**(CANARY | {"phone": "12"})),
    ]
    with connection.execute_wrapper(refusing(OperationalError("database is locked"))):
        answers.append(send(**CANARY))
    outside = [caplog.text, str(client.cookies), str(getattr(cache, "_cache", ""))]
    outside += [str(answer.headers) for answer in answers]
    outside += [mail.subject + mail.key + mail.purpose for mail in OutboundEmail.objects.all()]
    assert len(outside) > 8
    assert [traces(text) for text in outside] == [[]] * len(outside)


def test_the_forms_pass_holds_nothing_of_the_person(send: Send) -> None:
    response = send(**(CANARY | {"phone": "12"}))
    assert set(loads(response.context["form_pass"].text, salt=SALT)) == {
        "form",
        "at",
        "version",
        "wording",
    }


def tables_with_traces() -> set[str]:
    """The tables of the whole database, the search index among them, in which the patient's words are."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if traces(repr(cursor.fetchall())):
                found.add(table)
    return found


@pytest.fixture
def handled(send: Send) -> tuple[Client, Enquiry]:
    """The patient wrote twice; staff looked for them, read, noted, corrected and exported."""
    form, desk = new_pass().text, signed_in(staff("zoe", *EVERYTHING))
    send(**CANARY, form=form)
    send(**(CANARY | {"message": "The zebra came back."}), form=form)
    kept = Enquiry.objects.get()
    desk.post(address("search"), {"q": CANARY["name"]})
    desk.post(address("change", kept.pk), handling(kept, note="Quillon was not at home."))
    shown = desk.get(address("correct", kept.pk)).context["form"]
    told = {name: shown[name].value() for name in shown.fields if shown[name].value() is not None}
    assert desk.post(address("correct", kept.pk), told | {"phone": "6045550187"}).status_code == 303
    for page in (address("history", kept.pk), address("figures"), "/search/?q=kneecap"):
        assert desk.get(page).status_code == 200
    desk.post(address("dossier"), {"enquiry": kept.pk})
    return desk, kept


def test_no_table_but_those_of_the_enquiry_and_its_mail(handled: tuple[Client, Enquiry]) -> None:
    assert tables_with_traces() == {
        "enquiries_enquiry",
        "enquiries_enquiryamendment",
        "enquiries_enquirynote",
        "outbox_outboundemail",
    }
    mails = OutboundEmail.objects.values()
    beside = [{name: mail[name] for name in mail if name != "to"} for mail in mails]
    assert traces(repr(beside)) == []


def test_no_table_at_all_once_it_is_erased(handled: tuple[Client, Enquiry]) -> None:
    desk, kept = handled
    desk.post(address("delete", kept.pk))
    assert tables_with_traces() == set()


BROKEN = [
    "GET /book/ Quillon Vexley HTTP/1.1\r\n\r\n",
    "GET /book/quillon/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET /book/?name=Quillon+Vexley HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET /book/sent/QUILLON~vexley/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET /book/ HTTP/1.1\r\nHost: quillon.vexley.example\r\n\r\n",
    "GET /book/ HTTP/1.1\r\nHost: localhost\r\nQuillon Vexley\r\n\r\n",
    "POST /book/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: zebra\r\n\r\n",
    "POST /book/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nname=Quil",
    "Quillon Vexley, 604-555-0187\r\n\r\n",
]


@pytest.mark.parametrize("request_text", BROKEN)
def test_no_log_has_what_was_sent_in_a_way_that_is_no_form(
    clinic_site: Site, request_text: str
) -> None:
    with socket.create_connection(("127.0.0.1", clinic_site.port), timeout=20) as browser:
        browser.sendall(request_text.replace("localhost", f"localhost:{clinic_site.port}").encode())
        assert browser.recv(12).startswith(b"HTTP/1.")
    assert traces(clinic_site.words()) == []


def test_no_file_of_the_real_server_but_the_database_and_the_address_of_the_patients_mail(
    clinic_site: Site,
) -> None:
    key = (clinic_site.data_dir / "secret_key").read_text().strip()
    form = dumps(loads(new_pass().text, salt=SALT), salt=SALT, key=key)  # a minute old
    # Other tests write to this site too, and from one address it takes few enquiries for clean.
    asked = Request(f"{clinic_site.url}/book/", headers={"X-Forwarded-For": "203.0.113.87"})
    for message in ("A zebra.", "Two zebras."):
        fields = CANARY | {"message": message, "form": form, "consent": "on"}
        assert Answer(asked, urlencode(fields).encode()).status == 303
    wait_for(lambda: len(mails_to_patient(clinic_site)) == 1, "the mail to the patient")
    files = [path for path in clinic_site.data_dir.rglob("*") if path.is_file()]
    told = {
        str(path.relative_to(clinic_site.data_dir)): traces(beside_the_address(path))
        for path in files
        if not path.name.startswith("db.sqlite3")
    }
    assert {"public", "mail"} <= {Path(name).parts[0] for name in told}
    assert not any(told.values()), told
    assert traces(clinic_site.words()) == []


def mails_to_patient(site: Site) -> list[Path]:
    """The files of the mails to the patient of these tests."""
    written = (site.data_dir / "mail").glob("*")
    return [path for path in written if CANARY["email"] in what_is_in(path)]


def beside_the_address(path: Path) -> str:
    """The name and the text of a file; of a mail, without the address that it goes to."""
    lines = f"{path.name}\n{what_is_in(path)}".splitlines()
    return "\n".join(line for line in lines if line != f"To: {CANARY['email']}")


def what_is_in(path: Path) -> str:
    """The text of a file; nothing if it has got its final name, or has gone, since it was listed."""
    try:
        return path.read_bytes().decode("latin-1")
    except FileNotFoundError:
        return ""
