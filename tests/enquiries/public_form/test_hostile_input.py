"""Whatever is sent: an answer of the 4xx kind, no exception, no extra mail header or recipient."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic_site.enquiries.models import Enquiry
from clinic_site.outbox.models import OutboundEmail
from tests.at_length import examples
from tests.enquiries.conftest import ANSWERS, Send, encode, new_pass

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("field", ["name", "email", "phone"])
@pytest.mark.parametrize(
    "sign", ["\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\ufffd"]
)
def test_signs_that_could_forge_are_refused(send: Send, field: str, sign: str) -> None:
    whole = {"name": "Ana Sample", "email": "ana@example.ca", "phone": "604 555 0142"}
    value = f"{whole[field][:3]}{sign}Bcc: victim@example.org{sign}{whole[field][3:]}"
    response = send(**(whole | {field: value}))
    assert response.status_code == 422
    assert not Enquiry.objects.exists()
    assert not OutboundEmail.objects.exists()
    assert "\x00" not in response.text


def test_a_message_that_came_in_damaged_is_refused(send: Send) -> None:
    response = send(message="It hurts\x00 here")
    assert response.status_code == 422
    assert "Take this sign out of your message" in response.text


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07", "\x1b", "\u200f"])
@pytest.mark.parametrize("field", ["name", "message"])
def test_signs_that_nobody_sees_are_left_out(send: Send, field: str, sign: str) -> None:
    assert send(**{field: f"Ana {sign}Sample"}).status_code == 303
    assert getattr(Enquiry.objects.get(), field) == "Ana Sample"


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_message_keeps_its_lines_whatever_ends_them(send: Send, sign: str) -> None:
    assert send(message=f"It hurts.{sign}At night too.").status_code == 303
    assert Enquiry.objects.get().message == "It hurts.\nAt night too."


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("phone", "\u202a+1 (604) 555-0142\u202c", "+1 (604) 555-0142"),
        ("phone", "\u200e604\u00a0555\u00a00142\ufeff", "604 555 0142"),
        ("email", "\u202aana@example.ca\u202c", "ana@example.ca"),
        ("email", "ana\u200b@example\u00ad.ca\u00a0", "ana@example.ca"),
        ("name", "\u2068Ana Sample\u2069", "Ana Sample"),
    ],
)
def test_what_was_copied_from_contacts_is_read(
    send: Send, field: str, typed: str, kept: str
) -> None:
    assert send(**{field: typed}).status_code == 303
    column = "phone_typed" if field == "phone" else field
    assert getattr(Enquiry.objects.get(), column) == kept


def test_marks_that_names_in_arabic_or_hebrew_carry_are_harmless(send: Send) -> None:
    assert send(name="\u200fדנה כהן\u200e").status_code == 303
    assert Enquiry.objects.get().name == "דנה כהן"


def test_several_addresses_in_one_are_refused(send: Send) -> None:
    assert send(email="ana@example.ca,bo@example.ca").status_code == 422


@pytest.mark.parametrize(
    "field", ["name", "email", "phone", "message", "about", "form", "homepage"]
)
def test_a_field_of_a_megabyte_is_too_much(send: Send, field: str) -> None:
    response = send(**{field: "x" * 1_000_000})
    assert response.status_code == 413
    assert "That was too long for us to read" in response.text
    assert len(response.content) < 60_000


def test_a_thousand_fields_are_refused(send: Send) -> None:
    assert send(**{f"f{n}": "" for n in range(1500)}).status_code == 400


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"name": "Ana"}', "application/json", 415),
        (b"<name>Ana</name>", "text/xml", 415),
        (b"name=Ana", "", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"--x\r\n", "multipart/form-data", 415),
        (b"name=Ana", f"{FORM}; charset=utf-16", 400),
        (b"name=Ana", f"{FORM}; charset=nonsense", 422),
        (b"name=%ff%fe%00", FORM, 422),
        (b"name=\xff\xfe\x00", FORM, 422),
        (b"\x00\x00\x00", FORM, 422),
        (b"&&&===%%%", FORM, 422),
        (b"", "", 415),
    ],
)
def test_other_kinds_and_codings_are_refused(
    client: Client, published: None, body: bytes, kind: str, status: int
) -> None:
    response = client.generic("POST", "/book/", body, content_type=kind)
    assert response.status_code == status
    assert "<form" in response.text


@pytest.mark.parametrize("length", ["-1", "x", ""])
def test_a_made_up_length_is_harmless(client: Client, published: None, length: str) -> None:
    response = client.post("/book/", encode(ANSWERS), content_type=FORM, CONTENT_LENGTH=length)
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize(
    "form", ["", "x", "a.b.c", "eyJmb3JtIjoxfQ:1:x", None, "\x00", "é", new_pass().text[:-1]]
)
def test_a_pass_that_is_not_ours_asks_to_send_again(send: Send, form: str | None) -> None:
    response = send(form=form)
    assert response.status_code == 409
    assert 'value="Ana Sample"' in response.text
    assert send(form=response.context["form_pass"].text).status_code == 303


def test_a_form_that_was_open_for_days_asks_to_send_again(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes = [new_pass()]
    monkeypatch.setattr("tests.enquiries.conftest.new_pass", passes.pop)
    monkeypatch.setattr("clinic_site.enquiries.submission.form_token.MAX_AGE", -1)
    assert send().status_code == 409


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://elsewhere.example"},
    ],
)
def test_what_another_site_sends_is_shown_and_not_kept(send: Send, headers: dict[str, str]) -> None:
    response = send(headers=headers)
    assert response.status_code == 403
    assert "Please check your answers and send them again" in response.text
    assert 'value="Ana Sample"' in response.text
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Origin": "null"},
        {},
    ],
)
def test_what_our_own_page_sends_is_kept(send: Send, headers: dict[str, str]) -> None:
    assert send(headers=headers).status_code == 303


@pytest.mark.parametrize(
    "header",
    ["Referer", "Origin", "Cookie", "Accept-Language", "User-Agent", "X-Forwarded-For", "Range"],
)
@pytest.mark.parametrize("value", ["\x00", "é" * 500, "http://[", "a=b;" * 500, "-1"])
def test_odd_headers_never_break_the_form(
    client: Client, published: None, header: str, value: str
) -> None:
    assert client.get("/book/", headers={header: value}).status_code == 200
    posted = client.post("/book/", "name=", content_type=FORM, headers={header: value})
    assert 400 <= posted.status_code < 500


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from(
            [*ANSWERS, "email", "message", "areas", "days", "prefers", "payer", "form"]
        ),
        st.text(max_size=80),
    )
)
def test_any_text_in_any_field_is_answered(send: Send, fields: dict[str, Any]) -> None:
    response = send(**{name: value.encode("utf-8", "replace") for name, value in fields.items()})
    assert response.status_code in (303, 409, 422)
