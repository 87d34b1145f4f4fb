"""The form as it is served: what stands around it, what it asks, what it leaves alone."""

import re

import pytest
from django.test import Client

from clinic_site.clinic.models import Clinic
from clinic_site.enquiries.public_form.form import EnquiryForm
from tests.enquiries.conftest import encode
from tests.reading_text import words_of

pytestmark = pytest.mark.usefixtures("published")


def page(client: Client, path: str = "/book/", **headers: str) -> str:
    return client.get(path, headers=headers or None).text


def sent(client: Client, told: dict[str, str]) -> str:
    form_type = "application/x-www-form-urlencoded"
    return client.post("/book/", encode(told), content_type=form_type).text


def checked(html: str) -> list[str]:
    return [
        tag.split('value="')[1].split('"')[0]
        for tag in html.split("<input ")
        if " checked" in tag.split(">")[0]
    ]


def test_it_is_served_without_a_cookie(client: Client) -> None:
    response = client.get("/book/")
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("is_sent", [False, True], ids=["blank", "with errors"])
def test_only_the_browser_keeps_it_for_its_back_button(client: Client, is_sent: bool) -> None:
    response = client.post("/book/") if is_sent else client.get("/book/")
    assert set(response.headers["Cache-Control"].split(", ")) == {"no-cache", "private"}


def test_no_field_that_is_typed_into_asks_the_browser_to_forget_it(client: Client) -> None:
    form = client.get("/book/").context["form"]
    assert [f.name for f in form if f.field.widget.attrs.get("autocomplete") == "off"] == []


def test_every_form_has_a_token_of_its_own(client: Client) -> None:
    passes = {client.get("/book/").context["form_pass"].token for _ in range(3)}
    assert len(passes) == 3


@pytest.mark.parametrize("path", ["/book/", "/book/question/"])
@pytest.mark.parametrize("words", ["call 9-1-1", "call 8-1-1", "One sign is enough"])
def test_whom_to_call_stands_above_the_form(client: Client, path: str, words: str) -> None:
    above = page(client, path).partition('<form class="ask"')[0]
    assert words in words_of(above.partition("<main")[2])


@pytest.mark.parametrize("path", ["/book/", "/book/question/"])
@pytest.mark.parametrize(
    "words", ["the clinic uses this to answer me", "Only its staff", "12 months", "6 months"]
)
def test_consent_says_what_for_who_sees_it_and_how_long(
    client: Client, path: str, words: str
) -> None:
    consent = page(client, path).partition('id="id_consent"')[2]
    assert words in consent.partition("</label>")[0]


@pytest.mark.parametrize("path", ["/book/", "/book/question/"])
def test_whom_to_ask_about_privacy_stands_on_the_page(client: Client, path: str) -> None:
    assert "ask for the person in charge of privacy" in page(client, path)


def test_the_consent_wording_is_the_pages_own(client: Client) -> None:
    response = client.get("/book/")
    details = response.context["page"].revision.details
    assert response.context["form_pass"].consent_wording == details["consent"]
    assert details["consent"] in response.text


def test_days_on_which_the_clinic_is_closed_are_not_offered(client: Client) -> None:
    html = page(client)
    assert 'value="friday"' in html
    assert 'value="sunday"' not in html


def test_without_hours_the_days_from_monday_to_friday_are_offered(client: Client) -> None:
    Clinic.objects.all().delete()
    assert 'value="friday"' in page(client)


@pytest.mark.parametrize(
    ("name", "token"), [("name", "name"), ("phone", "tel"), ("email", "email")]
)
def test_the_browser_may_fill_in(name: str, token: str) -> None:
    assert f'autocomplete="{token}"' in str(EnquiryForm()[name])


def test_no_asterisk_no_placeholder_no_required_mark(client: Client) -> None:
    form = page(client).partition('<form class="ask"')[2].partition("</form>")[0]
    for mark in ("*", "placeholder", " required"):
        assert mark not in form


def test_what_is_optional_is_folded_away(client: Client) -> None:
    form = page(client).partition('<form class="ask"')[2]
    before, _, folded = form.partition('<details class="more">')
    assert "(optional)" in folded.partition("</summary>")[0]
    assert re.findall(r'name="(\w+)"', folded.partition("</details>")[0]) != []
    assert {"name", "phone", "email"} <= set(re.findall(r'name="(\w+)"', before))
    assert 'name="message"' not in before


@pytest.mark.parametrize(
    "told", [{"areas": "knee"}, {"language": "7"}, {"message": "Card 9698 658 215"}]
)
def test_what_was_added_is_seen_when_the_form_comes_back(
    client: Client, told: dict[str, str]
) -> None:
    assert '<details class="more" open>' in sent(client, told)


def test_nothing_added_stays_folded(client: Client) -> None:
    assert '<details class="more">' in sent(client, {"prefers": "either"})


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/book/?about=tennis-elbow", "Tennis elbow"),
        ("/book/question/?about=conditions/tennis-elbow", "Tennis elbow"),
        ("/book/?area=knee&area=foot", "Knee, Foot"),
    ],
)
def test_what_it_is_about_is_said(client: Client, path: str, words: str) -> None:
    assert f"About: <strong>{words}</strong>" in page(client, path)


def test_what_it_is_about_is_still_said_beside_an_error(client: Client) -> None:
    form = sent(client, {"about": "conditions/tennis-elbow"})
    assert "About: <strong>Tennis elbow</strong>" in form


@pytest.mark.parametrize("path", ["/book/", "/book/?about=safety", "/book/?area=<b>x"])
def test_nothing_is_said_where_there_is_nothing(client: Client, path: str) -> None:
    assert "About: " not in page(client, path)


@pytest.mark.parametrize(
    ("path", "areas"),
    [
        ("/book/?about=tennis-elbow", ["arm-hand"]),
        ("/book/?about=conditions/tennis-elbow", ["arm-hand"]),
        ("/book/?area=knee&area=foot", ["knee", "foot"]),
        ("/book/?about=nothing-of-ours", []),
        ("/book/?about=../../etc", []),
        ("/book/?about=%00%0d%0aX:1", []),
        ("/book/?area=elsewhere", []),
    ],
)
def test_the_area_is_filled_in_from_the_page_before(
    client: Client, path: str, areas: list[str]
) -> None:
    assert [value for value in checked(page(client, path)) if value != "either"] == areas


def test_the_area_is_filled_in_from_a_plain_link_on_a_conditions_page(client: Client) -> None:
    html = page(client, referer="http://testserver/conditions/sciatica-and-piriformis-syndrome/")
    assert checked(html)[:2] == ["back", "hip-leg"]


def test_pages_of_other_sites_fill_in_nothing(client: Client) -> None:
    assert checked(page(client, referer="http://elsewhere.example/conditions/knee-pain/")) == [
        "either"
    ]


def test_what_someone_typed_into_the_address_is_not_repeated(client: Client) -> None:
    assert "<b>x" not in page(client, "/book/?about=<b>x</b>&name=<b>x</b>")


def test_a_withdrawn_page_means_no_form(client: Client) -> None:
    from_page = client.get("/book/").context["page"].revision.page
    from_page.revisions.all().update(is_withdrawn=True)
    assert client.get("/book/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(8):
        client.get("/book/")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/book/").status_code == 405
