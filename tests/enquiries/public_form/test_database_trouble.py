"""The database refuses: 503 with the clinic's phone, everything typed still there, and not one more question to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from clinic_site.enquiries.models import Enquiry
from clinic_site.enquiries.public_form.page_context import SiteReader
from clinic_site.enquiries.submission.confirmation_links import confirmation_path
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import Send, new_pass
from tests.real_clinic import REAL_CLINIC

PHONE, IN_FILE = REAL_CLINIC["phone"], "604-555-0142"
REFUSALS = [
    OperationalError("database is locked"),
    OperationalError("attempt to write a readonly database"),
    OperationalError("database or disk is full"),
    DatabaseError("database disk image is malformed"),
]
Refusing = Callable[..., Any]


def refusing(error: Exception, *, writes_only: bool = False) -> Refusing:
    """A wrapper around every statement that raises instead of running it."""

    def refuse(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if writes_only and not sql.startswith("INSERT"):
            return execute(sql, *rest)
        raise error

    return refuse


@pytest.fixture
def remembered(client: Client, published: None) -> None:
    """A process that has served the form before."""
    client.get("/book/")


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize("error", REFUSALS)
@pytest.mark.parametrize("writes_only", [True, False])
def test_everything_typed_comes_back_with_the_phone(
    send: Send, error: Exception, writes_only: bool
) -> None:
    form = new_pass().text
    with connection.execute_wrapper(refusing(error, writes_only=writes_only)):
        response = send(form=form, message="It hurts <here>", areas="knee", consent="on")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert set(response.headers["Cache-Control"].split(", ")) == {"no-cache", "private"}
    for words in (
        "<title>Error: ",
        "We cannot take your enquiry just now",
        "It was <strong>not sent</strong>",
        'value="Ana Sample"',
        'value="604-555-0142"',
        "It hurts &lt;here&gt;</textarea>",
        f'name="form" value="{form}"',
        f">{PHONE}</a>",
    ):
        assert words in response.text
    assert "checked" in response.text.partition('value="knee"')[2].partition(">")[0]


@pytest.mark.usefixtures("remembered")
def test_nothing_is_kept_of_what_was_not_confirmed(send: Send) -> None:
    with connection.execute_wrapper(refusing(REFUSALS[2], writes_only=True)):
        send()
    assert not Enquiry.objects.exists()
    assert not OutboundEmail.objects.exists()


@pytest.mark.usefixtures("remembered")
def test_sending_again_afterwards_is_one_enquiry(send: Send) -> None:
    form = new_pass().text
    with connection.execute_wrapper(refusing(REFUSALS[0])):
        send(form=form)
    assert [send(form=form).status_code for _ in range(2)] == [303, 303]
    assert Enquiry.objects.count() == 1


@pytest.mark.usefixtures("remembered")
def test_the_remembered_page_is_whole(client: Client) -> None:
    usual = client.get("/book/").text
    with connection.execute_wrapper(refusing(REFUSALS[0])):
        response = client.get("/book/?about=tennis-elbow")
    assert response.status_code == 503
    for words in ('href="/what-is-ims/"', 'href="tel:911"', "We delete it 12 months", "<form"):
        assert words in usual
        assert words in response.text


@pytest.mark.usefixtures("remembered")
def test_what_is_wrong_is_told_even_then(send: Send) -> None:
    with connection.execute_wrapper(refusing(REFUSALS[0])):
        response = send(name="")
    assert response.status_code == 503
    assert "Enter your name" in response.text


@pytest.fixture
def unread(published: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has read nothing yet."""
    recall = SiteReader.recall
    monkeypatch.setattr(SiteReader, "recall", lambda reader, *kind: recall(replace(reader), *kind))


@pytest.mark.usefixtures("unread")
def test_a_process_that_has_read_nothing_takes_words_and_phone_from_the_files(send: Send) -> None:
    with connection.execute_wrapper(refusing(REFUSALS[0])):
        response = send()
    assert response.status_code == 503
    for words in (
        "<h1>Ask for a visit</h1>",
        f">{IN_FILE}</a>",
        'href="tel:911"',
        'value="Ana Sample"',
    ):
        assert words in response.text


@pytest.mark.parametrize(
    ("method", "last"), [("get", ""), ("get", "withdraw/"), ("post", "withdraw/")]
)
def test_the_confirmation_says_to_come_back(
    client: Client, send: Send, method: str, last: str
) -> None:
    send()
    path = confirmation_path(Enquiry.objects.get()) + last
    client.get("/book/")
    with connection.execute_wrapper(refusing(REFUSALS[0])):
        response = getattr(client, method)(path)
    assert response.status_code == 503
    assert f">{PHONE}</a>" in response.text
    assert Enquiry.objects.get().name


@pytest.mark.usefixtures("remembered")
def test_the_log_tells_what_happened_and_nothing_that_was_typed(
    send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.execute_wrapper(refusing(REFUSALS[0])):
        send(name="Quillon Vexley", message="zebra")
    assert "An enquiry could not be kept" in caplog.text
    assert "Quillon" not in caplog.text
    assert "zebra" not in caplog.text
