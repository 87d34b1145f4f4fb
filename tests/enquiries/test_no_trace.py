"""What a patient wrote is in the database and in no other place."""

import logging
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.signing import loads
from django.db import OperationalError, connection
from django.test import Client

from clinic_site.enquiries.form_pass import SALT
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import Send, new_pass
from tests.enquiries.test_database_locked import Answer
from tests.enquiries.test_database_trouble import refusing
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


def test_no_file_of_the_real_server_but_the_database_and_the_patients_mail(
    clinic_site: Site,
) -> None:
    form = Answer(f"{clinic_site.url}/book/").form()
    for message in ("A zebra.", "Two zebras."):
        fields = CANARY | {"message": message, "form": form, "consent": "on"}
        assert Answer(f"{clinic_site.url}/book/", urlencode(fields).encode()).status == 303
    files = [path for path in clinic_site.data_dir.rglob("*") if path.is_file()]
    told = {
        path.name: traces(path.read_bytes().decode("latin-1"))
        for path in files
        if not path.name.startswith("db.sqlite3") and "mail" not in path.parts
    }
    assert told
    assert not any(told.values()), told
    assert traces(clinic_site.words()) == []
