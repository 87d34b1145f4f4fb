"""What is wrong comes back as what to do; everything that was typed stays."""

from typing import Any

import pytest

from clinic_site.enquiries.models import Enquiry
from clinic_site.outbox.models import OutboundEmail
from tests.enquiries.conftest import Send, new_pass

NOT_ASKED = {"kind": "visit"} | dict.fromkeys(
    ("for_whom", "language", "wanted_person", "wanted_place"), ""
)

PHONE_WRONG = (
    "Check the phone number. Write it with its area code, like 604 555 0142. "
    "If it is not from Canada or the USA, start with + and its country code"
)
EMAIL_WRONG = "Check the email address. Write it like name@example.com"


@pytest.mark.parametrize(
    ("fields", "anchor", "message"),
    [
        ({"name": ""}, "id_name", "Enter your name"),
        ({"name": "   "}, "id_name", "Enter your name"),
        ({"name": "—"}, "id_name", "Type your name again, in letters on one line"),
        ({"name": "x" * 101}, "id_name", "Shorten your name to 100 characters or fewer"),
        ({"phone": ""}, "id_phone", "Enter a phone number or an email address"),
        ({"phone": "604 555 014"}, "id_phone", PHONE_WRONG),
        ({"phone": "call me"}, "id_phone", PHONE_WRONG),
        ({"phone": "055 555 0142"}, "id_phone", PHONE_WRONG),
        ({"phone": "6" * 41}, "id_phone", PHONE_WRONG),
        ({"email": "ana@"}, "id_email", EMAIL_WRONG),
        ({"email": f"{'a' * 250}@example.ca"}, "id_email", EMAIL_WRONG),
        (
            {"phone": "", "email": "a@example.ca", "prefers": "phone"},
            "id_phone",
            "Enter a phone number, or choose email below",
        ),
        (
            {"prefers": "email"},
            "id_email",
            "Enter an email address, or choose phone below",
        ),
        (
            {"message": "x" * 501},
            "id_message",
            "Shorten your message to 500 characters. It has 501 now",
        ),
        (
            {"language": "7"},
            "id_language",
            "Write the language in a word, such as Punjabi",
        ),
        (
            {"language": "x" * 41},
            "id_language",
            "Shorten the language to 40 characters or fewer, such as Punjabi",
        ),
        ({"for_whom": "my cat"}, "id_for_whom_0", "Choose from the list"),
        ({"consent": None}, "id_consent", "Tick the box, so that we may use your answers to reply"),
        ({"areas": "elsewhere"}, "id_areas_0", "Choose from the list"),
    ],
)
def test_each_error_is_named_linked_and_beside_its_field(
    send: Send, fields: dict[str, Any], anchor: str, message: str
) -> None:
    response = send(**fields)
    assert response.status_code == 422
    assert f'<li><a href="#{anchor}">{message}</a></li>' in response.text
    assert f'id="{anchor}"' in response.text
    assert response.text.count(message) == 2
    assert "<title>Error: Ask for a visit" in response.text
    assert not Enquiry.objects.exists()


def test_the_summary_comes_first_and_takes_the_focus(send: Send) -> None:
    text = send(name="").text
    summary = text.index('<section class="error-summary" tabindex="-1" autofocus')
    assert summary < text.index("<h1")
    assert "There is a problem" in text[summary : summary + 200]


def test_errors_are_told_in_the_order_of_the_page(send: Send) -> None:
    response = send(name="", phone="", consent=None, message="x" * 501)
    told = [anchor for anchor, _ in response.context["form"].problems()]
    assert told == ["id_name", "id_phone", "id_message", "id_consent"]


def test_everything_typed_stays(send: Send) -> None:
    response = send(
        name="",
        phone="12",
        email="ana@example",
        areas=["knee", "foot"],
        prefers="email",
        days=["monday"],
        times=["late"],
        is_returning="no",
        payer="icbc",
        message="Line one\r\n<b>two</b>",
        about="conditions/knee-pain",
    )
    text = response.text
    for typed in ('value="12"', 'value="ana@example"', "Line one\r\n&lt;b&gt;two&lt;/b&gt;"):
        assert typed in text.replace("\r\n", "\n").replace("\n&lt;", "\r\n&lt;")
    for chosen in ("knee", "foot", "email", "monday", "late", "no", "icbc"):
        tag = text[text.index(f'value="{chosen}"') :].partition(">")[0]
        assert "checked" in tag
    assert 'name="about" value="conditions/knee-pain"' in text
    assert '<input type="checkbox" name="consent" id="id_consent" checked>' in text


def test_the_token_stays_so_that_sending_again_is_the_same_enquiry(send: Send) -> None:
    form = new_pass().text
    assert f'name="form" value="{form}"' in send(name="", form=form).text


def test_an_input_points_to_its_hint_and_its_error(send: Send) -> None:
    text = send(language="7").text
    tag = text[text.index('<input type="text" name="language"') :].partition(">")[0]
    assert 'aria-describedby="id_language_helptext id_language_error"' in tag
    assert 'aria-invalid="true"' in tag
    assert 'id="id_language_helptext"' in text
    assert 'id="id_language_error"' in text


@pytest.mark.parametrize(
    "fields", [{"phone": "", "email": "a@example.ca"}, {"phone": "604 555 0142"}]
)
def test_a_phone_number_or_an_address_is_enough(send: Send, fields: dict[str, str]) -> None:
    assert send(**fields).status_code == 303
    assert Enquiry.objects.count() == 1


def test_all_answers_are_kept(send: Send) -> None:
    send(
        name="  Zoë   O’Connor-李 ",
        phone="(604) 555-0142 ext. 12",
        email="zoe@example.ca",
        prefers="phone",
        areas=["knee", "back"],
        about="conditions/knee-pain",
        is_returning="yes",
        days=["monday", "friday"],
        times=["morning"],
        payer="worksafebc",
        message="  It hurts.\r\nA lot.  ",
    )
    assert Enquiry.objects.get().answers().as_fields() == {
        **NOT_ASKED,
        "name": "Zoë O’Connor-李",
        "phone": "+16045550142",
        "phone_extension": "12",
        "phone_typed": "(604) 555-0142 ext. 12",
        "email": "zoe@example.ca",
        "prefers": "phone",
        "areas": ["knee", "back"],
        "about": "conditions/knee-pain",
        "is_returning": True,
        "days": ["monday", "friday"],
        "times": ["morning"],
        "payer": "worksafebc",
        "message": "It hurts.\nA lot.",
    }


def test_who_it_is_for_and_the_language_are_kept(send: Send) -> None:
    send(for_whom="child", language="  ਪੰਜਾਬੀ ")
    enquiry = Enquiry.objects.get()
    assert (enquiry.for_whom, enquiry.language) == ("child", "ਪੰਜਾਬੀ")


def test_a_message_of_500_characters_is_taken_whatever_its_line_ends(send: Send) -> None:
    assert send(message="é" * 249 + "\r\n" + "😀" * 250).status_code == 303
    assert len(Enquiry.objects.get().message) == 500


def test_nothing_is_mailed_while_something_is_wrong(send: Send) -> None:
    send(name="")
    assert not OutboundEmail.objects.exists()
